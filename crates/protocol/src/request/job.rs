//! All that goes into one request.

use super::{Overrides, Stamp};
use crate::credentials::CredentialSet;
use crate::method::MethodInfo;
use crate::write::Encode;

/// All that goes into one request.
#[derive(Clone, Copy)]
pub struct Job<'a, 'r> {
    /// The facts of the method and its gateway.
    pub method: MethodInfo<'a>,
    /// The typed request.
    pub request: &'r dyn Encode,
    /// What the caller changes.
    pub overrides: &'r Overrides,
    /// What the caller knows.
    pub credentials: &'r CredentialSet,
    /// Clock and entropy of this attempt.
    pub stamp: Stamp,
}
