//! Refusals in a platform's own codes and envelope.

use gatespec_language::model::{ErrorCode, FailureShape, Gateway, Grade, Method};
use gatespec_protocol::envelope::Question;
use gatespec_protocol::envelope::write::{self, Refused};
use gatespec_protocol::incoming::IncomingError;
use gatespec_protocol::text::shortened;
use gatespec_protocol::{BySpec, CredentialSet, Meaning, MethodInfo, Origin, RetryAfter};

use crate::entrance;
use crate::journal::{Entry, Outcome};
use crate::likeness::Likeness;
use crate::record::SHOWN;
use crate::reply::{JSON, Reply};
use crate::site::Target;

/// The number of seconds in messages that say how long to wait.
const WAIT: u32 = 30;

/// Why a call is refused.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) meaning: Meaning,
    parameter: Option<String>,
    /// `Business` for mistakes in fields, because those are judged by the service to which the
    /// gateway forwards calls.
    origin: Origin,
    pub(crate) reason: String,
    /// The method's name as it was sent, if the spec has no method of that name.
    unknown: Option<String>,
}

impl Refusal {
    pub(crate) fn of(error: &IncomingError) -> Refusal {
        let business = matches!(error, IncomingError::Decode(_) | IncomingError::Violations(_));
        let unknown = match error {
            IncomingError::UnknownMethod { name } if !name.is_empty() => Some(name.clone()),
            _ => None,
        };
        Refusal {
            meaning: error.meaning(),
            parameter: error.parameter().map(str::to_owned),
            origin: if business { Origin::Business } else { Origin::Gateway },
            reason: error.to_string(),
            unknown,
        }
    }

    /// A refusal by the gateway for a reason other than an [`IncomingError`]: a fault, or the
    /// checks of a strict mock.
    pub(crate) fn asked(meaning: Meaning, reason: &str) -> Refusal {
        let (parameter, origin, unknown) = (None, Origin::Gateway, None);
        Refusal { meaning, parameter, origin, reason: reason.to_owned(), unknown }
    }
}

/// Writes the refusals of one method or gateway.
pub(crate) struct Refuser<'a> {
    pub(crate) gateway: &'a Gateway,
    /// `None` if the method is unknown. In that case, `info` only supplies an envelope.
    pub(crate) method: Option<&'a Method>,
    pub(crate) info: MethodInfo<'a>,
    pub(crate) credentials: &'a CredentialSet,
    pub(crate) likeness: &'a Likeness,
}

/// The error code of a refusal.
struct Chosen<'a> {
    code: String,
    row: Option<&'a ErrorCode>,
    /// Whether no document confirms that the code has this meaning.
    inferred: bool,
}

impl<'a> Refuser<'a> {
    /// Returns the answer and its code.
    pub(crate) fn reply(&self, refusal: &Refusal) -> (Reply, String) {
        let chosen = self.choose(refusal);
        let shape = self.shape(refusal.origin);
        let message = message(chosen.row, &refusal.reason);
        let name = refusal.unknown.as_deref().unwrap_or(self.info.name);
        let question = Question {
            method: &self.info,
            name,
            credentials: self.credentials,
            decryptor: &BySpec,
            sent: None,
        };
        let refused = Refused {
            origin: shape.map_or(refusal.origin, |shape| shape.origin),
            code: &chosen.code,
            message: &message,
            sub_code: None,
            sub_message: None,
            request_id: None,
        };
        let status = chosen.row.and_then(|row| row.http);
        let mut reply = match write::failure(&question, &refused) {
            Ok(body) => Reply::new(status.unwrap_or(200), JSON, self.likeness.failure(body)),
            // The spec has no failure shape, so the answer is a plain text, which no supported
            // platform sends.
            Err(error) => Reply::text(status.unwrap_or(400), format!("{message} ({error})"))
                .with("x-gatespec-inferred", "shape"),
        };
        reply = reply.with("x-gatespec-refused", refusal.meaning.as_str());
        reply = reply.with("x-gatespec-reason", &refusal.reason);
        let unsure = [
            ("code", chosen.inferred || chosen.row.is_none_or(|row| is_inferred(row.about.grade))),
            ("shape", shape.is_some_and(|shape| is_inferred(shape.about.grade))),
        ];
        let unsure: Vec<_> = unsure.iter().filter(|(_, is)| *is).map(|(what, _)| *what).collect();
        if !unsure.is_empty() {
            reply = reply.with("x-gatespec-inferred", &unsure.join(", "));
        }
        (reply, chosen.code)
    }

