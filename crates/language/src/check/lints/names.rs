//! Reports fields whose names suggest another type or a missing key.

use super::tables::fields;
use crate::check::words::words;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Field, Platform, Type};

/// Name endings of fields that hold amounts.
const AMOUNTS: [&str; 10] =
    ["amount", "price", "fee", "money", "cost", "freight", "postage", "balance", "fare", "payment"];

/// Name endings of fields that hold personal data or secrets.
const PRIVATE: [&str; 16] = [
    "phone",
    "mobile",
    "cellphone",
    "telephone",
    "tel",
    "email",
    "mail",
    "address",
    "idcard",
    "password",
    "passwd",
    "secret",
    "token",
    "birthday",
    "realname",
    "passport",
];

/// Words which, before the word `name`, show that a field holds the name of a person.
const PERSONS: [&str; 8] =
    ["buyer", "receiver", "consignee", "recipient", "contact", "real", "sender", "payer"];

pub(super) fn check(platform: &Platform, sink: &mut Sink) {
    for field in fields(platform) {
        amount(field, sink);
        private(field, sink);
    }
}

/// Reports an amount of money without a unit, since readers could misread it by a factor of 100.
fn amount(field: &Field, sink: &mut Sink) {
    let bare = match field.ty {
        Type::Text | Type::Integer { .. } => true,
        Type::Decimal { yuan, .. } => !yuan,
        _ => false,
    };
    let words = words(&field.name);
    if bare && words.last().is_some_and(|last| AMOUNTS.contains(&singular(last))) {
        let message = format!("`{}` looks like an amount, but its unit is not stated", field.name);
        sink.report(Diagnostic::at(rules::AMOUNT_UNIT, field.span, message));
    }
}

fn private(field: &Field, sink: &mut Sink) {
    let shown = matches!(field.ty, Type::Text | Type::Integer { .. } | Type::Json | Type::Map(_));
    if field.sensitive || !shown {
        return;
    }
    let Some(what) = private_by_name(&field.name) else { return };
    let message = format!("`{}` looks like {what}, but is not marked `sensitive`", field.name);
    sink.report(Diagnostic::at(rules::UNMARKED_SENSITIVE, field.span, message));
}

/// The kind of private data that a field holds according to its name; `None` if the name does not
/// suggest any.
fn private_by_name(name: &str) -> Option<&'static str> {
    let words = words(name);
    Some(match words.iter().rev().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["name", person, ..] if PERSONS.contains(person) => "a person's name",
        ["card", "id", ..] | ["no" | "number", "card", "id" | "bank", ..] => "personal data",
        [last @ ("secret" | "token" | "password" | "passwd"), ..] if PRIVATE.contains(last) => {
            "a secret"
        }
        [last, ..] if PRIVATE.contains(last) => "personal data",
        _ => return None,
    })
}

/// Whether a name suggests that its field holds personal data or a secret. The rule
/// `unmarked_sensitive` judges names in this way.
pub fn is_private(name: &str) -> bool {
    private_by_name(name).is_some()
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}
