//! What formulas can speak of.

use std::ops::Range;

use crate::credentials::CredentialSet;
use crate::gateway::Gateway;
use crate::params::Params;
use crate::template::Holes;

/// What the interpreter looks at: like [`Known`](super::Known), sorted, and with the parameters in place.
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
    /// `{json}` writes JSON anew in the style of the platform, since others space it in their way.
    pub(crate) rewrites_json: bool,
}

/// Ranges of texts that no explanation shows, in order.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hidden<'h> {
    /// For each parameter of [`Known::params`](super::Known::params).
    pub params: &'h [&'h [Range<usize>]],
    /// Of the path.
    pub path: &'h [Range<usize>],
    /// Of the body, if it is JSON values of it.
    pub body: &'h [Range<usize>],
}
