//! The inputs of formulas.

use std::ops::Range;

use crate::credentials::CredentialSet;
use crate::gateway::Gateway;
use crate::params::Params;
use crate::template::Holes;

/// The inputs of the interpreter: those of [`Known`](super::Known), with sorted parameters.
pub(crate) struct Facts<'f> {
    pub(crate) gateway: &'f Gateway<'f>,
    /// Sorted by the bytes of their names.
    pub(crate) params: &'f Params<'f>,
    pub(crate) verb: &'f str,
    pub(crate) path: &'f str,
    pub(crate) body: &'f str,
    pub(crate) clock: &'f str,
    pub(crate) nonce: &'f str,
    pub(crate) holes: Holes<'f>,
    pub(crate) credentials: &'f CredentialSet,
    pub(crate) hidden: Hidden<'f>,
    /// Whether `{json}` rewrites JSON in the platform's style, because other programs may space it
    /// differently.
    pub(crate) rewrites_json: bool,
}

/// Byte ranges that explanations mask, in ascending order.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hidden<'h> {
    /// For each parameter of [`Known::params`](super::Known::params).
    pub params: &'h [&'h [Range<usize>]],
    /// In the path.
    pub path: &'h [Range<usize>],
    /// In the body; in a JSON body, whole values.
    pub body: &'h [Range<usize>],
}
