//! The checks of a received call, in order.
//!
//! The order is: public parameters, application, clock, signature, token, then the fields and their
//! rules, then duplicates. No supported platform documents a different order.

use bumpalo::Bump;
use gatespec_language::Received;
use gatespec_language::model::Method;
use gatespec_protocol::incoming::{Incoming, IncomingError};

use gatespec_protocol::text::shortened;
use gatespec_protocol::{CredentialSet, DateTime, Location, Param, Placement, Role, Source};

use crate::site::Target;

/// Checks everything but the fields.
pub(crate) fn protocol(
    target: &Target<'_, '_>,
    call: &Incoming<'_>,
    ours: &CredentialSet,
    now: DateTime,
) -> Result<(), IncomingError> {
    path(target, call)?;
    required(target, call)?;
    call.check_constants()?;
    call.check_app(ours)?;
    clock(target, call, now)?;
    call.check_signature(ours)?;
    call.check_token(ours)
}

/// Decodes the fields and checks their rules.
pub(crate) fn fields<'c>(
    target: &Target<'c, '_>,
    method: &'c Method,
    arena: &'c Bump,
    call: &Incoming<'_>,
) -> (Option<Received<'c>>, Result<(), IncomingError>) {
    match Received::read(target.platform, method, arena, call) {
        Err(error) => (None, Err(error)),
        Ok(received) => match received.violations() {
            none if none.is_empty() => (Some(received), Ok(())),
            violations => (Some(received), Err(IncomingError::Violations(violations))),
        },
    }
}

/// Checks the path, unless it contains fields.
fn path(target: &Target<'_, '_>, call: &Incoming<'_>) -> Result<(), IncomingError> {
    let method = call.method();
    let holes = method.holes();
    // For a method without a path, a receiver accepts any path, but the mock knows the gateway's
    // address.
    let found = if method.path().is_empty() { target.path } else { call.path() };
    match holes.fill(method.path()) {
        Ok(wanted) if wanted != found => Err(IncomingError::UnknownMethod { name: String::new() }),
        _ => Ok(()),
    }
}

/// Checks that the required public parameters are present. Some parameters that clients always send
/// may be absent according to the spec.
fn required(target: &Target<'_, '_>, call: &Incoming<'_>) -> Result<(), IncomingError> {
    let Err(IncomingError::Missing { names }) = call.check_required() else { return Ok(()) };
    let optional = |name: &String| {
        target.gateway.public_param(name).is_some_and(|param| param.required == Some(false))
    };
    let names: Vec<String> = names.into_iter().filter(|name| !optional(name)).collect();
    if names.is_empty() { Ok(()) } else { Err(IncomingError::Missing { names }) }
}

/// Refuses a timestamp that is too old. A timestamp in the future is accepted: the platforms'
/// documents do not mention it, and the one gateway whose source code is known does not check for
/// it.
fn clock(target: &Target<'_, '_>, call: &Incoming<'_>, now: DateTime) -> Result<(), IncomingError> {
    let Some(sent) = call.clock()? else { return Ok(()) };
    let late = (now.unix_millis() - sent.unix_millis()) / 1000;
    let window = target.gateway.replay.and_then(|replay| replay.window_seconds);
    let Some(window) = window else { return Ok(()) };
    if late <= i64::from(window) {
        return Ok(());
    }
    let mut params = target.gateway.public.iter();
    let param = params.find(|param| matches!(param.source, Source::Clock(..)));
    let name = param.map_or_else(String::new, |param| param.name.to_owned());
    Err(IncomingError::StaleClock { name, late, window })
}

/// The signature that was sent.
pub(crate) fn sent_signature<'c>(call: &'c Incoming<'_>) -> Option<&'c str> {
    let gateway = call.method().gateway;
    let param = gateway.public.iter().find(|param| param.source == Source::Signature)?;
    call.params().get(param.name)
}

/// Describes how the verb and the locations of parameters differ from the documents; `None` if they
/// do not differ.
pub(crate) fn misplaced(call: &Incoming<'_>) -> Option<String> {
    let method = call.method();
    let business = match method.business() {
        Placement::Query => Some(Location::Query),
        Placement::Form | Placement::FormCarrier(_) => Some(Location::Form),
        Placement::Header => Some(Location::Header),
        _ => None,
    };
    let declared = |param: &Param<'_>| match param.role {
        Role::Extra => None,
        Role::Business => business,
        Role::Public | Role::Signature => {
            let mut public = method.gateway.public.iter();
            public.find(|one| one.name == param.name).map(|one| one.place)
        }
    };
    let mut all = Vec::new();
    let (verb, wanted) = (call.verb(), method.verb().as_str());
    if verb != wanted {
        all.push(format!("the verb is {}, not {wanted}", shortened(verb, 20)));
    }
    for param in call.params().iter() {
        if let Some(wanted) = declared(&param).filter(|wanted| *wanted != param.place) {
            let (found, wanted) = (place(param.place), place(wanted));
            all.push(format!("`{}` is in {found}, not in {wanted}", shortened(param.name, 80)));
        }
    }
    (!all.is_empty()).then(|| all.join("; "))
}

fn place(location: Location<'_>) -> &'static str {
    match location {
        Location::Query => "the query",
        Location::Form => "the form",
        Location::Header => "a header",
        Location::Body | Location::BodyMember(_) => "the body",
    }
}
