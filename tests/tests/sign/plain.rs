//! A formula that encodes blocks: `HEX(md5(secret & verb & path & headers & query & form & secret))`.

use crate::causes::explained;
use crate::foreign::*;
use crate::tool::Asked;

pub(crate) const SECRET: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const SPACES: [(&str, &str); 8] = [
    ("app_key", "testkey"),
    ("end_time", "2023-01-02 00:00:00"),
    ("fill_type", "refund"),
    ("method", "matrix.fill.multiple"),
    ("node_id", "1665176836_1031190436"),
    ("refund_status", "aftersale"),
    ("sign_time", "1672502400"),
    ("start_time", "2023-01-01 00:00:00"),
];

pub(crate) fn asked() -> Asked {
    asked_at("1672502400")
}

fn asked_at(clock: &str) -> Asked {
    let values = ["node_id=1665176836_1031190436", "fill_type=refund", "refund_status=aftersale"];
    let times = ["start_time=2023-01-01 00:00:00", "end_time=2023-01-02 00:00:00"];
    Asked::shipped(&["shopex", "matrix.fill.multiple"])
        .with(&values)
        .with(&times)
        .with(&["--app-key", "testkey", "--clock", clock])
        .secret(SECRET)
}

/// How another signer deviates from the formula; the default does not.
pub(crate) struct Other {
    pub(crate) pairs: Pairs,
    pub(crate) front: String,
    pub(crate) back: String,
    pub(crate) verb: String,
    pub(crate) path: String,
    pub(crate) value: fn(&str) -> String,
    pub(crate) encode: fn(&str) -> String,
    pub(crate) between: &'static str,
    pub(crate) separator: &'static str,
    pub(crate) empty: &'static str,
}

impl Default for Other {
    fn default() -> Self {
        Self {
            pairs: pairs(&SPACES),
            front: format!("{SECRET}&"),
            back: format!("&{SECRET}"),
            verb: "POST&".to_owned(),
            path: "%2Frouter&".to_owned(),
            value: as_is,
            encode: rfc3986,
            between: "=",
            separator: "&",
            empty: "&&",
        }
    }
}

impl Other {
    pub(crate) fn text(&self) -> String {
        let Self { front, back, verb, path, empty, .. } = self;
        let pairs: Pairs =
            self.pairs.iter().map(|(name, value)| (name.clone(), (self.value)(value))).collect();
        let block = (self.encode)(&join(&pairs, self.between, self.separator));
        format!("{front}{verb}{path}{empty}{block}{back}")
    }

    fn sign(&self) -> String {
        upper(md5(self.text()))
    }
}

pub(crate) fn by(change: impl FnOnce(&mut Other)) -> String {
    let mut other = Other::default();
    change(&mut other);
    other.sign()
}

#[test]
fn the_code_of_this_test_signs_as_the_platform_does() {
    // Vector B of the platform's spec.
    assert_eq!(Other::default().sign(), "35352B1D1FEC84CB8274F6E0306484A9");
    let run = asked().with(&["--against", &Other::default().sign()]).run();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.out.contains("is correct"), "{}", run.out);
}

#[test]
fn encoding() {
    explained(
        &asked(),
        vec![
            ("space_as_plus", by(|other| other.encode = form)),
            (
                "not_encoded",
                by(|other| (other.encode, other.path) = (as_is, "/router&".to_owned())),
            ),
            ("block_not_encoded", by(|other| other.encode = as_is)),
            (
                "values_encoded_for_block",
                by(|other| (other.encode, other.value) = (as_is, rfc3986)),
            ),
            ("values_encoded_for_block", by(|other| (other.encode, other.value) = (as_is, form))),
            // PHP's `http_build_query` for the parameters, and no encoding of the path.
            (
                "values_encoded_for_block",
                by(|other| {
                    (other.encode, other.value) = (as_is, form);
                    other.path = "/router&".to_owned();
                }),
            ),
            ("encoded_before_signing", by(|other| other.value = form)),
            ("encoded_before_signing", by(|other| other.value = rfc3986)),
            (
                "lower_case_escapes",
                by(|other| {
                    other.encode = |text| {
                        let mut text = rfc3986(text);
                        for byte in 0..=255 {
                            text = text.replace(&format!("%{byte:02X}"), &format!("%{byte:02x}"));
                        }
                        text
                    };
                    other.path = "%2frouter&".to_owned();
                }),
            ),
            (
                "slash_kept",
                by(|other| {
                    other.path = "/router&".to_owned();
                }),
            ),
        ],
    );
}

