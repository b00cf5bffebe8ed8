//! What the other side has given: a signature, or the text that it says it signed.

use super::signing::Signing;
use gatespec_runtime::percent::Percent;
use gatespec_runtime::sign::MARK;

/// What the other side has given.
#[derive(Clone, Default)]
pub struct Claim {
    /// Its signature.
    pub sign: Option<String>,
    /// The text that it says it signed; its secrets may stand as `<secret>`, or be left out.
    pub text: Option<String>,
}

/// A foreign text that was signed.
pub(super) struct Text {
    text: String,
    /// It shows secrets as marks.
    masked: bool,
    /// It shows no secret at all.
    without: bool,
}

impl Text {
    pub(super) fn new(signing: &Signing<'_>, text: &str) -> Self {
        let text = text.strip_suffix('\n').unwrap_or(text).to_owned();
        let masked = text.contains("<secret>");
        let shown = mask(signing, &text);
        Self { masked, without: !shown.contains("<secret>"), text }
    }

    /// This text goes into the signature of a request.
    pub(super) fn is(&self, signing: &Signing<'_>, text: &str) -> bool {
        if !self.masked && !self.without {
            return text == self.text;
        }
        let Ok(shown) = signing.explain() else { return false };
        match self.without {
            true => shown.canonical.replace("<secret>", "") == self.text || text == self.text,
            false => shown.canonical == mask(signing, &self.text),
        }
    }
}

/// A foreign text without our secrets, in whatever way they are written.
pub(super) fn mask(signing: &Signing<'_>, text: &str) -> String {
    let of_credentials = signing.gateway.credentials.iter().filter(|known| known.sensitive);
    let of_credentials = of_credentials.filter_map(|known| signing.credentials.get(known.name));
    let of_params = signing.params.iter().filter(|sent| sent.is_secret()).map(|sent| sent.value);
    let mut secrets: Vec<String> = of_credentials
        .chain(of_params)
        .flat_map(|secret| {
            let encoded = [Percent::Rfc3986.encode(secret), Percent::Form.encode(secret)];
            [secret.to_owned(), secret.to_lowercase(), secret.to_uppercase()]
                .into_iter()
                .chain(encoded)
        })
        .filter(|secret| !secret.is_empty())
        .collect();
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    let marked = secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret, MARK));
    marked.replace(MARK, "<secret>")
}
