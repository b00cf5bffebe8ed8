//! A request that was sent, as a tool or a log has written it down.

mod curl;
mod message;
mod parts;
mod pasted;
mod printed;
mod sent;
mod shell;
mod windows;

use super::arguments::Sign;
use super::made::{Made, Origin};
use crate::command::given;
use crate::command::stop::Stop;
use bumpalo::Bump;
use gatespec_inspect::diagnose::Signing;
use gatespec_inspect::request::{Recognised, recognise};
use gatespec_language::model::Model;
use gatespec_runtime::Source;

pub(super) fn made<'a>(
    arguments: &Sign,
    model: &'a Model,
    given: &str,
    arena: &'a Bump,
) -> Result<Made<'a>, Stop> {
    let mut notes = Vec::new();
    let found = &*arena.alloc(found(arguments, model, given, &mut notes)?);
    let case = match &arguments.caller.case {
        Some(case) => given::case(found.gateway, Some(case))?,
        None => sign_method(found),
    };
    let recipe = Signing::recipe_of(found.gateway, case.as_deref())?;
    let credentials = given::credentials(
        &arguments.caller,
        arguments.from.as_deref() == Some("-"),
        found.gateway,
        &recipe,
        &found.credentials(),
    )?;
    let signing = Signing::of_received(found, case.as_deref(), credentials, arena)?;
    let whose = (found.platform, found.gateway);
    let mut made = Made::new(whose, (found.name.clone(), case), signing, Origin::Received)?;
    made.sent_sign.clone_from(&found.sign);
    made.notes = notes;
    Ok(made)
}

/// The request, and whose it is.
fn found<'m>(
    arguments: &Sign,
    model: &'m Model,
    given: &str,
    notes: &mut Vec<String>,
) -> Result<Recognised<'m>, Stop> {
    let method = arguments.method.as_deref();
    if !arguments.values.is_empty() || method.is_some_and(|name| name.contains('=')) {
        let message = "with --from the parameters stand in the request: leave NAME=VALUE out";
        return Err(Stop::usage(message));
    }
    let platform = arguments.platform.as_deref();
    let platform = platform.map(|name| given::platform(model, name)).transpose()?;
    let text = given::text("--from", given)?;
    let sent = pasted::read(&text).and_then(|sent| parts::addressed(sent, platform));
    let sent = sent.map_err(|why| Stop::usage(format!("--from: {why}")))?;
    let found = recognise(model, platform, method, &parts::received(sent, notes))?;
    if found.name.is_empty() {
        let message = "the request does not say which method it calls: name it behind the platform";
        return Err(Stop::usage(message));
    }
    if found.method.is_none() {
        let name = &found.name;
        notes.push(format!("no spec has method `{name}`: its parameters are taken as texts"));
    }
    if let Some(name) = signed_twice(&found) {
        notes.push(format!("`{name}` stands in the request more than once: the first is compared"));
    }
    Ok(found)
}

/// The signature's parameter, if the request has several of it.
fn signed_twice<'m>(found: &Recognised<'m>) -> Option<&'m str> {
    let mut public = found.gateway.public.iter();
    let param = public.find(|param| matches!(param.source, Source::Signature))?;
    let count = found.params.iter().filter(|(_, name, _)| *name == param.name).count();
    (count > 1).then_some(param.name)
}

/// The signature method that the request itself names.
fn sign_method(found: &Recognised<'_>) -> Option<String> {
    let param =
        found.gateway.public.iter().find(|param| matches!(param.source, Source::SignMethod))?;
    let named = found.text(param.name)?;
    let known = found.gateway.signatures.iter().any(|way| way.name == named);
    known.then_some(named)
}
