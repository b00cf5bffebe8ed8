//! Charsets other than UTF-8 that are still in use for Chinese text.

use crate::diagnose::Charset;
use encoding_rs::{BIG5, Encoding, GB18030, GBK};

/// The charsets that are tried.
pub const ALL: [Charset; 3] = [
    Charset {
        name: "GBK",
        encode: |text, out| encode(GBK, text, out),
        decode: |bytes| Some(GBK.decode_without_bom_handling(bytes).0.into_owned()),
    },
    Charset {
        name: "GB18030",
        encode: |text, out| encode(GB18030, text, out),
        decode: |bytes| Some(GB18030.decode_without_bom_handling(bytes).0.into_owned()),
    },
    Charset {
        name: "Big5",
        encode: |text, out| encode(BIG5, text, out),
        decode: |bytes| Some(BIG5.decode_without_bom_handling(bytes).0.into_owned()),
    },
];

/// Encodes a text. Characters that the charset lacks become `?`, as in most programming languages.
fn encode(charset: &'static Encoding, text: &str, out: &mut Vec<u8>) {
    let mut buffer = [0; 4];
    for c in text.chars() {
        let (bytes, _, failed) = charset.encode(c.encode_utf8(&mut buffer));
        if failed {
            out.push(b'?');
        } else {
            out.extend_from_slice(&bytes);
        }
    }
}
