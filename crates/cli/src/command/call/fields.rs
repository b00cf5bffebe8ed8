//! Prints the data of an answer as a tree of typed fields.

use crate::command::paint::{BLUE, DIM, GREEN, MAGENTA, PLAIN, RED, YELLOW};
use gatespec_language::model::{Enumeration, Field, Platform, Record, Returns, Type, TypeKind};
use gatespec_runtime::Json;
use gatespec_runtime::text::visible;

/// Appends the fields of an answer's data, indented by two spaces per level.
pub(super) fn push(platform: &Platform, returns: &Returns, data: &Json, out: &mut String) {
    let mut printer = Printer { platform, out };
    match returns {
        Returns::Nothing => {}
        Returns::Record(record) => printer.record(record, data, 1),
        Returns::Value(field) => {
            printer.field(Name { text: "data", width: 0, depth: 1 }, field, data);
        }
    }
}

/// The maximum width of the column of names. Longer names do not widen the column.
const WIDEST: usize = 24;

/// The name of a field, and its layout.
#[derive(Clone, Copy)]
struct Name<'n> {
    text: &'n str,
    /// The width of the column of names.
    width: usize,
    depth: usize,
}

struct Printer<'t> {
    platform: &'t Platform,
    out: &'t mut String,
}

impl Printer<'_> {
    fn line(&mut self, name: Name<'_>, value: &str) {
        let Name { text, width, depth } = name;
        let text = visible(text);
        let line = format!("{:indent$}{text:<width$}  {value}", "", indent = 2 * depth);
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// Prints the fields in the order of the spec, then the members that the spec does not list.
    fn record(&mut self, record: &Record, data: &Json, depth: usize) {
        let Json::Object(members) = data else { return };
        let width = members.keys().map(|name| name.chars().count()).max().unwrap_or(0).min(WIDEST);
        for field in record.sent() {
            if let Some(value) = members.get(&field.name) {
                self.field(Name { text: &field.name, width, depth }, field, value);
            }
        }
        let others = members.iter().filter(|(name, _)| record.field(name).is_none());
        for (name, value) in others {
            self.line(Name { text: name, width, depth }, &free(value));
        }
    }

    fn field(&mut self, name: Name<'_>, field: &Field, value: &Json) {
        match value {
            Json::Array(items) if field.list.is_some() => {
                let plural = if items.len() == 1 { "" } else { "s" };
                self.line(name, &format!("{DIM}{} item{plural}{PLAIN}", items.len()));
                for (at, item) in items.iter().enumerate() {
                    let name = Name { text: &format!("[{at}]"), width: 0, depth: name.depth + 1 };
                    self.one(name, field, item);
                }
            }
            value => self.one(name, field, value),
        }
    }

    fn one(&mut self, name: Name<'_>, field: &Field, value: &Json) {
        let kind = match &field.ty {
            Type::Record(id) | Type::Enumeration(id) => Some(&self.platform.type_def(*id).kind),
            _ => None,
        };
        match (kind, value) {
            (Some(TypeKind::Record(record)), value) => {
                self.line(name, "");
                self.record(record, value, name.depth + 1);
            }
            (Some(TypeKind::Enumeration(known)), value) => {
                self.line(name, &choice(known, &plain(value)));
            }
            (None, value) => self.line(name, &scalar(&field.ty, value)),
        }
    }
}

fn scalar(ty: &Type, value: &Json) -> String {
    let text = plain(value);
    match ty {
        Type::Text if text.is_empty() => format!("{DIM}(empty){PLAIN}"),
        Type::Text => format!("{GREEN}{text}{PLAIN}"),
        Type::Integer { .. } | Type::Boolean { .. } => format!("{YELLOW}{text}{PLAIN}"),
        Type::Fen { .. } => format!("{YELLOW}{text}{PLAIN}{}", yuan(&text)),
        Type::Decimal { yuan: true, .. } => format!("{YELLOW}{text}{PLAIN} {DIM}(yuan){PLAIN}"),
        Type::Decimal { .. } => format!("{YELLOW}{text}{PLAIN}"),
        Type::DateTime(codec) => {
            let time = codec.time_format().parse(&text);
            let time = time.map_or_else(|_| String::new(), |time| format!(" {DIM}({time}){PLAIN}"));
            format!("{MAGENTA}{text}{PLAIN}{time}")
        }
        _ => free(value),
    }
}

/// Returns an amount in fen as yuan, in parentheses. Returns an empty text if `fen` is not an
/// integer.
fn yuan(fen: &str) -> String {
    let Ok(fen) = fen.parse::<i64>() else { return String::new() };
    let (sign, fen) = (if fen < 0 { "-" } else { "" }, fen.unsigned_abs());
    format!(" {DIM}({sign}{}.{:02} yuan){PLAIN}", fen / 100, fen % 100)
}

fn choice(known: &Enumeration, text: &str) -> String {
    match known.variants.iter().find(|one| one.value == text) {
        Some(variant) => {
            let doc = variant.about.doc.as_deref().unwrap_or_default().trim_end_matches('.');
            format!("{BLUE}{text}{PLAIN} {DIM}({doc}){PLAIN}")
        }
        None => format!("{RED}{text}{PLAIN} {DIM}(the spec does not list it){PLAIN}"),
    }
}

/// Returns a value as text: a JSON string without its quotes, any other value as JSON.
fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => visible(text).into_owned(),
        other => visible(&other.to_string()).into_owned(),
    }
}

fn free(value: &Json) -> String {
    match value {
        Json::String(_) => format!("{GREEN}{}{PLAIN}", plain(value)),
        other => format!("{YELLOW}{}{PLAIN}", plain(other)),
    }
}
