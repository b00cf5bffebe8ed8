//! Signing: runs a [`Recipe`] on the parameters of a request.
//!
//! There is no I/O: the clock and the nonce are inputs. The same interpreter signs for clients, for
//! the compiler's checks and for explanations. For an explanation, secrets are replaced by masks
//! before the run, so that they cannot leak.

mod digest;
mod error;
mod explanation;
mod facts;
mod machine;
mod manner;
mod pairs;

use crate::credentials::CredentialSet;
use crate::gateway::Gateway;
use crate::mask::is_whole;
use crate::parameter::Signature;
use crate::params::{Param, Params};
use crate::private::Private;
use crate::recipe::Recipe;
use crate::template::Holes;

pub use error::SignError;
pub use explanation::{Explanation, Selection, Step};
pub(crate) use facts::Facts;
pub use facts::Hidden;
use machine::Machine;
pub use manner::{Escapes, Manner, Order};
pub(crate) use pairs::{is_named, selects, written_pairs};

/// The inputs of formulas.
#[derive(Clone, Copy)]
pub struct Known<'k> {
    /// The gateway: its public parameters, credentials and JSON style.
    pub gateway: &'k Gateway<'k>,
    /// The parameters of the request, in any order.
    pub params: &'k [Param<'k>],
    /// The verb in uppercase.
    pub verb: &'k str,
    /// The signed path, with its placeholders filled.
    pub path: &'k str,
    /// The JSON or raw body; empty for a form.
    pub body: &'k str,
    /// The timestamp as it is sent.
    pub clock: &'k str,
    /// The nonce as it is sent.
    pub nonce: &'k str,
    /// The method's name as it is sent, and its labels.
    pub holes: Holes<'k>,
    /// The credentials.
    pub credentials: &'k CredentialSet,
}

/// Signs parameters whose values are texts, with the named signature method or the default one.
/// Useful for published vectors and for mock gateways.
///
/// ```
/// # use gatespec_protocol::*;
/// # use gatespec_protocol::sign::{Known, sign_pairs};
/// # use gatespec_protocol::template::Holes;
/// # fn check(gateway: &Gateway<'_>, params: &[Param<'_>]) -> Result<(), SignError> {
/// let secret = CredentialSet::from_iter([("secret", "TESTAPPSECRET")]);
/// let known = Known {
///     gateway,
///     params,
///     verb: "POST",
///     path: "",
///     body: "",
///     clock: "1367819523",
///     nonce: "",
///     holes: Holes { method: "item.get", labels: &[] },
///     credentials: &secret,
/// };
/// assert_eq!(sign_pairs(&known, None)?, "34619030B487EC1B49B9EF564A877925");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// The parameters cannot be signed, for example because a credential is missing.
pub fn sign_pairs(known: &Known<'_>, signature: Option<&str>) -> Result<String, SignError> {
    let recipe = choose(known.gateway, signature)?.recipe;
    with_facts(known, (Hidden::default(), Manner::default()), |facts| text(&recipe, facts))
}

/// Explains how [`sign_pairs`] computes the signature.
///
/// # Errors
/// The parameters cannot be signed, for example because a credential is missing.
pub fn explain_pairs(known: &Known<'_>, signature: Option<&str>) -> Result<Explanation, SignError> {
    let recipe = choose(known.gateway, signature)?.recipe;
    with_facts(known, (Hidden::default(), Manner::default()), |facts| explain(&recipe, facts))
}

/// Signs like another signer whose charset, percent-encoding or order of parameters differs from
/// the platform's. Serves to find that signer's mistakes.
///
/// # Errors
/// The parameters cannot be signed, for example because a credential is missing.
pub fn sign_in_manner(
    known: &Known<'_>,
    signature: Option<&str>,
    manner: Manner,
) -> Result<String, SignError> {
    let recipe = choose(known.gateway, signature)?.recipe;
    with_facts(known, (Hidden::default(), manner), |facts| {
        let arena = Vec::with_capacity(512);
        into_text(Machine::new(facts, Private::new(arena), None).in_manner(manner).run(&recipe)?)
    })
}

