//! Texts in places that do not take every character.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// The longest text in a header; what is longer is cut.
const HEADER: usize = 4096;

/// A text as a header can hold it: bytes that are not printable ASCII stand as `\xNN`, and a
/// backslash is doubled.
pub(crate) fn header(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if out.len() > HEADER {
            out.push_str("...");
            break;
        }
        match byte {
            b'\\' => out.push_str(r"\\"),
            b' '..=b'~' => out.push(char::from(byte)),
            byte => {
                let _ = write!(out, "\\x{byte:02x}");
            }
        }
    }
    out
}

/// A text in HTML.
pub(crate) fn html(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// A text as a terminal can show it: characters that steer it, and those that nobody sees, stand as
/// escapes.
pub(crate) struct Visible<'t>(pub(crate) &'t str);

impl fmt::Display for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '"' | '\'' | '\\' => f.write_char(character)?,
                other => write!(f, "{}", other.escape_debug())?,
            }
        }
        Ok(())
    }
}

/// A text that is cut behind so many characters.
pub(crate) fn shortened(text: &str, characters: usize) -> Cow<'_, str> {
    // No character is shorter than a byte.
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
    fn a_header_holds_printable_ascii_only() {
        assert_eq!(header("a&b=<secret> ~"), "a&b=<secret> ~");
        assert_eq!(header("短\r\n\\"), r"\xe7\x9f\xad\x0d\x0a\\");
        assert!(header(&"x".repeat(100_000)).len() < 5_000);
    }

    #[test]
    fn html_holds_no_markup() {
        assert_eq!(html("<b a='1' c=\"2\">&"), "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;");
        assert_eq!(html("短 plain"), "短 plain");
    }

    #[test]
    fn what_steers_a_terminal_is_visible() {
        assert_eq!(Visible("短 \"a\\b\" ~").to_string(), "短 \"a\\b\" ~");
        let steering = "\u{1b}[31m\u{9b}1m\r\n\u{202e}";
        assert_eq!(Visible(steering).to_string(), r"\u{1b}[31m\u{9b}1m\r\n\u{202e}");
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(shortened("短袖衫", 2), "短袖…");
        assert_eq!(shortened("短袖", 2), "短袖");
    }
}
