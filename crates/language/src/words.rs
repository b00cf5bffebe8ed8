//! Types, limits and rules in words, for everything that explains a spec to people.

use crate::model::{
    Condition, Constraint, Envelope, Field, ListStyle, MapOf, Platform, PublicParam, Required,
    Rule, RuleKind, SpanLimit, Type,
};
use gatespec_protocol::{Class, Expected, NonceFormat, Predicate, Replay, Source};
use std::fmt::Display;

/// How names and values appear within sentences.
pub struct Words<'a> {
    /// Writes the name of the field with this wire name.
    pub field: &'a dyn Fn(&str) -> String,
    /// Writes a value as on the wire.
    pub value: &'a dyn Fn(&str) -> String,
}

impl Words<'_> {
    /// When a request must have a field: `required when fill_type is refund`. Returns `None` if it
    /// never must.
    pub fn required(&self, required: &Required) -> Option<String> {
        match required {
            Required::No => None,
            Required::Yes => Some("required".to_owned()),
            Required::When(when) => Some(format!("required when {}", self.condition(when))),
            Required::Unless(unless) => Some(format!("required unless {}", self.condition(unless))),
        }
    }

    fn condition(&self, condition: &Condition) -> String {
        let field = (self.field)(&condition.field);
        let values: Vec<_> = condition.any_of.iter().map(|value| (self.value)(value)).collect();
        match values.as_slice() {
            [] => format!("{field} is given"),
            values => format!("{field} is {}", values.join(" or ")),
        }
    }

    /// A limit of one field: `1 to 20 characters`. Returns `None` if it limits nothing.
    pub fn limit(&self, limit: &Constraint, field: &Field) -> Option<String> {
        match limit {
            Constraint::Length { min, max } => between(min.as_ref(), max.as_ref(), " characters"),
            Constraint::Items { min, max } => between(min.as_ref(), max.as_ref(), " elements"),
            Constraint::Pattern(pattern) => {
                Some(format!("matches {}", (self.value)(pattern.as_str())))
            }
            Constraint::Range { min, max } => between(min.as_ref(), max.as_ref(), unit(&field.ty)),
        }
    }

    /// What a rule demands: `start_time is not after end_time`.
    pub fn rule(&self, rule: &Rule) -> String {
        let shown: Vec<_> = rule.kind.fields().iter().map(|name| (self.field)(name)).collect();
        match (&rule.kind, shown.as_slice()) {
            (RuleKind::NotAfter(..), [first, second]) => format!("{first} is not after {second}"),
            (RuleKind::Span(_, _, SpanLimit { at_most, .. }), [first, second]) => {
                format!("{first} and {second} are at most {at_most} apart")
            }
            (_, shown) => format!("at least one of {} is given", shown.join(", ")),
        }
    }

    /// Where the value of a public parameter comes from: `the time of the call as unix_seconds`.
    pub fn source(&self, param: &PublicParam) -> String {
        let value = self.value;
        match param.source {
            Source::Method => "the name of the method".to_owned(),
            Source::Clock(format) => format!("the time of the call as {}", value(format.name())),
            Source::Constant(text) => format!("always {}", value(text)),
            Source::Signature => "the signature".to_owned(),
            Source::SignMethod => "the name of the signature method".to_owned(),
            Source::Nonce(NonceFormat::Hex(digits)) => {
                format!("{digits} random hexadecimal digits")
            }
            Source::Nonce(NonceFormat::Digits(digits)) => format!("{digits} random digits"),
            Source::Nonce(NonceFormat::Uuid) => "a random UUID".to_owned(),
            Source::Formula(_) => {
                let formula = param.formula.as_ref().map_or("", |formula| &formula.text);
                format!("computed: {}", value(formula))
            }
            Source::Argument => "a value for each call".to_owned(),
            Source::Credential(name) => format!("the credential {}", value(name)),
            Source::Label(name) => format!("the method's {}", value(name)),
        }
    }

    /// How a success is recognised, and where its data is, as sentences.
    pub fn success(&self, envelope: &Envelope) -> Vec<String> {
        let success: Vec<_> = envelope.success.iter().map(|one| self.predicate(one)).collect();
        let mut text = Vec::new();
        if !success.is_empty() {
            text.push(format!("A successful answer has {}.", success.join(" and ")));
        }
        if !envelope.data.is_empty() {
            text.push(format!("Its data is at {}.", (self.value)(envelope.data)));
        }
        text
    }

    /// Paths of which an answer has one.
    pub fn paths(&self, paths: &[&str]) -> String {
        paths.iter().map(|path| (self.value)(path)).collect::<Vec<_>>().join(" or ")
    }

    fn predicate(&self, predicate: &Predicate<'_>) -> String {
        let path = (self.value)(predicate.path);
        match predicate.is {
            Expected::Missing => format!("no {path}"),
            Expected::Exists => format!("a {path}"),
            Expected::OneOf(values) => {
                let values: Vec<_> = values.iter().map(|value| (self.value)(value)).collect();
                format!("{path} {}", values.join(" or "))
            }
        }
    }
}

