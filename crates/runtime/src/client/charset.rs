//! Converting an answer's body to UTF-8.

use std::borrow::Cow;

use bytes::Bytes;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use gatespec_protocol::decode::{Bend, BendKind};
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

/// Converts a body to UTF-8 from the charset that its byte order mark, or else its content type,
/// names. A body that has neither is left unchanged. Undecodable bytes become U+FFFD. Returns the
/// bend, if there is one.
///
/// # Errors
/// Returns a message if the body is compressed; clients do not ask for compression.
pub(super) fn to_utf8(headers: &HeaderMap, body: &mut Bytes) -> Result<Option<Bend>, String> {
    // A closure, because most bodies do not need this check.
    let is_utf8 = || std::str::from_utf8(body).is_ok();
    if let Some(way) = compressed(headers, body).filter(|_| !is_utf8()) {
        return Err(format!(
            "the body is compressed ({way}), but this client does not decompress it: do not send `Accept-Encoding`, or use a transport that decompresses"
        ));
    }
    let declared = declared(headers);
    let (charset, mark) = Encoding::for_bom(body).unwrap_or((declared.unwrap_or(UTF_8), 0));
    // Servers declare Latin-1 as a default, whatever they send.
    let is_default = charset == WINDOWS_1252 || charset == UTF_8;
    if is_default && (declared.is_none() || is_utf8()) {
        return Ok(None);
    }
    let (text, lost) = charset.decode_without_bom_handling(&body[mark..]);
    let bend = match (lost, charset == UTF_16LE || charset == UTF_16BE) {
        (true, _) => Some(BendKind::LostCharacter),
        (false, true) if mark > 0 => Some(BendKind::ByteOrderMark),
        _ => None,
    };
    if let Cow::Owned(text) = text {
        *body = Bytes::from(text);
    }
    Ok(bend.map(|kind| Bend::new("", kind)))
}

/// How the body is compressed, according to its header or its first bytes.
fn compressed(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let named = headers.get(CONTENT_ENCODING).and_then(|value| value.to_str().ok());
    match named.map(str::trim).filter(|name| !name.is_empty() && *name != "identity") {
        Some(name) => Some(format!("`Content-Encoding: {}`", name.escape_debug())),
        None if body.starts_with(&[0x1f, 0x8b]) => Some("gzip, without `Content-Encoding`".into()),
        None => None,
    }
}

/// The charset that the content type declares.
fn declared(headers: &HeaderMap) -> Option<&'static Encoding> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let charset = value.split(';').skip(1).find_map(|part| {
        let (name, charset) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| charset.trim().trim_matches('"'))
    })?;
    Encoding::for_label(charset.as_bytes())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn read(content_type: &str, body: &[u8]) -> (String, Option<BendKind>) {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
        let mut body = Bytes::copy_from_slice(body);
        let bend = to_utf8(&headers, &mut body).unwrap();
        (String::from_utf8_lossy(&body).into_owned(), bend.map(|bend| bend.kind))
    }

    // The bytes come from Python: `"短信".encode("gbk")`, `"𠀀".encode("gb18030")`,
    // `"短".encode("utf-16")`.
    #[test]
    fn a_body_is_read_by_its_mark_or_its_charset() {
        let text = |text: &str| (text.to_owned(), None);
        let short = b"\xb6\xcc\xd0\xc5";
        for charset in ["GBK", "gbk", "\"GB2312\"", "gb18030"] {
            assert_eq!(read(&format!("text/json; x=y; charset={charset}"), short), text("短信"));
        }
        assert_eq!(read("text/json;charset=gb18030", b"\x952\x826"), text("𠀀"));
        assert_eq!(read("text/json;charset=UTF-16LE", b"\xedw"), text("短"));
        for body in [b"\xff\xfe\xedw", b"\xfe\xffw\xed"] {
            assert_eq!(read("text/json", body), ("短".to_owned(), Some(BendKind::ByteOrderMark)));
        }
        // A truncated character.
        assert_eq!(read("text/json;charset=GBK", b"\xb6\xcc\xd0").1, Some(BendKind::LostCharacter));
        assert_eq!(
            read("text/json;charset=utf-8", b"a\xe7\x9f"),
            ("a\u{fffd}".to_owned(), Some(BendKind::LostCharacter))
        );
        // The declared charset is wrong.
        assert_eq!(read("text/json;charset=ISO-8859-1", "短".as_bytes()), text("短"));
        assert_eq!(read("text/json;charset=ISO-8859-1", b"\xe9"), text("é"));
        assert_eq!(read("text/json;charset=none", b"a"), text("a"));
        assert_eq!(read("text/json", "\u{feff}a".as_bytes()), text("\u{feff}a"));
    }

    // The bytes come from Python: `gzip.compress(b"{}", mtime=0)` and `zlib.compress(b"{}")`.
    #[test]
    fn a_compressed_body_is_named() {
        let gzip = b"\x1f\x8b\x08\0\0\0\0\0\x02\x03\xab\xae\x05\0C\xbf\xa6\xa3\x02\0\0\0";
        let zlib = b"x\x9c\xab\xae\x05\0\x01u\0\xf9";
        let mut headers = HeaderMap::new();
        let problem = |headers: &HeaderMap, body: &[u8]| {
            to_utf8(headers, &mut Bytes::copy_from_slice(body)).unwrap_err()
        };
        assert!(problem(&headers, gzip).contains("(gzip, without `Content-Encoding`)"));
        headers.insert(CONTENT_ENCODING, "deflate".parse().unwrap());
        assert!(problem(&headers, zlib).contains("(`Content-Encoding: deflate`)"));
        // A wrong header on plain JSON does no harm.
        assert_eq!(to_utf8(&headers, &mut Bytes::from_static(b"{}")), Ok(None));
    }
}
