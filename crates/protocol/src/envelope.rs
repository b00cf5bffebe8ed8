//! What an answer means: its data, a refusal, or something that no document describes.
//!
//! Pure. One pass reads the probed paths and decodes the data in place; only when that fails is
//! the answer read again without its data, so that a failed answer's `data: {}` never hides why.

mod excerpt;
mod failure;
mod judge;
mod locate;
mod opening;
mod probe;
mod secrets;
mod skeleton;
mod walk;
pub mod write;

use std::borrow::Cow;

use crate::credentials::CredentialSet;
use crate::decode::{Bend, Decoded, Value, before, trim};
use crate::gateway::Gateway;
use crate::mask::SECRET;
use crate::method::MethodInfo;
use crate::open::Decryptor;
use crate::params::Params;
use crate::template::Holes;

pub use excerpt::{excerpt, line};
pub use failure::{Failure, Refusal};

use judge::Verdict;
use probe::{Found, Probes, Unread};

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
    /// Where the answer is not what the spec says; each field and kind once.
    pub bends: Vec<Bend>,
}

/// Judges an answer and decodes its data.
///
/// `status` is the HTTP status: from 400 on, an answer is no success, whatever it says. `decode`
/// takes the data; it can run twice and must then begin with a fresh target. After an `Err` what
/// it has filled means nothing. What comes back shows no sensitive credential, even if the answer
/// repeats one.
pub fn read(
    question: &Question<'_>,
    status: u16,
    body: &[u8],
    decode: &mut dyn FnMut(Value<'_>) -> Decoded,
) -> Result<Reply, Failure> {
    let secrets = secrets::of(question);
    match judged(question, status, body, decode) {
        Ok(reply) => Ok(secrets.reply(reply)),
        Err(failure) => Err(secrets.failure(failure)),
    }
}

fn judged(
    question: &Question<'_>,
    status: u16,
    body: &[u8],
    decode: &mut dyn FnMut(Value<'_>) -> Decoded,
) -> Result<Reply, Failure> {
    let not_json = |reason: &str| Failure::NotJson {
        reason: reason.to_owned(),
        excerpt: excerpt(body, question),
    };
    let whole = std::str::from_utf8(body).map_err(|_| not_json("it is not UTF-8"))?;
    let mut text = Cow::Borrowed(trim(whole));
    let mut probes = Probes::of(question)?;
    let mut read = |text: &str, probes: &mut Probes<'_>| match probes.read(text, decode) {
        Ok(bends) => Ok(Ok(bends)),
        Err(Unread::Data(error)) => Ok(Err(Failure::Decode(error))),
        Err(Unread::NotJson(error)) => Err(not_json(error.found())),
    };
    let mut decoded = read(&text, &mut probes)?;
    if holds_closed(question, &probes) {
        match opening::open(question, &text) {
            Ok(None) => {}
            Ok(Some(opened)) => {
                text = Cow::Owned(opened);
                decoded = read(&text, &mut probes)?;
            }
            Err(failure) => decoded = Err(failure),
        }
    }
    match judge::judge(question, status, &probes) {
        Verdict::Success(reply) => decoded.map(|bends| {
            let bends = before(whole).into_iter().chain(bends).collect();
            Reply { bends, ..reply }
        }),
        Verdict::Refused(refusal) => Err(Failure::Refused(Box::new(refusal))),
        // What cannot be opened or decoded says more than that it is no success.
        Verdict::Unclear(reason) => {
            Err(decoded.err().unwrap_or_else(|| unclear(&reason, &text, question)))
        }
    }
}

/// Names that an error lists.
const NAMES: usize = 8;

/// Of what is in the answer, names only, as the excerpt shows them: it may hold personal data.
fn unclear(reason: &str, text: &str, question: &Question<'_>) -> Failure {
    let (all, secrets) = (walk::names(text), secrets::of(question));
    let shown = |name: &String| match secrets.mask(name) {
        Cow::Owned(masked) if masked == SECRET => masked,
        _ => skeleton::member(name, &secrets),
    };
    let mut names: Vec<_> = all.iter().take(NAMES).map(shown).collect();
    names.extend((all.len() > NAMES).then(|| format!("{} more", all.len() - NAMES)));
    Failure::Envelope(match names.join(", ") {
        names if names.is_empty() => format!("{reason}; it has no members"),
        names => format!("{reason}; its members are {names}"),
    })
}

/// There is a text that may have to be opened. Few answers hold any, so steps are tried only then.
fn holds_closed(question: &Question<'_>, probes: &Probes<'_>) -> bool {
    let mut steps = question.gateway().envelope.open.iter();
    steps.any(|step| matches!(probes.at(step.at), Found::Text(text) if !text.is_empty()))
}
