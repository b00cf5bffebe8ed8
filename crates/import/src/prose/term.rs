//! The short term at the beginning of a description.

use super::choices::choices;
use super::plain::plain;
use crate::decode::is_chinese;

/// Words that introduce a list of values, and so are not part of the term.
const INTRODUCTIONS: &[&str] = &[
    "包括",
    "包含",
    "取值",
    "可选值",
    "可选",
    "枚举",
    "目前",
    "如下",
    "例如",
    "比如",
    "分别",
    "values",
    "one of",
];

/// The short term at the beginning of a description; empty if it begins with something else.
pub(crate) fn term(text: &str) -> String {
    let plain = plain(text);
    let end = choices(text).map_or(plain.len(), |found| found.start);
    let plain: String = plain[..end].iter().collect();
    let is_end = |at: usize, c: char| match c {
        // A dot within a version and a dash within a word do not end the term.
        '.' | '-' => !plain[at + 1..].starts_with(|next: char| next.is_ascii_alphanumeric()),
        c => ",;:(。\"!?、[【<".contains(c),
    };
    let end = plain.char_indices().find(|(at, c)| is_end(*at, *c));
    let mut term = end.map_or(plain.as_str(), |(at, _)| &plain[..at]).trim();
    if term.chars().any(is_chinese)
        && let Some((first, _)) =
            term.split_once(' ').filter(|(first, _)| first.chars().count() > 1)
    {
        term = first;
    }
    // A quotation ends the term: `包裹号用","分割`. Removes the word that introduces it.
    if end.is_some_and(|(_, c)| c == '"') {
        term = term.trim_end_matches(['用', '以']);
    }
    while let Some(rest) = INTRODUCTIONS.iter().find_map(|word| term.strip_suffix(word)) {
        term = rest.trim_end();
    }
    term.chars().take(24).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::term;

    #[test]
    fn terms_are_the_short_beginning() {
        for (prose, expected) in [
            ("包裹编号", "包裹编号"),
            ("包裹状态,0:在途;1:签收", "包裹状态"),
            ("0:在途 1:签收", ""),
            ("重量，单位：克", "重量"),
            ("包裹号用\",\"分割", "包裹号"),
            ("包裹类型 box=纸箱 bag=袋", "包裹类型"),
            ("签收时间 格式yyyy-MM-dd", "签收时间"),
            ("The parcel's number. Unique.", "The parcel"),
            ("OAuth2.0授权的令牌", "OAuth2.0授权的令牌"),
            ("响应格式。默认json", "响应格式"),
            ("包裹用途", "包裹用途"),
        ] {
            assert_eq!(term(prose), expected, "{prose}");
        }
    }
}
