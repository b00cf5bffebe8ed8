//! The inputs of a request.

use super::{Overrides, Stamp};
use crate::credentials::CredentialSet;
use crate::method::MethodInfo;
use crate::write::Encode;

/// The inputs of a request.
#[derive(Clone, Copy)]
pub struct Job<'a, 'r> {
    /// Static information about the method and its gateway.
    pub method: MethodInfo<'a>,
    /// The typed request.
    pub request: &'r dyn Encode,
    /// The caller's changes.
    pub overrides: &'r Overrides,
    /// The caller's credentials.
    pub credentials: &'r CredentialSet,
    /// The time and the random bytes of this attempt.
    pub stamp: Stamp,
}
