//! The example in a method's documentation: code that compiles, from the spec's own sample.

use super::Options;
use super::names::Ident;
use super::place::Names;
use super::tree::{Build, Field, Holds, Item, Place, Record, TypePath, Value};
use crate::model::{self, Type, TypeId};
use gatespec_protocol::{DateTime, Decimal, ListStyle, TimeFormat};
use std::collections::BTreeSet;

/// What an example is made of.
pub struct Sample<'a, 'm> {
    /// The platform's names.
    pub names: &'a Names<'m>,
    /// The planned types, by [`TypeId`].
    pub types: &'a [Item<'m>],
    /// What the example imports from the platform's module.
    pub imports: BTreeSet<String>,
    /// Where the runtime's types are found, with `::` behind.
    pub root: String,
}

/// Records within records are shown so deep.
const DEEPEST: usize = 4;
/// The widest line of an example.
const PAGE: usize = 88;

impl<'a, 'm> Sample<'a, 'm> {
    /// An example that imports nothing yet.
    pub fn new(names: &'a Names<'m>, types: &'a [Item<'m>], options: &Options) -> Self {
        let root = options.doc_path.as_ref().map(|path| format!("{path}::")).unwrap_or_default();
        Self { names, types, imports: BTreeSet::new(), root }
    }

    /// A value of a record, as one expression: one line, or several if it is long.
    pub fn record(
        &mut self,
        record: &Record<'m>,
        rows: &[&'m model::Field],
        given: Option<&model::Value>,
        depth: usize,
    ) -> String {
        let Some(build) = &record.build else { return "Default::default()".to_owned() };
        let arguments = self.arguments(record, build, rows, given, depth);
        let setters = self.setters(record, build, rows, given, depth);
        let flat = format!("{}::new({}){}", record.ident, arguments.join(", "), setters.concat());
        if flat.len() <= PAGE - 4 * depth {
            return flat;
        }
        let start = format!("{}::new({})", record.ident, arguments.join(", "));
        let start = if start.len() <= PAGE - 4 * depth {
            start
        } else {
            format!("{}::new(\n    {},\n)", record.ident, indented(&arguments.join(",\n")))
        };
        let margin = if start.contains('\n') { "\n" } else { "\n    " };
        setters.iter().fold(start, |text, setter| text + margin + &setter.replace('\n', margin))
    }

    fn arguments(
        &mut self,
        record: &Record<'m>,
        build: &Build<'m>,
        rows: &[&'m model::Field],
        given: Option<&model::Value>,
        depth: usize,
    ) -> Vec<String> {
        let mut arguments = Vec::new();
        for &index in &build.arguments {
            let (Some(field), Some(row)) = (record.fields.get(index), rows.get(index)) else {
                continue;
            };
            arguments.push(self.field(field, row, member(given, &row.name), depth));
        }
        arguments
    }

    fn setters(
        &mut self,
        record: &Record<'m>,
        build: &Build<'m>,
        rows: &[&'m model::Field],
        given: Option<&model::Value>,
        depth: usize,
    ) -> Vec<String> {
        let mut setters = Vec::new();
        for &index in &build.setters {
            let (Some(field), Some(row)) = (record.fields.get(index), rows.get(index)) else {
                continue;
            };
            if let Some(value) = member(given, &row.name) {
                let value = self.field(field, row, Some(value), depth);
                setters.push(format!(".{}({value})", field.ident));
            }
        }
        setters
    }

    fn field(
        &mut self,
        field: &Field<'m>,
        row: &'m model::Field,
        given: Option<&model::Value>,
        depth: usize,
    ) -> String {
        if !matches!(field.place.holds, Holds::List(_)) {
            return self.one(&field.place, row, given, depth);
        }
        let sample = given.is_none().then(|| pieces(field, row)).flatten();
        let items: Vec<String> = match sample.as_ref().or(given) {
            Some(model::Value::List(items, _)) => {
                items.iter().map(|item| self.one(&field.place, row, Some(item), depth)).collect()
            }
            _ if depth < DEEPEST => vec![self.one(&field.place, row, given, depth)],
            _ => Vec::new(),
        };
        format!("[{}]", items.join(", "))
    }

    fn one(
        &mut self,
        place: &Place<'m>,
        row: &'m model::Field,
        given: Option<&model::Value>,
        depth: usize,
    ) -> String {
        let text = match given {
            Some(model::Value::Text(text, _)) => Some(text.as_str()),
            Some(_) => None,
            None if row.sensitive => None,
            None => row.example.as_deref(),
        };
        match &place.value {
            Value::Text => format!("{:?}", text.unwrap_or("…")),
            Value::Integer(_) => integer(text).to_string(),
            Value::Fen(_) => format!("{}Fen({})", self.root, integer(text)),
            Value::Decimal { .. } => {
                let number = text.filter(|text| text.parse::<Decimal>().is_ok());
                format!("{:?}.parse()?", number.unwrap_or("1"))
            }
            Value::Flag(yes, _) => {
                text.is_none_or(|text| text == *yes || text == "true").to_string()
            }
            Value::Time(_) => self.time(&row.ty, text),
            Value::Json => {
                format!("{:?}.parse()?", text.filter(|text| is_json(text)).unwrap_or("{}"))
            }
            Value::Map(of) => map(*of, given),
            Value::Record(path) => self.nested(path, &row.ty, given, depth),
            Value::Choice(path, _) => self.choice(path, &row.ty, text),
        }
    }

    /// The instant as clocks of the platform's zone show it.
    fn time(&mut self, ty: &Type, text: Option<&str>) -> String {
        let parsed = match ty {
            Type::DateTime(codec) => text.and_then(|text| codec.time_format().parse(text).ok()),
            _ => None,
        };
        let offset = self.names.spec.time_zone;
        let fallback = || DateTime::civil(offset, 2023, 1, 1, 0, 0, 0).unwrap_or_default();
        let digits = TimeFormat::Pattern { pattern: "yyyy MM dd HH mm ss", offset };
        let text = digits.format(parsed.unwrap_or_else(fallback));
        let parts: Vec<String> =
            text.split(' ').map(|part| integer(Some(part)).to_string()).collect();
        self.imports.insert("datetime".to_owned());
        format!("datetime({})?", parts.join(", "))
    }

    fn nested(
        &mut self,
        path: &TypePath,
        ty: &Type,
        given: Option<&model::Value>,
        depth: usize,
    ) -> String {
        let (Type::Record(id), types) = (ty, self.types) else {
            return "Default::default()".into();
        };
        self.import(path, *id);
        let rows = rows_of(self.names.spec, *id);
        match types.get(id.0) {
            Some(Item::Record(record)) => self.record(record, &rows, given, depth + 1),
            _ => "Default::default()".to_owned(),
        }
    }

    fn choice(&mut self, path: &TypePath, ty: &Type, text: Option<&str>) -> String {
        let Type::Enumeration(id) = ty else { return "Default::default()".to_owned() };
        self.import(path, *id);
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

/// The rows of a record that are sent.
pub fn rows_of(platform: &model::Platform, id: TypeId) -> Vec<&model::Field> {
    match &platform.type_def(id).kind {
        model::TypeKind::Record(record) => record.sent().collect(),
        model::TypeKind::Enumeration(_) => Vec::new(),
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

/// The sample of a joined list is the text on the wire.
fn pieces(field: &Field<'_>, row: &model::Field) -> Option<model::Value> {
    let Holds::List(ListStyle::Delimited(delimiter)) = field.place.holds else { return None };
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
