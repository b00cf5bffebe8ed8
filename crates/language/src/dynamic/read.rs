//! Values of an example or a vector, as typed data.

use super::data::{Choice, Data, Map, Object};
use crate::model::{Enumeration, Field, MapOf, Platform, Record, Type, TypeKind, Value};
use crate::source::Span;
use crate::suggest::{closest, list};
use gatespec_protocol::{Decimal, Json, TimeFormat};
use std::collections::BTreeMap;

/// What is wrong with a value, and where.
pub struct Problem {
    pub span: Span,
    pub message: String,
    pub help: Option<String>,
}

impl Problem {
    fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }
}

/// Reads a map of values as a record.
pub fn object<'m>(
    platform: &'m Platform,
    record: &'m Record,
    value: &Value,
    problems: &mut Vec<Problem>,
) -> Object<'m> {
    let Value::Map(entries, _) = value else {
        problems.push(Problem::new(value.span(), "a record is a map of its fields"));
        return Object { platform, record, values: absent(record), others: BTreeMap::new() };
    };
    let mut values = absent(record);
    let mut others = BTreeMap::new();
    for (name, span, value) in entries {
        let position = record.fields.iter().position(|field| field.name == *name);
        match position {
            Some(position) => {
                let field = &record.fields[position];
                if field.send != crate::model::Send::Yes {
                    let message = format!("`{name}` is recorded and not sent with this request");
                    problems.push(Problem::new(*span, message));
                    continue;
                }
                values[position] = Reader { platform, problems }.field(field, value);
            }
            None if record.others.is_some() => {
                others.insert(name.clone(), json(value));
            }
            None => problems.push(unknown(record, name, *span)),
        }
    }
    Object { platform, record, values, others }
}

fn absent<'m>(record: &Record) -> Vec<Data<'m>> {
    record.fields.iter().map(|_| Data::Absent).collect()
}

fn unknown(record: &Record, name: &str, span: Span) -> Problem {
    let names: Vec<_> = record.sent().map(|field| field.name.as_str()).collect();
    let help = match closest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the fields are {}", list(&names)),
    };
    Problem { span, message: format!("there is no field `{name}`"), help: Some(help) }
}

struct Reader<'m, 'p> {
    platform: &'m Platform,
    problems: &'p mut Vec<Problem>,
}

impl<'m> Reader<'m, '_> {
    fn fail(&mut self, span: Span, message: impl Into<String>) -> Data<'m> {
        self.problems.push(Problem::new(span, message));
        Data::Absent
    }

    fn field(&mut self, field: &'m Field, value: &Value) -> Data<'m> {
        match (&field.list, value) {
            (_, Value::Null(_)) => Data::Absent,
            (None, value) => self.one(&field.ty, value),
            (Some(_), Value::List(items, _)) => {
                Data::List(items.iter().map(|item| self.one(&field.ty, item)).collect())
            }
            (Some(_), other) => self.fail(other.span(), "a list is expected here"),
        }
    }

    fn one(&mut self, ty: &'m Type, value: &Value) -> Data<'m> {
        match (ty, value) {
            (_, Value::Null(_)) | (Type::Invalid, _) => Data::Absent,
            (Type::Json, value) => Data::Json(json(value)),
            (Type::Map(of), value) => self.map(*of, value),
            (Type::Record(id), value) => match &self.platform.type_def(*id).kind {
                TypeKind::Record(record) => {
                    Data::Record(object(self.platform, record, value, self.problems))
                }
                TypeKind::Enumeration(_) => Data::Absent,
            },
            (ty, Value::Text(text, span)) => self.scalar(ty, text, *span),
            (_, other) => self.fail(other.span(), "a single value is expected here"),
        }
    }

    fn scalar(&mut self, ty: &'m Type, text: &str, span: Span) -> Data<'m> {
        let wrong = |what: &str| format!("`{text}` is not {what}");
        match ty {
            Type::Text => Data::Text(text.to_owned()),
            Type::Integer { .. } | Type::Fen { .. } => match text.parse() {
                Ok(number) => Data::Integer(number),
                Err(_) => self.fail(span, wrong("a whole number of 64 bits")),
            },
            Type::Decimal { .. } => match text.parse::<Decimal>() {
                Ok(number) => Data::Decimal(number),
                Err(_) => self.fail(span, wrong("a decimal number")),
            },
            Type::Boolean { yes, no } => match text {
                "true" => Data::Flag(true),
                "false" => Data::Flag(false),
                _ if text == yes => Data::Flag(true),
                _ if text == no => Data::Flag(false),
                _ => self.fail(span, wrong("`true` or `false`")),
            },
            Type::DateTime(codec) => {
                match TimeFormat::named(&codec.format, codec.offset).parse(text) {
                    Ok(time) => Data::Time(time),
                    Err(_) => {
                        self.fail(span, wrong(&format!("a time in the format `{}`", codec.format)))
                    }
                }
            }
            Type::Enumeration(id) => {
                let known = match &self.platform.type_def(*id).kind {
                    TypeKind::Enumeration(values) => known(values),
                    TypeKind::Record(_) => Vec::new(),
                };
                Data::Choice(Choice { value: text.to_owned(), known })
            }
            Type::Json | Type::Map(_) | Type::Record(_) | Type::Invalid => Data::Absent,
        }
    }

    fn map(&mut self, of: MapOf, value: &Value) -> Data<'m> {
        let Value::Map(entries, _) = value else {
            return self.fail(value.span(), "a map is expected here");
        };
        let mut map = BTreeMap::new();
        for (name, _, value) in entries {
            let entry = match (of, value) {
                (MapOf::Json, value) => json(value),
                (MapOf::Text, Value::Text(text, _)) => Json::String(text.clone()),
                (MapOf::Integer, Value::Text(text, span)) => match text.parse::<i64>() {
                    Ok(number) => number.into(),
                    Err(_) => {
                        self.fail(*span, format!("`{text}` is not a whole number"));
                        continue;
                    }
                },
                (_, other) => {
                    self.fail(other.span(), "a single value is expected here");
                    continue;
                }
            };
            map.insert(name.clone(), entry);
        }
        Data::Map(Map(map))
    }
}

pub(super) fn known(values: &Enumeration) -> Vec<&str> {
    values.variants.iter().map(|variant| variant.value.as_str()).collect()
}

/// Free JSON: a plain `true`, `false` or number is one, everything else is text.
fn json(value: &Value) -> Json {
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
