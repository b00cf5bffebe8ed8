//! Builds a request from values on the command line.

use super::texts::{self, pair};
use super::{Caller, credentials};
use crate::command::specs::Specs;
use crate::command::stop::Stop;
use bumpalo::Bump;
use gatespec_inspect::diagnose::Signing;
use gatespec_inspect::request::{Argument, Ask, Meaning, Written, members};
use gatespec_language::model::{Gateway, Method, Model, Platform, PublicParam};
use gatespec_language::suggest::closest;
use gatespec_runtime as rt;
use gatespec_tool::guard::is_secret;
use rt::{DateTime, Overrides, Source, Stamp, TimeFormat};
use std::collections::HashSet;

/// The call that the user wants, with its inputs.
pub(in crate::command) struct Wanted<'c> {
    pub(in crate::command) platform: &'c str,
    pub(in crate::command) method: &'c str,
    /// Further parameters, as one JSON object.
    pub(in crate::command) json: Option<&'c str>,
    /// Whether values are texts, without the types of the spec. `None` for commands that need a
    /// spec.
    pub(in crate::command) raw: Option<bool>,
    /// Whether a gateway without signatures is accepted.
    pub(in crate::command) unsigned: bool,
    pub(in crate::command) caller: &'c Caller,
    pub(in crate::command) input_is_taken: bool,
}

/// Builds the request, and checks every value against its type. Also returns the time of the
/// request, if the user gave one.
pub(in crate::command) fn ask<'a>(
    wanted: &Wanted<'_>,
    specs: &'a Specs,
    arena: &'a Bump,
) -> Result<(Ask<'a>, Option<DateTime>), Stop> {
    let caller = wanted.caller;
    let platform = specs.platform(wanted.platform)?;
    let method = method(&specs.model, platform, wanted.method, wanted.raw)?;
    let gateway = method.map_or(&platform.gateways[0], |method| platform.gateway_of(method));
    let mut ask = Ask {
        platform,
        gateway,
        method,
        name: arena.alloc_str(wanted.method),
        raw: wanted.raw == Some(true),
        values: Vec::new(),
        overrides: Overrides::default(),
        credentials: rt::CredentialSet::new(),
        stamp: Stamp { clock: DateTime::now(), entropy: entropy()? },
    };
    let mut clock = caller.clock.as_deref().map(texts::clock).transpose()?;
    ask.overrides.nonce.clone_from(&caller.nonce);
    ask.overrides.signature_method = case(gateway, caller.case.as_deref())?;
    let travelling = give(&mut ask, wanted, &mut clock)?;
    ask.stamp.clock = clock.unwrap_or(ask.stamp.clock);
    if !ask.raw {
        ask.typed()?;
    }
    let case = ask.overrides.signature_method.as_deref();
    let recipe = match wanted.unsigned && gateway.signatures.is_empty() {
        true => Vec::new(),
        false => Signing::recipe_of(gateway, case)?,
    };
    ask.credentials =
        credentials(&caller.keys, wanted.input_is_taken, gateway, &recipe, &travelling)?;
    Ok((ask, clock))
}

fn method<'m>(
    model: &'m Model,
    platform: &'m Platform,
    name: &str,
    raw: Option<bool>,
) -> Result<Option<&'m Method>, Stop> {
    let known = |platform: &'m Platform| platform.methods.iter().find(|method| method.name == name);
    if let Some(method) = known(platform) {
        return Ok(Some(method));
    }
    if raw == Some(true) {
        return Ok(None);
    }
    let names = platform.methods.iter().map(|method| method.name);
    let elsewhere = model.platforms.iter().find(|other| known(other).is_some());
    let help = match (elsewhere, closest(name, names)) {
        (Some(other), _) => format!("it is a method of `{}`.", other.id),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) => "no spec has it.".to_owned(),
    };
    let help = match raw {
        Some(_) => format!("{help} With --raw its parameters are taken as texts"),
        None => help.trim_end_matches('.').to_owned(),
    };
    Err(Stop::usage(format!("`{}` has no method `{name}`; {help}", platform.id)))
}

