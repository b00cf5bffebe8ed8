//! The table of keys as a chapter of the manual.

use crate::table::{ABOUT, MAPS, Map, Names, Need, Page, Row, Shape};
use std::fmt::Write as _;

/// The manual's table of keys in Markdown, between two comments.
pub fn keys() -> String {
    let mut text = String::from(concat!(
        "<!-- keys: written by `gatespec explain --keys`; CONTRIBUTING.md says how -->\n\n",
        "In the column *value*, **name** is a map with the keys of that group, and `about` stands for the keys of the group **any map**.\n",
        "A duration is a number and a unit: `90 seconds`, `10 minutes`, `25 hours`, `7 days`.\n\n",
        "| where | key | value | what it says |\n|---|---|---|---|\n",
    ));
    for map in MAPS {
        if let Page::Group(name) = map.page {
            group(name, Some(map), &mut map.own.iter().chain(map.shared), &mut text);
        }
    }
    group("any map", None, &mut ABOUT.iter(), &mut text);
    text + "\n<!-- end of keys -->\n"
}

/// Describes a key in each map that can have it. `None` if no map can.
pub fn key(name: &str) -> Option<String> {
    let mut text = String::new();
    for (what, needed, row) in named_rows().filter(|(.., row)| row.key == name) {
        let line = condition(row, needed) + row.line;
        let _ = writeln!(text, "`{name}` of {what}: {}\n  {line}", value(&row.shape));
    }
    (!text.is_empty()).then_some(text)
}

/// Every key of the language, for suggestions.
pub fn key_names() -> impl Iterator<Item = &'static str> {
    named_rows().map(|(.., row)| row.key)
}

/// Every key with the noun for its map, and whether the map lists it among its required keys.
fn named_rows() -> impl Iterator<Item = (&'static str, bool, &'static Row)> {
    let of_maps = MAPS.iter().flat_map(|map| {
        let rows = map.own.iter().chain(map.shared);
        rows.map(move |row| (map.what, map.needed.contains(&row.key), row))
    });
    of_maps.chain(ABOUT.iter().map(|row| ("any map", false, row)))
}

/// Writes the rows of a group. If its map has only keys that it shares with other maps, writes
/// nothing, because other groups list these keys.
fn group(
    name: &str,
    map: Option<&Map>,
    rows: &mut dyn Iterator<Item = &'static Row>,
    text: &mut String,
) {
    if map.is_some_and(|map| map.own.is_empty()) {
        return;
    }
    let mut name = format!("**{name}**");
    for row in rows {
        let needed = map.is_some_and(|map| map.needed.contains(&row.key));
        let line = condition(row, needed) + row.line;
        let more = row.see.map_or(String::new(), |anchor| format!(" ([more](#{anchor}))"));
        let value = value(&row.shape);
        let _ = writeln!(text, "| {name} | `{}` | {value} | {line}{more} |", row.key);
        name.clear();
    }
}

/// When a map can have the key or, if `needed`, must have it.
fn condition(row: &Row, needed: bool) -> String {
    let is = |key: &str, values: &[&str]| {
        let values = values.iter().map(|value| format!("`{key}: {value}`"));
        alternatives(&values.collect::<Vec<_>>())
    };
    let said = match (row.need, row.of, row.with) {
        (Need::Yes, ..) => "required".to_owned(),
        _ if needed => "required".to_owned(),
        (Need::Unless(other), ..) => format!("required without `{other}`"),
        (_, Some(of), _) if of.values.is_empty() || of.values == of.needed => {
            format!("required with {}", is(of.key, of.needed))
        }
        (_, Some(of), _) if of.needed.is_empty() => format!("with {}", is(of.key, of.values)),
        (_, Some(of), _) => {
            let (with, needed) = (is(of.key, of.values), is(of.key, of.needed));
            format!("with {with}, required with {needed}")
        }
        (_, _, Some(other)) => format!("with `{other}`"),
        _ => return String::new(),
    };
    format!("({said}) ")
}

/// Describes the possible values of a key.
fn value(shape: &Shape) -> String {
    alternatives(&values(shape))
}

/// Describes each possible value of a key.
fn values(shape: &Shape) -> Vec<String> {
    vec![match shape {
        Shape::Text(noun) | Shape::Pattern(noun, _) => (*noun).to_owned(),
        Shape::Flag => "`true`".to_owned(),
        Shape::Count => "whole number".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Word(words) => return quoted(&words()),
        Shape::Literal(word) => format!("`{word}`"),
        Shape::Null => "`~`".to_owned(),
        Shape::List(item) => format!("list of {}", many(item)),
        Shape::Two(item) => format!("list of two {}", many(item)),
        Shape::Either(shapes) => return shapes.iter().flat_map(values).collect(),
        Shape::Keys(map) => keys_of(map),
        Shape::Named(names) => named(names),
        Shape::Any => "any YAML".to_owned(),
    }]
}

/// Describes the values in a list.
fn many(shape: &Shape) -> String {
    match shape {
        Shape::Text(noun) => format!("{noun}s"),
        _ => value(shape),
    }
}

fn named(names: &Names) -> String {
    if let Some((term, anchor)) = names.link {
        return format!("[{term}](#{anchor})");
    }
    format!("{} → {}", names.name, value(&names.value))
}

/// The keys of a map, or a link to the place that explains them.
fn keys_of(map: &Map) -> String {
    let keys = match map.page {
        Page::Group(name) => return format!("**{name}**"),
        Page::Chapter(anchor) => return format!("[{}](#{anchor})", map.what),
        Page::Inline => map.own.iter().chain(map.shared).map(|row| match row.shape {
            Shape::Text("text") | Shape::Any => format!("`{}`", row.key),
            _ => format!("`{}`: {}", row.key, value(&row.shape)),
        }),
    };
    let about = map.about.then(|| "`about`".to_owned());
    format!("{{ {} }}", keys.chain(about).collect::<Vec<_>>().join(", "))
}

fn quoted(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| format!("`{word}`")).collect()
}

fn alternatives(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}
