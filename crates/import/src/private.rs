//! Personal data: which fields hold it, and what replaces it in samples.

use crate::names::PERSONAL;
use crate::words::holds;
use gatespec_language::tree::Tree;

/// Whether a field holds personal data or a secret, judged by its name and its term.
pub(crate) fn is_private(name: &str, term: &str) -> bool {
    gatespec_language::is_private(name) || holds(&plain(name), PERSONAL) || holds(term, PERSONAL)
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns the sample with invented values in place of those that may be personal. Keys and JSON
/// types stay, and so do the values for which `kept` returns `true`.
pub(crate) fn replaced(tree: &Tree, kept: &dyn Fn(&str, &str) -> bool) -> Tree {
    value("", tree, kept)
}

fn value(name: &str, tree: &Tree, kept: &dyn Fn(&str, &str) -> bool) -> Tree {
    match tree {
        Tree::Null => Tree::Null,
        Tree::List(items) => Tree::List(items.iter().map(|item| value(name, item, kept)).collect()),
        Tree::Object(members) => {
            let member = |(name, tree): &(String, Tree)| (name.clone(), value(name, tree, kept));
            Tree::Object(members.iter().map(member).collect())
        }
        Tree::Text(text) | Tree::Bare(text) if kept(name, text) => tree.clone(),
        Tree::Text(text) => Tree::Text(invented(name, text)),
        Tree::Bare(text) => {
            Tree::Bare(if is_long_number(text) { digits(text) } else { text.clone() })
        }
    }
}

/// Whether a text is a number that is long enough to identify a person or an order.
fn is_long_number(text: &str) -> bool {
    text.len() >= 7 && text.chars().all(|c| c.is_ascii_digit())
}

/// Returns a text of the same kind that belongs to nobody, or `text` if it is not personal.
fn invented(name: &str, text: &str) -> String {
    let private = is_private(name, "");
    if text.is_empty() || crate::prose::time_format(text).is_some() {
        text.to_owned()
    } else if text.starts_with("http://") || text.starts_with("https://") {
        "https://shop.example/sample".to_owned()
    } else if is_long_number(text) {
        digits(text)
    } else if text.contains('@') {
        "buyer@shop.example".to_owned()
    } else if private && text.chars().any(crate::decode::is_chinese) {
        "测试".to_owned()
    } else if private || is_opaque(text) {
        mask(text)
    } else {
        text.to_owned()
    }
}

/// Whether a text looks like a token, a hash or a file: long, with letters and digits.
fn is_opaque(text: &str) -> bool {
    let has = |of: fn(&char) -> bool| text.chars().any(|c| of(&c));
    let no_word = !text.contains('_') || text.contains('/');
    text.len() >= 8
        && !text.contains(' ')
        && no_word
        && has(char::is_ascii_digit)
        && has(char::is_ascii_alphabetic)
}

/// A number of the same length that belongs to nobody: `1000…01`.
fn digits(text: &str) -> String {
    let mut digits: String = "0".repeat(text.len());
    digits.replace_range(..1, "1");
    digits.replace_range(text.len() - 1.., "1");
    digits
}

/// Replaces all letters by `x`, `X` or `某`, and all digits by `0`.
fn mask(text: &str) -> String {
    let masked = text.chars().take(64).map(|c| match c {
        c if c.is_ascii_digit() => '0',
        c if c.is_ascii_uppercase() => 'X',
        c if c.is_ascii_lowercase() => 'x',
        c if c.is_ascii() => c,
        _ => '某',
    });
    masked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_data_is_replaced_and_json_types_stay() {
        let sample = r#"{"buyerName":"灯下客","buyerPhone":"12345678900","state":"LAMP_ON","count":3,"id":20210930155203,
            "note":null,"at":"2023-01-01 00:00:00","url":"https://lamp.example/a?x=1","flow":"AB12CD34EF","list":[{"receiver":"abc7"}]}"#;
        let Ok(tree) = Tree::parse(sample) else { return assert!(Tree::parse(sample).is_ok()) };
        let shown = replaced(&tree, &|_, text| text == "LAMP_ON").to_string();
        assert_eq!(
            shown,
            r#"{"buyerName":"测试","buyerPhone":"10000000001","state":"LAMP_ON","count":3,"id":10000000000001,"note":null,"at":"2023-01-01 00:00:00","url":"https://shop.example/sample","flow":"XX00XX00XX","list":[{"receiver":"xxx0"}]}"#
        );
    }
}
