//! Compares sample answers with the tables of their fields.

use crate::check::template;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::TypeKind;
use crate::model::{Field, ListStyle, Method, Platform, Record, ResponseExample, Returns, Type};
use crate::source::SourceSpan;
use crate::suggest::list;
use gatespec_protocol as rt;
use rt::envelope::{Question, read};
use rt::{CredentialSet, Json};
use std::collections::{BTreeMap, BTreeSet};

/// The largest integer up to which floating-point numbers represent all integers exactly.
const MAX_SAFE: u64 = (1 << 53) - 1;

/// Reports members of samples that have no row, and integers that other programs would round.
pub(super) fn check(platform: &Platform, sink: &mut Sink) {
    for method in &platform.methods {
        for example in method.response_examples.iter().filter(|example| example.success) {
            let mut seen = Seen::default();
            seen.example(platform, method, example);
            let names: Vec<_> = seen.unlisted.iter().map(String::as_str).collect();
            if !names.is_empty() {
                let message = format!("the sample has members without a row: {}", list(&names));
                sink.report(Diagnostic::at(rules::UNLISTED_MEMBER, example.span, message));
            }
            for (field, number) in seen.wide.into_values() {
                let message = format!(
                    "`{}` is {number} in a sample: programs that read numbers as floats would round it",
                    field.name
                );
                sink.report(
                    Diagnostic::at(rules::WIDE_INTEGER, field.span, message)
                        .also(example.span, "in this sample"),
                );
            }
        }
    }
}

/// Reports rows that occur in no sample of their method, if the method has samples.
pub(super) fn notes(platform: &Platform, sink: &mut Sink) {
    let mut seen = Seen::default();
    let mut sampled = Vec::new();
    for method in &platform.methods {
        let mut samples = method.response_examples.iter().filter(|example| example.success);
        if samples.clone().next().is_some() {
            sampled.push(method);
        }
        samples.by_ref().for_each(|example| seen.example(platform, method, example));
    }
    for method in sampled {
        if let Returns::Record(record) = &method.returns {
            unsampled(record, method.name, &seen, sink);
        }
    }
    for def in &platform.types {
        if let TypeKind::Record(record) = &def.kind {
            // If no sample contains the record at all, only the row that refers to the record is
            // reported.
            if record.fields.iter().any(|field| seen.rows.contains(&field.span)) {
                unsampled(record, &def.name, &seen, sink);
            }
        }
    }
}

fn unsampled(record: &Record, name: &str, seen: &Seen<'_>, sink: &mut Sink) {
    let rows: Vec<_> = record.sent().filter(|field| !seen.rows.contains(&field.span)).collect();
    let Some(first) = rows.first() else { return };
    let names: Vec<_> = rows.iter().map(|field| field.name.as_str()).collect();
    let message = format!("rows of `{name}` that are in no sample: {}", list(&names));
    sink.report(Diagnostic::at(rules::UNSAMPLED_ROW, first.span, message).label("the first one"));
}

/// What samples contain: rows, members without a row, and integers that other programs would round.
#[derive(Default)]
struct Seen<'m> {
    rows: BTreeSet<SourceSpan>,
    unlisted: BTreeSet<String>,
    wide: BTreeMap<SourceSpan, (&'m Field, String)>,
}

impl<'m> Seen<'m> {
    fn example(&mut self, platform: &'m Platform, method: &'m Method, example: &ResponseExample) {
        let credentials: CredentialSet = example
            .credentials
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let question = Question {
            method: &method.facts,
            name: method.name,
            credentials: &credentials,
            decryptor: &rt::BySpec,
            sent: None,
        };
        let mut data = None;
        // Another rule reports errors in the sample itself, so they are ignored here.
        let _ = read(&question, 200, example.body.as_bytes(), &mut |value| {
            data = value.json()?;
            Ok(())
        });
        let data = data.map(|data| data.value()).unwrap_or_default();
        match &method.returns {
            Returns::Nothing => {}
            Returns::Record(record) => {
                let before = std::mem::take(&mut self.unlisted);
                self.record(platform, record, &data, "");
                // If the data is the whole answer, some of its members belong to the envelope.
                let gateway = platform.gateway_of(method);
                if method.data.unwrap_or(gateway.envelope.data).is_empty() {
                    for path in template::paths(gateway) {
                        self.unlisted.remove(path.split('.').next().unwrap_or(path));
                    }
                }
                self.unlisted.extend(before);
            }
            Returns::Value(field) => self.field(platform, field, &data, ""),
        }
    }

    fn record(&mut self, platform: &'m Platform, record: &'m Record, data: &Json, path: &str) {
        let data = opened(data);
        let Some(members) = data.as_object() else { return };
        for (name, value) in members {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            match record.field(name) {
                Some(field) => {
                    self.rows.insert(field.span);
                    self.field(platform, field, value, &path);
                }
                None if record.others.is_none() => {
                    self.unlisted.insert(path);
                }
                None => {}
            }
        }
    }

    fn field(&mut self, platform: &'m Platform, field: &'m Field, value: &Json, path: &str) {
        let value = opened(value);
        let inside = match (&field.list, value.as_object()) {
            (Some(ListStyle::Inside(name)), Some(object)) => object.get(name).cloned(),
            _ => None,
        };
        let value = inside.unwrap_or_else(|| value.into_owned());
        match (&field.list, value.as_array()) {
            (Some(_), Some(items)) => {
                items.iter().for_each(|item| self.one(platform, field, item, path));
            }
            _ => self.one(platform, field, &value, path),
        }
    }

    fn one(&mut self, platform: &'m Platform, field: &'m Field, value: &Json, path: &str) {
        match field.ty {
            Type::Record(id) => {
                if let TypeKind::Record(record) = &platform.type_def(id).kind {
                    self.record(platform, record, value, path);
                }
            }
            Type::Integer { quoted: false } => {
                let number = value.as_number().filter(|number| {
                    let size = number.as_i64().map(i64::unsigned_abs).or(number.as_u64());
                    size.is_some_and(|size| size > MAX_SAFE)
                });
                if let Some(number) = number {
                    self.wide.entry(field.span).or_insert_with(|| (field, number.to_string()));
                }
            }
            _ => {}
        }
    }
}

/// Returns the JSON inside a JSON string, which the decoder of answers reads too, and any other
/// value as it is.
fn opened(value: &Json) -> std::borrow::Cow<'_, Json> {
    use std::borrow::Cow;
    let text = value.as_str().map(str::trim_start).filter(|text| text.starts_with(['{', '[']));
    match text.and_then(|text| serde_json::from_str(text).ok()) {
        Some(inner) => Cow::Owned(inner),
        None => Cow::Borrowed(value),
    }
}
