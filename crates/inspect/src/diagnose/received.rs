//! What a request that has travelled was signed from.

use super::signing::{Sent, Signing};
use crate::request::{Recognised, Wrong};
use bumpalo::Bump;
use gatespec_protocol::CredentialSet;
use gatespec_protocol::sign::Manner;

impl<'a> Signing<'a> {
    /// What a received request was signed from, by the signature method of this name or the default.
    ///
    /// # Errors
    ///
    /// When the gateway does not sign, or not so.
    pub fn of_received(
        received: &'a Recognised<'a>,
        case: Option<&str>,
        credentials: CredentialSet,
        arena: &'a Bump,
    ) -> Result<Self, Vec<Wrong>> {
        let call = &received.call;
        let atoms = call.atoms();
        let params = call.sent().into_iter().map(|(param, shown)| Sent {
            name: param.name,
            value: param.value,
            shown: arena.alloc_str(&shown),
            place: param.place,
            role: param.role,
            kind: param.kind,
        });
        let mut signing = Self {
            arena,
            gateway: *call.method().gateway,
            recipe: Vec::new(),
            params: params.collect(),
            verb: call.verb(),
            path: atoms.path,
            shown_path: atoms.shown_path,
            body: arena.alloc_str(&atoms.body),
            shown_body: arena.alloc_str(&atoms.shown_body),
            clock: atoms.clock,
            nonce: atoms.nonce,
            method: call.method().name,
            labels: call.method().labels,
            base: &received.base,
            credentials,
            manner: Manner::default(),
            order: None,
            booleans: Vec::new(),
            fields: Vec::new(),
            habits: Vec::new(),
        };
        signing.choose(case)?;
        if let Some(method) = received.method {
            signing.learn(received.platform, &method.request);
        }
        Ok(signing)
    }
}
