//! Fills the gateway's public parameters.

use std::ops::Range;

use super::job::Job;
use super::nonce;
use crate::json::ParamType;
use crate::json::is_number;
use crate::parameter::{PublicParam, SendPolicy, Source};
use crate::params::{Entry, Params, Role};
use crate::sign::{SignError, choose};
use crate::template::Holes;

/// The inputs of formulas that are not parameters, as byte ranges of the parameters' buffer.
#[derive(Debug, Clone, Default)]
pub(super) struct Atoms {
    pub(super) clock: Range<usize>,
    pub(super) nonce: Range<usize>,
}

/// Appends the public parameters that this request sends. The signature and the parameters with
/// formulas are left empty, because they are computed after everything else.
pub(super) fn fill<'a>(
    job: &Job<'a, '_>,
    holes: &Holes<'_>,
    params: &mut Params<'a>,
) -> Result<Atoms, SignError> {
    let mut atoms = Atoms::default();
    for param in job.method.gateway.public {
        let start = params.text.len();
        let sent = is_sent(job, param);
        let filled = fill_one(job, holes, param, params, &mut atoms, start)?;
        let late = matches!(param.source, Source::Signature | Source::Formula(_));
        let empty = params.text.len() == start && job.method.gateway.omit_empty && !late;
        if sent && filled && !empty {
            push(job, param, params, start);
        } else if sent && !filled && param.send == SendPolicy::Always {
            return Err(missing(param));
        }
    }
    Ok(atoms)
}

fn is_sent(job: &Job<'_, '_>, param: &PublicParam<'_>) -> bool {
    job.method.sends(param) && !job.overrides.omits(param.name)
}

fn missing(param: &PublicParam<'_>) -> SignError {
    let name = param.name.to_owned();
    match param.source {
        Source::Credential(name) => SignError::MissingCredential { name: name.to_owned() },
        Source::Label(name) => SignError::MissingLabel { name: name.to_owned() },
        _ => SignError::MissingArgument { name },
    }
}

/// Adds a parameter whose value is the text from `start` on.
fn push<'a>(job: &Job<'a, '_>, param: &PublicParam<'a>, params: &mut Params<'a>, start: usize) {
    let value = start..params.text.len();
    let number = param.number && is_number(&params.text[start..]);
    let name = params.append(param.name);
    let rank = params.entries.len();
    params.entries.push(Entry {
        name,
        value,
        place: param.place,
        role: if param.source == Source::Signature { Role::Signature } else { Role::Public },
        kind: if number { ParamType::Number } else { ParamType::Text },
        sensitive: is_sensitive(job, param),
        rank,
    });
}

pub(super) fn is_sensitive(job: &Job<'_, '_>, param: &PublicParam<'_>) -> bool {
    let Source::Credential(name) = param.source else { return false };
    let known = job.method.gateway.credentials.iter().find(|credential| credential.name == name);
    known.is_none_or(|credential| credential.sensitive)
}

/// Appends the text of one parameter. Returns whether the parameter has a value.
fn fill_one<'a>(
    job: &Job<'a, '_>,
    holes: &Holes<'_>,
    param: &PublicParam<'a>,
    params: &mut Params<'a>,
    atoms: &mut Atoms,
    start: usize,
) -> Result<bool, SignError> {
    let out = &mut params.text;
    match param.source {
        Source::Method => out.push_str(holes.method),
        Source::Constant(text) => out.push_str(text),
        Source::Clock(format) => {
            format.write(job.stamp.clock, out);
            atoms.clock = start..out.len();
        }
        Source::Nonce(format) => {
            match &job.overrides.nonce {
                Some(given) => out.push_str(given),
                None => nonce::write(format, job.stamp.entropy, out),
            }
            atoms.nonce = start..out.len();
        }
        Source::SignMethod => {
            let method = choose(job.method.gateway, job.overrides.signature_method.as_deref());
            out.push_str(method?.name);
        }
        Source::Signature => return Ok(!job.method.gateway.signatures.is_empty()),
        Source::Formula(_) => {}
        Source::Argument => return Ok(append(job.overrides.argument(param.name), out)),
        Source::Credential(name) => return Ok(append(job.credentials.get(name), out)),
        Source::Label(name) => match holes.label(name) {
            Some(text) => out.push_str(&text?),
            None => return Ok(false),
        },
    }
    Ok(true)
}

fn append(text: Option<&str>, out: &mut String) -> bool {
    out.push_str(text.unwrap_or_default());
    text.is_some()
}
