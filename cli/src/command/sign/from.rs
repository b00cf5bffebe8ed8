//! A request that was sent: a `curl` command or a URL.

mod line;
mod shell;

use super::arguments::Sign;
use super::made::{Made, Origin};
use crate::command::given;
use crate::command::stop::Stop;
use bumpalo::Bump;
use encoding_rs::GBK;
use gatespec_codegen::diagnose::Signing;
use gatespec_codegen::model::{Model, Source};
use gatespec_codegen::request::{Received, Recognised, recognise, unescaped};
use line::Line;

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
    let received = received(Line::read(text.trim())?, &mut notes);
    let platform =
        arguments.platform.as_deref().map(|name| given::platform(model, name)).transpose()?;
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

/// A command's data taken apart.
fn received(line: Line, notes: &mut Vec<String>) -> Received {
    let (url, query) = line.url.split_once('?').unwrap_or((&line.url, ""));
    let query = query.split('#').next().unwrap_or_default();
    let kind = line.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let looks_like_json = line.data.trim_start().starts_with(['{', '[']);
    let form = kind.map_or(!looks_like_json, |(_, kind)| kind.contains("form-urlencoded"));
    let mut pairs = pairs(query, notes);
    if line.get {
        pairs.extend(self::pairs(&line.data, notes));
    }
    let body = if line.get { String::new() } else { line.data };
    let (form, body) = match form {
        true => (self::pairs(&body, notes), String::new()),
        false => (Vec::new(), body),
    };
    Received {
        verb: line.verb,
        url: url.to_owned(),
        headers: line.headers,
        query: pairs,
        form,
        body,
    }
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
