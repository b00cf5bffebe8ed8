//! The first difference between two texts.

use gatespec_protocol::text::visible_bytes;

/// Bytes of context before and after the difference.
const BEFORE: usize = 32;
const AFTER: usize = 24;

/// The first difference between two texts, with both sides in context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The offset of the first byte that differs. If one text is a prefix of the other, the length
    /// of the shorter text.
    pub at: usize,
    /// Our text around the difference, with unprintable bytes escaped.
    pub ours: String,
    /// The other side's text around the difference, with unprintable bytes escaped.
    pub theirs: String,
    /// The number of characters before the difference in `ours` and `theirs`.
    pub column: usize,
}

/// Returns the first difference, or `None` if the texts are equal.
pub fn differ(ours: &[u8], theirs: &[u8]) -> Option<Difference> {
    if ours == theirs {
        return None;
    }
    let at = ours.iter().zip(theirs).take_while(|(a, b)| a == b).count();
    // Moves the start to the beginning of a character.
    let mut start = at.saturating_sub(BEFORE);
    while start > 0 && is_inner(ours, start) {
        start -= 1;
    }
    let mut point = at;
    while point > start && (is_inner(ours, point) || is_inner(theirs, point)) {
        point -= 1;
    }
    let lead = if start > 0 { "…" } else { "" };
    let same = format!("{lead}{}", visible_bytes(&ours[start..point]));
    let side = |bytes: &[u8]| {
        let mut end = (at + AFTER).min(bytes.len());
        while end < bytes.len() && is_inner(bytes, end) {
            end += 1;
        }
        let tail = if end < bytes.len() { "…" } else { "" };
        format!("{same}{}{tail}", visible_bytes(&bytes[point..end]))
    };
    let column = same.chars().count();
    Some(Difference { at, ours: side(ours), theirs: side(theirs), column })
}

/// Whether the byte at `at` continues a UTF-8 character.
fn is_inner(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|byte| byte & 0xc0 == 0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_and_both_sides() {
        let found = differ(b"a=1&b=x%20y", b"a=1&b=x+y").unwrap();
        assert_eq!((found.at, found.column), (7, 7));
        assert_eq!((found.ours.as_str(), found.theirs.as_str()), ("a=1&b=x%20y", "a=1&b=x+y"));
        assert_eq!(differ(b"same", b"same"), None);
        let end = differ(b"same", b"same\n").unwrap();
        assert_eq!((end.at, end.ours.as_str(), end.theirs.as_str()), (4, "same", "same\\n"));
    }

    #[test]
    fn characters_stay_whole_and_bytes_that_are_none_are_hexadecimal() {
        let found = differ("x短y".as_bytes(), "x袖y".as_bytes()).unwrap();
        assert_eq!((found.ours.as_str(), found.theirs.as_str()), ("x短y", "x袖y"));
        let found = differ("x短".as_bytes(), b"x\xb6\xcc").unwrap();
        assert_eq!((found.at, found.theirs.as_str()), (1, "x\\xb6\\xcc"));
        let long = "k".repeat(500);
        let found = differ(format!("{long}a").as_bytes(), format!("{long}\u{1b}[31m").as_bytes());
        let found = found.unwrap();
        assert_eq!(found.at, 500);
        assert!(found.theirs.ends_with("k\\u{1b}[31m") && found.theirs.starts_with("…k"));
    }
}
