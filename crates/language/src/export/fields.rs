//! Records, fields, types, rules and code tables as data.

use super::{object, offset, with_about};
use crate::model::{
    Condition, Constraint, Delivery, ErrorCode, Field, ListStyle, MapOf, Platform, Record,
    Required, Rule, RuleKind, Type, TypeDef, TypeId, TypeKind,
};
use gatespec_protocol::RetryAfter;
use serde_json::{Map, Value as Json, json};

/// Writes records out where they are used.
pub(super) struct Fields<'m> {
    pub(super) platform: &'m Platform,
}

impl Fields<'_> {
    pub(super) fn record(&self, record: &Record) -> Json {
        self.record_in(record, &mut Vec::new())
    }

    pub(super) fn value(&self, field: &Field) -> Json {
        self.field(field, &mut Vec::new())
    }

    pub(super) fn type_def(&self, def: &TypeDef) -> Json {
        let mut out = object(json!({ "name": def.name, "method": def.method }));
        with_about(&mut out, &def.about);
        match &def.kind {
            TypeKind::Record(record) => {
                let id = self.platform.types.iter().position(|other| other.span == def.span);
                let mut open = id.map(TypeId).into_iter().collect();
                out.extend(object(self.record_in(record, &mut open)));
            }
            TypeKind::Enumeration(values) => {
                out.insert("wire".into(), if values.numeric { "number" } else { "text" }.into());
                let values = values.variants.iter().map(|variant| {
                    let mut out = object(json!({ "value": variant.value }));
                    with_about(&mut out, &variant.about);
                    Json::from(out)
                });
                out.insert("values".into(), values.collect());
            }
        }
        out.into()
    }

    /// `open`: the records around this one.
    fn record_in(&self, record: &Record, open: &mut Vec<TypeId>) -> Json {
        let fields: Vec<_> = record.fields.iter().map(|field| self.field(field, open)).collect();
        let mut out = object(json!({
            "fields": fields,
            "rules": record.rules.iter().map(rule).collect::<Vec<_>>(),
        }));
        if let Some(of) = record.others {
            out.insert("others".into(), map_of(of).into());
        }
        out.into()
    }

    fn field(&self, field: &Field, open: &mut Vec<TypeId>) -> Json {
        let mut out = object(json!({
            "name": field.name,
            "type": self.type_name(&field.ty),
            "required": required(&field.required),
            "rules": field.constraints.iter().map(|(constraint, _)| self::constraint(constraint)).collect::<Vec<_>>(),
            "send": match field.send {
                Delivery::Yes => "business",
                Delivery::FromPublic => "public",
                Delivery::Never => "never",
            },
        }));
        if let Some(list) = &field.list {
            out.insert("list".into(), list_style(list));
        }
        for (key, flag) in [
            ("in_path", field.in_path),
            ("json_text", field.json_text),
            ("single", field.single),
            ("nullable", field.nullable),
            ("always", field.always),
            ("sensitive", field.sensitive),
        ] {
            if flag {
                out.insert(key.into(), true.into());
            }
        }
        if let Some(example) = &field.example {
            out.insert("example".into(), example.as_str().into());
        }
        details(&field.ty, &mut out);
        with_about(&mut out, &field.about);
        self.inline(&field.ty, open, &mut out);
        out.into()
    }

    /// The fields of a record, the values of an enumeration.
    fn inline(&self, ty: &Type, open: &mut Vec<TypeId>, out: &mut Map<String, Json>) {
        let (Type::Record(id) | Type::Enumeration(id)) = ty else { return };
        match &self.platform.type_def(*id).kind {
            TypeKind::Record(_) if open.contains(id) => {}
            TypeKind::Record(record) => {
                open.push(*id);
                let Json::Object(record) = self.record_in(record, open) else { return };
                open.pop();
                out.insert("fields".into(), record["fields"].clone());
                out.insert("record_rules".into(), record["rules"].clone());
                if let Some(others) = record.get("others") {
                    out.insert("others".into(), others.clone());
                }
            }
            TypeKind::Enumeration(values) => {
                let values =
                    values.variants.iter().map(|variant| Json::from(variant.value.as_str()));
                out.insert("values".into(), values.collect());
            }
        }
    }

    fn type_name(&self, ty: &Type) -> &str {
        match ty {
            Type::Text => "text",
            Type::Integer { .. } => "integer",
            Type::Fen { .. } => "money",
            Type::Decimal { yuan, .. } => {
                if *yuan {
                    "money"
                } else {
                    "decimal"
                }
            }
            Type::Boolean { .. } => "boolean",
            Type::DateTime(_) => "datetime",
            Type::Json => "json",
            Type::Map(_) => "map",
            Type::Record(id) | Type::Enumeration(id) => &self.platform.type_def(*id).name,
            Type::Invalid => "invalid",
        }
    }
}

/// What a type says beyond its name.
fn details(ty: &Type, out: &mut Map<String, Json>) {
    let more = match ty {
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
        _ => return,
    };
    out.extend(object(more).into_iter().filter(|(_, value)| !value.is_null()));
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

fn required(required: &Required) -> Json {
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

fn rule(rule: &Rule) -> Json {
    let mut out = object(json!({ "rule": rule.kind.key(), "fields": rule.kind.fields() }));
    if let RuleKind::Span(_, _, limit) = &rule.kind {
        out.insert("at_most_seconds".into(), limit.at_most.duration().as_secs().into());
        out.insert("end".into(), limit.end.to_string().into());
    }
    with_about(&mut out, &rule.about);
    out.into()
}

pub(super) fn errors(codes: &[ErrorCode]) -> Json {
    codes
        .iter()
        .map(|code| {
            let mut out = object(json!({
                "code": code.code,
                "class": code.class.as_str(),
            }));
            match code.retry_after {
                RetryAfter::None => {}
                RetryAfter::Seconds(seconds) => {
                    out.insert("retry_after_seconds".into(), seconds.into());
                }
                RetryAfter::NumberInMessage => {
                    out.insert("retry_after".into(), "number in message".into());
                }
            }
            if let Some(refresh) = code.refresh {
                out.insert("refresh".into(), refresh.into());
            }
            if let Some(http) = code.http {
                out.insert("http".into(), http.into());
            }
            if let Some(means) = code.means {
                out.insert("means".into(), means.as_str().into());
            }
            if let Some(parameter) = code.parameter {
                out.insert("parameter".into(), parameter.into());
            }
            with_about(&mut out, &code.about);
            Json::from(out)
        })
        .collect()
}
