//! Prepares the signature input of a request that a person described.

use super::parameter::Parameter;
use super::signing::{Built, Habit, Signing};
use crate::model::{Field, Platform, Record, Type, TypeKind};
use crate::request::{Ask, Wrong};
use bumpalo::Bump;
use gatespec_protocol as rt;
use rt::Role;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

impl<'a> Signing<'a> {
    /// Builds a request that a person described. Returns the input of its signature, and the built
    /// request.
    ///
    /// # Errors
    ///
    /// When the request cannot be built, or its gateway lacks the chosen signature method.
    pub fn of(ask: &Ask<'a>, arena: &'a Bump) -> Result<(Self, rt::Prepared<'a>), Vec<Wrong>> {
        let prepared = ask.prepare(arena)?;
        let params = params(ask, &prepared, arena);
        let method = (*prepared.method(), &*arena.alloc_str(prepared.method_name()));
        let mut signing = Self::new(method, &prepared.atoms(), params, arena);
        signing.verb = prepared.verb().as_str();
        signing.credentials = ask.credentials.clone();
        signing.choose(ask.overrides.signature_method.as_deref())?;
        if let Some(method) = ask.method {
            signing.learn(ask.platform, &method.request);
        }
        signing.habits = habits(ask, signing.gateway, arena);
        Ok((signing, prepared))
    }

    /// Stores what mistakes need to know about a record's fields: their names, and the texts of
    /// boolean values.
    pub(super) fn learn(&mut self, platform: &'a Platform, record: &'a Record) {
        self.fields = record.fields.iter().map(|field| field.name.as_str()).collect();
        // Records may contain each other, so each is visited once.
        let (mut booleans, mut seen, mut open) = (Vec::new(), HashSet::new(), vec![record]);
        while let Some(record) = open.pop() {
            for Field { name, ty, .. } in &record.fields {
                match ty {
                    Type::Boolean { yes, no } => booleans.push((&**name, &**yes, &**no)),
                    Type::Record(id) if seen.insert(id.0) => match &platform.type_def(*id).kind {
                        TypeKind::Record(record) => open.push(record),
                        TypeKind::Enumeration(_) => {}
                    },
                    _ => {}
                }
            }
        }
        self.booleans = booleans.into();
    }
}

/// Builds the request once for each habit that may change it, as a signer with this habit would.
fn habits<'a>(
    ask: &Ask<'a>,
    gateway: rt::Gateway<'a>,
    arena: &'a Bump,
) -> Rc<[(Habit, Built<'a>)]> {
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

/// Returns the parameters of a request: public ones first, then the others in the order in which
/// the person gave them.
fn params<'a>(ask: &Ask<'_>, prepared: &rt::Prepared<'_>, arena: &'a Bump) -> Vec<Parameter<'a>> {
    let params = prepared.params().iter_hidden();
    let mut all: Vec<_> =
        params.map(|(param, hidden)| Parameter::new(&param, &hidden, arena)).collect();
    let places = ask.values.iter().enumerate().rev().map(|(at, known)| (&*known.name, at));
    let places: HashMap<&str, usize> = places.collect();
    // `name[member]` has the position of `name`.
    let given = |name: &str| {
        let ends = name.match_indices('[').map(|(at, _)| &name[..at]);
        ends.chain([name]).filter_map(|name| places.get(name)).min().copied().unwrap_or(usize::MAX)
    };
    let is_own = |role| matches!(role, Role::Public | Role::Signature);
    all.sort_by_cached_key(|param| match is_own(param.role) {
        true => 0,
        false => given(param.name).saturating_add(1),
    });
    all
}
