//! The last guard: masks secrets in all printed text, wherever the user put them.

use gatespec_language::model::{Credential, Gateway};
use gatespec_runtime::CredentialSet;
use gatespec_runtime::mask::Secrets;
use gatespec_runtime::text::visible;
use std::env;

/// Whether `name` is the name of an application's secret, or of the public parameter that carries
/// the secret.
pub(super) fn is_secret(gateway: &Gateway, name: &str) -> bool {
    let param = gateway.public_param(name).and_then(|param| param.source.credential());
    let name = param.unwrap_or(name);
    let known = gateway.credentials.iter().find(|credential| credential.name == name);
    known.is_some_and(|known| known.sensitive && !known.per_shop)
}

/// Masks the application's secrets in a printed request. Tokens remain: they are part of the
/// request.
pub(super) fn printed(caller: (&Gateway, &CredentialSet), text: &str) -> String {
    secrets(caller, |known| !known.per_shop).mask(text).into_owned()
}

/// Masks the application's secrets and tokens in a text that only explains a request.
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

/// Masks the secrets in environment variables in a message, since the message may be printed before
/// any credentials are read. Escapes control characters, which may come from a pasted request.
pub(super) fn said(message: &str) -> String {
    let lines: Vec<_> = message.lines().map(visible).collect();
    let message = lines.join("\n");
    let secrets = ["GATESPEC_SECRET", "GATESPEC_TOKEN"].map(env::var);
    let secrets = Secrets::new(secrets.into_iter().flatten().map(Into::into));
    secrets.in_any_form().mask(&message).into_owned()
}
