//! Fields, records and enumerations as JSON Schema 2020-12.

mod conditions;
mod place;
mod scalar;

use crate::loss::{Kept, Lost, object};
use gatespec_language::export;
use gatespec_language::model::{
    About, Constraint, Delivery, Field, ListStyle, Platform, Record, Returns, Rule, RuleKind, Type,
    TypeId, TypeKind,
};
use gatespec_protocol::Nested;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

pub(crate) use conditions::spellings;
pub(crate) use place::{At, Side, Wire};
pub(crate) use scalar::pattern_of;

/// Writes schemas. Types that schemas refer to are written last, by [`Types::definitions`].
pub(crate) struct Types<'m, 'k> {
    pub(crate) platform: &'m Platform,
    pub(crate) kept: &'k mut Kept,
    /// The text before the name of a type in a reference.
    refs: &'static str,
    referred: BTreeSet<(TypeId, bool)>,
}

impl<'m, 'k> Types<'m, 'k> {
    pub(crate) fn new(platform: &'m Platform, refs: &'static str, kept: &'k mut Kept) -> Self {
        Self { platform, kept, refs, referred: BTreeSet::new() }
    }

    /// The schemas of all types that were referred to, by name.
    pub(crate) fn definitions(mut self) -> Map<String, Json> {
        let mut done = BTreeSet::new();
        let mut out = Map::new();
        while let Some(&next) = self.referred.difference(&done).next() {
            done.insert(next);
            let (id, is_answer) = next;
            let def = self.platform.type_def(id);
            let side = if is_answer { Side::Answer } else { Side::Request };
            let at = At::json(&def.name, side);
            let mut schema = match &def.kind {
                TypeKind::Record(record) => self.record(record, &at),
                TypeKind::Enumeration(values) => scalar::enumeration(values, side),
            };
            self.describe(&mut schema, &def.about, &def.name);
            out.insert(name_of(&def.name, side), schema.into());
        }
        out
    }

    fn refer(&mut self, id: TypeId, side: Side) -> Map<String, Json> {
        self.referred.insert((id, side == Side::Answer));
        let name = name_of(&self.platform.type_def(id).name, side);
        object(json!({ "$ref": format!("{}{name}", self.refs) }))
    }

    /// The schema of the data that a method returns; `None` if it returns nothing.
    pub(crate) fn returned(&mut self, returns: &Returns, at: &At) -> Option<Map<String, Json>> {
        match returns {
            Returns::Nothing => None,
            Returns::Record(record) => Some(self.record(record, at)),
            Returns::Value(field) => Some(self.field(field, at)),
        }
    }

    /// The schema of a record.
    pub(crate) fn record(&mut self, record: &Record, at: &At) -> Map<String, Json> {
        let mut properties = Map::new();
        for field in record.sent().filter(|field| !field.in_path) {
            properties.insert(field.name.clone(), self.field(field, at).into());
        }
        let is_request = at.side == Side::Request;
        let sent = record.sent().filter(|field| !field.in_path);
        let required: Vec<_> = sent
            .filter(|field| if is_request { field.is_needed() } else { field.always })
            .map(|field| field.name.as_str())
            .collect();
        let others = match record.others {
            Some(of) => Some(scalar::map_of(of)),
            None => is_request.then(|| false.into()),
        };
        let mut out = object(json!({
            "type": "object",
            "properties": properties,
            "required": (!required.is_empty()).then_some(required),
            "additionalProperties": others,
        }));
        if is_request {
            let conditions = conditions::of(record);
            if !conditions.is_empty() {
                out.insert("allOf".into(), conditions.into());
            }
            self.keep_rules(&mut out, record, at);
        }
        let unsent = record.fields.iter().filter(|field| field.send == Delivery::Never);
        let unsent: Vec<_> = unsent.map(|field| field.name.as_str()).collect();
        self.kept.keep(&mut out, Lost::Unsent, &at.subject, &unsent.into());
        out
    }

    /// Keeps the rules that a schema cannot state.
    pub(crate) fn keep_rules(&mut self, out: &mut Map<String, Json>, record: &Record, at: &At) {
        let is_said = |rule: &&Rule| matches!(rule.kind, RuleKind::AtLeastOne(_));
        let is_parameter = at.wire != Wire::Json;
        let rules = record.rules.iter().filter(|rule| is_parameter || !is_said(rule));
        let rules: Json = rules.map(export::rule).collect();
        self.kept.keep(out, Lost::Rules, &at.subject, &rules);
    }

    /// The schema of a field.
    pub(crate) fn field(&mut self, field: &Field, at: &At) -> Map<String, Json> {
        let subject = match field.name.is_empty() {
            true => at.subject.clone(),
            false => format!("{}: {}", at.subject, field.name),
        };
        let mut out = self.value(&field.ty, at, &subject);
        self.limits(field, &mut out, &subject, at);
        if field.list.is_some() {
            out = self.list(field, &out, &subject, at);
        } else {
            let is_nested = matches!(field.ty, Type::Record(_) | Type::Map(_) | Type::Json);
            out = match at.wire {
                _ if field.json_text => json_text(&out),
                Wire::Parameter(Nested::Brackets) | Wire::Json => out,
                Wire::Parameter(_) if is_nested => json_text(&out),
                Wire::Parameter(_) => out,
            };
        }
        let may_be_null = match at.side {
            Side::Request => field.nullable && at.wire == Wire::Json,
            Side::Answer => !field.always,
        };
        if may_be_null {
            out = nullable(out);
        }
        self.describe(&mut out, &field.about, &subject);
        if let Some(example) = &field.example {
            out.insert("examples".into(), json!([scalar::example(&field.ty, example)]));
        }
        self.kept.keep(&mut out, Lost::Sensitive, &subject, &field.sensitive.into());
        out
    }

