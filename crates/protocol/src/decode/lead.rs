//! What precedes JSON in a text.

use super::bend::{Bend, BendKind};
use super::mend::mend;
use crate::json::is_json;

/// Removes leading byte order marks, and white space on both ends.
pub(crate) fn trim(text: &str) -> &str {
    begin(text).trim_end()
}

/// Removes leading byte order marks and white space.
fn begin(text: &str) -> &str {
    text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace())
}

/// Returns the JSON in a text, if the text contains an object or a list.
pub(crate) fn json_within(text: &str) -> Option<&str> {
    let text = trim(text);
    (text.starts_with(['{', '[']) && is_readable(text)).then_some(text)
}

/// Whether a text is JSON, or is JSON after [`mend`].
pub(crate) fn is_readable(text: &str) -> bool {
    is_json(text) || mend(text).is_some_and(|(mended, _)| is_json(&mended))
}

/// The bends for the byte order marks and the white space that precede an answer.
pub(crate) fn before(text: &str) -> Vec<Bend> {
    let lead = &text[..text.len() - begin(text).len()];
    let bend = |kind| Bend { field: String::new(), kind };
    let mark = lead.contains('\u{feff}').then(|| bend(BendKind::ByteOrderMark));
    let space = lead.contains(char::is_whitespace).then(|| bend(BendKind::WhiteSpace));
    mark.into_iter().chain(space).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_an_answer_is_named() {
        let kinds = |text| before(text).iter().map(|bend| bend.kind.name()).collect::<Vec<_>>();
        assert_eq!(kinds("{} "), [""; 0]);
        assert_eq!(kinds("\u{feff}{}"), ["byte_order_mark"]);
        assert_eq!(kinds("\r\n\u{feff}{}"), ["byte_order_mark", "white_space"]);
        assert_eq!(kinds(""), [""; 0]);
    }
}
