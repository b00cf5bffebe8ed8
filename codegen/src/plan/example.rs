//! The example in a method's documentation: code that compiles, built from the spec's sample.

use super::names::Ident;
use super::options::Options;
use super::tree::{Field, Holds, Item, Record, TypePath, Value};
use super::types::Names;
use crate::model::{self, Type, TypeId};
use gatespec_protocol::{DateTime, Decimal, ListStyle, TimeFormat};
use std::collections::BTreeSet;

/// The context from which an example is built.
pub(super) struct Sample<'a, 'm> {
    /// The platform's names.
    pub names: &'a Names<'m>,
    /// The planned types, by [`TypeId`].
    pub types: &'a [Item<'m>],
    /// The names that the example imports from the platform's module.
    pub imports: BTreeSet<String>,
    /// The path of the crate that re-exports the runtime's types, with `::` at the end. Empty if
    /// the crate's path is not known.
    pub root: String,
}

/// The nesting depth from which lists without a sample are left empty, so that the examples of
/// records that contain each other end.
const DEEPEST: usize = 4;
/// The maximum width of a line of an example.
const PAGE: usize = 88;

impl<'a, 'm> Sample<'a, 'm> {
    /// Creates the context of an example that imports nothing yet.
    pub(super) fn new(names: &'a Names<'m>, types: &'a [Item<'m>], options: &Options) -> Self {
        let root = options.doc_path.as_ref().map(|path| format!("{path}::")).unwrap_or_default();
        Self { names, types, imports: BTreeSet::new(), root }
    }

    /// Returns a value of a record as one expression, broken into several lines if it is long.
    pub(super) fn record(
        &mut self,
        record: &Record<'m>,
        given: Option<&model::Value>,
        depth: usize,
    ) -> String {
        if !record.built {
            return "Default::default()".to_owned();
        }
        let arguments: Vec<String> = record
            .arguments()
            .map(|field| self.field(field, member(given, field.facts.name), depth))
            .collect();
        let setters: Vec<String> = record
            .setters()
            .filter_map(|field| Some((field, member(given, field.facts.name)?)))
            .map(|(field, value)| {
                format!(".{}({})", field.ident, self.field(field, Some(value), depth))
            })
            .collect();
        let start = format!("{}::new({})", record.ident, arguments.join(", "));
        let setting = setters.concat();
        if start.len() + setting.len() <= PAGE - 4 * depth {
            return start + &setting;
        }
        let start = if start.len() <= PAGE - 4 * depth {
            start
        } else {
            format!("{}::new(\n    {},\n)", record.ident, indented(&arguments.join(",\n")))
        };
        let margin = if start.contains('\n') { "\n" } else { "\n    " };
        setters.iter().fold(start, |text, setter| text + margin + &setter.replace('\n', margin))
    }

    fn field(&mut self, field: &Field<'m>, given: Option<&model::Value>, depth: usize) -> String {
        if !matches!(field.ty.holds, Holds::List | Holds::OptionList) {
            return self.one(field, given, depth);
        }
        let sample = given.is_none().then(|| pieces(field)).flatten();
        let items: Vec<String> = match sample.as_ref().or(given) {
            Some(model::Value::List(items, _)) => {
                items.iter().map(|item| self.one(field, Some(item), depth)).collect()
            }
            _ if depth < DEEPEST => vec![self.one(field, given, depth)],
            _ => Vec::new(),
        };
        format!("[{}]", items.join(", "))
    }

    fn one(&mut self, field: &Field<'m>, given: Option<&model::Value>, depth: usize) -> String {
        let row = field.spec;
        let text = match given {
            Some(model::Value::Text(text, _)) => Some(text.as_str()),
            Some(_) => None,
            None if row.sensitive => None,
            None => row.example.as_deref(),
        };
        match (&field.ty.value, &row.ty) {
            (Value::Text, _) => format!("{:?}", text.unwrap_or("…")),
            (Value::Integer, _) => integer(text).to_string(),
            (Value::Fen, _) => format!("{}Fen({})", self.root, integer(text)),
            (Value::Decimal, _) => {
                let number = text.filter(|text| text.parse::<Decimal>().is_ok());
                format!("{:?}.parse()?", number.unwrap_or("1"))
            }
            (Value::Flag, Type::Boolean { yes, .. }) => {
                text.is_none_or(|text| text == yes || text == "true").to_string()
            }
            (Value::Time(_), Type::DateTime(codec)) => {
                self.time(text.and_then(|text| codec.time_format().parse(text).ok()))
            }
            (Value::Json, _) => {
                format!("{:?}.parse()?", text.filter(|text| is_json(text)).unwrap_or("{}"))
            }
            (Value::Map(of), _) => map(*of, given),
            (Value::Record(path), Type::Record(id)) => self.nested(path, *id, given, depth),
            (Value::Choice(path), Type::Enumeration(id)) => self.choice(path, *id, text),
            _ => "Default::default()".to_owned(),
        }
    }

    /// Returns a call of `datetime` for an instant in the platform's time zone. Without an instant,
    /// the call is for the beginning of 2023.
    fn time(&mut self, instant: Option<DateTime>) -> String {
        let offset = self.names.spec.time_zone;
        let fallback = || DateTime::civil(offset, 2023, 1, 1, 0, 0, 0).unwrap_or_default();
        let digits = TimeFormat::Pattern { pattern: "yyyy MM dd HH mm ss", offset };
        let text = digits.format(instant.unwrap_or_else(fallback));
        let parts: Vec<String> =
            text.split(' ').map(|part| integer(Some(part)).to_string()).collect();
        self.imports.insert("datetime".to_owned());
        format!("datetime({})?", parts.join(", "))
    }

    fn nested(
        &mut self,
        path: &TypePath,
        id: TypeId,
        given: Option<&model::Value>,
        depth: usize,
    ) -> String {
        self.import(path, id);
        match self.types.get(id.0) {
            Some(Item::Record(record)) => self.record(record, given, depth + 1),
            _ => "Default::default()".to_owned(),
        }
    }

    fn choice(&mut self, path: &TypePath, id: TypeId, text: Option<&str>) -> String {
        self.import(path, id);
        let Some(Item::Enumeration(enumeration)) = self.types.get(id.0) else {
            return "Default::default()".to_owned();
        };
        let mut known = enumeration.variants.iter();
        let found = match text {
            Some(text) => known.find(|(wire, ..)| *wire == text),
            None => known.next(),
        };
        match found {
            Some((_, variant, _)) => format!("{}::{variant}", path.ident),
            None => format!("{}::from({:?})", path.ident, text.unwrap_or("…")),
        }
    }

    fn import(&mut self, path: &TypePath, id: TypeId) {
        let home = self.names.spec.type_def(id).method.as_deref();
        let module: Option<&Ident> = home.and_then(|name| self.names.modules.get(name));
        self.imports.insert(match module {
            Some(module) => format!("{module}::{}", path.ident),
            None => path.ident.to_string(),
        });
    }
}

