//! Records, fields, types, rules and error tables as data.

use super::parts::{list, object, said, with_about};
use crate::model::{
    Condition, Constraint, Delivery, ErrorCode, Field, ListStyle, MapOf, Platform, Record,
    Required, Rule, RuleKind, Type, TypeDef, TypeId, TypeKind, offset,
};
use gatespec_protocol::{Meaning, RetryAfter};
use serde_json::{Value as Json, json};
use std::cell::Cell;

/// Exports records, which are written out where they are used.
pub(super) struct Fields<'m> {
    pub(super) platform: &'m Platform,
    /// The number of fields of nested records that have been written so far.
    written: Cell<usize>,
    /// The maximum of `written` for a platform.
    most: usize,
}

/// The maximum number of fields of nested records in a method or type. Further records are
/// represented by their names. Without a limit, the export would grow exponentially if records
/// contain several records each, which contain several records again.
const MOST_INSIDE: usize = 5_000;
/// The maximum for a whole platform is this number for each field that its spec declares.
const MOST_FOR_ONE: usize = 50;

impl<'m> Fields<'m> {
    pub(super) fn new(platform: &'m Platform) -> Fields<'m> {
        let records = platform.types.iter().map(|def| match &def.kind {
            TypeKind::Record(record) => record.fields.len(),
            TypeKind::Enumeration(_) => 0,
        });
        let methods = platform.methods.iter().map(|method| method.request.fields.len());
        let declared: usize = records.chain(methods).sum();
        let most = declared.saturating_mul(MOST_FOR_ONE).saturating_add(MOST_INSIDE);
        Fields { platform, written: Cell::default(), most }
    }

    pub(super) fn type_def(&self, def: &TypeDef) -> Json {
        let mut out = object(json!({ "name": def.name, "method": def.method }));
        match &def.kind {
            TypeKind::Record(record) => {
                let id = self.platform.types.iter().position(|other| other.span == def.span);
                out.extend(object(self.whole(record, id.map(TypeId))));
            }
            TypeKind::Enumeration(values) => out.extend(object(json!({
                "wire": if values.numeric { "number" } else { "text" },
                "values": list(&values.variants, |variant| {
                    with_about(json!({ "value": variant.value }), &variant.about)
                }),
            }))),
        }
        with_about(out.into(), &def.about)
    }

    /// Exports a record that is not nested.
    pub(super) fn whole(&self, record: &Record, id: Option<TypeId>) -> Json {
        self.record(record, &mut self.inside(id))
    }

    /// Exports a field that is not in a record.
    pub(super) fn single(&self, field: &Field) -> Json {
        self.field(field, &mut self.inside(None))
    }

    fn inside(&self, id: Option<TypeId>) -> Inside {
        let most = self.written.get().saturating_add(MOST_INSIDE).min(self.most);
        Inside { records: id.into_iter().collect(), most }
    }

    fn record(&self, record: &Record, open: &mut Inside) -> Json {
        let mut out = object(said(json!({
            "rules": list(&record.rules, rule),
            "others": record.others.map(map_of),
        })));
        // The list is inserted afterwards, since `json!` would copy it at every level.
        out.insert("fields".into(), list(&record.fields, |field| self.field(field, open)));
        out.into()
    }

    fn field(&self, field: &Field, open: &mut Inside) -> Json {
        let flag = |flag: bool| flag.then_some(true);
        let mut out = object(said(json!({
            "name": field.name,
            "type": self.type_name(&field.ty),
            "required": required(&field.required),
            "rules": list(&field.constraints, |(constraint, _)| self::constraint(constraint)),
            "send": match field.send {
                Delivery::Yes => "business",
                Delivery::FromPublic => "public",
                Delivery::Never => "never",
            },
            "list": field.list.as_ref().map(list_style),
            "in_path": flag(field.in_path),
            "json_text": flag(field.json_text),
            "single": flag(field.single),
            "nullable": flag(field.nullable),
            "always": flag(field.always),
            "sensitive": flag(field.sensitive),
            "example": field.example,
        })));
        out.extend(object(said(details(&field.ty))));
        out.extend(object(self.inline(&field.ty, open)));
        with_about(out.into(), &field.about)
    }

    /// The fields of a record or the values of an enumeration, written out in place.
    fn inline(&self, ty: &Type, open: &mut Inside) -> Json {
        let (Type::Record(id) | Type::Enumeration(id)) = ty else { return Json::Null };
        match &self.platform.type_def(*id).kind {
            TypeKind::Record(_) if open.records.contains(id) || self.written.get() > open.most => {
                Json::Null
            }
            TypeKind::Record(record) => {
                self.written.set(self.written.get() + record.fields.len());
                open.records.push(*id);
                let mut out = object(self.record(record, open));
                open.records.pop();
                let rules = out.remove("rules").unwrap_or_default();
                out.insert("record_rules".into(), rules);
                out.into()
            }
            TypeKind::Enumeration(values) => {
                let values = list(&values.variants, |variant| variant.value.as_str().into());
                json!({ "values": values })
            }
        }
    }

    fn type_name(&self, ty: &Type) -> &str {
        match ty {
            Type::Text => "text",
            Type::Integer { .. } => "integer",
            Type::Fen { .. } | Type::Decimal { yuan: true, .. } => "money",
            Type::Decimal { .. } => "decimal",
            Type::Boolean { .. } => "boolean",
            Type::DateTime(_) => "datetime",
            Type::Json => "json",
            Type::Map(_) => "map",
            Type::Record(id) | Type::Enumeration(id) => &self.platform.type_def(*id).name,
            Type::Invalid => "invalid",
        }
    }
}

/// The state while records are written out.
struct Inside {
    /// The records that contain what is being written.
    records: Vec<TypeId>,
    /// Once [`Fields::written`] reaches this number, only the names of records are written.
    most: usize,
}

/// The attributes of a type except its name.
fn details(ty: &Type) -> Json {
    match ty {
        Type::Integer { quoted: true } => json!({ "as": "text" }),
        Type::Fen { quoted } => {
            json!({ "unit": "fen", "as": if *quoted { "text" } else { "number" } })
        }
        Type::Decimal { scale, bare, yuan } => json!({
            "scale": scale,
            "unit": yuan.then_some("yuan"),
            "as": if *bare { "number" } else { "text" },
        }),
        Type::Boolean { yes, no } => json!({ "spelling": [yes, no] }),
        Type::DateTime(codec) => json!({
            "format": codec.format,
            "zone": offset(codec.offset),
            "never": codec.never,
        }),
        Type::Map(of) => json!({ "of": map_of(*of) }),
        _ => Json::Null,
    }
}

fn map_of(of: MapOf) -> &'static str {
    match of {
        MapOf::Text => "text",
        MapOf::Integer => "integer",
        MapOf::Json => "json",
    }
}

