//! Reads parameters from a JSON object.

use super::given::{Argument, Written, Wrong};
use crate::tree::Tree;
use std::collections::HashSet;

/// Returns the members of a JSON object as parameters. Members that are `null` are left out.
///
/// # Errors
///
/// When the text is not a JSON object, or contains a member twice.
pub fn members(text: &str) -> Result<Vec<Argument>, Vec<Wrong>> {
    let wrong = |message: String, help: &str| Wrong { message, help: Some(help.to_owned()) };
    let tree = Tree::parse(text)
        .map_err(|reason| vec![Wrong { message: format!("not JSON: {reason}"), help: None }])?;
    let Tree::Object(members) = tree else {
        let help = "write {\"parameter\": value, …}";
        return Err(vec![wrong("JSON, but not an object".to_owned(), help)]);
    };
    let mut seen = HashSet::new();
    let twice = members.iter().filter(|(name, _)| !seen.insert(name));
    let twice: Vec<_> =
        twice.map(|(name, _)| wrong(format!("`{name}` is given twice"), "leave one out")).collect();
    if !twice.is_empty() {
        return Err(twice);
    }
    let given = members.into_iter().filter(|(_, tree)| *tree != Tree::Null);
    Ok(given
        .map(|(name, tree)| Argument { name, text: tree.to_string(), written: Written::Json })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_digits_and_their_types() {
        let given =
            members(r#"{"a": "1", "b": 1.50, "c": null, "d": {"e": ["\u77ed\""]}}"#).unwrap();
        let given: Vec<_> = given.iter().map(|one| (&*one.name, &*one.text)).collect();
        assert_eq!(given, [("a", "\"1\""), ("b", "1.50"), ("d", "{\"e\":[\"短\\\"\"]}")]);
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for (text, reason) in [
            ("[1]", "not an object"),
            ("{\"a\":1,\"a\":2}", "`a` is given twice"),
            ("{\"a\":", "line 1 column 5"),
        ] {
            let wrong = members(text).unwrap_err();
            assert!(wrong[0].message.contains(reason), "{text}: {}", wrong[0]);
        }
    }
}
