//! Whether clients of the old version still work with a gateway that follows the new version.

mod field;
mod gateway;
mod method;
mod pairs;
mod types;

use crate::change::{Changes, Fact, Place, Wire};
use gatespec_language::model::{Model, Platform};
use gatespec_language::source::SourceSpan;
use pairs::{Pair, pairs};
use std::collections::HashSet;
use std::fmt::Debug;

/// Adds the differences between two models.
pub(crate) fn compare(old: &Model, new: &Model, changes: &mut Changes) {
    for pair in pairs(&old.platforms, &new.platforms, |one| &one.id) {
        match pair {
            Pair::Both(old, new) => Walk { old, new, changes, seen: HashSet::new() }.platform(),
            Pair::Gone(old) => {
                let effect = "no spec describes its gateway";
                let fact = fact("the platform is gone", Wire::Fails, effect);
                changes.fact(Place::old(old.span), &old.id, fact);
            }
            Pair::New(new) => {
                let fact = fact("the platform is new", Wire::Works, "");
                changes.fact(Place::new(new.span), &new.id, fact);
            }
        }
    }
}

fn fact(what: impl Into<String>, wire: Wire, effect: impl Into<String>) -> Fact {
    Fact { what: what.into(), wire, effect: effect.into() }
}

/// A fact of the protocol as text.
fn debug<T: Debug>(value: &T) -> String {
    format!("`{value:?}`")
}

/// How a record is sent, and in which direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Role {
    /// From the client, in a query, form or header, where all values are text.
    Form,
    /// From the client, in JSON.
    Json,
    /// To the client.
    Answer,
}

/// Compares the two versions of one platform.
struct Walk<'a> {
    old: &'a Platform,
    new: &'a Platform,
    changes: &'a mut Changes,
    /// The pairs of types that have been compared, with the role.
    seen: HashSet<(Role, usize, usize)>,
}

impl Walk<'_> {
    fn platform(&mut self) {
        self.gateways();
        self.methods();
    }

    fn gone(&mut self, span: SourceSpan, subject: &str, fact: Fact) {
        self.changes.fact(Place::old(span), subject, fact);
    }

    fn changed(&mut self, span: SourceSpan, subject: &str, fact: Fact) {
        self.changes.fact(Place::new(span), subject, fact);
    }

    /// Adds a fact if a value differs between the versions. `show` writes a value as text.
    fn differs<T: PartialEq>(
        &mut self,
        span: SourceSpan,
        subject: &str,
        name: &str,
        values: (&T, &T),
        show: impl Fn(&T) -> String,
        (wire, effect): (Wire, &str),
    ) {
        if values.0 != values.1 {
            let what = format!("{name} changes from {} to {}", show(values.0), show(values.1));
            self.changed(span, subject, fact(what, wire, effect));
        }
    }

    /// Adds a fact without effect if the prose or the provenance differs.
    fn prose<T: PartialEq>(&mut self, span: SourceSpan, subject: &str, old: &T, new: &T) {
        if old != new {
            self.changed(span, subject, fact("its documentation changes", Wire::Works, ""));
        }
    }
}
