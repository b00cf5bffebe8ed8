//! How another signer differs where no formula can say it.

use crate::percent::Percent;

/// How a signer turns text into bytes, and bytes into percent-encoding.
#[derive(Clone, Copy)]
pub struct Manner {
    /// The bytes of a text, for digests and percent-encoding.
    pub charset: fn(&str, &mut Vec<u8>),
    /// Appends the encoding of bytes where a formula says `rfc3986`.
    pub rfc3986: fn(&[u8], &mut Vec<u8>),
    /// Appends the encoding of bytes where a formula says `form`.
    pub form: fn(&[u8], &mut Vec<u8>),
}

/// UTF-8, and the encodings as the formula names them.
impl Default for Manner {
    fn default() -> Manner {
        Manner {
            charset: |text, out| out.extend_from_slice(text.as_bytes()),
            rfc3986: |bytes, out| Percent::Rfc3986.push(bytes, out),
            form: |bytes, out| Percent::Form.push(bytes, out),
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

    /// Percent-encodes what stands in `arena` from `start` on.
    pub(super) fn encode(self, kind: Percent, arena: &mut Vec<u8>, start: usize) {
        let bytes = self.bytes(&arena[start..]);
        arena.truncate(start);
        match kind {
            Percent::Rfc3986 => (self.rfc3986)(&bytes, arena),
            Percent::Form => (self.form)(&bytes, arena),
        }
    }
}
