//! Two formulas: an HMAC in base64 over verb, path, headers, query and a JSON body, and a digest of
//! a digest.

use crate::causes::explained;
use crate::foreign::*;
use crate::tool::Asked;

const REMARK: &str = r#"{"data":{"order_no":"AC-0007","score":5,"text":"短袖 (thanks)","urgent":"Y"},"meta":{"lang":"zh"}}"#;

fn asked() -> Asked {
    Asked::invented(&["acme", "order.remark", "order_no=AC-0007", "text=短袖 (thanks)"])
        .with(&["urgent=true", "score=5", "--app-key", "k1", "--clock", "1672502400.007"])
        .with(&["--nonce", "00ff00ff00ff00ff"])
        .env("GATESPEC_APP_SECRET", "0123456789abcdef")
        .secret("s1gn")
}

/// How another signer deviates from the formula; the default does not.
struct Other {
    body: Vec<u8>,
    /// The body over which the header's digest is computed.
    digested: Vec<u8>,
    path: &'static str,
    time: &'static str,
    key: &'static str,
    fold_names: bool,
}

impl Default for Other {
    fn default() -> Self {
        Self {
            body: REMARK.into(),
            digested: REMARK.into(),
            path: "/v4/order/remark",
            time: "2023-01-01T00:00:00.007+0800",
            key: "s1gn",
            fold_names: true,
        }
    }
}

impl Other {
    fn text(&self) -> String {
        let Self { path, time, .. } = self;
        let digest = base64(md5(&self.digested));
        let headers = [
            ("Acme-Digest", digest.as_str()),
            ("Acme-Key", "k1"),
            ("Acme-Nonce", "00ff00ff00ff00ff"),
            ("Acme-Time", time),
        ];
        let headers = headers.map(|(name, value)| {
            let name = if self.fold_names { name.to_lowercase() } else { name.to_owned() };
            format!("{name}:{value}")
        });
        let body = lower(sha256(&self.body));
        format!("PUT\n{path}\n{}\n{}\n{body}", headers.join("\n"), rfc3986("alg=A2"))
    }

    fn sign(&self) -> String {
        base64(hmac_sha256(self.key, self.text()))
    }
}

fn with_body(body: impl Into<Vec<u8>>) -> Other {
    Other { body: body.into(), ..Other::default() }
}

/// Replaces the body that is sent, and the body whose digest is in the header.
fn with_all_bodies(body: &str) -> Other {
    Other { body: body.into(), digested: body.into(), ..Other::default() }
}

#[test]
fn the_code_of_this_test_signs_as_the_platform_does() {
    let run = asked().with(&["--against", &Other::default().sign()]).run();
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn bodies() {
    let spaced = REMARK.replace(",\"", ", \"").replace("\":", "\": ");
    let ascii = REMARK.replace("短袖", "\\u77ed\\u8896");
    let declared = r#"{"meta":{"lang":"zh"},"data":{"order_no":"AC-0007","text":"短袖 (thanks)","urgent":"Y","score":5}}"#;
    let quoted = REMARK.replace("\"score\":5", "\"score\":\"5\"");
    let gbk = {
        let (before, after) = REMARK.split_once("短袖").unwrap();
        [before.as_bytes(), b"\xb6\xcc\xd0\xe4", after.as_bytes()].concat()
    };
    explained(
        &asked(),
        vec![
            ("json_spaced", with_body(spaced.as_str()).sign()),
            ("json_spaced", with_all_bodies(&spaced).sign()),
            ("json_ascii", with_body(ascii.as_str()).sign()),
            ("json_ascii", with_all_bodies(&ascii).sign()),
            ("json_not_sorted", with_body(declared).sign()),
            ("json_not_sorted", with_all_bodies(declared).sign()),
            ("number_quoted", with_body(quoted).sign()),
            ("boolean_spelling", with_body(REMARK.replace("\"Y\"", "true")).sign()),
            ("boolean_spelling", with_body(REMARK.replace("\"Y\"", "\"1\"")).sign()),
            ("boolean_spelling", with_body(REMARK.replace("\"Y\"", "\"True\"")).sign()),
            ("other_charset", with_body(gbk).sign()),
            ("part_missing", with_body("").sign()),
        ],
    );
}

#[test]
fn keys_digests_and_spelling() {
    let text = Other::default().text();
    let right = Other::default().sign();
    explained(
        &asked(),
        vec![
            ("other_credential", Other { key: "0123456789abcdef", ..Other::default() }.sign()),
            ("secret_blank", Other { key: "s1gn\n", ..Other::default() }.sign()),
            ("hex_for_base64", lower(hmac_sha256("s1gn", &text))),
            ("other_digest", base64(hmac_md5("s1gn", &text))),
            ("other_digest", base64(md5(format!("{text}s1gn")))),
            ("other_digest", base64(sha256(format!("s1gn{text}s1gn")))),
            ("hmac_swapped", base64(hmac_sha256(&text, "s1gn"))),
            ("secret_added", base64(hmac_sha256("s1gn", format!("s1gn{text}")))),
            ("base64_changed", right.trim_end_matches('=').to_owned()),
            ("base64_changed", right.replace('+', "-").replace('/', "_")),
            ("base64_changed", right.to_lowercase()),
            ("base64_of_hex", base64(lower(hmac_sha256("s1gn", &text)))),
        ],
    );
}

#[test]
fn paths_headers_and_clock() {
    explained(
        &asked(),
        vec![
            ("path", Other { path: "/api/v4/order/remark", ..Other::default() }.sign()),
            ("path", Other { path: "v4/order/remark", ..Other::default() }.sign()),
            (
                "clock_zone",
                Other { time: "2022-12-31T16:00:00.007+0000", ..Other::default() }.sign(),
            ),
            (
                "clock_hours",
                Other { time: "2023-01-01T12:00:00.007+0800", ..Other::default() }.sign(),
            ),
            ("clock_format", Other { time: "2023-01-01 00:00:00", ..Other::default() }.sign()),
            ("clock_format", Other { time: "1672502400007", ..Other::default() }.sign()),
            ("case_kept", Other { fold_names: false, ..Other::default() }.sign()),
        ],
    );
}

/// `HEX(md5(HEX(md5(fields)) + secret))`.
#[test]
fn a_digest_of_a_digest() {
    let asked = asked().with(&["--case", "A1"]).env("GATESPEC_SIGN_SECRET", "s1gn");
    let asked = asked.secret("0123456789abcdef");
    let fields = "order_noAC-0007score5text短袖 (thanks)urgentY";
    let sign = |inner: String| upper(md5(format!("{inner}0123456789abcdef")));
    let right = sign(upper(md5(fields)));
    assert_eq!(asked.clone().with(&["--against", &right]).run().code, Some(0));
    explained(
        &asked,
        vec![
            ("inner_digest", sign(lower(md5(fields)))),
            ("inner_digest", sign(upper(sha1(fields)))),
            ("inner_digest", sign(fields.to_owned())),
            ("hex_case", right.to_lowercase()),
            ("separator", sign(upper(md5("order_no=AC-0007&score=5&text=短袖 (thanks)&urgent=Y")))),
        ],
    );
}
