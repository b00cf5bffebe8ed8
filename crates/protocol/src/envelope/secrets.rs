//! What a gateway says can hold what the caller sent: a token that it repeats must not end in a log.

use std::borrow::Cow;

use serde_json::Value as Json;
use zeroize::Zeroize as _;

use super::{Failure, Question, Refusal, Reply};
use crate::open::DecryptError;
use crate::params::Params;

/// The texts of the caller's that must not show: credentials, and what of the request is sensitive.
pub(super) struct Secrets<'q>(Vec<Cow<'q, str>>);

/// Fewer bytes than this are in many texts by chance, and keep no secret.
const SHORTEST: usize = 4;

/// What stands for a secret.
const MASK: &str = "<secret>";

impl<'q> Secrets<'q> {
    /// Credentials that the gateway declares as sensitive, or not at all, and sensitive fields.
    pub(super) fn of(question: &Question<'q>) -> Secrets<'q> {
        let declared = question.gateway().credentials;
        let sensitive = |name: &&str| {
            let known = declared.iter().find(|credential| credential.name == *name);
            known.is_none_or(|credential| credential.sensitive)
        };
        let names = question.credentials.names().filter(sensitive);
        let texts = names.filter_map(|name| question.credentials.get(name));
        let mut all: Vec<Cow<'q, str>> = texts.map(Cow::Borrowed).collect();
        for (text, is_json) in question.sent.into_iter().flat_map(Params::sensitive) {
            match serde_json::from_str(text) {
                Ok(json) if is_json => leaves(json, &mut all),
                _ => all.push(Cow::Borrowed(text)),
            }
        }
        all.retain(|text| text.len() >= SHORTEST);
        // Of two that begin alike, the longer one counts.
        all.sort_unstable_by_key(|text| std::cmp::Reverse(text.len()));
        Secrets(all)
    }

    /// The text without secrets.
    pub(super) fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.replace(text, false)
    }

    /// The same of a text of which parts were cut, and end in `…`: there the beginning of a secret
    /// is one too.
    fn mask_cut(&self, text: &str) -> String {
        let text = self.mask(text);
        let pieces: Vec<&str> = text.split('…').collect();
        let last = pieces.len() - 1;
        let masked = pieces.iter().enumerate().map(|(index, piece)| {
            match piece.strip_suffix('"').filter(|_| index < last) {
                // The text was shown in quotes.
                Some(quoted) => [&*self.replace(quoted, true), "\""].concat(),
                None => self.replace(piece, index < last).into_owned(),
            }
        });
        masked.collect::<Vec<_>>().join("…")
    }

    fn replace<'t>(&self, text: &'t str, cut: bool) -> Cow<'t, str> {
        let mut out = String::new();
        let mut done = 0;
        let mut at = 0;
        while at < text.len() {
            match self.length_at(&text.as_bytes()[at..], cut) {
                Some(length) => {
                    out.push_str(&text[done..at]);
                    out.push_str(MASK);
                    at += length;
                    done = at;
                }
                None => at = next(text, at),
            }
        }
        if done == 0 {
            return Cow::Borrowed(text);
        }
        out.push_str(&text[done..]);
        Cow::Owned(out)
    }

    /// So many characters of the beginning of a text, without secrets, and the rest. A secret is
    /// replaced before the text is cut: half of one would be too much.
    pub(super) fn head<'t>(&self, text: &'t str, characters: usize) -> (String, &'t str) {
        let mut out = String::new();
        let mut at = 0;
        let mut count = 0;
        while count < characters && at < text.len() {
            let (piece, end) = match self.length_at(&text.as_bytes()[at..], false) {
                Some(length) => (MASK, at + length),
                None => (&text[at..next(text, at)], next(text, at)),
            };
            out.push_str(piece);
            at = end;
            count += 1;
        }
        (out, &text[at..])
    }

    /// The length of the secret with which a text begins.
    fn length_at(&self, text: &[u8], cut: bool) -> Option<usize> {
        const SPELLINGS: [Spelling; 4] = [plain, percent, escaped, entity];
        self.0.iter().find_map(|secret| {
            let length = |spelling| spelled(text, secret, spelling, cut);
            SPELLINGS.into_iter().filter_map(length).max()
        })
    }

    pub(super) fn reply(&self, mut reply: Reply) -> Reply {
        self.optional(&mut reply.code);
        self.optional(&mut reply.message);
        self.optional(&mut reply.request_id);
        for bend in &mut reply.bends {
            bend.field = self.mask_cut(&bend.field);
        }
        reply
    }

    pub(super) fn failure(&self, mut failure: Failure) -> Failure {
        match &mut failure {
            Failure::Refused(refusal) => self.refusal(refusal),
            // Its excerpt is without secrets from the start.
            Failure::NotJson { reason: text, .. }
            | Failure::Envelope(text)
            | Failure::Decrypt { error: DecryptError::Other(text), .. } => self.text(text),
            Failure::Decode(error) => error.rewrite(&|text| self.mask_cut(text)),
            Failure::Decrypt { .. } => {}
        }
        failure
    }

    fn refusal(&self, refusal: &mut Refusal) {
        self.text(&mut refusal.code);
        self.text(&mut refusal.message);
        self.optional(&mut refusal.sub_code);
        self.optional(&mut refusal.sub_message);
        self.optional(&mut refusal.request_id);
    }

    fn text(&self, text: &mut String) {
        if let Cow::Owned(masked) = self.mask(text) {
            *text = masked;
        }
    }

    fn optional(&self, text: &mut Option<String>) {
        if let Some(text) = text {
            self.text(text);
        }
    }
}

