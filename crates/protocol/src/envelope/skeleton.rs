//! What JSON shows without its values: names and structure. A small lexer instead of a parser,
//! because what fails to be read is often cut or broken.

use crate::mask::Secrets;
use crate::text::is_identifier;

/// Characters of a skeleton.
const LONGEST: usize = 300;
/// Characters of a name.
const LONGEST_NAME: usize = 40;

/// The skeleton of JSON, whole, cut or broken: a text is `"…"` (an empty one `""`), a number `N`, a
/// boolean `bool`; of a list there is the first item. What is none of it is `?`.
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

/// What has been written, and how many characters that is.
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
    /// The brackets that are open.
    open: Vec<u8>,
    /// The name of a member may come.
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

    /// What stands without quotes.
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

/// A member's name in its quotes, without secrets. One that is no identifier may be the key of a
/// map, and so as personal as a value.
fn name(quoted: &str, secrets: &Secrets<'_>) -> String {
    let Ok(name) = serde_json::from_str::<String>(quoted) else { return "\"?\"".to_owned() };
    serde_json::to_string(&member(&name, secrets)).unwrap_or_default()
}

/// A member's name as an error may show it; one that is no identifier is `…`.
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

/// Behind a text that begins here, and whether it ends at all.
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

/// The bracket that ends the list whose items go on here.
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
