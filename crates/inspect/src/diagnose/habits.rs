//! The same request as signers with other habits build it.

use super::asked::params;
use super::signing::Sent;
use crate::request::Ask;
use bumpalo::Bump;
use gatespec_protocol as rt;
use std::ops::Range;

/// A habit that changes a request before it is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Habit {
    /// Empty texts are sent.
    SendsEmpty,
    /// Members of objects stay as declared.
    KeepsOrder,
    /// Records and lists travel in another form.
    Nests(rt::Nested),
}

/// What a habit changes.
#[derive(Clone)]
pub(crate) struct Built<'a> {
    pub(super) params: Vec<Sent<'a>>,
    pub(super) body: &'a str,
    pub(super) hidden_body: &'a [Range<usize>],
}

/// The request as it would be if the gateway had other habits.
pub(super) fn built<'a>(
    ask: &Ask<'a>,
    gateway: rt::Gateway<'a>,
    arena: &'a Bump,
) -> Vec<(Habit, Built<'a>)> {
    let mut others = Vec::new();
    if gateway.omit_empty {
        others.push((Habit::SendsEmpty, rt::Gateway { omit_empty: false, ..gateway }));
    }
    if gateway.json.sort_keys {
        let json = rt::JsonStyle { sort_keys: false, ..gateway.json };
        others.push((Habit::KeepsOrder, rt::Gateway { json, ..gateway }));
    }
    for nested in [rt::Nested::Json, rt::Nested::Brackets, rt::Nested::Repeat] {
        if nested != gateway.nested {
            others.push((Habit::Nests(nested), rt::Gateway { nested, ..gateway }));
        }
    }
    let built = others.into_iter().filter_map(|(habit, gateway)| {
        let prepared = ask.prepare_on(gateway, arena).ok()?;
        let atoms = prepared.atoms();
        let own = Built {
            params: params(ask, &prepared, arena),
            body: arena.alloc_str(&atoms.body),
            hidden_body: arena.alloc_slice_clone(&atoms.hidden_body),
        };
        Some((habit, own))
    });
    built.collect()
}