/// How a gateway treats late and repeated requests, as sentences.
pub fn replay(replay: &Replay) -> Vec<String> {
    let late = replay.window_seconds.map(|seconds| {
        let time = duration(seconds);
        format!("The gateway rejects a request whose timestamp is more than {time} old.")
    });
    let twice = replay
        .duplicate_seconds
        .map(|seconds| format!("The gateway rejects the same request for {}.", duration(seconds)));
    late.into_iter().chain(twice).collect()
}

/// A length of time: `7 days`, `90 seconds`.
pub fn duration(seconds: u32) -> String {
    let units = [(86_400, "days"), (3_600, "hours"), (60, "minutes")];
    let unit = units.iter().find(|(unit, _)| seconds > *unit && seconds.is_multiple_of(*unit));
    match unit {
        Some((unit, name)) => format!("{} {name}", seconds / unit),
        None => format!("{seconds} seconds"),
    }
}

fn unit(ty: &Type) -> &'static str {
    match ty {
        Type::Fen { .. } => " fen",
        Type::Decimal { yuan: true, .. } => " yuan",
        _ => "",
    }
}

fn between<T: Display + PartialEq>(min: Option<&T>, max: Option<&T>, unit: &str) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) if min == max => Some(format!("exactly {min}{unit}")),
        (Some(min), Some(max)) => Some(format!("{min} to {max}{unit}")),
        (Some(min), None) => Some(format!("at least {min}{unit}")),
        (None, Some(max)) => Some(format!("at most {max}{unit}")),
        (None, None) => None,
    }
}

/// The type of a field: `money in fen`, `list of Item, separated by ","`.
pub fn kind(platform: &Platform, field: &Field) -> String {
    let one = match &field.ty {
        Type::Text => "text".to_owned(),
        Type::Integer { .. } => "integer".to_owned(),
        Type::Fen { .. } => "money in fen".to_owned(),
        Type::Decimal { yuan: true, .. } => "money in yuan".to_owned(),
        Type::Decimal { .. } => "decimal".to_owned(),
        Type::Boolean { yes, no } => format!("boolean: {yes} or {no}"),
        Type::DateTime(codec) => format!("time: {}", codec.format),
        Type::Json => "JSON".to_owned(),
        Type::Map(MapOf::Text) => "map of texts".to_owned(),
        Type::Map(MapOf::Integer) => "map of integers".to_owned(),
        Type::Map(MapOf::Json) => "map of JSON".to_owned(),
        Type::Record(id) | Type::Enumeration(id) => platform.type_def(*id).name.clone(),
        Type::Invalid => "unknown".to_owned(),
    };
    match &field.list {
        None => one,
        Some(ListStyle::Delimited(delimiter)) => {
            format!("list of {one}, separated by {delimiter:?}")
        }
        Some(ListStyle::Repeat) => format!("list of {one}, one parameter each"),
        Some(ListStyle::Json | ListStyle::Inside(_)) => format!("list of {one}"),
    }
}

/// What a caller should do about an error code of this class.
pub fn advice(class: Class) -> &'static str {
    match class {
        Class::Caller => "change the request",
        Class::Authentication => "check the credentials",
        Class::Quota => "wait, and call less often",
        Class::Duplicate => {
            "the gateway may have processed the call: check before you send it again"
        }
        Class::Retry => "try again: the problem may be temporary",
        Class::Fatal => "ask the platform",
        _ => "the documents do not say what to do",
    }
}
