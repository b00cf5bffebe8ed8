//! Masking of secrets in texts.
//!
//! The positions of secrets are stored separately from the text, as byte ranges. No character in a
//! text can mark them, because a value can contain any character.

mod spelling;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use zeroize::Zeroize as _;

use crate::json::{ParamType, parts, scalar};
use crate::raw_json::RawJson;

pub use spelling::SHORTEST;
use spelling::{Spelling, entity, escaped, forms, percent, plain, spelled};

/// The text that replaces a secret in output.
pub const SECRET: &str = "<secret>";

/// A text with [`SECRET`] in place of each secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked<'t> {
    pub(crate) text: Cow<'t, str>,
    /// The byte ranges of the masks, in ascending order.
    pub(crate) marks: Vec<Range<usize>>,
}

impl<'t> Masked<'t> {
    /// Masks the byte ranges in `secrets`, which must be in ascending order and must not overlap.
    pub fn new(text: &'t str, secrets: &[Range<usize>]) -> Masked<'t> {
        Masked::between(text, secrets, "")
    }

    /// Like [`Masked::new`], for a JSON text. Each mask is written as a JSON string, so that the
    /// text stays JSON, unless the whole text is one secret.
    pub fn json(text: &'t str, secrets: &[Range<usize>]) -> Masked<'t> {
        Masked::between(text, secrets, if is_whole(text, secrets) { "" } else { "\"" })
    }

    /// A text that consists of one mask.
    pub(crate) fn secret() -> Masked<'static> {
        Masked { text: Cow::Borrowed(SECRET), marks: whole(SECRET) }
    }

    fn between(text: &'t str, secrets: &[Range<usize>], quote: &str) -> Masked<'t> {
        if secrets.is_empty() {
            return Masked { text: Cow::Borrowed(text), marks: Vec::new() };
        }
        let (mut out, mut marks, mut at) = (String::with_capacity(text.len()), Vec::new(), 0);
        for secret in secrets {
            out.push_str(&text[at..secret.start]);
            out.push_str(quote);
            marks.push(out.len()..out.len() + SECRET.len());
            out.extend([SECRET, quote]);
            at = secret.end;
        }
        out.push_str(&text[at..]);
        Masked { text: Cow::Owned(out), marks }
    }

    /// The masked text.
    pub fn into_text(self) -> Cow<'t, str> {
        self.text
    }
}

impl fmt::Display for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A list of one byte range, which covers the whole text.
pub fn whole(text: &str) -> Vec<Range<usize>> {
    std::iter::once(0..text.len()).collect()
}

/// Whether `secrets` is one range that covers the whole text.
pub fn is_whole(text: &str, secrets: &[Range<usize>]) -> bool {
    matches!(secrets, [one] if *one == (0..text.len()))
}

/// The strings and numbers in a JSON text. If the text is not JSON, the text itself.
pub fn leaves(text: &str) -> Vec<Cow<'_, str>> {
    fn add<'t>(raw: &'t str, out: &mut Vec<Cow<'t, str>>) {
        match (parts(raw), scalar(raw)) {
            (Some(parts), _) => parts.into_iter().for_each(|(_, raw)| add(raw.get(), out)),
            (None, (_, ParamType::Null)) => {}
            (None, (text, ParamType::Number)) if text.starts_with(['t', 'f']) => {}
            (None, (text, _)) => out.push(text),
        }
    }
    let mut all = Vec::new();
    match text.parse::<RawJson>() {
        Ok(_) => add(text.trim(), &mut all),
        Err(_) => all.push(Cow::Borrowed(text)),
    }
    all
}

/// A set of secrets to mask. Owned texts are overwritten when the set is dropped.
pub struct Secrets<'s> {
    /// Longest first, because one secret may be the beginning of another.
    texts: Vec<Cow<'s, str>>,
    /// For each byte, whether a spelling of a secret may begin with it.
    starts: [bool; 256],
}

