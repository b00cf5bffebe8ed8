//! A call of a known method: checks it, then answers it or injects faults.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::time::Duration;

use bumpalo::Bump;
use gatespec_language::model::Method;
use gatespec_protocol::incoming::{Incoming, IncomingError, Raw, Seen as _};
use gatespec_protocol::text::shortened;
use gatespec_protocol::{CredentialSet, Json, Meaning};

use crate::answer::Accepted;
use crate::checks;
use crate::difference::Difference;
use crate::fault::{Fault, Step};
use crate::journal::{Entry, Outcome, Signed};
use crate::record::{self, SHOWN, SIGNED};
use crate::refuse::{Refusal, Refuser, no_call, refusal, refused};
use crate::reply::{End, HTML, Reply};
use crate::site::Target;
use crate::state::State;

/// The request header that asks for faults.
const CONTROL: &str = "x-gatespec-misbehave";
/// The header with the text that the client signed.
const CANONICAL: &str = "x-gatespec-canonical";

/// A call of a known method.
pub(crate) struct Called<'c, 's> {
    pub(crate) state: &'c State,
    pub(crate) target: &'c Target<'s, 'c>,
    pub(crate) raw: &'c Raw<'c>,
    pub(crate) call: &'c Incoming<'c>,
    pub(crate) method: &'s Method,
    pub(crate) ours: &'c CredentialSet,
    /// Holds schemas and records that are built from the spec while the call is handled.
    pub(crate) arena: &'c Bump,
}

impl Called<'_, '_> {
    /// Checks the call, records the outcome in `entry` and makes the answer.
    pub(crate) fn reply(&self, entry: &mut Entry) -> Reply {
        let refuser = Refuser {
            gateway: self.target.gateway,
            method: Some(self.method),
            info: *self.call.method(),
            credentials: self.ours,
            likeness: self.target.likeness,
        };
        let misplaced = checks::misplaced(self.call);
        if let Some(problem) = misplaced.as_deref().filter(|_| self.state.settings.strict) {
            let refusal = Refusal::asked(Meaning::BadParameter, problem);
            return refused(&refuser, &refusal, entry);
        }
        let reply = self.judged(&refuser, entry);
        match misplaced {
            Some(problem) => reply.with("x-gatespec-misplaced", &problem),
            None => reply,
        }
    }

    fn judged(&self, refuser: &Refuser<'_>, entry: &mut Entry) -> Reply {
        let now = entry.at;
        let protocol = checks::protocol(self.target, self.call, self.ours, now);
        let (request, fields) = checks::fields(self.target, self.method, self.arena, self.call);
        entry.request = request.as_ref().map_or(Json::Null, record::fields);
        let outcome = protocol.and(fields).and_then(|()| self.first_time(entry));
        if let Err(error) = outcome {
            return self.wrong(refuser, &error, entry);
        }
        let step = match self.step(entry.number) {
            Ok(step) => step,
            Err(problem) => return no_call(entry, 400, problem),
        };
        let refusal = step.faults.iter().find_map(|fault| asked(*fault));
        let (reply, spoilt) = match (refusal, &request) {
            (Some(refusal), _) => {
                // Forget a refused call, so that it is accepted when the client sends it again.
                if !step.faults.contains(&Fault::Duplicate) {
                    let _ = self.state.seen.forget(&self.call.fingerprint());
                }
                let reply = refuser.reply(&refusal).0;
                (reply.with("x-gatespec-answer", "script"), Vec::new())
            }
            (None, Some(request)) => {
                let (target, method, number) = (self.target, self.method, entry.number);
                let (info, seed) = (self.call.method(), self.state.settings.seed);
                let set = self.state.answers().get(&self.key()).cloned();
                Accepted { target, method, info, request, number, seed, set }.reply(&step)
            }
            (None, None) => (Reply::text(500, "the request could not be read"), Vec::new()),
        };
        entry.faults = step.faults;
        entry.faults.retain(|fault| !fault.is_of_data() || spoilt.contains(fault));
        misbehave(&entry.faults, reply)
    }

    /// Checks that the call is not a duplicate of a recent one.
    fn first_time(&self, entry: &Entry) -> Result<(), IncomingError> {
        let replay = self.target.gateway.replay;
        let seconds = replay.and_then(|replay| replay.duplicate_seconds);
        let Some(seconds) = seconds else { return Ok(()) };
        let keep = Duration::from_secs(seconds.into());
        match self.state.seen.is_first(&self.call.fingerprint(), entry.at, keep) {
            Ok(true) | Err(_) => Ok(()),
            Ok(false) => Err(IncomingError::Duplicate),
        }
    }