/// Explains how [`sign_in_manner`] computes the signature, with the ranges in `hidden` masked.
/// Texts that are not percent-encoded are shown unchanged, because another charset affects only
/// digests and percent-encoding.
///
/// # Errors
/// The parameters cannot be signed, for example because a credential is missing.
pub fn explain_in_manner(
    known: &Known<'_>,
    signature: Option<&str>,
    manner: Manner,
    hidden: Hidden<'_>,
) -> Result<Explanation, SignError> {
    let recipe = choose(known.gateway, signature)?.recipe;
    with_facts(known, (hidden, manner), |facts| {
        explain_as(&recipe, facts, |machine| machine.in_manner(manner))
    })
}

fn with_facts<T>(
    known: &Known<'_>,
    (hidden, manner): (Hidden<'_>, Manner),
    run: impl FnOnce(&Facts<'_>) -> T,
) -> T {
    let mut params = Params::default();
    for (index, param) in known.params.iter().enumerate() {
        params.push(param.name, param.value, param.place, param.role);
        let ranges = hidden.params.get(index).copied().unwrap_or_default();
        if let Some(entry) = params.entries.last_mut() {
            entry.kind = param.kind;
            entry.sensitive = param.sensitive || is_whole(param.value, ranges);
            let start = entry.value.start;
            params.secrets.extend(ranges.iter().map(|one| one.start + start..one.end + start));
        }
    }
    match manner.order {
        Order::Names => params.sort(),
        Order::Given | Order::Pairs => params.sort_secrets(),
    }
    let Known { gateway, verb, path, body, clock, nonce, holes, credentials, .. } = *known;
    let params = &params;
    run(&Facts {
        gateway,
        params,
        verb,
        path,
        body,
        clock,
        nonce,
        holes,
        credentials,
        hidden,
        rewrites_json: manner.rewrites_json,
    })
}

/// Returns the signature method with this name, or the default one.
pub(crate) fn choose<'g>(
    gateway: &Gateway<'g>,
    name: Option<&str>,
) -> Result<Signature<'g>, SignError> {
    let found = match name {
        Some(name) => gateway.signatures.iter().find(|signature| signature.name == name),
        None => gateway.signatures.first(),
    };
    found.copied().ok_or_else(|| SignError::UnknownSignature {
        name: name.unwrap_or_default().to_owned(),
        known: gateway.signatures.iter().map(|signature| signature.name.to_owned()).collect(),
    })
}

/// Runs a recipe in an arena. Returns the arena, which then contains only the result.
pub(crate) fn run(
    recipe: &Recipe<'_>,
    facts: &Facts<'_>,
    arena: Vec<u8>,
) -> Result<Private<Vec<u8>>, SignError> {
    Machine::new(facts, Private::new(arena), None).run(recipe)
}

/// Runs a recipe whose result is a text.
pub(crate) fn text(recipe: &Recipe<'_>, facts: &Facts<'_>) -> Result<String, SignError> {
    into_text(run(recipe, facts, Vec::with_capacity(512))?)
}

fn into_text(mut bytes: Private<Vec<u8>>) -> Result<String, SignError> {
    String::from_utf8(std::mem::take(&mut bytes))
        .map_err(|_| SignError::malformed("its result is bytes, not text"))
}

/// Runs a recipe with masks in place of secrets, and explains the run.
pub(crate) fn explain(recipe: &Recipe<'_>, facts: &Facts<'_>) -> Result<Explanation, SignError> {
    explain_as(recipe, facts, |machine| machine)
}

fn explain_as(
    recipe: &Recipe<'_>,
    facts: &Facts<'_>,
    prepare: impl FnOnce(Machine<'_>) -> Machine<'_>,
) -> Result<Explanation, SignError> {
    let mut trace = machine::Trace::default();
    let rest = prepare(Machine::new(facts, Private::default(), Some(&mut trace))).run(recipe)?;
    let canonical = trace.canonical.unwrap_or_else(|| machine::shown(&rest));
    Ok(Explanation { canonical, steps: trace.steps, selections: trace.selections })
}
