//! The inputs of a request.

use super::{Overrides, Stamp};
use crate::credentials::CredentialSet;
use crate::method::MethodInfo;
use crate::write::Encode;

/// The inputs of a request.
#[derive(Clone, Copy)]
pub struct Job<'a, 'r> {
    /// The facts of the method and its gateway.
    pub method: MethodInfo<'a>,
    /// The typed request.
    pub request: &'r dyn Encode,
    /// The caller's changes.
    pub overrides: &'r Overrides,
    /// The caller's credentials.
    pub credentials: &'r CredentialSet,
    /// Clock and entropy of this attempt.
    pub stamp: Stamp,
}
