//! Mends the malformed JSON that some gateways send.

use std::fmt::Write as _;

use super::bend::BendKind;

/// Escapes raw control characters in strings, and replaces lone surrogates by U+FFFD. Returns the
/// text and what was mended, or `None` if there was nothing to mend.
pub(crate) fn mend(text: &str) -> Option<(String, Vec<BendKind>)> {
    let bytes = text.as_bytes();
    let (mut out, mut kinds) = (String::new(), Vec::new());
    let (mut quoted, mut copied, mut at) = (false, 0, 0);
    while let Some(byte) = bytes.get(at) {
        let (length, kind) = match byte {
            b'"' => {
                quoted = !quoted;
                (1, None)
            }
            b'\\' if quoted => escape(&bytes[at..]),
            0..0x20 if quoted => (1, Some(BendKind::ControlCharacter)),
            _ => (1, None),
        };
        if let Some(kind) = kind {
            out.push_str(&text[copied..at]);
            let _ = match (kind, byte) {
                (BendKind::LostCharacter, _) => write!(out, "\\ufffd"),
                (_, b'\\') => write!(out, "\\\\"),
                _ => write!(out, "\\u{byte:04x}"),
            };
            copied = at + length;
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        at += length;
    }
    out.push_str(&text[copied..]);
    (!kinds.is_empty()).then_some((out, kinds))
}

/// The length of an escape, and what is wrong with it, if anything.
fn escape(text: &[u8]) -> (usize, Option<BendKind>) {
    match (text.get(1), unit(text)) {
        // A backslash before a raw control character. Only the backslash is handled here, the
        // control character next.
        (Some(0..0x20), _) => (1, Some(BendKind::ControlCharacter)),
        (_, Some(0xd800..0xdc00)) if matches!(unit(&text[6..]), Some(0xdc00..0xe000)) => (12, None),
        (_, Some(0xd800..0xe000)) => (6, Some(BendKind::LostCharacter)),
        _ => (2, None),
    }
}

/// The UTF-16 code unit of an escape `\uXXXX`.
fn unit(text: &[u8]) -> Option<u16> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_python_reads_without_strict_is_mended_to_json() {
        // The expected values were computed with Python: `json.loads(text, strict=False)`, with
        // lone surrogates replaced.
        let mended = |text: &str| mend(text).map(|(mended, kinds)| (mended, kinds.len()));
        for (text, wanted) in [
            ("{\"a\":\"x\ty\nz\u{1}\"}", "{\"a\":\"x\\u0009y\\u000az\\u0001\"}"),
            (r#"["\ud83dx"]"#, r#"["\ufffdx"]"#),
            (r#"["\ude00\ud83d"]"#, r#"["\ufffd\ufffd"]"#),
            ("[\"a\\\n\"]", "[\"a\\\\\\u000a\"]"),
            ("{\"k\u{2}\":\n1}", "{\"k\\u0002\":\n1}"),
        ] {
            assert_eq!(mended(text), Some((wanted.to_owned(), 1)), "{text:?}");
        }
        assert_eq!(mended("[\"\u{1}\\ud800\"]"), Some((r#"["\u0001\ufffd"]"#.into(), 2)));
        for text in ["", "{\n\t\"a\": \"\\ud83d\\ude00\\\"\\\\\"}", "\"\\ud83", "[\"\\n\\u0001\"]"]
        {
            assert_eq!(mended(text), None, "{text:?}");
        }
    }
}
