//! How other signers differ from a platform in ways that no formula can express.

/// A signer's charset, percent-encodings and order of parameters.
#[derive(Clone, Copy)]
pub struct Manner {
    /// Encodes a text as bytes, for digests and percent-encoding.
    pub charset: fn(&str, &mut Vec<u8>),
    /// The encoding for `rfc3986` in formulas.
    pub rfc3986: Escapes,
    /// The encoding for `form` in formulas.
    pub form: Escapes,
    /// The order of the selected pairs.
    pub order: Order,
    /// Whether `{json}` rewrites JSON in the platform's style, as a receiver does.
    pub rewrites_json: bool,
}

/// A percent-encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Escapes {
    /// The bytes that are not encoded, in addition to letters and digits.
    pub kept: &'static [u8],
    /// Whether a space becomes `+`.
    pub plus: bool,
    /// Whether escapes have lowercase digits.
    pub lower: bool,
}

/// The order of the selected pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Sorted by name, as the formula requires.
    Names,
    /// In the order in which the parameters were given.
    Given,
    /// Sorted by the text of the pairs, as the template writes them.
    Pairs,
}

/// The platform's own manner: UTF-8, and the standard percent-encodings.
impl Default for Manner {
    fn default() -> Manner {
        Manner {
            charset: |text, out| out.extend_from_slice(text.as_bytes()),
            rfc3986: Escapes { kept: b"-._~", plus: false, lower: false },
            form: Escapes { kept: b"-._*", plus: true, lower: false },
            order: Order::Names,
            rewrites_json: false,
        }
    }
}

impl std::fmt::Debug for Manner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Manner")
    }
}

impl Manner {
    /// Encodes a segment in the charset. A segment that is not text, such as a digest, is left
    /// unchanged.
    pub(super) fn bytes(self, segment: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(segment.len());
        match std::str::from_utf8(segment) {
            Ok(text) => (self.charset)(text, &mut out),
            Err(_) => out.extend_from_slice(segment),
        }
        out
    }

    /// Percent-encodes the bytes of `arena` from `start` on.
    pub(super) fn encode(self, escapes: Escapes, arena: &mut Vec<u8>, start: usize) {
        let bytes = self.bytes(&arena[start..]);
        arena.truncate(start);
        escapes.push(&bytes, arena);
    }
}

impl Escapes {
    fn push(self, bytes: &[u8], out: &mut Vec<u8>) {
        let digits = if self.lower { b"0123456789abcdef" } else { b"0123456789ABCDEF" };
        for &byte in bytes {
            match byte {
                _ if byte.is_ascii_alphanumeric() || self.kept.contains(&byte) => out.push(byte),
                b' ' if self.plus => out.push(b'+'),
                _ => {
                    let (high, low) = (usize::from(byte >> 4), usize::from(byte & 15));
                    out.extend_from_slice(&[b'%', digits[high], digits[low]]);
                }
            }
        }
    }
}