impl<'s> Secrets<'s> {
    /// Creates a set of secrets. Texts shorter than [`SHORTEST`] are ignored.
    pub fn new(texts: impl IntoIterator<Item = Cow<'s, str>>) -> Secrets<'s> {
        Secrets::of_any_length(texts.into_iter().filter(|text| text.len() >= SHORTEST))
    }

    /// Creates a set of secrets of any length.
    pub fn of_any_length(texts: impl IntoIterator<Item = Cow<'s, str>>) -> Secrets<'s> {
        let mut texts: Vec<_> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        texts.sort_unstable_by_key(|text| std::cmp::Reverse(text.len()));
        let mut starts = [false; 256];
        let first = texts.iter().filter_map(|text| text.bytes().next());
        first.chain(ESCAPES).for_each(|byte| starts[usize::from(byte)] = !texts.is_empty());
        Secrets { texts, starts }
    }

    /// Adds the forms that programs often convert secrets to: base64, hexadecimal digits, double
    /// percent-encoding, uppercase, lowercase, and the reversed text.
    #[must_use]
    pub fn in_any_form(mut self) -> Secrets<'static> {
        let forms = self.texts.iter().flat_map(|text| forms(text)).map(Cow::Owned);
        let all = Secrets::of_any_length(forms.collect::<Vec<_>>());
        self.texts.iter_mut().for_each(wipe);
        self.texts.clear();
        all
    }

    /// Masks the secrets in a text.
    pub fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        Masked::new(text, &self.find(text, false)).text
    }

    /// Finds the secrets in a text, in every spelling, and returns their byte ranges. If `cut` is
    /// set, the text was truncated, and the beginning of a secret at the end of the text counts
    /// too.
    pub fn find(&self, text: &str, cut: bool) -> Vec<Range<usize>> {
        let (mut found, mut at) = (Vec::new(), 0);
        let begins = |byte: &u8| self.starts[usize::from(*byte)];
        while let Some(skipped) = text.as_bytes()[at..].iter().position(begins) {
            at += skipped;
            let length = self.length_at(&text.as_bytes()[at..], cut);
            found.extend(length.map(|length| at..at + length));
            at += length.unwrap_or(1);
        }
        found
    }

    /// Returns the first characters of a text, masked, and the rest of the text. A mask counts as
    /// one character. Masks before it truncates, so that half a secret is never shown.
    pub(crate) fn head<'t>(&self, text: &'t str, characters: usize) -> (String, &'t str) {
        let (mut out, mut at, mut count) = (String::new(), 0, 0);
        while count < characters && at < text.len() {
            let (piece, end) = match self.length_at(&text.as_bytes()[at..], false) {
                Some(length) => (SECRET, at + length),
                None => (&text[at..next(text, at)], next(text, at)),
            };
            out.push_str(piece);
            at = end;
            count += 1;
        }
        (out, &text[at..])
    }

    /// Masks a text that has truncated parts, each of which ends in `…`.
    pub fn mask_cut(&self, text: &str) -> String {
        let text = self.mask(text);
        if !text.contains('…') {
            return text.into_owned();
        }
        let cut = |text: &str| Masked::new(text, &self.find(text, true)).to_string();
        let pieces: Vec<&str> = text.split('…').collect();
        let last = pieces.len() - 1;
        let masked = pieces.iter().enumerate().map(|(index, piece)| {
            match piece.strip_suffix('"').filter(|_| index < last) {
                // The truncated part is in quotes.
                Some(quoted) => cut(quoted) + "\"",
                None if index < last => cut(piece),
                None => self.mask(piece).into_owned(),
            }
        });
        masked.collect::<Vec<_>>().join("…")
    }

    /// The length of the secret at the beginning of a text; `None` if the text begins with no
    /// secret.
    fn length_at(&self, text: &[u8], cut: bool) -> Option<usize> {
        const SPELLINGS: [Spelling; 4] = [plain, percent, escaped, entity];
        if !self.starts[usize::from(*text.first()?)] {
            return None;
        }
        self.texts.iter().filter(|secret| may_begin(text, secret.as_bytes())).find_map(|secret| {
            let length = |spelling| spelled(text, secret, spelling, cut);
            SPELLINGS.into_iter().filter_map(length).max()
        })
    }
}

impl Drop for Secrets<'_> {
    fn drop(&mut self) {
        self.texts.iter_mut().for_each(wipe);
    }
}

/// The bytes that may begin the encoded spelling of another byte.
const ESCAPES: [u8; 4] = *b"%+\\&";

