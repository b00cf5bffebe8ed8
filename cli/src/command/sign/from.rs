//! A request that was sent, as a tool or a log has written it down.

mod curl;
mod message;
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
use encoding_rs::GBK;
use gatespec_codegen::diagnose::Signing;
use gatespec_codegen::model::{Model, Platform, Source};
use gatespec_codegen::request::{Received, Recognised, recognise, unescaped};
use gatespec_runtime::Verb;
use sent::Sent;

pub(super) fn made<'a>(
    arguments: &Sign,
    model: &'a Model,
    given: &str,
    arena: &'a Bump,
) -> Result<Made<'a>, Stop> {
    if !arguments.values.is_empty()
        || arguments.method.as_deref().is_some_and(|name| name.contains('='))
    {
        return Err(Stop::usage(
            "with --from the parameters stand in the request: leave NAME=VALUE out",
        ));
    }
    let text = given::text("--from", given)?;
    let mut notes = Vec::new();
    let platform =
        arguments.platform.as_deref().map(|name| given::platform(model, name)).transpose()?;
    let sent = pasted::read(&text).and_then(|sent| addressed(sent, platform));
    let received = received(sent.map_err(|why| Stop::usage(format!("--from: {why}")))?, &mut notes);
    let found: &'a Recognised<'a> =
        arena.alloc(recognise(model, platform, arguments.method.as_deref(), &received)?);
    if found.name.is_empty() {
        return Err(Stop::usage(
            "the request does not say which method it calls: name it behind the platform",
        ));
    }
    if found.method.is_none() {
        notes.push(format!(
            "no spec has method `{}`: its parameters are taken as texts",
            found.name
        ));
    }
    let signature =
        found.gateway.public.iter().find(|param| matches!(param.source, Source::Signature));
    let signed = |name: &str| found.params.iter().filter(|(_, known, _)| known == name).count();
    if let Some(param) = signature.filter(|param| signed(&param.name) > 1) {
        notes.push(format!(
            "`{}` stands in the request more than once: the first is compared",
            param.name
        ));
    }
    let case = match &arguments.caller.case {
        Some(case) => given::case(found.gateway, Some(case))?,
        None => sign_method(found),
    };
    let recipe = Signing::recipe_of(found.platform, found.gateway, case.as_deref(), arena)?;
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

/// The signature method that the request itself names.
fn sign_method(found: &Recognised<'_>) -> Option<String> {
    let param =
        found.gateway.public.iter().find(|param| matches!(param.source, Source::SignMethod))?;
    let named = found.text(&param.name)?;
    let known = found.gateway.signatures.iter().any(|way| way.name == named);
    known.then_some(named)
}

/// Parameters alone travel as the platform has it.
fn addressed(sent: Sent, platform: Option<&Platform>) -> Result<Sent, String> {
    if !sent.url.is_empty() {
        return Ok(sent);
    }
    let Some(gateway) = platform.map(|platform| &platform.gateways[0]) else {
        return Err(
            "parameters alone do not say whose they are: name the platform in front".to_owned()
        );
    };
    if gateway.path.contains('{') {
        return Err(
            "the path tells the methods of this platform apart: give the whole request".to_owned()
        );
    }
    let url = format!("{}{}", gateway.base_url().unwrap_or_default(), gateway.path);
    Ok(match gateway.verb {
        Verb::Get => {
            Sent { verb: "GET".to_owned(), url: format!("{url}?{}", sent.data), ..Sent::default() }
        }
        verb => Sent { verb: verb.as_str().to_owned(), url, ..sent },
    })
}

/// A request with its data taken apart.
fn received(sent: Sent, notes: &mut Vec<String>) -> Received {
    let kind = sent.header("content-type");
    let looks_like_json = sent.data.trim_start().starts_with(['{', '[']);
    let is_form = kind.map_or(!looks_like_json, |kind| kind.contains("form-urlencoded"));
    let (url, query) = sent.url.split_once('?').unwrap_or((&sent.url, ""));
    let query = query.split('#').next().unwrap_or_default();
    let (url, query) = (url.to_owned(), pairs(query, notes));
    let (form, body) = match is_form {
        true => (pairs(&sent.data, notes), String::new()),
        false => (Vec::new(), sent.data),
    };
    Received { verb: sent.verb, url, headers: sent.headers, query, form, body }
}

/// Names and values of a query or a form.
fn pairs(text: &str, notes: &mut Vec<String>) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let mut decode = |text: &str| {
        let bytes = unescaped(&text.replace('+', " "));
        String::from_utf8(bytes).unwrap_or_else(|error| {
            let (text, _, wrong) = GBK.decode(error.as_bytes());
            let how =
                if wrong { "no UTF-8" } else { "GBK and not UTF-8, which the platform takes" };
            notes.push(format!("`{text}` was percent-encoded from {how}"));
            text.into_owned()
        })
    };
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}
