//! Prepares the signature input of a received request.

use super::parameter::Parameter;
use super::signing::Signing;
use crate::request::{Recognised, Wrong};
use bumpalo::Bump;
use gatespec_protocol::CredentialSet;
use gatespec_protocol::sign::Manner;

impl<'a> Signing<'a> {
    /// Returns the signature input of a received request. `case` is the name of the signature
    /// method; `None` stands for the default one.
    ///
    /// # Errors
    ///
    /// When the gateway signs, but has no signature method of this name.
    pub fn of_received(
        received: &'a Recognised<'a>,
        case: Option<&str>,
        credentials: CredentialSet,
        arena: &'a Bump,
    ) -> Result<Self, Vec<Wrong>> {
        let Recognised { call, base, .. } = received;
        let params = call.sent().into_iter();
        let params = params.map(|(param, hidden)| Parameter::new(&param, &hidden, arena));
        let method = (*call.method(), call.method().name);
        let signing = Self::new(method, &call.atoms(), params.collect(), arena);
        let manner = Manner { rewrites_json: true, ..Manner::default() };
        let mut signing = Self { verb: call.verb(), base, credentials, manner, ..signing };
        signing.choose(case)?;
        if let Some(method) = received.method {
            signing.learn(received.platform, &method.request);
        }
        Ok(signing)
    }
}
