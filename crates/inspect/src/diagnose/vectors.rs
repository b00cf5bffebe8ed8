//! Explains why formulas do not reproduce the vectors of specs.

use super::claim::Claim;
use super::mistake::Charset;
use super::parameter::Parameter;
use super::search::diagnose;
use super::signing::Signing;
use crate::model::{Gateway, Model, Platform, Vector, VectorInput};
use crate::request::Wrong;
use bumpalo::Bump;
use gatespec_language::diagnostic::{Diagnostic, rules};
use gatespec_language::{VectorRequest, vector_request, vectors};
use std::collections::HashMap;

/// The approximate maximum number of bytes that the search reads for all vectors of a run.
const MOST_BYTES: usize = 64 << 20;

/// Explains each diagnostic of the rule `vector_mismatch`: adds the known mistakes of signers that
/// give the vector's signature, if there are any.
pub fn explain_vectors(model: &Model, charsets: &[Charset], diagnostics: &mut [Diagnostic]) {
    let mismatches = diagnostics.iter_mut().filter(|one| one.rule == rules::VECTOR_MISMATCH);
    let mut mismatches: HashMap<_, _> =
        mismatches.filter_map(|one| Some((one.span?, one))).collect();
    if mismatches.is_empty() {
        return;
    }
    let all = model.platforms.iter().flat_map(|platform| {
        vectors(platform).map(move |(gateway, vector)| (platform, gateway, vector))
    });
    let mut bytes = 0;
    for (platform, gateway, vector) in all {
        let Some(diagnostic) = mismatches.remove(&vector.sign_span) else { continue };
        if bytes >= MOST_BYTES {
            return;
        }
        let (what, read) = causes(platform, gateway, vector, charsets).unwrap_or_default();
        bytes += read;
        if !what.is_empty() {
            let note = format!("a known mistake gives this signature: {what}");
            diagnostic.notes.push(note);
            let help = "if the platform signs in this way, correct the formula; otherwise correct the vector";
            diagnostic.help.insert(0, help.to_owned());
        }
    }
}

/// Returns a description of the mistakes that give the signature of a vector, and the approximate
/// number of bytes that the search read. The description is empty if no mistake gives the
/// signature.
fn causes(
    platform: &Platform,
    gateway: &Gateway,
    vector: &Vector,
    charsets: &[Charset],
) -> Option<(String, usize)> {
    let mut diagnosis = None;
    vector_request(platform, gateway, vector, |request| {
        let arena = Bump::new();
        let claim = Claim { sign: Some(vector.sign.clone()), text: None };
        let signing = Signing::of_vector(platform, vector, &request, &arena);
        diagnosis = signing.ok().and_then(|signing| diagnose(&signing, &claim, charsets).ok());
    });
    let diagnosis = diagnosis?;
    let causes = diagnosis.found.iter().flat_map(|found| &found.causes);
    let causes = causes.map(|cause| format!("{} [{}]", cause.what, cause.id));
    Some((causes.collect::<Vec<_>>().join("; "), diagnosis.bytes))
}

impl<'a> Signing<'a> {
    fn of_vector(
        platform: &'a Platform,
        vector: &'a Vector,
        request: &VectorRequest<'a>,
        arena: &'a Bump,
    ) -> Result<Self, Vec<Wrong>> {
        let params = request.params.iter().map(|param| Parameter::new(param, &[], arena));
        let method = (request.method, request.name);
        let mut signing = Self::new(method, &request.atoms, params.collect(), arena);
        signing.verb = request.verb;
        let credentials = vector.credentials.iter();
        signing.credentials =
            credentials.map(|(name, text)| (name.as_str(), text.as_str())).collect();
        signing.choose(vector.case.as_ref().map(|(case, _)| case.as_str()))?;
        if let VectorInput::Request { method: (name, _), .. } = &vector.input
            && let Some(method) = platform.methods.iter().find(|one| one.name == name)
        {
            signing.learn(platform, &method.request);
        }
        Ok(signing)
    }
}
