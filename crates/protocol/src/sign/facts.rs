//! The inputs of formulas.

use std::ops::Range;

use crate::credentials::CredentialSet;
use crate::gateway::Gateway;
use crate::params::Params;
use crate::template::Holes;

/// The inputs of the interpreter. They are the same as in [`Known`](super::Known), but the
/// parameters are stored in another form.
pub(crate) struct Facts<'f> {
    pub(crate) gateway: &'f Gateway<'f>,
    /// Sorted by the bytes of their names, unless a [`Manner`](super::Manner) has another order.
    pub(crate) params: &'f Params<'f>,
    pub(crate) verb: &'f str,
    pub(crate) path: &'f str,
    pub(crate) body: &'f str,
    pub(crate) clock: &'f str,
    pub(crate) nonce: &'f str,
    pub(crate) holes: Holes<'f>,
    pub(crate) credentials: &'f CredentialSet,
    pub(crate) hidden: Hidden<'f>,
    /// Whether `{json}` in formulas rewrites JSON in the platform's style. This is needed for JSON
    /// that other programs have written, because they may use white space.
    pub(crate) rewrites_json: bool,
}

/// Byte ranges that explanations mask, in ascending order.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hidden<'h> {
    /// The ranges in the value of each parameter of [`Known::params`](super::Known::params).
    pub params: &'h [&'h [Range<usize>]],
    /// The ranges in the path.
    pub path: &'h [Range<usize>],
    /// The ranges in the body. In a JSON body, each of them is a whole value.
    pub body: &'h [Range<usize>],
}
