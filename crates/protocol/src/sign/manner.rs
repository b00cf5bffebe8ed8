//! How another signer differs where no formula can say it.

/// How a signer turns text into bytes, bytes into percent-encoding, and parameters into an order.
#[derive(Clone, Copy)]
pub struct Manner {
    /// The bytes of a text, for digests and percent-encoding.
    pub charset: fn(&str, &mut Vec<u8>),
    /// The encoding where a formula says `rfc3986`.
    pub rfc3986: Escapes,
    /// The encoding where a formula says `form`.
    pub form: Escapes,
    /// The order of the pairs that a set selects.
    pub order: Order,
    /// `{json}` writes JSON anew in the style of the platform, as a receiver does.
    pub rewrites_json: bool,
}

/// A percent-encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Escapes {
    /// What passes, besides letters and digits.
    pub kept: &'static [u8],
    /// A space becomes `+`.
    pub plus: bool,
    /// The hexadecimal digits of escapes are lower-case.
    pub lower: bool,
}

/// The order of the pairs that a set selects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By their names, as formulas have it.
    Names,
    /// As the parameters were given.
    Given,
    /// By their texts, each pair as the template writes it.
    Pairs,
}

/// UTF-8, and the encodings as the formula names them.
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
    /// The bytes of a segment; one that is no text, such as a digest, stays as it is.
    pub(super) fn bytes(self, segment: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(segment.len());
        match std::str::from_utf8(segment) {
            Ok(text) => (self.charset)(text, &mut out),
            Err(_) => out.extend_from_slice(segment),
        }
        out
    }

    /// Percent-encodes what is in `arena` from `start` on.
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
