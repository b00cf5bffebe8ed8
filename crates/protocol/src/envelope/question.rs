//! The call that an answer belongs to, and the result of reading a success.

use crate::credentials::CredentialSet;
use crate::decode::Bend;
use crate::gateway::Gateway;
use crate::method::MethodInfo;
use crate::open::Decryptor;
use crate::params::Params;
use crate::template::Holes;

/// The call that an answer belongs to. Reading and writing an answer need it as context.
#[derive(Clone, Copy)]
pub struct Question<'q> {
    /// Static information about the method and its gateway.
    pub method: &'q MethodInfo<'q>,
    /// The method's name as it was sent.
    pub name: &'q str,
    /// The caller's credentials, for decrypting data.
    pub credentials: &'q CredentialSet,
    /// The decryptor for encrypted data.
    pub decryptor: &'q dyn Decryptor,
    /// The parameters that were sent, if they are known. Wherever parts of the answer are shown,
    /// the sensitive values of these parameters are masked.
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

/// The parts of a successful answer other than its data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// The code.
    pub code: Option<String>,
    /// The message.
    pub message: Option<String>,
    /// The platform's request id.
    pub request_id: Option<String>,
    /// The harmless differences between the answer and its spec. Each combination of field and kind
    /// occurs only once.
    pub bends: Vec<Bend>,
}
