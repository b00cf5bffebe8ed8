//! A request that is typed by the model, to be sent by a client of the runtime.

use crate::dynamic::{Data, Object};
use gatespec_runtime as rt;
use rt::{Checker, DateTime, Encode, RangeRule, Validate, Writer};

/// A request that is typed by the model: what a generated request is, without its Rust type.
pub struct TypedRequest<'m>(Object<'m>);

impl<'m> TypedRequest<'m> {
    pub(super) fn new(object: Object<'m>) -> Self {
        Self(object)
    }

    /// Where the range of a rule begins and ends, as far as the request says it.
    pub fn range(&self, rule: &RangeRule<'_>) -> (Option<DateTime>, Option<DateTime>) {
        let [from, to] = rule.fields.map(|name| match self.0.value(name) {
            Data::Time(time) => Some(*time),
            _ => None,
        });
        (from, to)
    }

    /// Sets both ends of the range.
    pub fn set_range(&mut self, rule: &RangeRule<'_>, from: DateTime, to: DateTime) {
        for (name, time) in rule.fields.into_iter().zip([from, to]) {
            let at = self.0.record.fields.iter().position(|field| field.name == name);
            if let Some(place) = at.and_then(|at| self.0.values.get_mut(at)) {
                *place = Data::Time(time);
            }
        }
    }
}

impl Encode for TypedRequest<'_> {
    fn encode(&self, out: &mut Writer<'_>) {
        self.0.encode(out);
    }
}

impl Validate for TypedRequest<'_> {
    fn check(&self, cx: &mut Checker<'_>) {
        self.0.check(cx);
    }
}

impl std::fmt::Debug for TypedRequest<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TypedRequest").finish_non_exhaustive()
    }
}