fn list_style(list: &ListStyle) -> Json {
    match list {
        ListStyle::Delimited(delimiter) => json!({ "delimiter": delimiter }),
        ListStyle::Json => "json".into(),
        ListStyle::Repeat => "repeat".into(),
        ListStyle::Inside(item) => json!({ "inside": item }),
    }
}

/// Exports when a request must have a field.
pub fn required(required: &Required) -> Json {
    let condition = |key: &str, condition: &Condition| {
        let mut out = object(json!({ key: condition.field }));
        if !condition.any_of.is_empty() {
            out.insert("is".into(), condition.any_of.clone().into());
        }
        Json::from(out)
    };
    match required {
        Required::No => false.into(),
        Required::Yes => true.into(),
        Required::When(when) => condition("when", when),
        Required::Unless(unless) => condition("unless", unless),
    }
}

fn constraint(constraint: &Constraint) -> Json {
    match constraint {
        Constraint::Length { min, max } => json!({ "rule": "length", "min": min, "max": max }),
        Constraint::Range { min, max } => json!({ "rule": "range", "min": min, "max": max }),
        Constraint::Pattern(pattern) => json!({ "rule": "pattern", "pattern": pattern.as_str() }),
        Constraint::Items { min, max } => json!({ "rule": "items", "min": min, "max": max }),
    }
}

/// Exports a rule over several fields.
pub fn rule(rule: &Rule) -> Json {
    let limit = match &rule.kind {
        RuleKind::Span(_, _, limit) => Some(limit),
        RuleKind::NotAfter(..) | RuleKind::AtLeastOne(..) => None,
    };
    let out = said(json!({
        "rule": rule.kind.key(),
        "fields": rule.kind.fields(),
        "at_most_seconds": limit.map(|limit| limit.at_most.duration().as_secs()),
        "end": limit.map(|limit| limit.end.to_string()),
    }));
    with_about(out, &rule.about)
}

pub(super) fn errors(codes: &[ErrorCode]) -> Json {
    list(codes, |code| {
        let (seconds, words) = match code.retry_after {
            RetryAfter::None => (None, None),
            RetryAfter::Seconds(seconds) => (Some(seconds), None),
            RetryAfter::NumberInMessage => (None, Some("number in message")),
        };
        let out = said(json!({
            "code": code.code,
            "class": code.class.as_str(),
            "retry_after_seconds": seconds,
            "retry_after": words,
            "refresh": code.refresh,
            "http": code.http,
            "means": code.means.map(Meaning::as_str),
            "parameter": code.parameter,
        }));
        with_about(out, &code.about)
    })
}