    /// The step for this call: from its control header, the method's script, or at random.
    fn step(&self, number: u64) -> Result<Step, String> {
        if let Some(text) = self.header(CONTROL) {
            let faults = Fault::list(&text).map_err(|error| error.to_string())?;
            return Ok(Step { faults, data: None });
        }
        let scripted = self.state.scripts().get_mut(&self.key()).and_then(VecDeque::pop_front);
        Ok(scripted.unwrap_or_else(|| self.chance(number)))
    }

    /// The key of the method's script and set answer.
    fn key(&self) -> (String, String) {
        (self.target.platform.id.clone(), self.method.name.to_owned())
    }

    /// The first header with this name.
    fn header(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut headers = self.raw.headers.iter();
        let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, text)| String::from_utf8_lossy(text))
    }

    fn chance(&self, number: u64) -> Step {
        let settings = &self.state.settings;
        if settings.rate <= 0.0 || settings.faults.is_empty() {
            return Step::normal();
        }
        // Depends on the call's number alone, so that concurrent calls do not affect each other.
        let mut random = fastrand::Rng::with_seed(settings.seed.rotate_left(32) ^ number);
        match random.f64() < settings.rate {
            true => Step::from(settings.faults[random.usize(..settings.faults.len())]),
            false => Step::normal(),
        }
    }

    fn wrong(&self, refuser: &Refuser<'_>, error: &IncomingError, entry: &mut Entry) -> Reply {
        let mut reply = refused(refuser, &refusal(self.target, error, entry), entry);
        let Some(made) = self.signed(error) else { return reply };
        reply = reply.with("x-gatespec-signed", &made.canonical);
        reply = reply.with("x-gatespec-signature", &made.signature);
        if let Some(difference) = &made.difference {
            reply = reply.with("x-gatespec-first-difference", &difference.to_string());
        }
        if let Some(difference) = &made.text_difference {
            reply = reply.with("x-gatespec-canonical-difference", difference);
        }
        if let Outcome::Refused { signed, .. } = &mut entry.outcome {
            let canonical = shortened(&made.canonical, SIGNED).into_owned();
            *signed = Some(Signed { canonical, ..made });
        }
        reply
    }

    fn signed(&self, error: &IncomingError) -> Option<Signed> {
        if *error != IncomingError::BadSignature {
            return None;
        }
        let signature = self.call.expected_signature(self.ours).ok()?;
        let canonical = self.call.explain(self.ours).ok()?.canonical;
        let sent = checks::sent_signature(self.call).unwrap_or_default();
        let difference = Difference::between(sent, &signature);
        let text_difference = self.header(CANONICAL).map(|text| {
            let difference = Difference::between(&text, &canonical);
            difference.map_or_else(|| "none".to_owned(), |found| found.to_string())
        });
        let sent = shortened(sent, SHOWN).into_owned();
        Some(Signed { canonical, sent, signature, difference, text_difference })
    }
}

/// The refusal that a fault asks for; `None` if the fault does not refuse the call.
fn asked(fault: Fault) -> Option<Refusal> {
    let (meaning, reason) = match fault {
        Fault::Throttled => (Meaning::Throttled, "too many calls, as requested"),
        Fault::ExpiredToken => (Meaning::ExpiredToken, "the token has expired, as requested"),
        Fault::Duplicate => (Meaning::Duplicate, "the same request came before, as requested"),
        Fault::Unavailable => (Meaning::Unavailable, "the gateway has failed, as requested"),
        _ => return None,
    };
    Some(Refusal::asked(meaning, reason))
}

/// Applies the faults that concern the whole answer.
fn misbehave(faults: &[Fault], mut reply: Reply) -> Reply {
    for fault in faults {
        match fault {
            Fault::Delay(delay) => reply.delay = *delay,
            Fault::Reset => reply.end = End::Reset,
            Fault::Truncate => reply.end = End::Cut,
            Fault::Status(status) => {
                let (delay, end) = (reply.delay, reply.end);
                let text = format!("the gateway answers with {status}, as requested");
                reply = Reply { delay, end, ..Reply::text(*status, text) };
            }
            Fault::Html => {
                let (delay, end) = (reply.delay, reply.end);
                let page = "<!doctype html><title>Please wait</title><p>The system is busy.</p>";
                reply = Reply { delay, end, ..Reply::new(200, HTML, page) };
            }
            _ => {}
        }
    }
    let names: Vec<String> = faults.iter().map(Fault::to_string).collect();
    if names.is_empty() { reply } else { reply.with("x-gatespec-misbehaved", &names.join(", ")) }
}
