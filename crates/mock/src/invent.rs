//! Generates values from types, for methods whose spec has no example.

use gatespec_language::model::{
    Constraint, Field, ListStyle, MapOf, Method, Platform, Record, Returns, Type, TypeKind,
};
use gatespec_protocol::{DateTime, Json, TimeFormat};
use serde_json::{Map, json};

/// The maximum nesting depth of records. Lists of records at greater depths are empty.
const DEPTH: usize = 5;

/// Generates the data of an answer from a seed. `None` if the method returns nothing.
pub(crate) fn data(platform: &Platform, method: &Method, seed: u64) -> Option<Json> {
    let mut maker = Maker { platform, random: fastrand::Rng::with_seed(seed) };
    match &method.returns {
        Returns::Nothing => None,
        Returns::Record(record) => Some(maker.record(record, 0)),
        Returns::Value(field) => Some(maker.field(field, 0)),
    }
}

struct Maker<'m> {
    platform: &'m Platform,
    random: fastrand::Rng,
}

impl Maker<'_> {
    fn record(&mut self, record: &Record, depth: usize) -> Json {
        let fields = record.fields.iter();
        let made = fields.map(|field| (field.name.clone(), self.field(field, depth)));
        Json::Object(made.collect::<Map<_, _>>())
    }

    fn field(&mut self, field: &Field, depth: usize) -> Json {
        let Some(style) = &field.list else {
            let one = self.one(field, depth);
            return if field.json_text { one.to_string().into() } else { one };
        };
        let items: Vec<Json> =
            (0..self.length(field, depth)).map(|_| self.one(field, depth)).collect();
        match style {
            ListStyle::Delimited(delimiter) => {
                let texts: Vec<_> = items.iter().map(plain).collect();
                texts.join(delimiter).into()
            }
            ListStyle::Inside(item) => json!({ item.as_str(): items }),
            _ if field.json_text => Json::from(items).to_string().into(),
            ListStyle::Json | ListStyle::Repeat => items.into(),
        }
    }

    fn length(&mut self, field: &Field, depth: usize) -> u64 {
        let (mut least, mut most) = (1, 2);
        for (constraint, _) in &field.constraints {
            if let Constraint::Items { min, max } = constraint {
                least = min.unwrap_or(least).min(16);
                most = max.unwrap_or(least + 1).clamp(least, 16);
            }
        }
        match (&field.ty, depth >= DEPTH) {
            (Type::Record(_), true) => 0,
            _ => self.random.u64(least..=most.max(least)),
        }
    }

    fn one(&mut self, field: &Field, depth: usize) -> Json {
        let known = field.example.as_deref();
        match &field.ty {
            Type::Text => known.map_or_else(|| self.text(field), str::to_owned).into(),
            Type::Integer { quoted } | Type::Fen { quoted } => {
                let number = known.and_then(|text| text.parse().ok());
                let number = number.unwrap_or_else(|| self.integer(field));
                if *quoted { number.to_string().into() } else { number.into() }
            }
            Type::Decimal { scale, bare, .. } => self.decimal(*scale, *bare),
            Type::Boolean { yes, no } => match (yes.as_str(), self.random.bool()) {
                ("true", flag) => flag.into(),
                (yes, true) => yes.into(),
                (_, false) => no.as_str().into(),
            },
            Type::DateTime(codec) => {
                let format = match codec.format.as_str() {
                    "unix_seconds" => TimeFormat::UnixSeconds,
                    "unix_millis" => TimeFormat::UnixMillis,
                    pattern => TimeFormat::Pattern { pattern, offset: codec.offset },
                };
                // A random second of the year 2023 in UTC+8.
                let second = 1_672_502_400 + self.random.i64(0..365 * 86_400);
                let text = format.format(DateTime::from_unix_seconds(second).unwrap_or_default());
                match text.parse::<i64>() {
                    Ok(number) if format.is_number() && !codec.quoted => number.into(),
                    _ => text.into(),
                }
            }
            Type::Json => json!({ "made": self.random.u32(..) }),
            Type::Map(of) => json!({ "made": self.member(*of) }),
            Type::Enumeration(id) => match &self.platform.type_def(*id).kind {
                TypeKind::Enumeration(values) if !values.variants.is_empty() => {
                    let at = self.random.usize(..values.variants.len());
                    let text = values.variants[at].value.as_str();
                    let number = text.parse::<i64>().ok().filter(|_| values.numeric);
                    number.map_or_else(|| text.into(), Json::from)
                }
                _ => Json::Null,
            },
            Type::Record(id) => match &self.platform.type_def(*id).kind {
                TypeKind::Record(record) if depth < DEPTH => self.record(record, depth + 1),
                _ => json!({}),
            },
            Type::Invalid => Json::Null,
        }
    }

    fn member(&mut self, of: MapOf) -> Json {
        match of {
            MapOf::Text => format!("made-{:05}", self.random.u32(..100_000)).into(),
            MapOf::Integer | MapOf::Json => self.random.u32(..100_000).into(),
        }
    }

    fn text(&mut self, field: &Field) -> String {
        let mut text = format!("{}-{:05}", field.name, self.random.u32(..100_000));
        for (constraint, _) in &field.constraints {
            if let Constraint::Length { min, max } = constraint {
                let least = usize::try_from(min.unwrap_or_default()).unwrap_or_default();
                let most = max.and_then(|max| usize::try_from(max).ok()).unwrap_or(usize::MAX);
                text.extend(std::iter::repeat_n('x', least.min(1024).saturating_sub(text.len())));
                // Removes characters at the start, because the last ones are random.
                text =
                    text.chars().rev().take(most).collect::<Vec<_>>().into_iter().rev().collect();
            }
        }
        text
    }

    fn integer(&mut self, field: &Field) -> i64 {
        let (mut least, mut most) = (1_i64, 100_000_i64);
        for (constraint, _) in &field.constraints {
            if let Constraint::Range { min, max } = constraint {
                let limit =
                    |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
                least = limit(min).unwrap_or(least);
                most = limit(max).unwrap_or_else(|| least.saturating_add(100_000));
            }
        }
        self.random.i64(least..=most.max(least))
    }

    fn decimal(&mut self, scale: u32, bare: bool) -> Json {
        let digits = scale.min(9) as usize;
        let (whole, part) =
            (self.random.u32(1..100_000), self.random.u64(..10_u64.pow(scale.min(9))));
        let text = if digits == 0 { whole.to_string() } else { format!("{whole}.{part:0digits$}") };
        match serde_json::from_str(&text) {
            Ok(number) if bare => number,
            _ => text.into(),
        }
    }
}

/// Writes a scalar as a part of a delimited text.
fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
