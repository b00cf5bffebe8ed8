//! What the example answers of a gateway have in common, so that generated answers look like them.

use gatespec_language::model::Platform;
use gatespec_protocol::Json;
use serde_json::{Map, Number};

/// The common members of a gateway's example answers: members that are numbers, and members with an
/// empty value.
#[derive(Debug, Default)]
pub(crate) struct Likeness {
    successes: Map<String, Json>,
    failures: Map<String, Json>,
}

impl Likeness {
    /// Collects the common members of the gateway with this index.
    pub(crate) fn of(platform: &Platform, gateway: usize) -> Likeness {
        let methods = platform.methods.iter().filter(|method| method.gateway == gateway);
        let (mut successes, mut failures) = (Vec::new(), Vec::new());
        for example in methods.flat_map(|method| &method.response_examples) {
            if let Ok(Json::Object(members)) = serde_json::from_str(&example.body) {
                if example.success { successes.push(members) } else { failures.push(members) }
            }
        }
        let (successes, mut failures) = (common(successes), common(failures));
        if failures.is_empty() {
            failures.clone_from(&successes);
            failures.retain(|_, value| value.is_number());
        }
        Likeness { successes, failures }
    }

    pub(crate) fn success(&self, text: String) -> String {
        alike(&self.successes, text)
    }

    pub(crate) fn failure(&self, text: String) -> String {
        alike(&self.failures, text)
    }
}

/// Returns the members that all objects have, and that are a number in each of them, or the same
/// empty value in each of them.
fn common(all: Vec<Map<String, Json>>) -> Map<String, Json> {
    let mut all = all.into_iter();
    let mut common = all.next().unwrap_or_default();
    for other in all {
        common.retain(|name, value| match (value, other.get(name)) {
            (Json::Number(_), Some(Json::Number(_))) => true,
            (value, Some(found)) => value == found,
            (_, None) => false,
        });
    }
    common.retain(|_, value| value.is_number() || is_nothing(value));
    common
}

/// Whether a value is null, false or empty.
pub(crate) fn is_nothing(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(members) => members.is_empty(),
        Json::Bool(true) | Json::Number(_) => false,
    }
}

/// Adapts an answer to `common`: turns texts into numbers where `common` has a number, and adds the
/// empty members of `common` that are missing.
fn alike(common: &Map<String, Json>, text: String) -> String {
    let Ok(Json::Object(mut members)) = serde_json::from_str::<Json>(&text) else { return text };
    let before = members.clone();
    for (name, like) in common {
        match members.get_mut(name) {
            Some(value) if like.is_number() => {
                let number = value.as_str().and_then(|text| text.parse::<i64>().ok());
                let same = number.filter(|number| value.as_str() == Some(&number.to_string()));
                if let Some(number) = same {
                    *value = Json::Number(Number::from(number));
                }
            }
            None if !like.is_number() => {
                members.insert(name.clone(), like.clone());
            }
            _ => {}
        }
    }
    if members == before { text } else { Json::Object(members).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn members(json: &Json) -> Map<String, Json> {
        json.as_object().unwrap().clone()
    }

    #[test]
    fn a_made_answer_looks_like_the_examples() {
        let one =
            members(&json!({"code": 0, "error": null, "msg": "", "id": "x", "data": {"a": 1}}));
        let two = members(&json!({"code": 7, "error": null, "msg": "no", "id": "x"}));
        let common = common(vec![one, two]);
        assert_eq!(Json::Object(common.clone()), json!({"code": 0, "error": null}));
        let made = alike(&common, r#"{"code":"1001","msg":"01"}"#.to_owned());
        assert_eq!(made, r#"{"code":1001,"error":null,"msg":"01"}"#);
        // A number that would lose its leading zeros stays a text.
        let made = r#"{"code":"0040301","error":1}"#.to_owned();
        assert_eq!(alike(&common, made.clone()), made);
        assert_eq!(alike(&common, "[]".to_owned()), "[]");
    }
}