/// What stands in a field that holds a structure.
fn leaves(json: Json, out: &mut Vec<Cow<'_, str>>) {
    match json {
        Json::String(text) => out.push(Cow::Owned(text)),
        Json::Number(number) => out.push(Cow::Owned(number.to_string())),
        Json::Array(items) => items.into_iter().for_each(|item| leaves(item, out)),
        Json::Object(members) => {
            members.into_iter().for_each(|(_, member)| leaves(member, out));
        }
        Json::Null | Json::Bool(_) => {}
    }
}

impl Drop for Secrets<'_> {
    fn drop(&mut self) {
        for text in &mut self.0 {
            if let Cow::Owned(text) = text {
                text.zeroize();
            }
        }
    }
}

/// Where the next character begins.
fn next(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(1, char::len_utf8)
}

/// The byte with which a text begins, and how long it is spelled.
type Spelling = fn(&[u8]) -> Option<(u8, usize)>;

/// The length of a secret in this spelling, if the text begins with it.
fn spelled(text: &[u8], secret: &str, spelling: Spelling, cut: bool) -> Option<usize> {
    let mut at = 0;
    for (index, byte) in secret.bytes().enumerate() {
        let rest = text.get(at..)?;
        if rest.is_empty() {
            return (cut && index >= SHORTEST).then_some(at);
        }
        let (found, length) = spelling(rest).or_else(|| plain(rest))?;
        if found != byte {
            return None;
        }
        at += length;
    }
    Some(at)
}

fn plain(text: &[u8]) -> Option<(u8, usize)> {
    text.first().map(|byte| (*byte, 1))
}

/// As in a URL or a form.
fn percent(text: &[u8]) -> Option<(u8, usize)> {
    match *text {
        [b'%', high, low, ..] => Some((hex(high)? << 4 | hex(low)?, 3)),
        [b'+', ..] => Some((b' ', 1)),
        _ => None,
    }
}

/// As in JSON, or in a text that Rust shows.
fn escaped(text: &[u8]) -> Option<(u8, usize)> {
    match *text {
        [b'\\', b'u', b'0', b'0', high, low, ..] => Some((hex(high)? << 4 | hex(low)?, 6)),
        [b'\\', byte, ..] if byte.is_ascii_punctuation() => Some((byte, 2)),
        _ => None,
    }
}

/// As in HTML or XML.
fn entity(text: &[u8]) -> Option<(u8, usize)> {
    const NAMED: [(&[u8], u8); 5] =
        [(b"&amp;", b'&'), (b"&lt;", b'<'), (b"&gt;", b'>'), (b"&quot;", b'"'), (b"&apos;", b'\'')];
    let named = NAMED.into_iter().find(|(name, _)| text.starts_with(name));
    if let Some((name, byte)) = named {
        return Some((byte, name.len()));
    }
    let number = text.strip_prefix(b"&#")?;
    let end = number.iter().take(6).position(|byte| *byte == b';')?;
    let digits = std::str::from_utf8(&number[..end]).ok()?;
    let byte = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u8::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    Some((byte.ok()?, end + 3))
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_every_spelling() {
        let secrets = Secrets(vec!["s3cr3t /+=%&".into(), "短信密钥".into()]);
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
            assert_eq!(secrets.mask(text), MASK, "{text}");
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
        let secrets = Secrets(vec!["0123456789abcdef".into()]);
        assert_eq!(secrets.mask_cut("the text \"x0123456\"…"), "the text \"x<secret>\"…");
        assert_eq!(secrets.mask_cut("a.x0123…b.01234…"), "a.x<secret>…b.<secret>…");
        assert_eq!(secrets.mask_cut("the text \"012\"…"), "the text \"012\"…");
        assert_eq!(secrets.mask_cut("the text \"0123456\""), "the text \"0123456\"");
    }

    #[test]
    fn the_longer_of_two_secrets_counts() {
        let secrets = Secrets(vec!["abcdefgh".into(), "abcd".into()]);
        assert_eq!(secrets.mask("abcdefgh abcd abc"), "<secret> <secret> abc");
    }
}
