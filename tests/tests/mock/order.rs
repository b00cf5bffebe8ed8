//! A call with every kind of error is refused for one error after another, in the order of the
//! checks: public parameters, application, clock, signature, token, fields, duplicates.

use gatespec_mock::Mock;
use gatespec_runtime::DateTime;
use gatespec_tests::harness::workspace;
use md5::{Digest as _, Md5};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;

use crate::wire::form;
use crate::{last, refusal};

const SECRET: &str = "test-secret-0123456789abcdef";
/// The characters to encode: all but the unreserved ones of RFC 3986.
static ESCAPED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const NOW: i64 = 1_672_502_400;

fn mock() -> Mock {
    let now = DateTime::from_unix_seconds(NOW).unwrap();
    Mock::builder(workspace("specs")).clock(now).start().unwrap()
}

/// Sends a form. Returns the reason of the refusal, or an empty text if the call is accepted.
fn outcome(mock: &Mock, target: &str, pairs: &[(&str, String)]) -> &'static str {
    let mut body = form_urlencoded::Serializer::new(String::new());
    form(mock, target, &body.extend_pairs(pairs).finish());
    let entry = last(mock);
    if entry.is_accepted() { "" } else { refusal(&entry).0 }
}

/// Fixes one error after another, and returns the reason of each refusal.
fn course(
    target: &str,
    mut pairs: Vec<(&'static str, String)>,
    mends: &[(&'static str, &str)],
    sign: impl Fn(&[(&str, String)]) -> String,
) -> Vec<&'static str> {
    let mock = mock();
    let mut course = vec![outcome(&mock, target, &pairs)];
    for (name, value) in mends {
        pairs.retain(|(known, _)| known != name);
        pairs.push((name, (*value).to_owned()));
        if let Some(at) = pairs.iter().position(|(_, value)| value == "signed") {
            pairs[at].1 = sign(&pairs);
        }
        course.push(outcome(&mock, target, &pairs));
    }
    course.push(outcome(&mock, target, &pairs));
    course
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// The signature over `secret + Σ(k+v) + secret`, with names sorted by their bytes.
fn wrapped(pairs: &[(&str, String)], sign: &str) -> String {
    let mut pairs: Vec<_> = pairs.iter().filter(|(name, _)| *name != sign).collect();
    pairs.sort();
    let text: String = pairs.iter().map(|(name, value)| format!("{name}{value}")).collect();
    format!("{SECRET}{text}{SECRET}")
}

fn pairs(list: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    list.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

#[test]
fn shopex_looks_at_application_clock_signature_and_fields() {
    let wrong = [
        ("method", "matrix.nothing"),
        ("app_key", "10012"),
        ("fill_type", "presale"),
        ("node_id", "1"),
    ];
    let now = NOW.to_string();
    let (late, stale) = ("not a time", (NOW - 90_001).to_string());
    let sign = |pairs: &[(&str, String)]| {
        let mut pairs: Vec<_> = pairs.iter().filter(|(name, _)| *name != "sign").collect();
        pairs.sort();
        let joined: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let block = utf8_percent_encode(&joined.join("&"), &ESCAPED).to_string();
        hex(&Md5::digest(format!("{SECRET}&POST&%2Frouter&&&{block}&{SECRET}")))
    };
    // The fields are corrected before signing, since the signature covers them.
    let mends = [
        ("method", "matrix.fill.single"),
        ("sign", "0"),
        ("sign_time", late),
        ("app_key", "10011"),
        ("sign_time", &stale),
        ("sign_time", &now),
        ("sign", "signed"),
    ];
    assert_eq!(
        course("/shopex/router", pairs(&wrong), &mends, sign),
        [
            "unknown_method",
            "missing_parameter",
            "missing_parameter",
            "unknown_app",
            "bad_clock",
            "stale_clock",
            "bad_signature",
            "bad_parameter",
            "bad_parameter"
        ]
    );
}

#[test]
fn mogujie_looks_at_constants_application_signature_token_and_fields() {
    let wrong = [
        ("method", "xiaodian.trade.get"),
        ("app_key", "10012"),
        ("timestamp", "1672502400"),
        ("access_token", "OTHER"),
        ("format", "xml"),
        ("openApiOrderDetailReqDto", "{}"),
    ];
    let md5 = |pairs: &[(&str, String)]| hex(&Md5::digest(wrapped(pairs, "sign")));
    let run = |mends: &[(&'static str, &str)]| course("/mogujie/invoke", pairs(&wrong), mends, md5);
    let common = [("sign", "0"), ("format", "json"), ("app_key", "10011")];
    let expected = ["missing_parameter", "bad_parameter", "unknown_app", "bad_signature"];
    let signed = run(&[&common[..], &[("sign", "signed")]].concat());
    assert_eq!(signed[..4], expected);
    assert_eq!(signed[4..], ["bad_token", "bad_token"]);
    let token = ("access_token", "test-access_token-0123456789abcdef");
    let right = run(&[&common[..], &[token, ("sign", "signed")]].concat());
    assert_eq!(right[..4], expected);
    assert_eq!(right[4..], ["bad_signature", "missing_parameter", "missing_parameter"]);
}

#[test]
fn gome_looks_at_duplicates_last() {
    let wrong = [
        ("$method", "gome.pusher.order.synchronize"),
        ("$v", "2.0.0"),
        ("$token", "test-token-0123456789abcdef"),
        ("request", r#"{"orderType":"9"}"#),
    ];
    let sha1 = |pairs: &[(&str, String)]| hex(&Sha1::digest(wrapped(pairs, "$sign")));
    let run = |mends: &[(&'static str, &str)]| course("/gome/router", pairs(&wrong), mends, sha1);
    let common = [("$sign", "0"), ("$v", "1.0.0")];
    let signed = run(&[&common[..], &[("$sign", "signed")]].concat());
    let expected = ["missing_parameter", "bad_parameter", "bad_signature"];
    assert_eq!(signed[..3], expected);
    // The mock does not record a refused request, so sending it again is not a duplicate.
    assert_eq!(signed[3..], ["bad_parameter", "bad_parameter"]);
    let field = ("request", r#"{"orderType":"0"}"#);
    let right = run(&[&common[..], &[field, ("$sign", "signed")]].concat());
    assert_eq!(right[4..], ["", "duplicate"]);
}
