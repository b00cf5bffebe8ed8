//! The names that a pair can have, and the values that are valid for each name.

use crate::credentials::CredentialSet;
use crate::decode::{Context, Decoded, Opened, Value};
use crate::incoming::Incoming;
use crate::json;
use crate::parameter::{PublicParam, SendPolicy, Source};
use crate::record::{Field, FieldType, Required};
use crate::write::ListStyle;

/// A name that a pair can have.
pub(super) struct Name<'n> {
    pub(super) text: &'n str,
    /// Whether the request has a signed pair with this name.
    pub(super) received: bool,
    pub(super) kind: Kind<'n>,
}

pub(super) enum Kind<'n> {
    Public(&'n PublicParam<'n>, &'n Incoming<'n>, &'n CredentialSet),
    Field(&'n Field<'n>),
    Carrier,
    /// A name that the spec does not list: the sender added it.
    Unlisted,
}

impl Name<'_> {
    pub(super) fn is_listed(&self) -> bool {
        !matches!(self.kind, Kind::Unlisted)
    }

    /// Whether every valid split must have this name. A name that was not received in a signed
    /// pair is not required here: if it is missing, other checks report it.
    pub(super) fn is_required(&self) -> bool {
        self.received
            && match self.kind {
                Kind::Public(param, ..) => param.send == SendPolicy::Always,
                Kind::Field(field) => field.always || field.required == Required::Yes,
                Kind::Carrier | Kind::Unlisted => false,
            }
    }

    /// Whether the name may occur more than once.
    pub(super) fn repeats(&self) -> bool {
        match self.kind {
            Kind::Field(field) => field.list.is_some(),
            Kind::Unlisted => true,
            _ => false,
        }
    }

    pub(super) fn takes(&self, text: &str) -> bool {
        if text.is_empty() {
            return !self.is_required();
        }
        match self.kind {
            Kind::Public(param, call, ours) => match param.source {
                Source::Constant(wanted) => text == wanted,
                Source::Method => text == call.method.name,
                Source::Clock(format) => format.parse(text).is_ok(),
                Source::Credential(name) => ours.get(name).is_none_or(|own| own == text),
                Source::SignMethod => {
                    call.method.gateway.signatures.iter().any(|way| way.name == text)
                }
                _ => true,
            },
            Kind::Field(field) => is_of(field, text),
            Kind::Carrier => json::is_json(text),
            Kind::Unlisted => true,
        }
    }
}

/// Whether a text is a valid value of the field.
pub(super) fn is_of(field: &Field<'_>, text: &str) -> bool {
    let read = |take: &dyn Fn(Value<'_>) -> Decoded| {
        take(Value::new(&mut Opened::Text(text), &mut Context::default())).is_ok()
    };
    let nests = matches!(field.kind, FieldType::Json | FieldType::Map(_) | FieldType::Record(_));
    if matches!(field.list, Some(ListStyle::Delimited(_))) {
        return true;
    }
    if nests || matches!(field.list, Some(ListStyle::Inside(_) | ListStyle::JsonText)) {
        return json::is_json(text);
    }
    if field.list.is_some() && text.starts_with('[') {
        return json::is_json(text);
    }
    match field.kind {
        FieldType::Text => {
            field.list.is_some() || field.limits.iter().all(|limit| limit.allows_text(text))
        }
        FieldType::Choice(known) => known.contains(&text),
        FieldType::Integer => read(&|value| value.integer().map(drop)),
        FieldType::Decimal(_) => read(&|value| value.decimal(None).map(drop)),
        FieldType::Amount(scale) => read(&|value| value.decimal(Some(scale)).map(drop)),
        FieldType::Flag(spelling) => read(&|value| value.flag(spelling).map(drop)),
        FieldType::Time(format, never) => read(&|value| value.time(format, never).map(drop)),
        FieldType::Json | FieldType::Map(_) | FieldType::Record(_) => true,
    }
}
