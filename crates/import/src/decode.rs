//! Decodes the bytes of a page.

use encoding_rs::{Encoding, GB18030};
use std::fmt;

/// The largest page that is read, in bytes.
pub const MAX_PAGE_BYTES: usize = 4 << 20;

/// Why a page cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refused {
    /// The page has no text.
    Empty,
    /// The page has more than [`MAX_PAGE_BYTES`].
    TooLarge {
        /// The page's size in bytes, as far as it was read.
        bytes: usize,
    },
    /// The page is not text.
    Binary {
        /// The position of the first byte that does not occur in text.
        byte: usize,
    },
    /// A line is in neither UTF-8 nor GB 18030.
    Encoding {
        /// The line, counted from one.
        line: usize,
    },
    /// The page has too many lines, methods or table rows.
    TooMuch,
    /// The page has no table of parameters, codes or addresses.
    NoTable,
    /// The page describes a method without its name, and [`Options`](crate::Options) contains no
    /// name either.
    NoMethod,
    /// The page has several methods, but none with the requested name.
    SeveralMethods {
        /// The names of the page's methods.
        names: Vec<String>,
    },
    /// The name of a platform or method cannot be a file's name.
    Name {
        /// The name.
        name: String,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Empty => f.write_str("the page is empty: paste its text into the file"),
            Refused::TooLarge { bytes } => {
                let most = MAX_PAGE_BYTES >> 20;
                write!(
                    f,
                    "the page has {bytes} bytes or more, but the maximum is {most} MiB: save a single page, without pictures"
                )
            }
            Refused::Binary { byte } => write!(
                f,
                "the page is not text (byte {byte}): save it as text or HTML, not as a picture, PDF or Word file"
            ),
            Refused::Encoding { line } => {
                write!(f, "line {line} is neither UTF-8 nor GB 18030: save the page as UTF-8")
            }
            Refused::TooMuch => f.write_str(
                "the page has more than 200000 lines, 20000 table rows or 1000 methods: import the pages of its methods one by one",
            ),
            Refused::NoTable => f.write_str(
                "the page has no table of parameters, error codes or addresses: paste a table with its heading row, such as name, type, required, description",
            ),
            Refused::NoMethod => f.write_str("the page does not name its method: name it with `--method NAME`"),
            Refused::SeveralMethods { names } => {
                let names = names.join("`, `");
                write!(f, "the page has several methods: `{names}`; `--method` takes one of these")
            }
            Refused::Name { name } => {
                let name: String = name.chars().take(60).collect();
                write!(f, "`{name}` cannot be the name of a folder or file: use letters, digits, `_`, `-` and dots")
            }
        }
    }
}

impl std::error::Error for Refused {}

/// The text of a page, and a note if its encoding is not UTF-8.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) note: Option<String>,
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, Refused> {
    if bytes.len() > MAX_PAGE_BYTES {
        return Err(Refused::TooLarge { bytes: bytes.len() });
    }
    let decoded = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => {
            let (text, failed) = encoding.decode_without_bom_handling(&bytes[length..]);
            if failed {
                return Err(Refused::Encoding { line: 1 });
            }
            Decoded { text: text.into_owned(), note: None }
        }
        None => without_mark(bytes)?,
    };
    if let Some(byte) = decoded.text.find(is_binary) {
        return Err(Refused::Binary { byte });
    }
    if decoded.text.trim().is_empty() {
        return Err(Refused::Empty);
    }
    Ok(decoded)
}

/// Whether `c` does not occur in text. The escape character counts as text, because logs of
/// terminals contain it.
fn is_binary(c: char) -> bool {
    c.is_control()
        && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{1b}' | '\u{80}'..='\u{9f}')
}

fn without_mark(bytes: &[u8]) -> Result<Decoded, Refused> {
    if let Some(byte) = bytes.iter().position(|byte| is_binary(char::from(*byte))) {
        return Err(Refused::Binary { byte });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), note: None });
    }
    // Decodes line by line: text from two programs can be in two encodings.
    let (mut text, mut unicode, mut others) = (String::new(), 0, 0);
    for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        match std::str::from_utf8(line) {
            Ok(line) if line.is_ascii() || line.chars().any(is_chinese) => {
                unicode += usize::from(!line.is_ascii());
                text.push_str(line);
            }
            _ => {
                let decoded = GB18030.decode_without_bom_handling_and_without_replacement(line);
                text.push_str(&decoded.ok_or(Refused::Encoding { line: index + 1 })?);
                others += 1;
            }
        }
    }
    let note = match unicode {
        0 => "the page is in GB 18030 (GBK)".to_owned(),
        _ => format!(
            "the page mixes encodings: {unicode} lines are UTF-8, {others} are GB 18030 (GBK)"
        ),
    };
    Ok(Decoded { text, note: Some(note) })
}

/// Whether a character is Chinese or Chinese punctuation.
pub(crate) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 名称 in GBK, according to the table in the standard.
    const GBK: &[u8] = b"\xc3\xfb\xb3\xc6";

    #[test]
    fn each_line_is_read_in_its_own_encoding() {
        let text = |bytes: &[u8]| decode(bytes).map(|decoded| decoded.text);
        assert_eq!(text(GBK).as_deref(), Ok("名称"));
        assert_eq!(text("\u{feff}名称".as_bytes()).as_deref(), Ok("名称"));
        assert_eq!(text(b"\xff\xfe\x0d\x54").as_deref(), Ok("名"));
        let mixed = decode(&["名称\n".as_bytes(), GBK].concat());
        let Ok(mixed) = mixed else { return assert!(mixed.is_ok()) };
        assert_eq!(mixed.text, "名称\n名称");
        assert!(mixed.note.is_some_and(|note| note.contains("mixes")));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let refused = |bytes: &[u8]| decode(bytes).err();
        assert_eq!(refused(b" \n"), Some(Refused::Empty));
        assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0"), Some(Refused::Binary { byte: 6 }));
        assert_eq!(refused(b"a\n\xff\xff"), Some(Refused::Encoding { line: 2 }));
        let size = MAX_PAGE_BYTES + 1;
        assert_eq!(refused(&vec![b'a'; size]), Some(Refused::TooLarge { bytes: size }));
    }
}
