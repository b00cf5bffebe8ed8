//! `gatespec sign`: one signature, step by step, and why another one differs.

mod arguments;
mod charsets;
mod curl;
mod from;
mod inputs;
mod json;
mod made;
mod steps;
mod stop;
mod text;
mod typed;
mod vector;

pub(super) use arguments::Sign;

use super::terminal;
use arguments::Format;
use bumpalo::Bump;
use gatespec_codegen::diagnose::{Claim, Diagnosis, diagnose};
use gatespec_codegen::diagnostic::Sink;
use gatespec_codegen::model::Model;
use gatespec_codegen::{analyse, source};
use made::Made;
use std::path::Path;
use std::process::ExitCode;
use stop::Stop;

pub(super) fn run(arguments: &Sign) -> ExitCode {
    let arena = Bump::new();
    let outcome = model(&arguments.specs).and_then(|model| answer(arguments, &model, &arena));
    match outcome {
        Ok((text, same)) => match terminal::out(&text) && same {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        },
        Err(stop) => {
            let (messages, code) = stop.outcome();
            messages.iter().for_each(|message| terminal::err(&format!("error: {message}")));
            code
        }
    }
}

/// The checked specs; what is wrong with them is said only if it is in the way.
fn model(specs: &Path) -> Result<Model, Stop> {
    let mut sink = Sink::default();
    let sources = source::load(specs, &mut sink);
    let model = if sink.has_errors() { None } else { analyse(&sources, &mut sink) };
    model.ok_or_else(|| {
        terminal::diagnostics(&sources, &sink.into_sorted());
        Stop::Specs
    })
}

/// What to print, and whether the signature is the one that it is compared with.
fn answer(arguments: &Sign, model: &Model, arena: &Bump) -> Result<(String, bool), Stop> {
    let made = match &arguments.from {
        Some(given) => from::made(arguments, model, given, arena)?,
        None => typed::made(arguments, model, arena)?,
    };
    let notes = [&made.notes[..], &inputs::doubts(&made.signing.credentials)].concat();
    notes.iter().for_each(|note| terminal::err(&format!("note: {note}")));
    let claim = Claim {
        sign: arguments.against.clone().or_else(|| made.sent_sign.clone()),
        text: arguments
            .against_string
            .as_ref()
            .map(|text| inputs::text("--against-string", text))
            .transpose()?,
    };
    let diagnosis = match claim.sign.is_some() || claim.text.is_some() {
        true => Some(diagnose(&made.signing, &claim, &charsets::ALL)?),
        false => None,
    };
    let same = diagnosis.as_ref().is_none_or(|diagnosis| diagnosis.same);
    let curl = arguments.curl.then(|| curl::command(arguments, &made)).transpose()?;
    let vector = arguments.vector.then(|| vector::yaml(arguments, &made)).transpose()?;
    let extra = Extra { claim: &claim, diagnosis: diagnosis.as_ref(), curl, vector };
    Ok((print(arguments, &made, &extra)?, same))
}

/// What is printed besides the signature.
struct Extra<'e> {
    claim: &'e Claim,
    diagnosis: Option<&'e Diagnosis>,
    curl: Option<String>,
    vector: Option<String>,
}

fn print(arguments: &Sign, made: &Made<'_>, extra: &Extra<'_>) -> Result<String, Stop> {
    match (arguments.format, &extra.curl, &extra.vector) {
        (Format::Json, ..) => json::print(made, extra),
        (Format::Text, Some(text), _) | (Format::Text, None, Some(text)) => Ok(text.clone()),
        (Format::Text, None, None) => text::print(made, extra),
    }
}
