//! Writes a field of a draft.

use super::about::{about, described, shortened};
use super::yaml::{Map, Yaml};
use crate::facts::{Field, Kind, Required};
use crate::private;
use crate::prose::time_format;
use gatespec_language::tree::Tree;
use std::collections::HashMap;

/// The default format of times, which a spec does not state.
pub(crate) const USUAL_FORMAT: &str = "yyyy-MM-dd HH:mm:ss";

/// The map of a field. `named` is the name of its record or enumeration.
pub(crate) fn map(field: &Field, named: Option<&str>) -> Map {
    let mut map = Map::new();
    if field.from_public {
        map.text("from", "public");
    }
    if field.never {
        map.text("send", "never");
    }
    kind(field, named, &mut map);
    match &field.required {
        Required::No => {}
        Required::Yes => map.text("required", "true"),
        Required::When { field, value } => {
            let mut when = Map::new();
            when.text("when", field);
            when.text("is", value);
            map.map("required", when);
        }
    }
    if field.sensitive && is_shown(field) {
        map.text("sensitive", "true");
    }
    let mut limit = |key: &str, most: Option<u64>| {
        if let Some(most) = most {
            let mut limit = Map::new();
            limit.text("max", most.to_string());
            map.map(key, limit);
        }
    };
    if field.kind == Kind::Text && field.list.is_none() {
        limit("length", field.longest);
    }
    if field.kind == Kind::Integer && field.list.is_none() {
        limit("range", field.most);
    }
    described(&mut map, &field.term);
    let fits = example(field);
    if let Some(example) = &fits {
        map.text("example", example);
    }
    let mut reasons = field.reasons.clone();
    if fits.is_none()
        && let Some(example) = &field.example
        && !field.sensitive
    {
        reasons.push(format!("the example is {}", shortened(example)));
    }
    about(field, &reasons, &mut map);
    map
}

/// Whether `sensitive` matters for a value of this type.
fn is_shown(field: &Field) -> bool {
    matches!(field.kind, Kind::Text | Kind::Integer | Kind::Json | Kind::Map)
}

fn kind(field: &Field, named: Option<&str>, map: &mut Map) {
    let name = match (&field.kind, named) {
        (Kind::Record | Kind::Choice { .. }, Some(name)) => name,
        (Kind::Text | Kind::Choice { .. }, _) => "text",
        (Kind::Integer, _) => "integer",
        (Kind::Decimal { .. }, _) => "decimal",
        (Kind::Money(_), _) => "money",
        (Kind::Boolean, _) => "boolean",
        (Kind::Time(_), _) => "datetime",
        (Kind::Json | Kind::Record, _) => "json",
        (Kind::Map, _) => "map",
    };
    map.text("type", name);
    match &field.kind {
        Kind::Decimal { scale } => map.text("scale", scale.to_string()),
        Kind::Money(yuan) => map.text("unit", if *yuan { "yuan" } else { "fen" }),
        Kind::Map => map.text("of", "json"),
        Kind::Boolean => {
            if let Some((yes, no)) = &field.spelling {
                map.list("spelling", vec![Yaml::Text(yes.clone()), Yaml::Text(no.clone())]);
            }
        }
        Kind::Time(Some(format)) if format != USUAL_FORMAT => map.text("format", format),
        _ => {}
    }
    if let Some(style) = &field.list {
        map.text("list", style);
    }
    if field.as_text && matches!(field.kind, Kind::Integer | Kind::Money(false)) {
        map.text("as", "text");
    }
    if field.as_number && matches!(field.kind, Kind::Decimal { .. } | Kind::Money(true)) {
        map.text("as", "number");
    }
}

/// How the field writes yes and no.
fn spelling(field: &Field) -> (&str, &str) {
    field.spelling.as_ref().map_or(("true", "false"), |(yes, no)| (yes, no))
}

/// The page's example as a value in the example of a request.
pub(crate) fn example_value(field: &Field) -> Option<Yaml> {
    let example = example(field)?;
    Some(match (&field.kind, field.list.as_deref()) {
        (Kind::Boolean, _) => Yaml::Text((example == spelling(field).0).to_string()),
        (_, Some(delimiter)) => {
            Yaml::List(example.split(delimiter).map(|item| Yaml::Text(item.to_owned())).collect())
        }
        _ => Yaml::Text(example),
    })
}

/// The page's example, if the field can have this value. It is replaced if it may be personal.
pub(crate) fn example(field: &Field) -> Option<String> {
    let example = field.example.as_deref()?.trim();
    let digits = |text: &str| {
        !text.is_empty() && text.len() < 19 && text.chars().all(|c| c.is_ascii_digit())
    };
    let fits = match &field.kind {
        Kind::Text => {
            field.list.as_deref() != Some("json")
                && field.longest.is_none_or(|most| example.chars().count() as u64 <= most)
        }
        Kind::Integer => {
            field.list.is_none()
                && digits(example)
                && field.most.is_none_or(|most| example.parse().is_ok_and(|own: u64| own <= most))
        }
        Kind::Boolean => {
            let (yes, no) = spelling(field);
            (example == yes || example == no) && field.list.is_none()
        }
        Kind::Choice { values, .. } => {
            field.list.is_none() && values.iter().any(|known| known.value == example)
        }
        Kind::Time(format) => {
            let shown = time_format(example);
            field.list.is_none()
                && shown.is_some()
                && shown == Some(format.as_deref().unwrap_or(USUAL_FORMAT))
        }
        _ => false,
    };
    if !fits || field.never {
        return None;
    }
    let kept = |_: &str, text: &str| !field.sensitive && text.len() < 24;
    let tree = Tree::Object(vec![(field.name.clone(), Tree::Text(example.to_owned()))]);
    match private::replaced(&tree, &kept) {
        Tree::Object(mut members) => {
            members.pop().and_then(|(_, tree)| crate::sample::scalar(&tree).map(str::to_owned))
        }
        _ => None,
    }
}

/// A value of a sample as a value in the example of a request; `None` for `null`.
pub(crate) fn value(fields: &[Field], tree: &Tree) -> Option<Yaml> {
    Some(match tree {
        Tree::Null => return None,
        Tree::Bare(text) | Tree::Text(text) => Yaml::Text(text.clone()),
        Tree::List(items) => {
            Yaml::List(items.iter().filter_map(|item| value(fields, item)).collect())
        }
        Tree::Object(members) => {
            let mut map = Map::new();
            let own = fields.iter().filter(|field| !field.from_public && !field.never);
            let mut known: HashMap<&str, &Field> =
                own.map(|field| (field.name.as_str(), field)).collect();
            for (name, tree) in members {
                // If a name occurs twice, only its first value counts.
                if let Some(value) =
                    known.remove(name.as_str()).and_then(|field| value(&field.members, tree))
                {
                    map.put(name, value);
                }
            }
            Yaml::Map(map)
        }
    })
}
