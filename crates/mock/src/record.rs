//! The parts of a call that the journal keeps, without secrets and limited in size.

use gatespec_language::Received;
use gatespec_protocol::incoming::Incoming;
use gatespec_protocol::mask::SECRET;
use gatespec_protocol::text::shortened;
use gatespec_protocol::{Json, Role};

use crate::journal::Entry;

/// The maximum length of a value, in characters.
pub(crate) const SHOWN: usize = 500;
/// The maximum length of a signed text, in characters.
pub(crate) const SIGNED: usize = 16_000;
/// The maximum number of parameters that the spec does not list.
const KEPT: usize = 50;
/// The approximate maximum size of a request as JSON, in bytes.
const REQUEST: usize = 64 * 1024;

/// Records the parameters.
pub(crate) fn params(call: &Incoming<'_>, entry: &mut Entry) {
    entry.method = Some(call.method().name.to_owned());
    for param in call.params().iter() {
        let name = || shortened(param.name, SHOWN).into_owned();
        match param.role {
            Role::Public | Role::Signature => {
                let value = if param.sensitive { SECRET } else { param.value };
                entry.public.push((name(), shortened(value, SHOWN).into_owned()));
            }
            // Keeps only the name, because the value may be a secret under a wrong name.
            Role::Extra if entry.extra.len() < KEPT => entry.extra.push(name()),
            _ => {}
        }
    }
}

/// The request for the journal, or a note if it is too large.
pub(crate) fn fields(request: &Received<'_>) -> Json {
    let shown = request.shown();
    match size(&shown) {
        size if size > REQUEST => Json::from(format!("about {size} bytes, too many to keep")),
        _ => shown,
    }
}

fn size(json: &Json) -> usize {
    match json {
        Json::String(text) => text.len() + 24,
        Json::Array(items) => 24 + items.iter().map(size).sum::<usize>(),
        Json::Object(entries) => {
            24 + entries.iter().map(|(name, value)| name.len() + 24 + size(value)).sum::<usize>()
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => 24,
    }
}
