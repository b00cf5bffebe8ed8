//! What samples add to the tables: members that no table has, JSON types, and contradictions.

use crate::facts::{Conflict, Field, Kind};
use crate::private;
use crate::prose::time_format;
use crate::sample;
use gatespec_language::model::Grade;
use gatespec_language::tree::Tree;
use std::collections::HashMap;

/// Compares fields with an object of a sample, and adds the members that no table has.
pub(crate) fn observe(fields: &mut Vec<Field>, object: &Tree, line: usize) {
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, field) in fields.iter().enumerate() {
        places.entry(field.name.clone()).or_insert(place);
    }
    for (name, tree) in sample::members(object) {
        match places.get(name) {
            Some(place) => merge(&mut fields[*place], tree, line),
            None => {
                places.insert(name.clone(), fields.len());
                fields.push(made(name, tree, line));
            }
        }
    }
}

/// A field that only a sample shows.
fn made(name: &str, tree: &Tree, line: usize) -> Field {
    let mut field = Field::new(name, line);
    field.grade = Grade::Observed;
    field.sensitive = private::is_private(name, "");
    let mut tree = tree;
    if let Tree::List(items) = tree {
        field.list = Some("json".to_owned());
        let Some(first) = items.iter().find(|item| !matches!(item, Tree::Null)) else {
            field.kind = Kind::Json;
            field.doubt(Grade::Inferred, "the list of the sample is empty");
            return field;
        };
        tree = first;
    }
    match tree {
        Tree::Null | Tree::List(_) => {
            field.kind = Kind::Json;
            field.doubt(Grade::Inferred, "the sample does not show its type");
        }
        Tree::Object(members) if members.is_empty() => {
            field.kind = Kind::Map;
            field.doubt(Grade::Inferred, "the object of the sample is empty");
        }
        Tree::Object(_) => {
            field.kind = Kind::Record;
            observe(&mut field.members, tree, line);
        }
        Tree::Text(text) => {
            field.kind =
                time_format(text).map_or(Kind::Text, |format| Kind::Time(Some(format.to_owned())));
            if !text.is_empty() && text.chars().all(|c| c.is_ascii_digit()) {
                field.doubt(
                    Grade::Inferred,
                    "the sample contains digits in a text: a number or a code",
                );
            }
        }
        Tree::Bare(text) => {
            field.kind = number(text);
            field.as_number = matches!(field.kind, Kind::Decimal { .. });
        }
    }
    field
}

/// The type of a number or boolean in JSON.
fn number(text: &str) -> Kind {
    match text {
        "true" | "false" => Kind::Boolean,
        _ => match text.split_once('.') {
            Some((_, digits)) => {
                Kind::Decimal { scale: u8::try_from(digits.len().min(18)).unwrap_or(2) }
            }
            None => Kind::Integer,
        },
    }
}

/// Compares a field with its value in a sample, and corrects its type.
fn merge(field: &mut Field, tree: &Tree, line: usize) {
    match tree {
        Tree::Null => {}
        Tree::List(items) => {
            if field.list.is_none() {
                if !field.written.is_empty() && field.grade == Grade::Documented {
                    let written = field.written.clone();
                    field.contradict(Conflict::new(
                        ("table", &written),
                        ("sample", "a list"),
                        "sample",
                    ));
                }
                field.doubt(Grade::Observed, "the sample contains a list");
                field.list = Some("json".to_owned());
            }
            // Types such as `array` do not say what the elements are; the sample does.
            let texts = !items.is_empty() && items.iter().all(|item| matches!(item, Tree::Text(_)));
            if field.kind == Kind::Json && texts {
                field.kind = Kind::Text;
            }
            for item in items.iter().filter(|item| !matches!(item, Tree::List(_) | Tree::Null)) {
                one(field, item, line);
            }
        }
        Tree::Object(_) if field.list.is_some() => {
            let written = field.written.clone();
            field.contradict(Conflict::new(("table", &written), ("sample", "one object"), "table"));
            one(field, tree, line);
        }
        other => one(field, other, line),
    }
}

/// Compares a field, or the elements of its list, with a value that is not a list.
fn one(field: &mut Field, tree: &Tree, line: usize) {
    match tree {
        Tree::Object(members) => object(field, tree, members.is_empty(), line),
        Tree::Text(text) if !text.is_empty() => text_value(field, text),
        Tree::Bare(text) => bare(field, text),
        _ => {}
    }
}

