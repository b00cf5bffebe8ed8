//! The minimum work of preparing a request: straight-line code for one method, which validates,
//! signs and encodes, and produces the same bytes as the client. Memory that contained the secret
//! is overwritten.

use gatespec_clients::{DateTime, mogujie, shopex};
use md5::{Digest as _, Md5};

use super::SECRET;

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Prepares `matrix.fill.multiple` of ShopEx.
pub(crate) fn shopex(request: &shopex::MatrixFillMultiple, app_key: &str, clock: i64) -> Vec<u8> {
    let (start, end) = (request.start_time.unix_seconds(), request.end_time.unix_seconds());
    assert!(!request.node_id.is_empty() && !request.fill_type.as_str().is_empty());
    let refund = request.refund_status.as_ref().map_or("", |status| status.as_str());
    assert!(!refund.is_empty() || request.fill_type.as_str() != "refund");
    assert!(start <= end && end - start <= 7 * 86_400);
    let (start, end) = (time(request.start_time), time(request.end_time));
    let mut number = itoa::Buffer::new();
    let pairs: [(&str, &[u8]); 8] = [
        ("app_key", app_key.as_bytes()),
        ("end_time", &end),
        ("fill_type", request.fill_type.as_str().as_bytes()),
        ("method", b"matrix.fill.multiple"),
        ("node_id", request.node_id.as_bytes()),
        ("refund_status", refund.as_bytes()),
        ("sign_time", number.format(clock).as_bytes()),
        ("start_time", &start),
    ];
    let mut canonical = Vec::with_capacity(512);
    canonical.extend_from_slice(SECRET.as_bytes());
    canonical.extend_from_slice(b"&POST&%2Frouter&&&");
    let mut separator: &[u8] = b"";
    for (name, value) in pairs {
        canonical.extend_from_slice(separator);
        canonical.extend_from_slice(name.as_bytes());
        canonical.extend_from_slice(b"%3D");
        encode(value, &RFC3986, &mut canonical);
        separator = b"%26";
    }
    canonical.push(b'&');
    canonical.extend_from_slice(SECRET.as_bytes());
    form(&pairs, canonical)
}

/// Prepares `xiaodian.trade.get` of Mogujie.
pub(crate) fn mogujie(request: &mogujie::XiaodianTradeGet, clock: i64) -> Vec<u8> {
    let mut json = Vec::with_capacity(64);
    json.extend_from_slice(br#"{"shopOrderId":"#);
    let id = request.open_api_order_detail_req_dto.shop_order_id;
    json.extend_from_slice(itoa::Buffer::new().format(id).as_bytes());
    json.push(b'}');
    let business = [("openApiOrderDetailReqDto", json.as_slice())];
    joined("xiaodian.trade.get", &business, clock)
}

/// Prepares a call to Mogujie's gateway with these business parameters, which are sorted. Their
/// names must sort between `method` and `sign_method`.
pub(crate) fn joined(method: &str, business: &[(&str, &[u8])], clock: i64) -> Vec<u8> {
    let mut number = itoa::Buffer::new();
    let mut pairs = [("", &b""[..]); 16];
    let mut count = 0;
    let mut put = |name, value| {
        pairs[count] = (name, value);
        count += 1;
    };
    put("access_token", b"testtoken");
    put("app_key", b"10011");
    put("format", b"json");
    put("method", method.as_bytes());
    business.iter().filter(|(_, value)| !value.is_empty()).for_each(|(name, text)| put(name, text));
    put("sign_method", b"md5");
    put("timestamp", number.format(clock).as_bytes());
    put("version", b"1.0");
    let pairs = &pairs[..count];
    let length: usize = pairs.iter().map(|(name, value)| name.len() + value.len()).sum();
    let mut canonical = Vec::with_capacity(length + 2 * SECRET.len());
    canonical.extend_from_slice(SECRET.as_bytes());
    for (name, value) in pairs {
        canonical.extend_from_slice(name.as_bytes());
        canonical.extend_from_slice(value);
    }
    canonical.extend_from_slice(SECRET.as_bytes());
    form(pairs, canonical)
}

/// Makes the form body, signed with the MD5 of the canonical text, and overwrites the canonical
/// text.
fn form(pairs: &[(&str, &[u8])], mut canonical: Vec<u8>) -> Vec<u8> {
    let digest = Md5::digest(&canonical);
    let length = canonical.len();
    canonical.clear();
    canonical.resize(length, 0);
    zeroize::optimization_barrier(canonical.as_slice());
    let mut body = Vec::with_capacity(length + length / 2 + 64);
    for (name, value) in pairs {
        body.extend_from_slice(name.as_bytes());
        body.push(b'=');
        encode(value, &FORM, &mut body);
        body.push(b'&');
    }
    body.extend_from_slice(b"sign=");
    for byte in digest {
        body.extend_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
    }
    body
}

/// Percent-encodes a text. The leading bytes that need no encoding are copied at once, and the rest
/// is encoded without a branch for each byte.
#[inline]
fn encode(text: &[u8], table: &[[u8; 4]; 256], out: &mut Vec<u8>) {
    let passes = |byte: &u8| table[usize::from(*byte)][..2] == [*byte, 0];
    let clean = text.iter().position(|byte| !passes(byte)).unwrap_or(text.len());
    out.extend_from_slice(&text[..clean]);
    let mut buffer = [0; 3 * 256 + 4];
    for chunk in text[clean..].chunks(256) {
        let mut write = 0;
        for byte in chunk {
            let row = table[usize::from(*byte)];
            buffer[write..write + 4].copy_from_slice(&row);
            write += usize::from(row[3]);
        }
        out.extend_from_slice(&buffer[..write]);
    }
}

static RFC3986: [[u8; 4]; 256] = table(b"-._~", false);
static FORM: [[u8; 4]; 256] = table(b"-._*", true);

/// For each byte, the bytes that encode it, and their number as the last element.
const fn table(kept: &[u8; 4], plus: bool) -> [[u8; 4]; 256] {
    let mut table = [[0; 4]; 256];
    let mut at = 0;
    while at < table.len() {
        let byte = at as u8;
        let [a, b, c, d] = *kept;
        let kept = byte == a || byte == b || byte == c || byte == d;
        table[at] = match byte {
            _ if kept || byte.is_ascii_alphanumeric() => [byte, 0, 0, 1],
            b' ' if plus => [b'+', 0, 0, 1],
            _ => [b'%', HEX[at >> 4], HEX[at & 15], 3],
        };
        at += 1;
    }
    table
}

/// Formats a time in UTC+8 as `yyyy-MM-dd HH:mm:ss`, for the years 1970 to 9999.
pub(crate) fn time(time: DateTime) -> [u8; 19] {
    let seconds = time.unix_seconds() + 8 * 3600;
    let (days, clock) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (day, month) =
        (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    let year = year + era * 400 + i64::from(month < 3);
    let mut out = *b"0000-00-00 00:00:00";
    let mut two = |at: usize, number: i64| {
        out[at] += (number / 10) as u8;
        out[at + 1] += (number % 10) as u8;
    };
    two(0, year / 100);
    two(2, year % 100);
    two(5, month);
    two(8, day);
    two(11, clock / 3600);
    two(14, clock / 60 % 60);
    two(17, clock % 60);
    out
}
