//! The request of a vector, for tools that sign it in other ways.

use super::run::{request, texts};
use crate::model::{Gateway, Platform, Vector, VectorInput};
use gatespec_protocol::request::SignedAtoms;
use gatespec_protocol::template::Holes;
use gatespec_protocol::{MethodInfo, Param, Prepared};

/// The request of a vector, as its formula signs it.
pub struct VectorRequest<'r> {
    /// The method, which may have no spec.
    pub method: MethodInfo<'r>,
    /// The method's name as sent.
    pub name: &'r str,
    /// The HTTP verb.
    pub verb: &'r str,
    /// The path, the body, the timestamp and the nonce.
    pub atoms: SignedAtoms<'r>,
    /// The parameters.
    pub params: Vec<Param<'r>>,
}

/// Builds the request of a vector and passes it to `take`, unless the request cannot be built.
pub fn vector_request(
    platform: &Platform,
    gateway: &Gateway,
    vector: &Vector,
    take: impl FnOnce(VectorRequest<'_>),
) {
    match &vector.input {
        VectorInput::Request { method, values } => {
            let take = |prepared: &Prepared<'_>, _| {
                take(VectorRequest {
                    method: *prepared.method(),
                    name: prepared.method_name(),
                    verb: prepared.verb().as_str(),
                    atoms: prepared.atoms(),
                    params: prepared.params().iter_hidden().map(|(param, _)| param).collect(),
                });
            };
            // If the request cannot be built, this has been reported already.
            let _ = request((platform, gateway), gateway.facts, vector, (method, values), take);
        }
        VectorInput::Sent(sent) => texts(gateway, gateway.facts, vector, sent, |known| {
            let Holes { method, labels } = known.holes;
            let atoms = SignedAtoms {
                clock: known.clock,
                nonce: known.nonce,
                path: known.path,
                hidden_path: Vec::new(),
                body: known.body.to_owned(),
                hidden_body: Vec::new(),
            };
            take(VectorRequest {
                method: MethodInfo { labels, ..MethodInfo::new(method, known.gateway) },
                name: method,
                verb: known.verb,
                atoms,
                params: known.params.to_vec(),
            });
        }),
    }
}