/// Whether the text may begin with a spelling of the secret. All spellings are equal up to the
/// first byte that may begin an escape, so comparing the bytes before it rules out most texts.
fn may_begin(text: &[u8], secret: &[u8]) -> bool {
    let mut bytes = text.iter().zip(secret);
    bytes
        .find(|(found, own)| found != own || ESCAPES.contains(found))
        .is_none_or(|(found, _)| ESCAPES.contains(found))
}

fn wipe(text: &mut Cow<'_, str>) {
    if let Cow::Owned(text) = text {
        text.zeroize();
    }
}

/// The byte position of the character after the one at `at`.
fn next(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(1, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_every_spelling() {
        let secrets = Secrets::new(["s3cr3t /+=%&", "短信密钥"].map(Cow::from));
        for text in [
            "s3cr3t /+=%&",
            "s3cr3t+%2F%2b%3D%25%26",
            "s3cr3t%20%2f%2B=%25&",
            "%73%33cr3t%20/%2B%3d%25%26",
            "s3cr3t \\/+=%&",
            "s3cr3t \\u002f\\u002B=%&",
            "s3cr3t /+=%&amp;",
            "s3cr3t &#47;&#x2B;=%&#38;",
            "短信密钥",
            "%E7%9F%AD%e4%bf%a1%E5%AF%86%E9%92%A5",
        ] {
            assert_eq!(secrets.mask(text), SECRET, "{text}");
            let around = format!("短{text}s3cr3t {text}");
            assert_eq!(secrets.mask(&around), "短<secret>s3cr3t <secret>", "{text}");
            assert_eq!(secrets.head(&around, 2).0, "短<secret>");
        }
        for text in ["", "s3cr3t", "s3cr3t /+=%", "短信", "100%", "\\", "&#;", "&#999999;%%%\\u00"]
        {
            assert_eq!(secrets.mask(text), text);
        }
    }

    #[test]
    fn a_text_that_was_cut_within_a_secret_does_not_show_its_beginning() {
        let secrets = Secrets::new([Cow::from("0123456789abcdef")]);
        assert_eq!(secrets.mask_cut("the text \"x0123456\"…"), "the text \"x<secret>\"…");
        assert_eq!(secrets.mask_cut("a.x0123…b.01234…"), "a.x<secret>…b.<secret>…");
        assert_eq!(secrets.mask_cut("the text \"012\"…"), "the text \"012\"…");
        assert_eq!(secrets.mask_cut("the text \"0123456\""), "the text \"0123456\"");
    }

    #[test]
    fn the_longer_of_two_secrets_counts() {
        let secrets = Secrets::new(["abcd", "abcdefgh"].map(Cow::from));
        assert_eq!(secrets.mask("abcdefgh abcd abc"), "<secret> <secret> abc");
    }

    #[test]
    fn a_secret_is_known_in_every_form() {
        let secrets = Secrets::new([Cow::from("a/+\"é")]).in_any_form();
        // The spellings were computed with PHP: rawurlencode, json_encode, htmlspecialchars,
        // base64_encode, bin2hex, strrev.
        for one in [
            "a/+\"é",
            "A/+\"É",
            "a%2F%2B%22%C3%A9",
            "a%2f%2b%22%c3%a9",
            "a%252F%252B%2522%25C3%25A9",
            "a\\/+\\\"\\u00e9",
            "a/+&quot;é",
            "YS8rIsOp",
            "612f2b22c3a9",
            "612F2B22C3A9",
            "é\"+/a",
        ] {
            assert_eq!(secrets.mask(one), SECRET, "{one}");
        }
    }

    #[test]
    fn ranges_hide_and_no_character_does() {
        let text = "a\u{e000}b<secret>c";
        assert_eq!(Masked::new(text, &[]).text, text);
        let masked = Masked::new(text, &[0..1, 4..5]);
        assert_eq!(masked.text, "<secret>\u{e000}<secret><secret>c");
        assert_eq!(masked.marks, [0..8, 11..19]);
        assert_eq!(Masked::json("[7,true]", &[1..2, 3..7]).text, r#"["<secret>","<secret>"]"#);
        assert_eq!(Masked::json("7", &whole("7")).text, SECRET);
    }
}
