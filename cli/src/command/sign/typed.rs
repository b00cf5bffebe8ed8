//! A request out of values on the command line.

use super::arguments::Sign;
use super::inputs;
use super::made::{Made, Origin};
use super::stop::Stop;
use bumpalo::Bump;
use gatespec_codegen::diagnose::Signing;
use gatespec_codegen::model::{Gateway, Method, Model, Platform, PublicParam, Source};
use gatespec_codegen::request::{Argument, Ask, Meaning, Written, near, time_format};
use gatespec_runtime as rt;
use rt::{Overrides, Stamp};

pub(super) fn made<'a>(
    arguments: &Sign,
    model: &'a Model,
    arena: &'a Bump,
) -> Result<Made<'a>, Stop> {
    let Some(name) = &arguments.platform else {
        return Err(Stop::usage("name a platform and a method, or give a request with --from"));
    };
    let platform = platform(model, name)?;
    let Some(name) = arguments.method.as_deref().filter(|name| !name.contains('=')) else {
        return Err(Stop::usage("name a method behind the platform"));
    };
    let method = method(model, platform, name, arguments.raw)?;
    let gateway = method.map_or(&platform.gateways[0], |method| platform.gateway_of(method));
    let mut ask = Ask {
        platform,
        gateway,
        method,
        name: arena.alloc_str(name),
        raw: arguments.raw,
        values: Vec::new(),
        overrides: Overrides::default(),
        credentials: rt::CredentialSet::new(),
        stamp: Stamp { clock: inputs::clock(arguments.clock.as_deref())?, entropy: entropy()? },
    };
    ask.overrides.nonce.clone_from(&arguments.nonce);
    ask.overrides.signature_method = case(gateway, arguments.case.as_deref())?;
    let travelling = give(&mut ask, arguments)?;
    if !ask.raw {
        ask.typed()?;
    }
    let recipe = recipe(&ask, arena)?;
    ask.credentials = inputs::credentials(arguments, gateway, &recipe, &travelling)?;
    let (signing, prepared) = Signing::of(&ask, arena)?;
    let case = ask.overrides.signature_method.clone();
    let origin = Origin::Typed(Box::new(ask), Box::new(prepared));
    Ok(Made::new((platform, gateway), (name.to_owned(), case), signing, origin)?)
}

pub(super) fn platform<'m>(model: &'m Model, name: &str) -> Result<&'m Platform, Stop> {
    let found = model.platforms.iter().find(|platform| platform.id == name);
    found.ok_or_else(|| {
        let names: Vec<_> = model.platforms.iter().map(|platform| platform.id.as_str()).collect();
        let help = match near(name, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", names.join(", ")),
        };
        Stop::usage(format!("there is no platform `{name}`; {help}"))
    })
}

fn method<'m>(
    model: &'m Model,
    platform: &'m Platform,
    name: &str,
    raw: bool,
) -> Result<Option<&'m Method>, Stop> {
    let known = |platform: &'m Platform| platform.methods.iter().find(|method| method.name == name);
    if let Some(method) = known(platform) {
        return Ok(Some(method));
    }
    if raw {
        return Ok(None);
    }
    let names = platform.methods.iter().map(|method| method.name.as_str());
    let elsewhere = model.platforms.iter().find(|other| known(other).is_some());
    let help = match (elsewhere, near(name, names)) {
        (Some(other), _) => format!("it is a method of `{}`", other.id),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) => "no spec has it".to_owned(),
    };
    Err(Stop::usage(format!(
        "`{}` has no method `{name}`; {help} With --raw its parameters are taken as texts",
        platform.id
    )))
}

/// The signature method of this name.
pub(super) fn case(gateway: &Gateway, name: Option<&str>) -> Result<Option<String>, Stop> {
    let Some(name) = name else { return Ok(None) };
    let known: Vec<_> = gateway.signatures.iter().map(|one| one.name.as_str()).collect();
    if known.contains(&name) {
        return Ok(Some(name.to_owned()));
    }
    let known: Vec<_> = known.into_iter().filter(|name| !name.is_empty()).collect();
    Err(Stop::usage(match &known[..] {
        [] => "this platform signs in one way only: leave --case out".to_owned(),
        names => format!("there is no signature method `{name}`; there are {}", names.join(", ")),
    }))
}

fn entropy() -> Result<[u8; 16], Stop> {
    let mut bytes = [0; 16];
    let filled = getrandom::fill(&mut bytes);
    filled.map_err(|error| Stop::Failed(vec![format!("no random bytes: {error}")]))?;
    Ok(bytes)
}

fn recipe<'a>(ask: &Ask<'a>, arena: &'a Bump) -> Result<Vec<rt::Op<'a>>, Stop> {
    let case = ask.overrides.signature_method.as_deref();
    Ok(Signing::recipe_of(ask.platform, ask.gateway, case, arena)?)
}

/// Sorts what was given into values and overrides; gives back credentials that travel.
fn give(ask: &mut Ask<'_>, arguments: &Sign) -> Result<Vec<(String, String)>, Stop> {
    let (mut travelling, mut wrong) = (Vec::new(), Vec::new());
    for given in &arguments.values {
        let (name, value) = inputs::pair(given)?;
        if inputs::is_secret(ask.gateway, &name) {
            wrong.push(format!("`{name}` is a secret and no argument: set GATESPEC_SECRET"));
            continue;
        }
        match ask.meaning(&name) {
            Ok(Meaning::Public(param)) => public(ask, param, value, &mut travelling)?,
            Ok(Meaning::Field(_) | Meaning::Text) => {
                if ask.values.iter().any(|known| known.name == name) && !ask.raw {
                    wrong.push(format!("`{name}` is given twice"));
                }
                ask.values.push(Argument { name, text: value, written: Written::Plain });
            }
            Ok(Meaning::Body) => ask.overrides.raw_body = Some(value.into()),
            Err(problem) => wrong.push(problem.to_string()),
        }
    }
    if wrong.is_empty() { Ok(travelling) } else { Err(Stop::Usage(wrong)) }
}

/// Another text for a parameter of the gateway's own.
fn public(
    ask: &mut Ask<'_>,
    param: &PublicParam,
    value: String,
    travelling: &mut Vec<(String, String)>,
) -> Result<(), Stop> {
    let name = &param.name;
    match &param.source {
        Source::Signature => {
            return Err(Stop::usage(format!(
                "`{name}` is made here: compare it with --against SIGN"
            )));
        }
        Source::Credential(credential) => travelling.push((credential.clone(), value)),
        Source::Argument => ask.overrides.set_argument(name, value),
        Source::Nonce(_) => ask.overrides.nonce = Some(value),
        Source::SignMethod => ask.overrides.signature_method = case(ask.gateway, Some(&value))?,
        Source::Clock(format, offset) => match time_format(format, *offset).parse(&value) {
            Ok(time) => ask.stamp.clock = time,
            Err(_) => {
                return Err(Stop::usage(format!(
                    "`{name}`: `{value}` is not a time as `{format}`"
                )));
            }
        },
        _ => ask.overrides.set_parameter(name, value),
    }
    Ok(())
}