fn member<'v>(given: Option<&'v model::Value>, name: &str) -> Option<&'v model::Value> {
    match given {
        Some(model::Value::Map(members, _)) => {
            let found = members.iter().find(|(member, ..)| member == name);
            found.map(|(.., value)| value).filter(|value| !matches!(value, model::Value::Null(_)))
        }
        _ => None,
    }
}

/// Returns the items of a delimited list's example, which the spec states as one string, as on the
/// wire.
fn pieces(field: &Field<'_>) -> Option<model::Value> {
    let Some(ListStyle::Delimited(delimiter)) = field.facts.list else { return None };
    let row = field.spec;
    let text = row.example.as_deref().filter(|text| !text.is_empty() && !row.sensitive)?;
    let pieces = text.split(delimiter).map(|piece| model::Value::Text(piece.to_owned(), row.span));
    Some(model::Value::List(pieces.collect(), row.span))
}

fn map(of: model::MapOf, given: Option<&model::Value>) -> String {
    let Some(model::Value::Map(members, _)) = given else { return "Default::default()".to_owned() };
    let entries = members.iter().map(|(name, _, value)| match (of, value) {
        (model::MapOf::Integer, model::Value::Text(text, _)) => {
            format!("({name:?}.into(), {})", integer(Some(text)))
        }
        (_, model::Value::Text(text, _)) => format!("({name:?}.into(), {text:?}.into())"),
        _ => format!("({name:?}.into(), Default::default())"),
    });
    format!("[{}].into()", entries.collect::<Vec<_>>().join(", "))
}

fn integer(text: Option<&str>) -> i64 {
    text.and_then(|text| text.trim().parse().ok()).unwrap_or(1)
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok()
}

fn indented(text: &str) -> String {
    text.replace('\n', "\n    ")
}
