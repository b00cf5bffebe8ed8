//! Reads credentials from options, the environment, files and a prompt.

use super::Keys;
use super::texts::{read, value_of};
use crate::command::stop::Stop;
use crate::command::terminal;
use gatespec_language::model::{Credential, Gateway, Platform};
use gatespec_runtime::{CredentialSet, Op, SendPolicy};
use std::env;

/// Returns all credentials of the caller. `travelled` are credentials that were given as parameters
/// of the request. If the standard input is needed for other data, a missing secret can still be
/// asked for on the terminal.
pub(in crate::command) fn credentials(
    keys: &Keys,
    input_is_taken: bool,
    gateway: &Gateway,
    recipe: &[Op<'_>],
    travelled: &[(String, String)],
) -> Result<CredentialSet, Stop> {
    let mut known: Vec<(String, String)> = travelled.to_vec();
    let signing = signing(gateway, recipe);
    for (variable, name) in variables(gateway) {
        if let Ok(text) = env::var(variable) {
            put(&mut known, name, text);
        }
    }
    for given in &keys.credentials {
        let (name, value) = given.split_once('=').unwrap_or((given, ""));
        let credential = declared(gateway, name)?;
        if credential.sensitive && !value.starts_with('@') {
            return Err(Stop::usage(format!(
                "`{name}` is sensitive and cannot be given as an argument; set {}, or write --credential {name}=@FILE",
                variable(name)
            )));
        }
        put(&mut known, name, value_of(name, value)?);
    }
    if let Some(text) = &keys.app_key {
        put(&mut known, app_key(gateway)?, text.clone());
    }
    if let Some(text) = &keys.token {
        put(&mut known, token(gateway)?, text.clone());
    }
    if let Some(secret) = signing {
        let text = secret_text(keys, input_is_taken, secret, &known).map_err(|stop| {
            let mut others = known.clone();
            put(&mut others, secret.name, String::new());
            match (stop, missing(gateway, recipe, &others)) {
                (Stop::Usage(first), Err(Stop::Usage(rest))) => Stop::Usage([first, rest].concat()),
                (stop, _) => stop,
            }
        })?;
        put(&mut known, secret.name, text);
    }
    missing(gateway, recipe, &known)?;
    Ok(known.into_iter().collect())
}

/// Returns the credentials of each gateway of a platform, in the order of the model. Credentials
/// that only some of the gateways have are given for these. A secret is asked for once.
pub(in crate::command) fn of_platform(
    keys: &Keys,
    platform: &Platform,
) -> Result<Vec<CredentialSet>, Stop> {
    let mut all: Vec<CredentialSet> = Vec::new();
    for gateway in &platform.gateways {
        let has = |gateway: &Gateway, given: &str| {
            let name = given.split_once('=').map_or(given, |(name, _)| name);
            gateway.credentials.iter().any(|one| one.name == name)
        };
        // A name that no gateway has is reported for the first one.
        let given = keys.credentials.iter().filter(|given| {
            has(gateway, given) || !platform.gateways.iter().any(|one| has(one, given))
        });
        let own = Keys {
            app_key: keys.app_key.clone().filter(|_| app_key(gateway).is_ok()),
            token: keys.token.clone().filter(|_| token(gateway).is_ok()),
            credentials: given.cloned().collect(),
            secret_file: keys.secret_file.clone(),
        };
        let known = all.iter().flat_map(|set| {
            let named = |name| Some((String::from(name), set.get(name)?.to_owned()));
            set.names().filter(|name| has(gateway, name)).filter_map(named)
        });
        let known: Vec<_> = known.collect();
        let recipe = gateway.signatures.first().map_or(&[][..], |default| default.recipe.0);
        all.push(credentials(&own, false, gateway, recipe, &known)?);
    }
    Ok(all)
}

fn put(known: &mut Vec<(String, String)>, name: &str, text: String) {
    known.retain(|(other, _)| other != name);
    known.push((name.to_owned(), text));
}

/// Returns the environment variables that are read, each with the name of its credential: first the
/// variables that are named after options, then those that are named after credentials.
fn variables(gateway: &Gateway) -> Vec<(String, &str)> {
    let by_option = [("GATESPEC_APP_KEY", app_key(gateway)), ("GATESPEC_TOKEN", token(gateway))];
    let by_option =
        by_option.into_iter().filter_map(|(option, name)| Some((option.to_owned(), name.ok()?)));
    let own = gateway.credentials.iter().map(|one| (variable(one.name), one.name));
    by_option.chain(own).collect()
}

/// Returns the name of the environment variable for a credential.
fn variable(name: &str) -> String {
    let name = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    format!("GATESPEC_{}", name.collect::<String>().to_ascii_uppercase())
}

fn declared<'m>(gateway: &'m Gateway, name: &str) -> Result<&'m Credential, Stop> {
    let found = gateway.credentials.iter().find(|credential| credential.name == name);
    found.ok_or_else(|| {
        let known = gateway.credentials.iter().map(|one| one.name);
        Stop::unknown("credential", name, known)
    })
}

