//! Masks secrets in messages.

use gatespec_runtime::mask::Secrets;
use gatespec_runtime::text::visible;
use std::env;

/// Masks the secrets in environment variables in a message, since the message may be printed before
/// any credentials are read. Escapes control characters, which may come from a pasted request.
pub(super) fn said(message: &str) -> String {
    let lines: Vec<_> = message.lines().map(visible).collect();
    let message = lines.join("\n");
    let secrets = ["GATESPEC_SECRET", "GATESPEC_TOKEN"].map(env::var);
    let secrets = Secrets::new(secrets.into_iter().flatten().map(Into::into));
    secrets.in_any_form().mask(&message).into_owned()
}
