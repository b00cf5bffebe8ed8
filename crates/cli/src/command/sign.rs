//! `gatespec sign`: shows one signature step by step, and explains why another one differs.

mod arguments;
mod curl;
mod extra;
mod from;
mod json;
mod made;
mod text;
mod typed;
mod vector;

pub(super) use arguments::Sign;

use super::given::{self, Format};
use super::specs::Specs;
use super::stop::Stop;
use super::terminal;
use bumpalo::Bump;
use extra::Extra;
use gatespec_inspect::charsets;
use gatespec_inspect::diagnose::{Claim, diagnose};
use gatespec_tool::guard;
use made::Made;
use std::process::ExitCode;

pub(super) fn run(arguments: &Sign) -> ExitCode {
    let arena = Bump::new();
    let outcome = Specs::load(arguments.caller.specs.as_deref(), arguments.platform.as_deref())
        .and_then(|specs| answer(arguments, &specs, &arena));
    match outcome {
        Ok((text, same)) => match terminal::out(&text) && same {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        },
        Err(stop) => stop.say(),
    }
}

/// Returns the text to print, and whether the signature equals the one with which it is compared.
fn answer(arguments: &Sign, specs: &Specs, arena: &Bump) -> Result<(String, bool), Stop> {
    let made = match &arguments.from {
        Some(given) => from::made(arguments, specs, given, arena)?,
        None => typed::made(arguments, specs, arena)?,
    };
    let notes = [&made.notes[..], &given::doubts(&made.signing.credentials)].concat();
    notes.iter().for_each(|text| terminal::note(text));
    let claim = claim(arguments, &made)?;
    let diagnosis = match claim.sign.is_some() || claim.text.is_some() {
        true => Some(diagnose(&made.signing, &claim, &charsets::ALL)?),
        false => None,
    };
    let same = diagnosis.as_ref().is_none_or(|diagnosis| diagnosis.same);
    let confirmed = diagnosis.is_some() && same;
    let curl = arguments.curl.then(|| curl::command(arguments, &made)).transpose()?;
    let vector = arguments.vector.then(|| vector::yaml(&made, confirmed)).transpose()?;
    if let Some(text) = vector.as_ref().and_then(|_| vector::doubts(&made)) {
        terminal::note(&text);
    }
    if !same && arguments.format == Format::Text && (arguments.curl || arguments.vector) {
        let option = if arguments.curl { "--curl" } else { "--vector" };
        terminal::note(&format!("the signatures differ: remove {option} to see why"));
    }
    let extra = Extra { claim: &claim, diagnosis: diagnosis.as_ref(), curl, vector };
    let text = print(arguments, &made, &extra)?;
    let caller = (made.gateway, &made.signing.credentials);
    let harmless = match arguments.curl {
        true => guard::printed(caller, &text),
        false => guard::explained(caller, &text),
    };
    if harmless != text && (arguments.curl || arguments.vector) {
        terminal::note(
            "the request contains the secret itself; the output shows `<secret>` in its place",
        );
    }
    Ok((harmless, same))
}

/// Returns the signature or the text with which the user compares ours.
fn claim(arguments: &Sign, made: &Made<'_>) -> Result<Claim, Stop> {
    let present = |option: &str, text: String| match text.trim().is_empty() {
        true => Err(Stop::usage(format!("{option} is empty: give a value to compare with"))),
        false => Ok(text),
    };
    let sign = arguments.against.clone().map(|sign| present("--against", sign)).transpose()?;
    let text = arguments.against_string.as_ref().map(|text| {
        let option = "--against-string";
        present(option, given::text(option, text)?)
    });
    Ok(Claim { sign: sign.or_else(|| made.sent_sign.clone()), text: text.transpose()? })
}

fn print(arguments: &Sign, made: &Made<'_>, extra: &Extra<'_>) -> Result<String, Stop> {
    match (arguments.format, &extra.curl, &extra.vector) {
        (Format::Json, ..) => json::print(made, extra),
        (Format::Text, Some(text), _) | (Format::Text, None, Some(text)) => Ok(text.clone()),
        (Format::Text, None, None) => text::print(made, extra),
    }
}
