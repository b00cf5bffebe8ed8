//! Locates the value at a path of an answer.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::value::RawValue;

/// Returns the byte range of the value at a path, including the quotes of a text. Returns `None` if
/// there is no value.
pub(super) fn locate(text: &str, steps: &[Cow<'_, str>]) -> Option<Range<usize>> {
    let mut inner = text;
    for step in steps {
        if !inner.trim_start().starts_with('{') {
            return None;
        }
        let members: BTreeMap<String, &RawValue> = serde_json::from_str(inner).ok()?;
        inner = members.get(&**step)?.get();
    }
    // `inner` is a slice of `text`, so the distance between their first bytes is the offset of
    // `inner`.
    let start = (inner.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let range = start..start + inner.len();
    (text.get(range.clone()) == Some(inner)).then_some(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at<'t>(text: &'t str, path: &[&str]) -> Option<&'t str> {
        let steps: Vec<Cow<'_, str>> = path.iter().map(|step| Cow::Borrowed(*step)).collect();
        locate(text, &steps).map(|range| &text[range])
    }

    #[test]
    fn values_are_found_where_they_stand() {
        let text = r#" {"a": {"b.c" : "x\"y", "短": [1]}, "d": null}"#;
        assert_eq!(at(text, &["a", "b.c"]), Some(r#""x\"y""#));
        assert_eq!(at(text, &["a", "短"]), Some("[1]"));
        assert_eq!(at(text, &["d"]), Some("null"));
        assert_eq!(at(text, &["a", "b.c", "e"]), None);
        assert_eq!(at(text, &["e"]), None);
        assert_eq!(at("<html>", &["a"]), None);
        assert_eq!(at("{", &["a"]), None);
    }
}
