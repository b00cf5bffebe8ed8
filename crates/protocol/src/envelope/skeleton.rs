//! The skeleton of JSON: its names and structure without values. It is made by a small lexer and
//! not by a parser, because answers that cannot be read are often truncated or malformed.

use crate::mask::Secrets;
use crate::text::is_identifier;

/// The maximum length of a skeleton, in characters.
const LONGEST: usize = 300;
/// The maximum length of a name, in characters.
const LONGEST_NAME: usize = 40;

/// Returns the skeleton of JSON, which may be truncated or malformed. Strings become `"…"` (empty
/// strings `""`), numbers `N`, and booleans `bool`. Lists are cut after the first item. Anything
/// else becomes `?`.
pub(super) fn skeleton(text: &str, secrets: &Secrets<'_>) -> String {
    let mut lexer = Lexer { text, at: 0, open: Vec::new(), name: false, out: Out::default() };
    while lexer.at < text.len() && lexer.out.length < LONGEST {
        lexer.token(secrets);
    }
    if lexer.at < text.len() {
        lexer.out.push("…");
    }
    lexer.out.text
}

/// The output and its length in characters.
#[derive(Default)]
struct Out {
    text: String,
    length: usize,
}

impl Out {
    fn push(&mut self, piece: &str) {
        self.text.push_str(piece);
        self.length += piece.chars().count();
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// The brackets that are still open.
    open: Vec<u8>,
    /// Whether the next string may be a member's name.
    name: bool,
    out: Out,
}

impl Lexer<'_> {
    fn token(&mut self, secrets: &Secrets<'_>) {
        let Some(byte) = self.text.as_bytes().get(self.at).copied() else { return };
        match byte {
            b'{' | b'[' => {
                self.open.push(byte);
                self.mark(byte, byte == b'{');
            }
            b'}' | b']' => {
                self.open.pop();
                self.mark(byte, false);
            }
            b',' if self.open.last() == Some(&b'[') => {
                self.out.push(",…");
                self.at = end_of_list(self.text.as_bytes(), self.at);
            }
            b',' => self.mark(byte, self.open.last() == Some(&b'{')),
            b':' => self.mark(byte, false),
            b'"' => self.quoted(secrets),
            _ if byte.is_ascii_whitespace() => self.at += 1,
            _ => self.word(),
        }
    }

    fn mark(&mut self, byte: u8, name: bool) {
        self.out.push(char::from(byte).encode_utf8(&mut [0; 4]));
        self.name = name;
        self.at += 1;
    }

    fn quoted(&mut self, secrets: &Secrets<'_>) {
        let start = self.at;
        let (end, closed) = end_of_text(self.text.as_bytes(), start);
        self.at = end;
        let is_name = std::mem::take(&mut self.name)
            && closed
            && self.text[end..].trim_start().starts_with(':');
        match end - start {
            _ if is_name => self.out.push(&name(&self.text[start..end], secrets)),
            _ if !closed => self.out.push("\"…"),
            2 => self.out.push("\"\""),
            _ => self.out.push("\"…\""),
        }
    }

    /// Reads a token without quotes.
    fn word(&mut self) {
        let ends = |c: char| c.is_ascii_whitespace() || "{}[],:\"".contains(c);
        let rest = &self.text[self.at..];
        let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
        self.name = false;
        self.at += word.len();
        match word {
            "true" | "false" => self.out.push("bool"),
            "null" => self.out.push("null"),
            _ if word.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => self.out.push("N"),
            _ if self.out.text.ends_with('?') => {}
            _ => self.out.push("?"),
        }
    }
}

/// Returns a member's name in quotes, without secrets. A name that is not an identifier is hidden,
/// because it may be the key of a map, which can be personal data.
fn name(quoted: &str, secrets: &Secrets<'_>) -> String {
    let Ok(name) = serde_json::from_str::<String>(quoted) else { return "\"?\"".to_owned() };
    serde_json::to_string(&member(&name, secrets)).unwrap_or_default()
}

/// Returns a member's name as errors may show it, or `…` if it is not an identifier.
pub(super) fn member(name: &str, secrets: &Secrets<'_>) -> String {
    if !is_identifier(name) {
        return "…".to_owned();
    }
    let (mut short, rest) = secrets.head(name, LONGEST_NAME);
    if !rest.is_empty() {
        short.push('…');
    }
    short
}

/// The position after the string that begins at `start`, and whether it is closed.
fn end_of_text(text: &[u8], start: usize) -> (usize, bool) {
    let mut at = start + 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return (at + 1, true),
            _ => at += 1,
        }
    }
    (text.len(), false)
}

/// The position of the bracket that closes the current list, or the end of the text.
fn end_of_list(text: &[u8], start: usize) -> usize {
    let mut at = start;
    let mut depth = 0_usize;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => {
                at = end_of_text(text, at).0;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}
