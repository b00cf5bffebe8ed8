//! The last door: no text that leaves the command holds a secret, whatever somebody has put where.

use gatespec_inspect::diagnose::{hide, printable};
use gatespec_language::model::Gateway;
use gatespec_runtime::CredentialSet;
use gatespec_runtime::sign::MARK;
use std::env;

/// What stands for everything sensitive.
pub(super) const SECRET: &str = "<secret>";

/// A text of the runtime's, with the mark that people know in place of its own.
pub(super) fn masked(shown: &str) -> String {
    shown.replace(MARK, SECRET)
}

/// A shorter text stands in others by chance; what a formula does with it is masked in any case.
const SHORTEST: usize = 8;

/// A name that only a secret of the application has, be it the credential's or its parameter's.
pub(super) fn is_secret(gateway: &Gateway, name: &str) -> bool {
    let param = gateway.public_param(name).and_then(gatespec_inspect::request::credential_of);
    let name = param.unwrap_or(name);
    let known = gateway.credentials.iter().find(|credential| credential.name == name);
    known.is_some_and(|known| known.sensitive && !known.per_shop)
}

/// A text to print, without the secrets of the application. Tokens may travel, and are masked where
/// they are shown.
pub(super) fn printed((gateway, credentials): (&Gateway, &CredentialSet), text: &str) -> String {
    let names = credentials.names().filter(|name| is_secret(gateway, name));
    hide(text, names.filter_map(|name| credentials.get(name)).filter(long))
}

/// A message, which may come before any secret has been asked for, and may repeat what a stranger has
/// written: a terminal must not obey that.
pub(super) fn said(message: &str) -> String {
    let lines: Vec<_> = message.lines().map(|line| printable(line.as_bytes())).collect();
    let message = lines.join("\n");
    let secrets =
        ["GATESPEC_SECRET", "GATESPEC_TOKEN"].map(|name| env::var(name).unwrap_or_default());
    hide(&message, secrets.iter().map(String::as_str).filter(long))
}

fn long(secret: &&str) -> bool {
    secret.len() >= SHORTEST
}
