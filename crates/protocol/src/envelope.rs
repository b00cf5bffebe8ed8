//! Judges an answer: it is a success with data, a refusal, or something that the spec does not
//! describe.
//!
//! One pass, without I/O, reads the probed paths and decodes the data in place. If the pass fails,
//! the answer is read again without its data, so that a `data: {}` that cannot be decoded does not
//! hide a refusal.

mod excerpt;
mod failure;
mod judge;
mod locate;
mod opening;
mod probe;
mod question;
mod reading;
mod secrets;
mod skeleton;
mod walk;
pub mod write;

use std::borrow::Cow;

use crate::decode::{Bend, Decoded, Value, before, mend, trim};
use crate::mask::SECRET;

pub use excerpt::{excerpt, line};
pub use failure::{Failure, Refusal};
pub use question::{Question, Reply};

use judge::Verdict;
use probe::{Found, Probes};
use reading::Unread;

/// Judges an answer and decodes its data.
///
/// `status` is the HTTP status. If it is 400 or more, the answer is never a success. `decode`
/// decodes the data. It may run twice, and must start with a new target each time; after an error,
/// the contents of the target are meaningless. Sensitive credentials that the answer repeats are
/// masked in the result.
///
/// # Errors
/// The answer is not a success, or its data cannot be decoded.
pub fn read(
    question: &Question<'_>,
    status: u16,
    body: &[u8],
    decode: &mut dyn FnMut(Value<'_>) -> Decoded,
) -> Result<Reply, Failure> {
    match judged(question, status, body, decode) {
        Ok(reply) if !secrets::can_be_in(&reply, question) => Ok(reply),
        Ok(reply) => Ok(secrets::of(question).reply(reply)),
        Err(failure) => Err(secrets::of(question).failure(failure)),
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
    if text.is_empty() && says_nothing(question, status) {
        return Ok(Reply::default());
    }
    if text.is_empty() {
        return Err(not_json("it is empty"));
    }
    let mut probes = Probes::of(question)?;
    let mut lead = before(whole);
    let mut read = |text: &mut Cow<'_, str>, probes: &mut Probes<'_>| {
        let mut outcome = reading::read(probes, text, decode);
        if outcome.as_ref().is_err_and(Unread::is_syntax)
            && let Some((mended, kinds)) = mend(text)
        {
            *text = Cow::Owned(mended);
            lead.extend(kinds.into_iter().map(|kind| Bend::new("", kind)));
            outcome = reading::read(probes, text, decode);
        }
        match outcome {
            Ok(bends) => Ok(Ok(bends)),
            Err(Unread::Data(error)) => Ok(Err(Failure::Decode(error))),
            Err(Unread::NotJson(error)) => Err(not_json(error.found())),
        }
    };
    let mut decoded = read(&mut text, &mut probes)?;
    if holds_closed(question, &probes) {
        match opening::open(question, &text) {
            Ok(None) => {}
            Ok(Some(opened)) => {
                text = Cow::Owned(opened);
                decoded = read(&mut text, &mut probes)?;
            }
            Err(failure) => decoded = Err(failure),
        }
    }
    match judge::judge(question, status, &probes) {
        Verdict::Success(reply) => decoded.map(|bends| {
            let bends = lead.into_iter().chain(bends).collect();
            Reply { bends, ..reply }
        }),
        Verdict::Refused(refusal) => Err(Failure::Refused(Box::new(refusal))),
        // Prefers the error of opening or decoding the data, because it is more specific.
        Verdict::Unclear(reason) => {
            Err(decoded.err().unwrap_or_else(|| unclear(&reason, &text, question)))
        }
    }
}

/// Whether an answer with an empty body is a success: the method returns nothing, and the HTTP
/// status is 204 or, if the spec has no conditions of success, below 300.
fn says_nothing(question: &Question<'_>, status: u16) -> bool {
    let asks_for_nothing = question.gateway().envelope.success.is_empty();
    !question.method.returns && (status == 204 || (status < 300 && asks_for_nothing))
}

/// The maximum number of names in an error.
const NAMES: usize = 8;

/// Describes an unknown answer by the names of its members, which are masked as in the excerpt. The
/// values are not shown, because they may be personal data.
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

/// Whether the answer has a text that may have to be opened. If not, the answer is read only once.
fn holds_closed(question: &Question<'_>, probes: &Probes<'_>) -> bool {
    let mut steps = question.gateway().envelope.open.iter();
    steps.any(|step| matches!(probes.at(step.at), Found::Text(text) if !text.is_empty()))
}
