//! The first difference between two texts.

use std::fmt;

/// The first byte in which a text from a client differs from the mock's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// The offset of the byte.
    pub position: usize,
    /// The byte that was sent; `None` at the end of the sent text.
    pub sent: Option<u8>,
    /// The byte that the mock expects; `None` at the end of the mock's text.
    pub expected: Option<u8>,
}

impl Difference {
    /// Compares two texts byte by byte. Returns `None` if they are equal.
    pub fn between(sent: &str, expected: &str) -> Option<Difference> {
        let (sent, expected) = (sent.as_bytes(), expected.as_bytes());
        let equal = sent.iter().zip(expected).take_while(|(sent, expected)| sent == expected);
        let position = equal.count();
        let (sent, expected) = (sent.get(position).copied(), expected.get(position).copied());
        (sent != expected).then_some(Difference { position, sent, expected })
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}: sent ", self.position)?;
        byte(self.sent, f)?;
        f.write_str(", expected ")?;
        byte(self.expected, f)
    }
}

fn byte(byte: Option<u8>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match byte {
        Some(byte) if byte.is_ascii_graphic() => write!(f, "{byte:#04x} '{}'", char::from(byte)),
        Some(byte) => write!(f, "{byte:#04x}"),
        None => f.write_str("nothing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(sent: &str, expected: &str) -> Option<String> {
        Difference::between(sent, expected).map(|difference| difference.to_string())
    }

    #[test]
    fn it_counts_bytes_and_shows_both_sides() {
        assert_eq!(shown("AB1F", "AB1F"), None);
        assert_eq!(shown("AB1f", "AB1F").unwrap(), "byte 3: sent 0x66 'f', expected 0x46 'F'");
        assert_eq!(shown("短1", "短2").unwrap(), "byte 3: sent 0x31 '1', expected 0x32 '2'");
        assert_eq!(shown("短", "矮").unwrap(), "byte 2: sent 0xad, expected 0xae");
    }

    #[test]
    fn a_text_can_end_first() {
        assert_eq!(shown("", "A").unwrap(), "byte 0: sent nothing, expected 0x41 'A'");
        assert_eq!(shown("A ", "A").unwrap(), "byte 1: sent 0x20, expected nothing");
    }
}