    /// The failure shape of this origin, unless that shape is inferred and a shape of the other
    /// origin is documented.
    fn shape(&self, origin: Origin) -> Option<&'a FailureShape> {
        let mut shapes: Vec<_> = self.gateway.envelope.failures.iter().collect();
        shapes.sort_by_key(|shape| (is_inferred(shape.about.grade), shape.origin != origin));
        shapes.first().copied()
    }

    /// Chooses the platform's code for the refusal, else its code for a wrong or missing parameter,
    /// else a code that cannot be mistaken for the platform's.
    fn choose(&self, refusal: &Refusal) -> Chosen<'a> {
        let parameter = refusal.parameter.as_deref();
        let near = [(refusal.meaning, parameter), (Meaning::BadParameter, None)];
        let near = near.into_iter().chain([(Meaning::MissingParameter, None)]);
        for (index, (meaning, parameter)) in near.enumerate() {
            // Throttling must not look like a wrong parameter, or clients would not retry.
            let is_callers = !matches!(meaning, Meaning::Throttled | Meaning::Unavailable);
            if let Some(found) = self.info.code(meaning, parameter)
                && let Some(row) = self.row(found.code)
            {
                return Chosen { code: found.code.to_owned(), row: Some(row), inferred: index > 0 };
            }
            if !is_callers {
                break;
            }
        }
        Chosen { code: refusal.meaning.as_str().to_owned(), row: None, inferred: true }
    }

    fn row(&self, code: &str) -> Option<&'a ErrorCode> {
        let own = self.method.into_iter().flat_map(|method| &method.errors);
        own.chain(&self.gateway.errors).find(|row| row.code == code)
    }
}

fn is_inferred(grade: Grade) -> bool {
    grade == Grade::Inferred
}

/// Combines the platform's message, if the spec has one, with our reason. If clients parse the time
/// to wait from the message, the message contains no other number.
fn message(row: Option<&ErrorCode>, reason: &str) -> String {
    let term = row.and_then(|row| row.about.term.as_deref());
    match row.map(|row| row.retry_after) {
        Some(RetryAfter::NumberInMessage) => {
            format!("{}, wait {WAIT} s", term.unwrap_or("too many calls"))
        }
        _ => match term {
            Some(term) => format!("{term} ({reason})"),
            None => reason.to_owned(),
        },
    }
}

/// Makes a refusal from an error. For an unknown path, the reason lists the URLs to which calls are
/// sent.
pub(crate) fn refusal(target: &Target<'_, '_>, error: &IncomingError, entry: &Entry) -> Refusal {
    let mut refusal = Refusal::of(error);
    if matches!(error, IncomingError::UnknownMethod { name } if name.is_empty()) {
        let calls = entrance::in_words(&target.entrances());
        refusal.reason = format!("no method at `{}`; {calls}", entry.path);
    }
    refusal
}

/// Answers with a refusal and records it.
pub(crate) fn refused(refuser: &Refuser<'_>, refusal: &Refusal, entry: &mut Entry) -> Reply {
    let (reply, code) = refuser.reply(refusal);
    let (meaning, reason) = (refusal.meaning, shortened(&refusal.reason, SHOWN).into_owned());
    entry.outcome = Outcome::Refused { meaning, code, reason, signed: None };
    reply
}

/// Answers a request that is not a call, and records it.
pub(crate) fn no_call(entry: &mut Entry, status: u16, reason: String) -> Reply {
    entry.outcome = Outcome::NoCall { reason: reason.clone() };
    Reply::text(status, reason)
}
