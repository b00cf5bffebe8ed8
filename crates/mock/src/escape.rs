//! Escaping of texts for headers and HTML.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The maximum length of a header's value, in bytes.
const HEADER: usize = 4096;

/// Escapes a text for a header: bytes other than printable ASCII become `\xNN`, and backslashes are
/// doubled.
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

/// Escapes a text for HTML.
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
}
