//! Percent-encoding: RFC 3986 for signatures, the form encoding for what is sent. They differ in
//! the space, `*`, `~`: one in place of the other is a wrong signature.

/// Which bytes pass, and what a space becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Percent {
    /// `A-Z a-z 0-9 - . _ ~` pass.
    Rfc3986,
    /// `A-Z a-z 0-9 * - . _` pass, a space becomes `+`.
    Form,
}

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Says of every byte whether it passes.
type Table = [bool; 256];

const fn table(passing: &[u8]) -> Table {
    let mut table = [false; 256];
    let mut at = 0;
    while at < table.len() {
        table[at] = (at as u8).is_ascii_alphanumeric();
        at += 1;
    }
    let mut at = 0;
    while at < passing.len() {
        table[passing[at] as usize] = true;
        at += 1;
    }
    table
}

static RFC3986: Table = table(b"-._~");
static FORM: Table = table(b"-._*");

impl Percent {
    fn table(self) -> &'static Table {
        match self {
            Percent::Rfc3986 => &RFC3986,
            Percent::Form => &FORM,
        }
    }

    /// What a byte that does not pass becomes.
    fn escape(self, byte: u8) -> ([u8; 3], usize) {
        if byte == b' ' && self == Percent::Form {
            return ([b'+'; 3], 1);
        }
        ([b'%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]], 3)
    }

    /// Appends the encoded `text`.
    pub fn push(self, text: &[u8], out: &mut Vec<u8>) {
        let table = self.table();
        let mut rest = text;
        while let Some(at) = rest.iter().position(|byte| !table[usize::from(*byte)]) {
            out.extend_from_slice(&rest[..at]);
            let (escaped, length) = self.escape(rest[at]);
            out.extend_from_slice(&escaped[..length]);
            rest = &rest[at + 1..];
        }
        out.extend_from_slice(rest);
    }

    /// The encoded `text`.
    pub fn encode(self, text: &str) -> String {
        let mut out = Vec::with_capacity(text.len() + 16);
        self.push(text.as_bytes(), &mut out);
        // What comes out is ASCII.
        String::from_utf8(out).unwrap_or_default()
    }

    /// Encodes what stands in `buffer` from `start` on, in place: makes room, then moves the runs
    /// of bytes that pass backwards.
    pub(crate) fn encode_tail(self, buffer: &mut Vec<u8>, start: usize) {
        let table = self.table();
        let escaped = |byte: &u8| !table[usize::from(*byte)];
        let growth = |byte: &u8| self.escape(*byte).1 - 1;
        let growth: usize = buffer[start..].iter().filter(|byte| escaped(byte)).map(growth).sum();
        let mut read = buffer.len();
        buffer.resize(read + growth, 0);
        let mut write = buffer.len();
        while let Some(at) = buffer[start..read].iter().rposition(escaped) {
            let at = start + at;
            write -= read - at - 1;
            buffer.copy_within(at + 1..read, write);
            let (escape, length) = self.escape(buffer[at]);
            write -= length;
            buffer[write..write + length].copy_from_slice(&escape[..length]);
            read = at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Expected texts by Python: `urllib.parse.quote(t, safe='')`, and `quote_plus` with
    // `*` kept and `~` encoded, as the URL standard has it.
    #[test]
    fn known_texts() {
        for (text, rfc3986, form) in [
            ("", "", ""),
            ("a b", "a%20b", "a+b"),
            ("2023-01-01 00:00:00", "2023-01-01%2000%3A00%3A00", "2023-01-01+00%3A00%3A00"),
            ("-._~*", "-._~%2A", "-._%7E*"),
            ("!'()", "%21%27%28%29", "%21%27%28%29"),
            ("A1|A2&b=c+d%", "A1%7CA2%26b%3Dc%2Bd%25", "A1%7CA2%26b%3Dc%2Bd%25"),
            ("短袖", "%E7%9F%AD%E8%A2%96", "%E7%9F%AD%E8%A2%96"),
            ("\0\n/", "%00%0A%2F", "%00%0A%2F"),
        ] {
            assert_eq!(Percent::Rfc3986.encode(text), rfc3986);
            assert_eq!(Percent::Form.encode(text), form);
        }
    }

    #[test]
    fn only_the_tail_is_encoded() {
        let mut buffer = b"a b&c d".to_vec();
        Percent::Rfc3986.encode_tail(&mut buffer, 4);
        assert_eq!(buffer, b"a b&c%20d");
    }
}
