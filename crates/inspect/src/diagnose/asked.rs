//! What the request of a person is signed from.

use super::habits;
use super::signing::{Sent, Signing};
use crate::model::{Field, Platform, Record, Type, TypeKind};
use crate::request::{Ask, Wrong};
use bumpalo::Bump;
use gatespec_protocol as rt;
use rt::Role;

impl<'a> Signing<'a> {
    /// What the request of a person is signed from.
    ///
    /// # Errors
    ///
    /// When there is no such request, or its gateway does not sign.
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
        signing.habits = habits::built(ask, signing.gateway, arena);
        Ok((signing, prepared))
    }

    /// Remembers what fields are, by their names.
    pub(crate) fn learn(&mut self, platform: &'a Platform, record: &'a Record) {
        learn(platform, record, &mut self.booleans, 0);
        self.fields.extend(record.fields.iter().map(|field| field.name.as_str()));
    }
}

/// The parameters in the order in which they were given.
pub(super) fn params<'a>(
    ask: &Ask<'_>,
    prepared: &rt::Prepared<'_>,
    arena: &'a Bump,
) -> Vec<Sent<'a>> {
    let mut all: Vec<_> = prepared
        .params()
        .iter_hidden()
        .map(|(param, hidden)| Sent::new(&param, &hidden, arena))
        .collect();
    let given = |name: &str| {
        let own = |known: &str| name == known || name.starts_with(&format!("{known}["));
        ask.values.iter().position(|known| own(&known.name)).unwrap_or(usize::MAX)
    };
    let is_own = |role| matches!(role, Role::Public | Role::Signature);
    all.sort_by_key(|sent| if is_own(sent.role) { 0 } else { given(sent.name).saturating_add(1) });
    all
}

/// Records that hold themselves end somewhere.
const DEEPEST: usize = 8;

fn learn<'a>(
    platform: &'a Platform,
    record: &'a Record,
    booleans: &mut Vec<(&'a str, &'a str, &'a str)>,
    depth: usize,
) {
    for field in &record.fields {
        let Field { name, ty, .. } = field;
        match ty {
            Type::Boolean { yes, no } => booleans.push((name, yes, no)),
            Type::Record(id) if depth < DEEPEST => {
                if let TypeKind::Record(record) = &platform.type_def(*id).kind {
                    learn(platform, record, booleans, depth + 1);
                }
            }
            _ => {}
        }
    }
}
