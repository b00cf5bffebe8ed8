//! A request to a receiver: it is read, checked and decoded, or refused.

use crate::world::{SECRET, credentials, method};
use bumpalo::Bump;
use gatespec_language::dynamic::{Received, Schemas, Side};
use gatespec_protocol::DateTime;
use gatespec_protocol::incoming::{Incoming, IncomingError, Limits, Raw};

/// The input is a byte that selects the method, and a request: a line `VERB TARGET`, headers, an
/// empty line and the body.
pub(crate) fn run(data: &[u8]) {
    let [chosen, message @ ..] = data else { return };
    // Skips inputs that contain the secret: a refusal may show senders what they wrote.
    if message.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()) {
        return;
    }
    let (platform, method) = method(*chosen);
    let end = message.windows(2).position(|two| two == b"\n\n").unwrap_or(message.len());
    let (head, body) = message.split_at(end);
    let Ok(head) = str::from_utf8(head) else { return };
    let mut lines = head.lines();
    let (verb, target) = lines.next().and_then(|line| line.split_once(' ')).unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers: Vec<(&str, &[u8])> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name, value.trim().as_bytes()))
        .collect();
    let body = body.get(2..).unwrap_or_default();
    let raw = Raw { verb, path, query, headers: &headers, body };
    let arena = Bump::new();
    let schemas = Schemas::new(platform, Side::Request, &arena);
    let methods: Vec<_> = platform.methods.iter().map(|one| schemas.method(one)).collect();
    let gateway = platform.gateway_of(method).facts;
    let ours = credentials(platform);
    let now = DateTime::from_unix_seconds(1_700_000_000).unwrap_or_default();
    match Incoming::read(gateway, &methods, &raw, &Limits::default()) {
        Err(error) => shown(&error),
        Ok(call) => {
            let checks = [
                call.check_required(),
                call.check_constants(),
                call.check_app(&ours),
                call.check_token(&ours),
                call.check_signature(&ours),
                call.check_clock(now),
            ];
            checks.iter().filter_map(|check| check.as_ref().err()).for_each(shown);
            let known = platform.methods.iter().find(|one| one.name == call.method().name);
            match known.map(|method| Received::read(platform, method, &arena, &call)) {
                Some(Ok(fields)) => {
                    let _ = (fields.violations(), fields.shown());
                }
                Some(Err(error)) => shown(&error),
                None => {}
            }
        }
    }
}

/// Checks that a refusal is safe to show to the sender.
fn shown(error: &IncomingError) {
    let text = format!("{error} {error:?}");
    assert!(!text.contains(SECRET), "{text}");
}
