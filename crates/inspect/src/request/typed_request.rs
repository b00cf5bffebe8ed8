//! A request that is typed by the model and that a client of the runtime can send.

use crate::dynamic::{Data, Object};
use crate::range;
use gatespec_protocol as rt;
use rt::split::{SplitError, Window, Windows};
use rt::{Checker, Encode, RangeRule, Validate, Writer};

/// A request that is typed by the model at run time, without a generated Rust type.
pub struct TypedRequest<'m>(Object<'m>);

impl<'m> TypedRequest<'m> {
    pub(super) fn new(object: Object<'m>) -> Self {
        Self(object)
    }

    /// Returns the rule that splits a long range of the request, if the method has such a rule.
    pub fn range_rule(&self) -> Option<RangeRule<'m>> {
        range::splitting(self.0.record).map(|(_, rule)| rule)
    }

    /// Returns the windows into which the request's range is split, or `None` if no rule splits
    /// the range.
    ///
    /// # Errors
    ///
    /// When the range is absent or reversed.
    pub fn windows(&self) -> Option<Result<Windows, SplitError>> {
        let rule = self.range_rule()?;
        let [from, to] = rule.fields.map(|name| match self.0.value(name) {
            Data::Time(time) => Some(*time),
            _ => None,
        });
        Some(rule.windows((from, to)))
    }

    /// Sets the range of the request to one window. Does nothing if no rule splits the range.
    pub fn set_window(&mut self, window: &Window) {
        let Some(rule) = self.range_rule() else { return };
        for (name, time) in rule.fields.into_iter().zip([window.from, window.to]) {
            if let Some(cell) = self.0.cell(name) {
                cell.data = Data::Time(time);
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
