//! Whose credentials a request is signed with, and where it is sent.

use gatespec_language::model::{Environment, Gateway, Platform};
use gatespec_runtime::CredentialSet;
use std::fmt;

/// The caller's own credentials of one platform, with which requests can be sent to its real
/// gateways.
pub struct Live {
    /// The platform's id.
    pub platform: String,
    /// The credentials of each gateway, in the order of the model.
    pub credentials: Vec<CredentialSet>,
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live").field("platform", &self.platform).finish_non_exhaustive()
    }
}

/// Where a request is sent.
#[derive(Clone, Copy)]
pub(crate) enum Receiver<'m> {
    Mock,
    Real(&'m Environment),
}

impl Live {
    /// The credentials of each gateway of `platform`, if this is the platform.
    pub(crate) fn of<'c>(
        &'c self,
        platform: &'c Platform,
    ) -> impl Iterator<Item = (&'c Gateway, &'c CredentialSet)> {
        let is_known = platform.id == self.platform;
        platform.gateways.iter().zip(&self.credentials).filter(move |_| is_known)
    }
}

impl Receiver<'_> {
    /// The receiver's name in a form. No environment has the name of the mock.
    pub(crate) fn name(&self) -> &str {
        match self {
            Receiver::Mock => "~mock",
            Receiver::Real(environment) => &environment.name,
        }
    }
}
