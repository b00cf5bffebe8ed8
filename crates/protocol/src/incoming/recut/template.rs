//! A template of pairs, split at the value.

use super::name::Name;
use crate::incoming::flat;
use crate::json;
use crate::percent::Percent;
use crate::recipe::{Function, Pairs, Piece, Select};

/// A template of pairs, split at the value.
pub(super) struct Template<'p> {
    before: Vec<Piece<'p>>,
    value: Piece<'p>,
    pub(super) after: String,
}

impl<'p> Template<'p> {
    /// Splits the template of `pairs` around its value. Returns `None` if a name or another value
    /// follows the value; such pairs are not searched.
    pub(super) fn of(pairs: &Pairs<'p>) -> Option<Template<'p>> {
        let is_value =
            |piece: &Piece<'_>| matches!(piece, Piece::Value(_) | Piece::Json(_) | Piece::Fold);
        let at = pairs.template.iter().position(is_value)?;
        let mut after = String::new();
        for piece in &pairs.template[at + 1..] {
            let Piece::Text(text) = piece else { return None };
            after.push_str(text);
        }
        let before = pairs.template[..at].to_vec();
        Some(Template { before, value: pairs.template[at], after })
    }

    pub(super) fn before(&self, name: &str) -> String {
        let pieces = self.before.iter().map(|piece| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Name(encoders) => encoders.iter().fold(name.to_owned(), encode),
            _ => String::new(),
        });
        pieces.collect()
    }

    /// Sorts names in signing order.
    pub(super) fn sort(&self, names: &mut Vec<Name<'_>>, pairs: &Pairs<'_>) {
        if let [Select::Names(order)] = pairs.select {
            names.sort_by_key(|name| order.iter().position(|one| *one == name.text));
        } else {
            names.sort_by_key(|name| self.before(name.text));
        }
    }

    /// Returns the value that the template writes as `written`; `None` if there is no such value.
    pub(super) fn value(&self, written: &str) -> Option<String> {
        match self.value {
            Piece::Value(encoders) => decode(written, encoders),
            Piece::Json(encoders) => {
                let raw = decode(written, encoders)?;
                json::is_json(&raw).then(|| json::scalar(&raw).0.into_owned())
            }
            _ => Some(written.to_owned()),
        }
    }
}

fn encode(text: String, encoder: &Function) -> String {
    match encoder {
        Function::Rfc3986 => Percent::Rfc3986.encode(&text),
        Function::Form => Percent::Form.encode(&text),
        Function::Lower => text.to_ascii_lowercase(),
        Function::Upper => text.to_ascii_uppercase(),
        _ => text,
    }
}

fn decode(written: &str, encoders: &[Function]) -> Option<String> {
    let is_escape = |one: &&Function| matches!(one, Function::Rfc3986 | Function::Form);
    let mut text = written.to_owned();
    for encoder in encoders.iter().rev().filter(is_escape) {
        text = flat::decode(text.as_bytes(), *encoder == Function::Form).ok()?.into_owned();
    }
    (encoders.iter().fold(text.clone(), encode) == written).then_some(text)
}
