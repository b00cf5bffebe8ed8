//! Reads a request that was sent, as a tool or a log shows it.

use super::arguments::Sign;
use super::made::{Made, Origin};
use crate::command::given;
use crate::command::specs::Specs;
use crate::command::stop::Stop;
use bumpalo::Bump;
use gatespec_inspect::diagnose::Signing;
use gatespec_inspect::sent::{Sent, Unread};
use gatespec_language::source;
use std::path::Path;

pub(super) fn made<'a>(
    arguments: &Sign,
    specs: &'a Specs,
    given: &str,
    arena: &'a Bump,
) -> Result<Made<'a>, Stop> {
    let Sent { found, notes } = sent(arguments, specs, given, arena)?;
    let found = &*arena.alloc(found);
    let case = match &arguments.caller.case {
        Some(case) => given::case(found.gateway, Some(case))?,
        None => found.signature_method(),
    };
    let recipe = match arguments.curl && found.gateway.signatures.is_empty() {
        true => Vec::new(),
        false => Signing::recipe_of(found.gateway, case.as_deref())?,
    };
    let credentials = given::credentials(
        &arguments.caller.keys,
        arguments.from.as_deref() == Some("-"),
        found.gateway,
        &recipe,
        &found.credentials(),
    )?;
    let signing = Signing::of_received(found, case.as_deref(), credentials, arena)?;
    let whose = (found.platform, found.gateway);
    let mut made =
        Made::new(whose, (found.call.method().name.to_owned(), case), signing, Origin::Received)?;
    made.sent_sign = found.signature();
    made.notes = notes;
    Ok(made)
}

/// Reads the request, and finds its platform and method.
fn sent<'m>(
    arguments: &Sign,
    specs: &'m Specs,
    given: &str,
    arena: &'m Bump,
) -> Result<Sent<'m>, Stop> {
    let method = arguments.method.as_deref();
    if !arguments.caller.values.is_empty() || method.is_some_and(|name| name.contains('=')) {
        let message = "with --from, the parameters come from the request: remove NAME=VALUE";
        return Err(Stop::usage(message));
    }
    let platform = arguments.platform.as_deref();
    let platform = platform.map(|name| specs.platform(name)).transpose()?;
    let text = given::text("--from", given)?;
    let files = |path: &str| source::text(Path::new(path));
    let sent = Sent::read(&specs.model, (platform, method), (&text, &files), arena);
    let sent = sent.map_err(|unread| match unread {
        Unread::Text(why) => Stop::usage(format!("--from: {why}")),
        Unread::Platform(wrong) => {
            Stop::Usage(std::iter::once(wrong.to_string()).chain(specs.left_out()).collect())
        }
        Unread::Method => {
            let message =
                "the request does not say which method it calls: name it after the platform";
            Stop::usage(message)
        }
    })?;
    if platform.is_none() {
        specs.judge(&sent.found.platform.id)?;
    }
    Ok(sent)
}
