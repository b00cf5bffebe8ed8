//! Which parts of a received request the signature protects.

use super::{Business, Incoming};
use crate::json;
use crate::layout::Location;
use crate::parameter::Source;
use crate::params::{Entry, Role};
use crate::recipe::{Op, Recipe};
use crate::sign::{is_named, selects};

/// Where a field of a received request came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Origin<'g> {
    /// The location of the field; `None` for a field in the path.
    pub location: Option<Location<'g>>,
    /// Whether the signature covers the field in this location. If not, anyone between the sender
    /// and the receiver may have changed the field.
    pub signed: bool,
}

impl<'g> Incoming<'g> {
    /// Returns where a field came from; for a field in a carrier, where the carrier came from.
    /// Returns `None` if the field was not sent, or if it is ignored because the formula does not
    /// sign it in the location where it was sent.
    pub fn origin(&self, field: &str) -> Option<Origin<'g>> {
        let protection = self.protection();
        if self.path_fields.iter().any(|(name, _)| name == field) {
            return Some(Origin { location: None, signed: protection.covers_path() });
        }
        let mut name = field;
        if let Business::Carrier(carrier) = &self.business {
            let members = json::members(self.json()?, usize::MAX).ok()?;
            members.iter().find(|(name, _)| name == field)?;
            name = carrier;
        }
        let is_of_field = |entry: &&Entry<'_>| {
            let rest = self.params.name(entry).strip_prefix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
        };
        let mut entries = self.params.entries.iter().filter(is_of_field);
        let entry = entries.find(|entry| protection.takes(entry))?;
        Some(Origin { location: Some(entry.place), signed: protection.covers(entry) })
    }

    /// Treats public parameters outside their declared location as extra parameters, unless the
    /// formula signs them there.
    pub(super) fn without_unsigned(mut self) -> Incoming<'g> {
        if !self.is_signed() {
            return self;
        }
        let protection = self.protection();
        let declared = |entry: &Entry<'_>| {
            let mut public = self.method.gateway.public.iter();
            public.any(|one| one.place == entry.place && one.name == self.params.name(entry))
        };
        let is_lost = |entry: &Entry<'g>| {
            entry.role == Role::Public && !declared(entry) && !protection.covers(entry)
        };
        let lost: Vec<bool> = self.params.entries.iter().map(is_lost).collect();
        let lost = self.params.entries.iter_mut().zip(lost).filter(|(_, is_lost)| *is_lost);
        lost.for_each(|(entry, _)| entry.role = Role::Extra);
        self
    }

    /// What the signature of this request protects.
    pub(super) fn protection(&self) -> Protection<'_, 'g> {
        let signature = if self.is_signed() { self.signature_method().ok() } else { None };
        let mut all = Protection {
            call: self,
            recipes: signature.into_iter().map(|way| way.recipe).collect(),
        };
        // The signature also protects the inputs of signed parameters, such as the body if its
        // digest is signed.
        let mut next = 0;
        while let Some(recipe) = all.recipes.get(next).copied() {
            next += 1;
            for param in self.taken() {
                let Source::Formula(inner) = param.source else { continue };
                let entry = self.public_entry(param).filter(|entry| all.by(&recipe, entry));
                if entry.is_some() && !all.recipes.contains(&inner) {
                    all.recipes.push(inner);
                }
            }
        }
        all
    }
}

/// What the signature of one request protects.
pub(super) struct Protection<'i, 'g> {
    call: &'i Incoming<'g>,
    /// The formula of the signature, followed by the formulas of the parameters that it signs.
    recipes: Vec<Recipe<'i>>,
}

impl<'g> Protection<'_, 'g> {
    /// Whether the signature depends on this parameter.
    pub(super) fn covers(&self, entry: &Entry<'g>) -> bool {
        self.recipes.iter().any(|recipe| self.by(recipe, entry))
    }

    /// Whether the signature depends on the path.
    pub(super) fn covers_path(&self) -> bool {
        self.recipes.iter().flat_map(|recipe| recipe.0).any(|op| matches!(op, Op::Path))
    }

    /// Whether a field is accepted in its location. If calls are signed, the formula must sign the
    /// field there. A field that the formula signs in no location must be in the location that the
    /// spec states.
    pub(super) fn takes(&self, entry: &Entry<'g>) -> bool {
        if entry.role != Role::Business {
            return false;
        }
        if self.recipes.is_empty() || self.covers(entry) {
            return true;
        }
        let declared = self.call.method.business().place();
        let would_cover = |place| {
            // Takes the name as the value, because formulas may leave out empty values.
            let value = entry.name.clone();
            self.covers(&Entry { place, value, ..entry.clone() })
        };
        let places = [declared, Location::Query, Location::Form];
        entry.place == declared && !places.into_iter().any(would_cover)
    }

    fn by(&self, recipe: &Recipe<'_>, entry: &Entry<'g>) -> bool {
        let Incoming { method, params, .. } = self.call;
        let mut taken = self.call.taken();
        let is_public = entry.role == Role::Public;
        let declared = taken.find(|param| is_public && param.name == params.name(entry));
        let source = declared.map(|param| param.source);
        recipe.0.iter().any(|op| match *op {
            Op::Pairs(pairs) => selects(method.gateway, params, entry, &pairs),
            Op::Value(name) => is_named(method.gateway, params, entry, name),
            Op::Body => matches!(entry.place, Location::Body | Location::BodyMember(_)),
            Op::Clock => matches!(source, Some(Source::Clock(_))),
            Op::Nonce => matches!(source, Some(Source::Nonce(_))),
            Op::Method => source == Some(Source::Method),
            Op::Credential(name) => source == Some(Source::Credential(name)),
            _ => false,
        })
    }
}
