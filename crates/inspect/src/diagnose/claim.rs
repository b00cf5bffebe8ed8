//! What the other side claims to have computed: a signature, or the signed text.

use super::mask::{edges, mask};
use super::signing::Signing;
use gatespec_protocol::mask::SECRET;

/// What the other side claims to have computed.
#[derive(Clone, Default)]
pub struct Claim {
    /// The signature.
    pub sign: Option<String>,
    /// The signed text. Its secrets may be replaced by `<secret>`, or be left out.
    pub text: Option<String>,
}

/// The text that the other side signed.
pub(super) struct Text {
    text: String,
    /// The text with every secret masked, including secrets that are not known here.
    pub(super) shown: String,
    secrets: Secrets,
}

/// How the other side's text shows its secrets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Secrets {
    /// In plain text, and they are our secrets.
    Known,
    /// Replaced by `<secret>`.
    Hidden,
    /// Left out.
    Absent,
    /// In plain text, but they differ from our secrets.
    Others,
}

impl Text {
    /// `ours` is the text that the formula signs, with secrets masked.
    pub(super) fn new(signing: &Signing<'_>, text: &str, ours: &str) -> Self {
        let text = as_meant(text.strip_suffix('\n').unwrap_or(text), ours);
        let known = mask(signing, &text);
        let shown = edges(&known, ours);
        let secrets = match () {
            () if text.contains(SECRET) => Secrets::Hidden,
            () if shown != known => Secrets::Others,
            () if shown.contains(SECRET) => Secrets::Known,
            () => Secrets::Absent,
        };
        Self { text, shown, secrets }
    }

    /// Whether the other side signed with another secret.
    pub(super) fn has_other_secret(&self) -> bool {
        self.secrets == Secrets::Others
    }

    /// Whether `text`, which `signing` signs, is the other side's text, apart from secrets that are
    /// not known here. `usual` is the text of the unchanged formula, with secrets masked.
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
            Secrets::Absent => shown.replace(SECRET, "") == self.text,
            // If only the secret differs, the masked texts are equal without any mistake.
            Secrets::Others => shown == self.shown && shown != usual,
            Secrets::Hidden | Secrets::Known => shown == self.shown,
        }
    }
}

/// Undoes the escapes that a log or a header added to a text. Of the possible interpretations,
/// returns the one with the longest common prefix with `ours`.
fn as_meant(text: &str, ours: &str) -> String {
    let agreeing = |text: &str| ours.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
    let mut best = text.to_owned();
    for doubled in [false, true] {
        let reading = unescaped(text, doubled);
        if agreeing(&reading) > agreeing(&best) {
            best = reading;
        }
    }
    best
}

/// Decodes `\n`, `\r`, `\t`, `\xNN` and `\u{…}`, and `\\` if `doubled`.
fn unescaped(text: &str, doubled: bool) -> String {
    let (mut out, mut rest) = (Vec::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once('\\') {
        out.extend_from_slice(before.as_bytes());
        let hex = after.strip_prefix('x').and_then(|digits| digits.get(..2));
        let hex = hex.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let braced = after.strip_prefix("u{").and_then(|rest| rest.split_once('}'));
        let character = braced.and_then(|(digits, _)| {
            Some((char::from_u32(u32::from_str_radix(digits, 16).ok()?)?, digits.len() + 3))
        });
        let (byte, length) = match (after.as_bytes().first(), hex) {
            (_, Some(byte)) => (Some(byte), 3),
            (Some(b'n'), _) => (Some(b'\n'), 1),
            (Some(b'r'), _) => (Some(b'\r'), 1),
            (Some(b't'), _) => (Some(b'\t'), 1),
            (Some(b'\\'), _) if doubled => (Some(b'\\'), 1),
            _ => (None, 0),
        };
        rest = &after[length..];
        match (byte, character) {
            (Some(byte), _) => out.push(byte),
            (None, Some((c, length))) => {
                out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                rest = &after[length..];
            }
            (None, None) => out.push(b'\\'),
        }
    }
    out.extend_from_slice(rest.as_bytes());
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::as_meant;

    #[test]
    fn texts_are_read_as_they_were_before_they_were_escaped() {
        for (text, ours) in [
            ("GET\\n/parcel\\nx=1", "GET\n/parcel\nx=1"),
            (r"a=\xe7\x9f\xad&b=\\n", "a=短&b=\\n"),
            (r"a=\u{1b}[31m&b=\u{e000}", "a=\u{1b}[31m&b=\u{e000}"),
            (r"a=\u{}\u{zz}\u{", r"a=\u{}\u{zz}\u{"),
            (r#"{"a":"\u77ed\n"}"#, r#"{"a":"\u77ed\n"}"#),
            ("a\\", "a\\"),
            (r"\x\xg\x0", r"\x\xg\x0"),
        ] {
            assert_eq!(as_meant(text, ours), ours, "{text}");
        }
    }
}
