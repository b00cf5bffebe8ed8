//! Reads the values of an example or a vector as the types of their fields.

use super::data::{Cell, Choice, Data, Items, Members, Object};
use super::schema::Side;
use crate::model::{MapOf, Platform, Record, Value};
use crate::source::SourceSpan;
use crate::suggest::{Suggester, list};
use bumpalo::Bump;
use gatespec_protocol::Json;
use gatespec_protocol::record::FieldType;
use std::collections::BTreeMap;

/// What is wrong with a value, and where.
pub struct Problem {
    pub span: SourceSpan,
    pub message: String,
    pub help: Option<String>,
}

impl Problem {
    fn new(span: SourceSpan, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }
}

/// Reads a map of values as a record, and adds values that do not fit their fields to `problems`.
pub fn object<'m>(
    platform: &'m Platform,
    record: &'m Record,
    value: &Value,
    arena: &'m Bump,
    problems: &mut Vec<Problem>,
) -> Object<'m> {
    let mut object = Object::of(platform, record, Side::Request, arena);
    Reader { problems, names: Suggester::default() }.fill(&mut object, value);
    object
}

struct Reader<'p> {
    problems: &'p mut Vec<Problem>,
    names: Suggester,
}

impl Reader<'_> {
    fn fail<'m>(&mut self, span: SourceSpan, message: impl Into<String>) -> Data<'m> {
        self.problems.push(Problem::new(span, message));
        Data::Absent
    }

    fn fill(&mut self, object: &mut Object<'_>, value: &Value) {
        let Value::Map(entries, _) = value else {
            self.fail(value.span(), "expected a map of fields");
            return;
        };
        for (name, span, value) in entries {
            if let Some(cell) = object.cell(name) {
                cell.data = self.field(cell, value);
            } else if object.record.field(name).is_some() {
                self.fail(
                    *span,
                    format!("`{name}` is in the spec, but is not sent with this request"),
                );
            } else if let Some(others) = &mut object.others {
                others.by_name.insert(name.clone(), json(value).into());
            } else {
                self.unknown(object.record, name, *span);
            }
        }
    }

    fn unknown(&mut self, record: &Record, name: &str, span: SourceSpan) {
        let names = record.sent().map(|field| field.name.as_str());
        let the_fields = |names: &[&str]| format!("the fields are {}", list(names));
        let help = Some(self.names.advice(name, names, the_fields));
        self.problems.push(Problem { span, message: format!("there is no field `{name}`"), help });
    }

    fn field<'m>(&mut self, cell: &Cell<'m>, value: &Value) -> Data<'m> {
        match (cell.field.list, value) {
            (_, Value::Null(_)) => Data::Absent,
            (None, value) => self.one(cell, value),
            (Some(_), Value::List(items, _)) => {
                Data::List(Items(items.iter().map(|item| self.one(cell, item)).collect()))
            }
            (Some(_), other) => self.fail(other.span(), "expected a list"),
        }
    }

    fn one<'m>(&mut self, cell: &Cell<'m>, value: &Value) -> Data<'m> {
        match (cell.field.kind, value) {
            (_, Value::Null(_)) => Data::Absent,
            (FieldType::Json, value) => Data::Json(json(value).into()),
            (FieldType::Map(of), value) => self.map(of, value),
            (FieldType::Record(_), value) => match cell.nested() {
                Some(mut object) => {
                    self.fill(&mut object, value);
                    Data::Record(object)
                }
                None => Data::Absent,
            },
            (kind, Value::Text(text, span)) => self.scalar(kind, text, *span),
            (_, other) => self.fail(other.span(), "expected a single value"),
        }
    }

    fn scalar<'m>(&mut self, kind: FieldType<'m>, text: &str, span: SourceSpan) -> Data<'m> {
        let wrong = |what: &str| format!("`{text}` is not {what}");
        match kind {
            FieldType::Text => Data::Text(text.to_owned()),
            FieldType::Integer => match text.parse() {
                Ok(number) => Data::Integer(number),
                Err(_) => self.fail(span, wrong("a 64-bit integer")),
            },
            FieldType::Decimal(_) | FieldType::Amount(_) => match text.parse() {
                Ok(number) => Data::Decimal(number),
                Err(_) => self.fail(span, wrong("a decimal number")),
            },
            FieldType::Flag(spelling) => match text {
                "true" => Data::Flag(true),
                "false" => Data::Flag(false),
                _ if text == spelling.yes => Data::Flag(true),
                _ if text == spelling.no => Data::Flag(false),
                _ => self.fail(span, wrong("`true` or `false`")),
            },
            FieldType::Time(format, _) => match format.parse(text) {
                Ok(time) => Data::Time(time),
                Err(_) => {
                    self.fail(span, wrong(&format!("a time in the format `{}`", format.name())))
                }
            },
            FieldType::Choice(known) => Data::Choice(Choice { value: text.to_owned(), known }),
            FieldType::Json | FieldType::Map(_) | FieldType::Record(_) => Data::Absent,
        }
    }

    fn map<'m>(&mut self, of: MapOf, value: &Value) -> Data<'m> {
        let Value::Map(entries, _) = value else {
            return self.fail(value.span(), "expected a map");
        };
        let mut by_name = BTreeMap::new();
        for (name, _, value) in entries {
            let entry = match (of, value) {
                (MapOf::Json, value) => json(value),
                (MapOf::Text, Value::Text(text, _)) => Json::String(text.clone()),
                (MapOf::Integer, Value::Text(text, span)) => match text.parse::<i64>() {
                    Ok(number) => number.into(),
                    Err(_) => {
                        self.fail(*span, format!("`{text}` is not an integer"));
                        continue;
                    }
                },
                (_, other) => {
                    self.fail(other.span(), "expected a single value");
                    continue;
                }
            };
            by_name.insert(name.clone(), entry.into());
        }
        Data::Map(Members { of, by_name })
    }
}

/// Returns a value as JSON. `true`, `false` and whole numbers become JSON of these types, and
/// everything else becomes a string.
pub fn json(value: &Value) -> Json {
    match value {
        Value::Null(_) => Json::Null,
        Value::Text(text, _) => match text.as_str() {
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            _ => text.parse::<i64>().map_or_else(|_| Json::String(text.clone()), Json::from),
        },
        Value::List(items, _) => Json::Array(items.iter().map(json).collect()),
        Value::Map(entries, _) => Json::Object(
            entries.iter().map(|(name, _, value)| (name.clone(), json(value))).collect(),
        ),
    }
}