/// Returns the credential with which the formula signs: the first in the formula that is sensitive
/// and belongs to the application. If the formula has no such credential, returns the gateway's
/// first one.
fn signing<'m>(gateway: &'m Gateway, recipe: &[Op<'_>]) -> Option<&'m Credential> {
    let of_app = |credential: &&Credential| credential.sensitive && !credential.per_shop;
    let in_formula = recipe.iter().find_map(|op| match op {
        Op::Credential(name) => {
            gateway.credentials.iter().filter(of_app).find(|credential| credential.name == *name)
        }
        _ => None,
    });
    in_formula.or_else(|| gateway.credentials.iter().find(of_app))
}

/// Returns the name of the credential that identifies the application. If there are several,
/// returns the first one that is sent.
fn app_key(gateway: &Gateway) -> Result<&str, Stop> {
    let plain = || {
        let credentials = gateway.credentials.iter();
        credentials.filter(|one| !one.sensitive && !one.per_shop)
    };
    let travels = |credential: &&Credential| {
        let mut sent = gateway.public.iter().filter_map(|param| param.source.credential());
        sent.any(|name| name == credential.name)
    };
    let found = plain().find(travels).or_else(|| plain().next());
    found.map(|credential| credential.name).ok_or_else(|| {
        Stop::usage(
            "this platform has no app key: give its credentials with --credential NAME=VALUE",
        )
    })
}

fn token(gateway: &Gateway) -> Result<&str, Stop> {
    let mut of_shop = gateway.credentials.iter().filter(|one| one.per_shop);
    let found = of_shop.next().map(|credential| credential.name);
    found.ok_or_else(|| {
        Stop::usage("this platform has no credential of a single shop: remove --token")
    })
}

fn secret_text(
    keys: &Keys,
    input_is_taken: bool,
    credential: &Credential,
    known: &[(String, String)],
) -> Result<String, Stop> {
    let name = &credential.name;
    let own = known.iter().find(|(other, _)| other == name).map(|(_, text)| text.clone());
    let text = if let Some(file) = &keys.secret_file {
        read(file).map_err(|reason| Stop::usage(format!("--secret-file: {reason}")))?
    } else if let Ok(text) = env::var("GATESPEC_SECRET") {
        text
    } else if env::var_os("GATESPEC_SECRET").is_some() {
        return Err(Stop::usage("GATESPEC_SECRET is not UTF-8"));
    } else if let Some(text) = own {
        text
    } else {
        prompt(input_is_taken, name)?
    };
    if text.is_empty() {
        return Err(Stop::usage(format!("`{name}` is empty: is it the right variable or file?")));
    }
    Ok(text)
}

/// Asks for a secret without echoing it.
fn prompt(input_is_taken: bool, name: &str) -> Result<String, Stop> {
    if terminal::has_person(input_is_taken)
        && let Ok(text) = rpassword::prompt_password(format!("{name} (not shown): "))
    {
        return Ok(text);
    }
    Err(Stop::usage(format!(
        "`{name}` is missing: set GATESPEC_SECRET, write --secret-file FILE, or run the command on a terminal and type the secret there"
    )))
}

/// Returns the credentials without which no request can be signed and sent.
fn needed<'m>(gateway: &'m Gateway, recipe: &[Op<'_>]) -> impl Iterator<Item = &'m Credential> {
    let sent = gateway.public.iter().filter(|param| param.send == SendPolicy::Always);
    let sent: Vec<_> = sent.filter_map(|param| param.source.credential()).collect();
    gateway.credentials.iter().filter(move |credential| {
        let signed = recipe.contains(&Op::Credential(credential.name));
        signed || sent.contains(&credential.name)
    })
}

/// Returns the options by which a caller gives the credentials of a gateway, with placeholders in
/// the place of values.
pub(in crate::command) fn options(gateway: &Gateway) -> Vec<String> {
    let recipe = gateway.signatures.first().map_or(&[][..], |default| default.recipe.0);
    let secret = signing(gateway, recipe).map(|credential| credential.name);
    let option = |credential: &Credential| match credential.name {
        name if secret == Some(name) => "--secret-file FILE".to_owned(),
        name if token(gateway).is_ok_and(|own| own == name) => "--token TOKEN".to_owned(),
        name if credential.sensitive => format!("--credential {name}=@FILE"),
        name if app_key(gateway).is_ok_and(|own| own == name) => "--app-key KEY".to_owned(),
        name => format!("--credential {name}=VALUE"),
    };
    needed(gateway, recipe).map(option).collect()
}

/// Reports all missing credentials at once, and says how to give them.
fn missing(gateway: &Gateway, recipe: &[Op<'_>], known: &[(String, String)]) -> Result<(), Stop> {
    let needed = needed(gateway, recipe);
    let gone = needed.filter(|one| known.iter().all(|(name, _)| *name != one.name));
    let messages: Vec<_> = gone
        .map(|credential| {
            let name = credential.name;
            let how = match (credential.per_shop, credential.sensitive) {
                (true, _) => "write --token TOKEN, or set GATESPEC_TOKEN".to_owned(),
                (false, true) => {
                    format!("set {}, or write --credential {name}=@FILE", variable(name))
                }
                (false, false) if app_key(gateway).is_ok_and(|own| own == name) => {
                    "write --app-key KEY, or set GATESPEC_APP_KEY".to_owned()
                }
                (false, false) => format!("write --credential {name}=VALUE"),
            };
            format!("credential `{name}` is missing: {how}")
        })
        .collect();
    if messages.is_empty() { Ok(()) } else { Err(Stop::Usage(messages)) }
}

/// Returns notes about secrets that look wrong. The notes do not show the secrets.
pub(in crate::command) fn doubts(credentials: &CredentialSet) -> Vec<String> {
    let names: Vec<_> = credentials.names().collect();
    let odd = names.into_iter().filter(|name| {
        credentials
            .get(name)
            .is_some_and(|text| text.trim() != text || text.starts_with('\u{feff}'))
    });
    odd.map(|name| format!("`{name}` begins or ends with white space: is that intended?")).collect()
}
