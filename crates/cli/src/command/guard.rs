//! The last door: no text that leaves the command holds a secret, whatever somebody has put where.

use gatespec_language::model::{Credential, Gateway};
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

/// A text to print, without the secrets of the application. Tokens may travel, and are in what is to be
/// sent as it is.
pub(super) fn printed(caller: (&Gateway, &CredentialSet), text: &str) -> String {
    secrets(caller, |known| !known.per_shop).mask(text).into_owned()
}

/// A text that only explains: without tokens too.
pub(super) fn explained(caller: (&Gateway, &CredentialSet), text: &str) -> String {
    secrets(caller, |_| true).mask(text).into_owned()
}

fn secrets(
    (gateway, credentials): (&Gateway, &CredentialSet),
    wanted: impl Fn(&Credential) -> bool,
) -> Secrets<'static> {
    let known = gateway.credentials.iter().filter(|known| known.sensitive && wanted(known));
    let texts = known.filter_map(|known| credentials.get(known.name)).map(Into::into);
    Secrets::new(texts.collect::<Vec<_>>()).in_any_form()
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
