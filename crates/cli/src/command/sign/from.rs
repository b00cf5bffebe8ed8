//! Reads a request that was sent, as a tool or a log shows it.

mod entities;
mod parts;

use super::arguments::Sign;
use super::made::{Made, Origin};
use crate::command::given;
use crate::command::specs::Specs;
use crate::command::stop::Stop;
use bumpalo::Bump;
use gatespec_inspect::diagnose::Signing;
use gatespec_inspect::pasted;
use gatespec_inspect::request::{Recognised, recognise};
use gatespec_runtime::Source;
use gatespec_runtime::incoming::IncomingError;

pub(super) fn made<'a>(
    arguments: &Sign,
    specs: &'a Specs,
    given: &str,
    arena: &'a Bump,
) -> Result<Made<'a>, Stop> {
    let mut notes = Vec::new();
    let found = &*arena.alloc(found(arguments, specs, given, &mut notes, arena)?);
    let case = match &arguments.caller.case {
        Some(case) => given::case(found.gateway, Some(case))?,
        None => sign_method(found),
    };
    let recipe = match arguments.curl && found.gateway.signatures.is_empty() {
        true => Vec::new(),
        false => Signing::recipe_of(found.gateway, case.as_deref())?,
    };
    let credentials = given::credentials(
        &arguments.caller,
        arguments.from.as_deref() == Some("-"),
        found.gateway,
        &recipe,
        &found.credentials(),
    )?;
    let signing = Signing::of_received(found, case.as_deref(), credentials, arena)?;
    let whose = (found.platform, found.gateway);
    let mut made =
        Made::new(whose, (found.call.method().name.to_owned(), case), signing, Origin::Received)?;
    let sign = found.text(|source| matches!(source, Source::Signature));
    made.sent_sign = sign.map(str::to_owned);
    made.notes = notes;
    Ok(made)
}

/// Reads the request, and finds its platform and method.
fn found<'m>(
    arguments: &Sign,
    specs: &'m Specs,
    given: &str,
    notes: &mut Vec<String>,
    arena: &'m Bump,
) -> Result<Recognised<'m>, Stop> {
    let method = arguments.method.as_deref();
    if !arguments.caller.values.is_empty() || method.is_some_and(|name| name.contains('=')) {
        let message = "with --from, the parameters come from the request: remove NAME=VALUE";
        return Err(Stop::usage(message));
    }
    let platform = arguments.platform.as_deref();
    let platform = platform.map(|name| specs.platform(name)).transpose()?;
    let text = given::text("--from", given)?;
    let sent = pasted::read(&text).and_then(|sent| parts::addressed(sent, platform));
    let sent = sent.map_err(|why| Stop::usage(format!("--from: {why}")))?;
    let sent = entities::undone(sent, &specs.model, notes);
    let mut decode = |bytes: &[u8]| parts::decode(bytes, notes);
    let wanted = (platform, method);
    let found = recognise(&specs.model, wanted, &sent, &mut decode, arena);
    let found = found.map_err(|wrong| {
        let all = std::iter::once(wrong.to_string()).chain(specs.left_out());
        Stop::Usage(all.collect())
    })?;
    if platform.is_none() {
        specs.judge(&found.platform.id)?;
    }
    let name = found.call.method().name;
    if name.is_empty() {
        let message = "the request does not say which method it calls: name it after the platform";
        return Err(Stop::usage(message));
    }
    if found.method.is_none() {
        notes.push(format!("no spec has method `{name}`: its parameters are taken as texts"));
    }
    notes.extend(found.noticed.iter().map(noticed));
    Ok(found)
}

/// Returns the note about a problem for which the platform would refuse the request.
fn noticed(problem: &IncomingError) -> String {
    match problem {
        IncomingError::Repeated { name } => {
            format!("the request has `{name}` more than once: only the first one is compared")
        }
        other => format!("a strict receiver refuses this request: {other}"),
    }
}

/// Returns the signature method that the request names, if the gateway has this method.
fn sign_method(found: &Recognised<'_>) -> Option<String> {
    let named = found.text(|source| matches!(source, Source::SignMethod))?;
    let known = found.gateway.signatures.iter().any(|way| way.name == named);
    known.then(|| named.to_owned())
}