/// Checks that the gateway has the signature method `name`, and returns the name. Returns `None` if
/// no name is given.
pub(in crate::command) fn case(
    gateway: &Gateway,
    name: Option<&str>,
) -> Result<Option<String>, Stop> {
    let Some(name) = name else { return Ok(None) };
    let known: Vec<_> = gateway.signatures.iter().map(|one| one.name).collect();
    if known.contains(&name) {
        return Ok(Some(name.to_owned()));
    }
    let known: Vec<_> = known.into_iter().filter(|name| !name.is_empty()).collect();
    Err(Stop::usage(match &known[..] {
        [] => "this platform has only one signature method: remove --case".to_owned(),
        names => format!(
            "there is no signature method `{name}`; the signature methods are {}",
            names.join(", ")
        ),
    }))
}

fn entropy() -> Result<[u8; 16], Stop> {
    let mut bytes = [0; 16];
    let filled = getrandom::fill(&mut bytes);
    filled.map_err(|error| Stop::Failed(vec![format!("no random bytes: {error}")]))?;
    Ok(bytes)
}

/// Sorts the inputs into values and overrides. Returns the credentials that were given as
/// parameters.
fn give(
    ask: &mut Ask<'_>,
    wanted: &Wanted<'_>,
    clock: &mut Option<DateTime>,
) -> Result<Vec<(String, String)>, Stop> {
    let plain = |given: &String| {
        let (name, text) = pair(given)?;
        Ok(Argument { name, text, written: Written::Plain })
    };
    let plain: Vec<_> = wanted.caller.values.iter().map(plain).collect::<Result<_, Stop>>()?;
    if wanted.json.is_some_and(|json| json.trim().is_empty()) {
        return Err(Stop::usage("--json: the input is empty; write {\"parameter\": value, …}"));
    }
    let json = wanted.json.map(members).transpose().map_err(|wrong| {
        Stop::Usage(wrong.iter().map(|wrong| format!("--json: {wrong}")).collect())
    })?;
    let json = json.unwrap_or_default();
    // Values given by name take precedence over the JSON.
    let named: HashSet<_> = plain.iter().map(|one| one.name.clone()).collect();
    let json = json.into_iter().filter(|one| !named.contains(&one.name));
    let (mut travelling, mut wrong, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for argument in json.collect::<Vec<_>>().into_iter().chain(plain) {
        let name = &argument.name;
        if is_secret(ask.gateway, name) {
            wrong.push(format!(
                "`{name}` is a secret and cannot be given as an argument; set GATESPEC_SECRET"
            ));
            continue;
        }
        match ask.meaning(name) {
            Ok(Meaning::Public(param)) => {
                let value = argument.plain();
                match param.source {
                    Source::Clock(format) => *clock = Some(time(name, &value, format)?),
                    _ => public(ask, param, value, &mut travelling)?,
                }
            }
            Ok(Meaning::Field(_) | Meaning::Text) => {
                if !ask.raw && !seen.insert(name.clone()) {
                    wrong.push(format!("`{name}` is given twice"));
                }
                ask.values.push(argument);
            }
            Ok(Meaning::Body) => ask.overrides.raw_body = Some(argument.plain().into()),
            Err(problem) => wrong.push(problem.to_string()),
        }
    }
    if wrong.is_empty() { Ok(travelling) } else { Err(Stop::Usage(wrong)) }
}

/// Overrides a public parameter.
fn public(
    ask: &mut Ask<'_>,
    param: &PublicParam,
    value: String,
    travelling: &mut Vec<(String, String)>,
) -> Result<(), Stop> {
    let name = param.name;
    match param.source {
        Source::Signature => {
            return Err(Stop::usage(format!(
                "`{name}` is computed; to compare it with another signature, run `gatespec sign` with --against SIGN"
            )));
        }
        Source::Credential(credential) => travelling.push((credential.to_owned(), value)),
        Source::Argument => ask.overrides.set_argument(name, value),
        Source::Nonce(_) => ask.overrides.nonce = Some(value),
        Source::SignMethod => ask.overrides.signature_method = case(ask.gateway, Some(&value))?,
        _ => ask.overrides.set_parameter(name, value),
    }
    Ok(())
}

fn time(name: &str, value: &str, format: TimeFormat<'_>) -> Result<DateTime, Stop> {
    let written = format.name();
    let wrong =
        |_| Stop::usage(format!("`{name}`: `{value}` is not a time in the format `{written}`"));
    format.parse(value).map_err(wrong)
}