fn object(field: &mut Field, tree: &Tree, empty: bool, line: usize) {
    match field.kind {
        Kind::Record => observe(&mut field.members, tree, line),
        Kind::Json if !empty => {
            field.kind = Kind::Record;
            observe(&mut field.members, tree, line);
        }
        Kind::Json => {
            field.kind = Kind::Map;
            field.doubt(
                Grade::Inferred,
                "the page says only that it is an object, and the sample's object is empty",
            );
        }
        Kind::Map => {}
        _ => {
            let written = field.written.clone();
            field.contradict(Conflict::new(("table", &written), ("sample", "an object"), "sample"));
            field.doubt(Grade::Observed, "the type is taken from the sample");
            field.kind = Kind::Record;
            observe(&mut field.members, tree, line);
        }
    }
}

fn text_value(field: &mut Field, text: &str) {
    let written = field.written.clone();
    let is_number = text.parse::<i64>().is_ok();
    match &field.kind {
        Kind::Integer | Kind::Money(false) | Kind::Choice { integer: true, .. } if is_number => {
            if !field.as_text && field.grade != Grade::Observed {
                field.contradict(Conflict::new(
                    ("table", &written),
                    ("sample", "a JSON text"),
                    "sample",
                ));
            }
            field.as_text = true;
        }
        Kind::Integer => {
            field.contradict(Conflict::new(
                ("table", &written),
                ("sample", "a text that is not a number"),
                "sample",
            ));
            field.doubt(Grade::Observed, "the type is taken from the sample");
            field.kind = Kind::Text;
        }
        Kind::Text => {
            if let Some(format) = time_format(text) {
                field.doubt(Grade::Inferred, "the type is taken from the sample");
                field.kind = Kind::Time(Some(format.to_owned()));
            }
        }
        Kind::Time(format) => {
            let shown = time_format(text);
            if format.is_none() && shown.is_some() {
                field.kind = Kind::Time(shown.map(str::to_owned));
            }
        }
        Kind::Choice { values, .. } if values.iter().all(|known| known.value != text) => {
            let listed: Vec<_> = values.iter().map(|known| known.value.as_str()).collect();
            let listed = listed.join(", ");
            field.contradict(Conflict::new(("table", &listed), ("sample", text), "table"));
        }
        Kind::Record | Kind::Json | Kind::Map if !written.is_empty() => {
            let reading =
                if text.trim_start().starts_with(['{', '[']) { "JSON in a text" } else { "a text" };
            field.contradict(Conflict::new(("table", &written), ("sample", reading), "table"));
        }
        _ => {}
    }
}

fn bare(field: &mut Field, text: &str) {
    let written = field.written.clone();
    let shown = number(text);
    let reading = if shown == Kind::Boolean { "a JSON boolean" } else { "a JSON number" };
    match &field.kind {
        Kind::Text | Kind::Money(false) if !is_numeric(&written) && !written.is_empty() => {
            field.contradict(Conflict::new(("table", &written), ("sample", reading), "sample"));
            if field.kind == Kind::Text {
                field.doubt(Grade::Inferred, "the type is taken from the sample");
                field.as_number = matches!(shown, Kind::Decimal { .. });
                field.kind = shown;
            }
        }
        Kind::Text => field.kind = shown,
        Kind::Integer if matches!(shown, Kind::Decimal { .. }) => {
            // Pages also use types such as `Number` for numbers with decimals.
            field.doubt(Grade::Observed, "the number of decimals is taken from the sample");
            field.as_number = true;
            field.kind = shown;
        }
        Kind::Integer if shown == Kind::Boolean => {
            field.contradict(Conflict::new(("table", &written), ("sample", reading), "sample"));
            field.kind = shown;
        }
        Kind::Decimal { .. } | Kind::Money(true) => field.as_number = true,
        Kind::Time(None) => {
            let millis = text.len() >= 13;
            field.doubt(Grade::Inferred, "the format is inferred from the number in the sample");
            field.kind =
                Kind::Time(Some(if millis { "unix_millis" } else { "unix_seconds" }.to_owned()));
        }
        Kind::Choice { values, .. } if values.iter().all(|known| known.value != text) => {
            let listed: Vec<_> = values.iter().map(|known| known.value.as_str()).collect();
            let listed = listed.join(", ");
            field.contradict(Conflict::new(("table", &listed), ("sample", text), "table"));
        }
        Kind::Choice { values, integer: false } => {
            let values = values.clone();
            field.contradict(Conflict::new(("table", &written), ("sample", reading), "sample"));
            field.kind = Kind::Choice { values, integer: true };
        }
        Kind::Record => {
            field.contradict(Conflict::new(("table", &written), ("sample", reading), "table"));
        }
        _ => {}
    }
}

/// Whether the type that a page writes is numeric.
fn is_numeric(written: &str) -> bool {
    use crate::names::Base;
    matches!(crate::spelling::spelled(written).base, Some(Base::Integer | Base::Decimal))
}
