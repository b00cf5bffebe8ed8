//! The question that an answer belongs to, and the envelope of a success.

use crate::credentials::CredentialSet;
use crate::decode::Bend;
use crate::gateway::Gateway;
use crate::method::MethodInfo;
use crate::open::Decryptor;
use crate::params::Params;
use crate::template::Holes;

/// What was asked: the context for reading or writing an answer.
#[derive(Clone, Copy)]
pub struct Question<'q> {
    /// The facts of the method and its gateway.
    pub method: &'q MethodInfo<'q>,
    /// The method's name as it was sent.
    pub name: &'q str,
    /// The caller's credentials, for decrypting data.
    pub credentials: &'q CredentialSet,
    /// Decrypts data.
    pub decryptor: &'q dyn Decryptor,
    /// The parameters that were sent, if known. Their sensitive values are masked in what is shown
    /// of the answer.
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

/// The parts of a success besides its data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// The code.
    pub code: Option<String>,
    /// The message.
    pub message: Option<String>,
    /// The platform's request id.
    pub request_id: Option<String>,
    /// Harmless differences between the answer and its spec, each field and kind once.
    pub bends: Vec<Bend>,
}
