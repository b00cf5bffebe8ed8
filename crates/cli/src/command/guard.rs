//! The last door: no text that leaves the command holds a secret, whatever somebody has put where.

use gatespec_language::model::Gateway;
use gatespec_runtime::CredentialSet;
use gatespec_runtime::mask::Secrets;
use gatespec_runtime::text::visible;
use std::env;

/// A name that only a secret of the application has, be it the credential's or its parameter's.
pub(super) fn is_secret(gateway: &Gateway, name: &str) -> bool {
    let param = gateway.public_param(name).and_then(|param| param.source.credential());
    let name = param.unwrap_or(name);
    let known = gateway.credentials.iter().find(|credential| credential.name == name);
    known.is_some_and(|known| known.sensitive && !known.per_shop)
}

/// A text to print, without the secrets of the application. Tokens may travel, and are masked where
/// they are shown.
pub(super) fn printed((gateway, credentials): (&Gateway, &CredentialSet), text: &str) -> String {
    let names = credentials.names().filter(|name| is_secret(gateway, name));
    let secrets = Secrets::new(names.filter_map(|name| credentials.get(name)).map(Into::into));
    secrets.in_any_form().mask(text).into_owned()
}

/// A message, which may come before any secret has been asked for, and may repeat what a stranger has
/// written: a terminal must not obey that.
pub(super) fn said(message: &str) -> String {
    let lines: Vec<_> = message.lines().map(visible).collect();
    let message = lines.join("\n");
    let secrets = ["GATESPEC_SECRET", "GATESPEC_TOKEN"].map(env::var);
    let secrets = Secrets::new(secrets.into_iter().flatten().map(Into::into));
    secrets.in_any_form().mask(&message).into_owned()
}
