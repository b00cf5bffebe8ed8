//! The shape of answers: which member indicates success, and where data, code and message are.

use crate::facts::{Envelope, Field, Kind, Method, Sample};
use crate::names::{SUCCEEDED, SUCCESS, is_code, is_data, is_flag, is_message};
use crate::sample;
use gatespec_language::tree::Tree;
use std::collections::HashSet;

/// The maximum number of members that an envelope lists in addition to the data.
const MOST_FIELDS: usize = 100;

/// Returns the path of the data in a sample, and whether the data is a list. The data is the object
/// that contains the most members of `rows`, which tables list. If there is none, the data is the
/// member whose name is common for data.
pub(crate) fn data(tree: &Tree, rows: &HashSet<&str>) -> Option<(String, bool)> {
    if !rows.is_empty() {
        let mut best: Option<(usize, String, bool)> = None;
        search(tree, "", rows, 0, &mut best);
        if let Some((_, path, many)) = best {
            return Some((path, many));
        }
    }
    let wrapped = match sample::members(tree) {
        [(name, inner)] if name.ends_with("_response") => Some((name, inner)),
        _ => None,
    };
    let (prefix, tree) =
        wrapped.map_or((String::new(), tree), |(name, inner)| (name.clone(), inner));
    let named = || sample::members(tree).iter().filter(|(name, _)| is_data(name));
    let is_whole = |tree: &Tree| matches!(tree, Tree::Object(_) | Tree::List(_));
    let (name, inner) = named().find(|(_, inner)| is_whole(inner)).or_else(|| named().next())?;
    let path = joined(&prefix, name);
    // If `result` has only the member `data`, the inner object is the data.
    if let [(inner_name, _)] = sample::members(inner)
        && is_data(inner_name)
    {
        return Some((joined(&path, inner_name), false));
    }
    let many = matches!(inner, Tree::List(items) if items.iter().any(|item| matches!(item, Tree::Object(_))));
    Some((path, many))
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Searches `tree`, three levels deep, for the object that contains the most members of `rows`.
/// Stores its path in `best`.
fn search(
    tree: &Tree,
    path: &str,
    rows: &HashSet<&str>,
    depth: usize,
    best: &mut Option<(usize, String, bool)>,
) {
    let (object, many) = match tree {
        Tree::List(items) => match items.iter().find(|item| matches!(item, Tree::Object(_))) {
            Some(first) if !path.is_empty() => (first, true),
            _ => return,
        },
        other => (other, false),
    };
    let names: HashSet<&str> =
        sample::members(object).iter().map(|(name, _)| name.as_str()).collect();
    let count = names.intersection(rows).count();
    if count > best.as_ref().map_or(0, |(count, _, _)| *count) {
        let path = if path.is_empty() { "." } else { path };
        *best = Some((count, path.to_owned(), many));
    }
    // The search does not go below the elements of a list.
    if depth < 3 && !many {
        for (name, inner) in sample::members(object) {
            search(inner, &joined(path, name), rows, depth + 1, best);
        }
    }
}

/// The paths of scalars at the top and one level below, with their values.
fn scalars(tree: &Tree) -> Vec<(String, &Tree)> {
    let mut found = Vec::new();
    for (name, inner) in sample::members(tree) {
        match inner {
            Tree::Object(members) => {
                let inner = members.iter().filter(|(_, tree)| sample::scalar(tree).is_some());
                found.extend(inner.map(|(last, tree)| (format!("{name}.{last}"), tree)));
            }
            other if sample::scalar(other).is_some() => found.push((name.clone(), other)),
            _ => {}
        }
    }
    found
}

/// The first path outside the data whose last name satisfies `is_such`.
fn path_of(
    scalars: &[(String, &Tree)],
    is_such: impl Fn(&str) -> bool,
    data: &str,
) -> Option<String> {
    let mut paths = scalars.iter().map(|(path, _)| path).filter(|path| is_outside(path, data));
    paths.find(|path| is_such(path.rsplit('.').next().unwrap_or(path))).cloned()
}

/// Derives the envelope from sample answers.
pub(crate) fn envelope(samples: &[&Sample], data: Option<&str>) -> Envelope {
    let mut envelope = Envelope { data: data.map(str::to_owned), ..Envelope::default() };
    let path = data.unwrap_or_default();
    for known in samples {
        let scalars = scalars(&known.tree);
        envelope.code = envelope.code.or_else(|| path_of(&scalars, is_code, path));
        envelope.message = envelope.message.or_else(|| path_of(&scalars, is_message, path));
        fields(&known.tree, path, &mut envelope.fields);
    }
    envelope.success = SUCCESS.iter().find_map(|name| {
        let values = samples.iter().map(|known| {
            let scalars = scalars(&known.tree);
            let path =
                path_of(&scalars, |last| last.to_lowercase().replace('_', "") == *name, path)?;
            let value = sample::at(&known.tree, &path).and_then(sample::scalar)?;
            Some((path, value.to_owned()))
        });
        let values: Option<Vec<_>> = values.collect();
        values?.into_iter().find(|(_, value)| is_success(value))
    });
    envelope
}

/// The path of the member outside the data whose value is one of `codes`. A table of the page lists
/// these codes.
pub(crate) fn listed_code(tree: &Tree, data: &str, codes: &HashSet<&str>) -> Option<String> {
    let is_listed = |value: &Tree| sample::scalar(value).is_some_and(|text| codes.contains(text));
    let mut scalars = scalars(tree).into_iter();
    scalars.find(|(path, value)| is_outside(path, data) && is_listed(value)).map(|(path, _)| path)
}

/// Whether a member is outside the data.
fn is_outside(path: &str, data: &str) -> bool {
    data == "." || !(path == data || path.starts_with(&format!("{data}.")))
}

/// Whether a value usually means success.
pub(crate) fn is_success(value: &str) -> bool {
    SUCCEEDED.split(' ').any(|one| one == value.to_lowercase())
}

/// Adds the members outside the data to `out`, each with its type in a spec.
fn fields(tree: &Tree, data: &str, out: &mut Vec<(String, &'static str)>) {
    if data == "." {
        return;
    }
    let mut push = |path: String, tree: &Tree| {
        let kind = match tree {
            Tree::Text(_) => "text",
            Tree::Bare(text) if matches!(text.as_str(), "true" | "false") => "boolean",
            Tree::Bare(text) if text.contains('.') => "json",
            Tree::Bare(_) => "integer",
            _ => "json",
        };
        let is_full = out.len() >= MOST_FIELDS;
        match out.iter_mut().find(|(known, _)| *known == path) {
            // If samples disagree, for example because the data of one is encrypted, any JSON is
            // allowed.
            Some((_, known)) if *known != kind => *known = "json",
            Some(_) => {}
            None if is_full => {}
            None => out.push((path, kind)),
        }
    };
    for (name, inner) in sample::members(tree) {
        push(name.clone(), inner);
        if name != data {
            for (below, inner) in sample::members(inner) {
                push(format!("{name}.{below}"), inner);
            }
        }
    }
}

/// Whether a sample is a success; `true` if no member of the envelope indicates success.
pub(crate) fn succeeds(envelope: &Envelope, tree: &Tree) -> bool {
    match &envelope.success {
        Some((path, value)) => sample::at(tree, path).and_then(sample::scalar) == Some(value),
        None => true,
    }
}

/// Moves the envelope out of a method's answer if the answer's tables list it too. Returns the
/// envelope.
pub(crate) fn lifted(method: &mut Method) -> Option<Envelope> {
    let is_code = |field: &&Field| is_code(&field.name);
    let is_flag = |field: &&Field| is_flag(&field.name);
    let is_data = |field: &&Field| {
        is_data(&field.name) && matches!(field.kind, Kind::Record | Kind::Json | Kind::Map)
    };
    let code =
        method.response.iter().find(is_code).or_else(|| method.response.iter().find(is_flag))?;
    let code = code.name.clone();
    let data = method.response.iter().find(is_data).cloned();
    let is_message = |field: &&Field| is_message(&field.name);
    // Without a member for the data, the answer is an envelope only if it consists of a code, a flag
    // and a message. If it has other members, the whole answer is the data.
    if data.is_none()
        && !method
            .response
            .iter()
            .all(|field| is_code(&field) || is_flag(&field) || is_message(&field))
    {
        return None;
    }
    let message = method.response.iter().find(is_message);
    let mut envelope = Envelope {
        code: Some(code),
        message: message.map(|field| field.name.clone()),
        data: data.as_ref().map(|field| field.name.clone()),
        ..Envelope::default()
    };
    envelope.fields = method
        .response
        .iter()
        .map(|field| {
            let kind = match field.kind {
                Kind::Boolean => "boolean",
                Kind::Integer => "integer",
                Kind::Record | Kind::Json | Kind::Map => "json",
                _ => "text",
            };
            (field.name.clone(), kind)
        })
        .collect();
    method.many = data.as_ref().is_some_and(|field| field.list.is_some());
    method.response = data.map(|field| field.members).unwrap_or_default();
    Some(envelope)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Tree {
        Tree::parse(text).unwrap_or(Tree::Null)
    }

    #[test]
    fn envelopes_are_read_off_samples() {
        let text = r#"{"state":{"code":"00","msg":"ok"},"result":{"data":{"lampId":1,"lit":true}},"success":true}"#;
        let sample = Sample { line: 1, tree: tree(text) };
        let (data, many) =
            data(&sample.tree, &HashSet::from(["lampId", "lit", "more"])).unwrap_or_default();
        assert_eq!((data.as_str(), many), ("result.data", false));
        let envelope = envelope(&[&sample], Some(&data));
        assert_eq!(envelope.success, Some(("success".to_owned(), "true".to_owned())));
        assert_eq!(envelope.code.as_deref(), Some("state.code"));
        assert_eq!(envelope.message.as_deref(), Some("state.msg"));
        let fields: Vec<_> =
            envelope.fields.iter().map(|(path, kind)| format!("{path}:{kind}")).collect();
        let expected = [
            "state:json",
            "state.code:text",
            "state.msg:text",
            "result:json",
            "result.data:json",
            "success:boolean",
        ];
        assert_eq!(fields, expected);
        assert!(!succeeds(&envelope, &tree(r#"{"success":false}"#)));
    }

    #[test]
    fn data_without_a_table_is_what_is_called_so() {
        for (text, expected) in [
            (r#"{"code":0,"data":{"a":1}}"#, Some(("data", false))),
            (r#"{"code":0,"data":[{"a":1}]}"#, Some(("data", true))),
            (
                r#"{"lamp_get_response":{"result":{"a":1}}}"#,
                Some(("lamp_get_response.result", false)),
            ),
            (r#"{"a":1}"#, None),
        ] {
            let found = data(&tree(text), &HashSet::new());
            assert_eq!(
                found.as_ref().map(|(path, many)| (path.as_str(), *many)),
                expected,
                "{text}"
            );
        }
    }
}
