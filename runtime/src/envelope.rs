//! What an answer means: its data, a refusal, or something that no document describes.
//!
//! Pure. One pass reads the probed paths and decodes the data in place; only when that fails is
//! the answer read again without its data, so that a failed answer's `data: {}` never hides why.

mod failure;
mod judge;
mod locate;
mod opening;
mod probe;

use crate::credentials::CredentialSet;
use crate::decode::{Context, Decoded, Value, once, trim};
use crate::gateway::{Gateway, MethodInfo};
use crate::open::Decryptor;
use crate::template::Holes;

pub use failure::{Failure, Refusal};

use judge::Verdict;
use probe::Probes;

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
}

impl<'q> Question<'q> {
    fn gateway(&self) -> &'q Gateway<'q> {
        self.method.gateway
    }

    fn holes(&self) -> Holes<'q> {
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
}

/// Judges an answer and decodes its data.
///
/// `status` is the HTTP status: from 400 on, an answer is no success, whatever it says. `decode`
/// takes the data; it can run twice and must then begin with a fresh target. After an `Err` what
/// it has filled means nothing.
pub fn read(
    question: &Question<'_>,
    status: u16,
    body: &[u8],
    decode: &mut dyn FnMut(Value<'_>) -> Decoded,
) -> Result<Reply, Failure> {
    let text = std::str::from_utf8(body).map_err(|_| Failure::not_json("it is not UTF-8", body))?;
    let text = trim(text);
    let (text, sealed) = match opening::open(question, text) {
        Ok(opened) => (opened, None),
        Err(failure) => (text.into(), Some(failure)),
    };
    let mut probes = Probes::of(question)?;
    let decoded = match sealed {
        Some(failure) => Err(failure),
        None => probes.run(&text, Some(decode)).map_err(Failure::Decode),
    };
    if decoded.is_err() {
        probes.forget();
        probes.run(&text, None).map_err(|error| Failure::not_json(error.found(), body))?;
    }
    match judge::judge(question, status, &probes) {
        Verdict::Success(reply) => decoded.map(|()| reply),
        Verdict::Refused(refusal) => Err(Failure::Refused(Box::new(refusal))),
        // What cannot be opened or decoded says more than that it is no success.
        Verdict::Unclear(reason) => Err(decoded.err().unwrap_or(Failure::Envelope(reason))),
    }
}

/// Runs a pass, and a second exact one if a float asks for it.
fn passes(text: &str, pass: &mut dyn FnMut(Value<'_>) -> Decoded) -> Result<(), Context> {
    let mut cx = Context::default();
    let mut outcome = once(text, &mut cx, pass);
    if outcome.is_err() && cx.wants_exact() {
        cx = Context::exact();
        outcome = once(text, &mut cx, pass);
    }
    outcome.map_err(|_| cx)
}