    fn value(&mut self, ty: &Type, at: &At, subject: &str) -> Map<String, Json> {
        match ty {
            Type::Record(id) | Type::Enumeration(id) => self.refer(*id, at.side),
            scalar => {
                let mut out = scalar::schema(scalar, at.side, at.wire);
                for (lost, fact) in scalar::unsaid(scalar) {
                    self.kept.keep(&mut out, lost, subject, &fact);
                }
                out
            }
        }
    }

    fn limits(&mut self, field: &Field, out: &mut Map<String, Json>, subject: &str, at: &At) {
        if at.side == Side::Answer {
            return;
        }
        for (constraint, _) in &field.constraints {
            let limits = match constraint {
                Constraint::Length { min, max } => json!({ "minLength": min, "maxLength": max }),
                Constraint::Pattern(pattern) => {
                    json!({ "pattern": format!("^(?:{})$", pattern.as_str()) })
                }
                Constraint::Range { min, max } if scalar::is_number(out) => {
                    let number = |bound: &Option<String>| bound.as_ref()?.parse::<f64>().ok();
                    json!({ "minimum": number(min), "maximum": number(max) })
                }
                Constraint::Range { min, max } => {
                    let fact = object(json!({ "min": min, "max": max })).into();
                    self.kept.keep(out, Lost::Limit, subject, &fact);
                    continue;
                }
                Constraint::Items { .. } => continue,
            };
            out.extend(object(limits));
        }
        let is_text = field.ty == Type::Text && field.list.is_none();
        if field.is_needed() && is_text && !out.contains_key("minLength") {
            out.insert("minLength".into(), 1.into());
        }
    }

    fn list(
        &mut self,
        field: &Field,
        item: &Map<String, Json>,
        subject: &str,
        at: &At,
    ) -> Map<String, Json> {
        let bounds = field.constraints.iter().find_map(|(constraint, _)| match constraint {
            Constraint::Items { min, max } => Some((*min, *max)),
            _ => None,
        });
        let (min, max) = bounds.unwrap_or_default();
        let min = min.or((at.side == Side::Request && field.is_needed()).then_some(1));
        let array = object(json!({
            "type": "array", "items": item, "minItems": min, "maxItems": max,
        }));
        let array = match at.side {
            Side::Answer if field.single => object(json!({ "anyOf": [array, array["items"]] })),
            _ => array,
        };
        let is_parameter = at.wire != Wire::Json;
        match &field.list {
            Some(ListStyle::Delimited(delimiter)) => {
                let mut out = object(json!({ "type": "string" }));
                let fact = json!({ "delimiter": delimiter, "items": array });
                self.kept.keep(&mut out, Lost::List, subject, &fact);
                out
            }
            Some(ListStyle::Inside(name)) => {
                let out = object(json!({ "type": "object", "properties": { name: array } }));
                if is_parameter { json_text(&out) } else { out }
            }
            _ if field.json_text => json_text(&array),
            Some(ListStyle::Json) if at.wire == Wire::Parameter(Nested::Json) => json_text(&array),
            _ => array,
        }
    }

    /// Adds prose, and keeps the provenance of what a document does not state.
    pub(crate) fn describe(&mut self, out: &mut Map<String, Json>, about: &About, subject: &str) {
        out.extend(object(json!({ "title": about.term, "description": about.doc })));
        let provenance = export::provenance(about);
        if provenance != export::provenance(&About::default()) {
            self.kept.keep(out, Lost::Provenance, subject, &provenance);
        }
    }
}

/// The name of a type's definition. Requests are strict and answers are lenient, so each side has a
/// definition of its own.
fn name_of(name: &str, side: Side) -> String {
    match side {
        Side::Request => format!("request.{name}"),
        Side::Answer => format!("answer.{name}"),
    }
}

/// A text that contains JSON.
pub(crate) fn json_text(inner: &Map<String, Json>) -> Map<String, Json> {
    object(json!({
        "type": "string", "contentMediaType": "application/json", "contentSchema": inner,
    }))
}

/// Returns a schema that allows null too.
fn nullable(mut schema: Map<String, Json>) -> Map<String, Json> {
    let restricts = ["enum", "const", "anyOf", "$ref"].iter().any(|key| schema.contains_key(*key));
    let both = match schema.get("type") {
        Some(Json::String(one)) if !restricts => json!([one, "null"]),
        Some(Json::Array(several)) if !restricts => {
            several.iter().cloned().chain(["null".into()]).collect()
        }
        // Without a keyword, a schema allows every value.
        None if schema.is_empty() => return schema,
        _ => return object(json!({ "anyOf": [schema, { "type": "null" }] })),
    };
    schema.insert("type".into(), both);
    schema
}
