//! Makes texts from outside safe to show: they cannot control the terminal, and their length is
//! limited.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character controls a terminal, or changes how a line looks without being visible.
pub fn is_unseen(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    // `escape_debug` escapes a combining accent only at the start of a text, so `c` follows a
    // letter.
    let mut text = [b'a', 0, 0, 0, 0];
    let length = c.encode_utf8(&mut text[1..]).len();
    std::str::from_utf8(&text[..=length]).is_ok_and(|text| text.escape_debug().nth(2).is_some())
}

/// Escapes every [unseen](is_unseen) character as `char::escape_debug` does: `\n`, `\u{1b}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    visible_but(text, |_| false)
}

/// Like [`visible`], but keeps the characters that `kept` accepts.
pub fn visible_but(text: &str, kept: impl Fn(char) -> bool) -> Cow<'_, str> {
    let is_escaped = |c: char| is_unseen(c) && !kept(c);
    if !text.contains(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match is_escaped(c) {
            true => out.extend(c.escape_debug()),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Like [`visible`], but for bytes. A byte that is not valid UTF-8 is written like `\xb6`.
pub fn visible_bytes(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(&visible(chunk.valid()));
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
    out
}

/// Escapes the [unseen](is_unseen) characters of JSON, except line breaks, as `\u001b`.
pub fn visible_in_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut units = [0; 2];
    for c in json.chars() {
        match c != '\n' && is_unseen(c) {
            true => c.encode_utf16(&mut units).iter().for_each(|unit| {
                let _ = write!(out, "\\u{unit:04x}");
            }),
            false => out.push(c),
        }
    }
    out
}

/// Whether a name looks like an identifier that a platform has chosen: a letter or one of a few
/// signs, followed by letters, digits and a few signs. Names with more than four digits are
/// excluded, because they may be personal numbers.
pub(crate) fn is_identifier(name: &str) -> bool {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$' | '@'))
        && name.bytes().all(|c| c.is_ascii_alphanumeric() || b"_.-$@".contains(&c))
        && digits <= 4
}

/// Returns the first characters of a text, followed by `…` if the text has more.
pub fn shortened(text: &str, characters: usize) -> Cow<'_, str> {
    // Each character has at least one byte, so a text with few bytes is not too long.
    let end = if text.len() > characters { text.char_indices().nth(characters) } else { None };
    match end {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_visible() {
        for seen in ["短 \"a\\b\" 'c' ~", "e\u{301} \u{e2d}\u{e31}"] {
            assert_eq!(visible(seen), seen);
        }
        let steering = "\u{1b}[31m\u{9b}1m\r\n\u{202e}\u{e0041}";
        assert_eq!(visible(steering), r"\u{1b}[31m\u{9b}1m\r\n\u{202e}\u{e0041}");
        assert_eq!(visible_but("a\n\u{7}", char::is_whitespace), "a\n\\u{7}");
        assert_eq!(visible_in_json("\"\u{9b}\u{e0041}\"\n"), "\"\\u009b\\udb40\\udc41\"\n");
        assert_eq!(visible_bytes(b"\xe7\x9f\xad\xb6\n"), r"短\xb6\n");
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(shortened("短袖衫", 2), "短袖…");
        assert_eq!(shortened("短袖", 2), "短袖");
    }
}