#[test]
fn other_languages_functions() {
    let odd = "a~b*c(d)!'/e f";
    let asked = Asked::shipped(&["shopex", "matrix.bindurl", "--app-key", "testkey"])
        .with(&["--clock", "1672502400", "code=code", &format!("callback_url={odd}")])
        .secret(SECRET);
    // The expected texts come from Python (`urllib.parse.quote_plus(t)`, `quote(t)`), Node
    // (`encodeURIComponent(t)`) and PHP (`urlencode($t)`).
    let sign =
        |block: &str, path: &str| upper(md5(format!("{SECRET}&POST&{path}&&&{block}&{SECRET}")));
    let text = |odd: &str| {
        format!(
            "app_key%3Dtestkey%26callback_url%3D{odd}%26code%3Dcode%26method%3Dmatrix.bindurl\
             %26sign_time%3D1672502400"
        )
    };
    explained(
        &asked,
        vec![
            ("python_quote_plus", sign(&text("a~b%2Ac%28d%29%21%27%2Fe+f"), "%2Frouter")),
            ("slash_kept", sign(&text("a~b%2Ac%28d%29%21%27/e%20f"), "/router")),
            ("encode_uri_component", sign(&text("a~b*c(d)!'%2Fe%20f"), "%2Frouter")),
            ("php_urlencode", sign(&text("a%7Eb%2Ac%28d%29%21%27%2Fe+f"), "%2Frouter")),
            ("space_as_plus", sign(&text("a%7Eb*c%28d%29%21%27%2Fe+f"), "%2Frouter")),
        ],
    );
}

#[test]
fn secrets() {
    let with = |secret: &str| {
        by(|other| (other.front, other.back) = (format!("{secret}&"), format!("&{secret}")))
    };
    explained(
        &asked(),
        vec![
            ("secret_blank", with(&format!("{SECRET}\n"))),
            ("secret_blank", with(&format!("{SECRET} "))),
            ("secret_blank", with(&format!("{SECRET}\r"))),
            ("secret_blank", with(&format!("{SECRET}\r\n"))),
            ("secret_blank", with(&format!("\u{feff}{SECRET}"))),
            ("secret_changed", with(&SECRET.to_uppercase())),
            ("secret_changed", with(&format!("\"{SECRET}\""))),
            ("secret_changed", with(&lower(md5(SECRET)))),
            ("secret_empty", with("")),
            ("other_credential", with("testkey")),
            ("secret_missing", by(|other| other.front.clear())),
            ("secret_missing", by(|other| other.back.clear())),
            ("secret_missing", by(|other| other.back = "&".to_owned())),
            ("secret_missing", by(|other| (other.front, other.back) = Default::default())),
            (
                "secret_as_parameter",
                by(|other| {
                    other.pairs = sorted(with_secret("app_secret", &other.pairs));
                }),
            ),
            (
                "secret_as_parameter",
                by(|other| {
                    other.pairs = sorted(with_secret("secret", &other.pairs));
                }),
            ),
        ],
    );
}

fn with_secret(name: &str, pairs: &Pairs) -> Pairs {
    with(pairs.clone(), name, SECRET)
}

#[test]
fn a_secret_that_is_wrong_here_is_named_too() {
    let small = asked().secret("ABCDEF");
    let (front, back) = ("abcdef&".to_owned(), "&abcdef".to_owned());
    assert_eq!(
        small.causes(&by(|other| (other.front, other.back) = (front, back))),
        ["secret_changed"]
    );
    let blank = asked().secret(&format!("{SECRET} "));
    assert_eq!(blank.causes(&Other::default().sign()), ["secret_trimmed"]);
    assert!(blank.run().err.contains("begins or ends with white space"));
}

#[test]
fn digests_and_their_spelling() {
    let text = Other::default().text();
    let inner = join(&pairs(&SPACES), "=", "&");
    let bare = format!("POST&%2Frouter&&&{}", rfc3986(&inner));
    explained(
        &asked(),
        vec![
            ("hex_case", lower(md5(&text))),
            ("base64_for_hex", base64(md5(&text))),
            ("base64_of_hex", base64(upper(md5(&text)))),
            ("other_digest", upper(sha1(&text))),
            ("other_digest", upper(sha256(&text))),
            ("other_digest+hex_case", lower(sha256(&text))),
            ("other_digest", upper(hmac_md5(SECRET, &bare))),
            ("other_digest", upper(hmac_sha256(SECRET, &bare))),
            ("other_digest", upper(hmac_md5(SECRET, &text))),
            ("digest_twice", upper(md5(lower(md5(&text))))),
            ("digest_twice", upper(md5(upper(md5(&text))))),
            ("sixteen_digits", upper(md5(&text))[8..24].to_owned()),
        ],
    );
}

#[test]
fn half_an_md5_is_mended_by_the_whole_of_it() {
    let short = upper(md5(Other::default().text()))[8..24].to_owned();
    let found = asked().with(&["--against", &short]).json();
    let fix = found["diagnosis"]["causes"][0]["fix"].as_str().unwrap();
    assert_eq!(fix, "send all 32 digits, not the 16 in the middle");
}

/// One in sixteen signatures begins with a zero, so the clock is advanced until one does.
#[test]
fn leading_zeros() {
    let (clock, text) = (0..)
        .map(|at| {
            let clock = (1_672_502_400 + at).to_string();
            let mut other = Other::default();
            other.pairs = sorted(with(other.pairs.clone(), "sign_time", &clock));
            (clock, other.text())
        })
        .find(|(_, text)| {
            let digest = md5(text);
            digest[0] < 16 && digest[1..].iter().any(|byte| *byte < 16)
        })
        .unwrap();
    let asked = asked_at(&clock);
    let digits = upper(md5(&text));
    let short: String = md5(&text).iter().map(|byte| format!("{byte:X}")).collect();
    assert_eq!(asked.causes(digits.trim_start_matches('0')), ["leading_zeros"]);
    assert_eq!(asked.causes(&short), ["leading_zeros"]);
}
