//! What a gateway was asked, and what a success says besides its data.

use crate::credentials::CredentialSet;
use crate::decode::Bend;
use crate::gateway::Gateway;
use crate::method::MethodInfo;
use crate::open::Decryptor;
use crate::params::Params;
use crate::template::Holes;

/// What was asked.
#[derive(Clone, Copy)]
pub struct Question<'q> {
    /// The facts of the method and its gateway.
    pub method: &'q MethodInfo<'q>,
    /// The method's name as sent.
    pub name: &'q str,
    /// The caller's credentials, to open encrypted data.
    pub credentials: &'q CredentialSet,
    /// What opens encrypted data.
    pub decryptor: &'q dyn Decryptor,
    /// What was sent, if it is known: an answer that repeats something sensitive of it does not
    /// show that.
    pub sent: Option<&'q Params<'q>>,
}

impl<'q> Question<'q> {
    pub(super) fn gateway(&self) -> &'q Gateway<'q> {
        self.method.gateway
    }

    pub(super) fn holes(&self) -> Holes<'q> {
        Holes { method: self.name, labels: self.method.labels }
    }
}

/// What a success says besides its data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// The code.
    pub code: Option<String>,
    /// The message.
    pub message: Option<String>,
    /// The platform's id of the request.
    pub request_id: Option<String>,
    /// Where the answer is not what the spec says; each field and kind once.
    pub bends: Vec<Bend>,
}
