//! What the other side has given: a signature, or the text that it says it signed.

use super::mask::{HIDDEN, edges, mask};
use super::signing::Signing;

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
    /// The same with every secret hidden, also one that is not known here.
    pub(super) shown: String,
    secrets: Secrets,
}

/// What a foreign text shows of its secrets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Secrets {
    /// Themselves, and they are known here.
    Known,
    /// Marks in their places.
    Hidden,
    /// Nothing at all.
    Absent,
    /// Themselves, and they are others than here.
    Others,
}

impl Text {
    /// `ours` is what the formula signs, secrets hidden.
    pub(super) fn new(signing: &Signing<'_>, text: &str, ours: &str) -> Self {
        let text = text.strip_suffix('\n').unwrap_or(text).to_owned();
        let known = mask(signing, &text);
        let shown = edges(&known, ours);
        let secrets = match () {
            () if text.contains(HIDDEN) => Secrets::Hidden,
            () if shown != known => Secrets::Others,
            () if shown.contains(HIDDEN) => Secrets::Known,
            () => Secrets::Absent,
        };
        Self { text, shown, secrets }
    }

    /// Another secret was signed with than the one that is known here.
    pub(super) fn has_other_secret(&self) -> bool {
        self.secrets == Secrets::Others
    }

    /// This text goes into the signature of a request; `usual` is what the formula signs, secrets hidden.
    pub(super) fn is(&self, signing: &Signing<'_>, text: &str, usual: &str) -> bool {
        if text == self.text {
            return true;
        }
        if self.secrets == Secrets::Known {
            return false;
        }
        let Ok(shown) = signing.explain().map(|explanation| explanation.canonical) else {
            return false;
        };
        match self.secrets {
            Secrets::Absent => shown.replace(HIDDEN, "") == self.text,
            // What differs in the secret alone looks the same.
            Secrets::Others => shown == self.shown && shown != usual,
            Secrets::Hidden | Secrets::Known => shown == self.shown,
        }
    }
}
