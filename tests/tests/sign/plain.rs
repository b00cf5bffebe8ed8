//! A formula that encodes blocks: `HEX(md5(secret & verb & path & headers & query & form & secret))`.

use crate::causes::explained;
use crate::foreign::*;
use crate::tool::Asked;

const SECRET: &str = "0123456789abcdef0123456789abcdef";
const SPACES: [(&str, &str); 8] = [
    ("app_key", "testkey"),
    ("end_time", "2023-01-02 00:00:00"),
    ("fill_type", "refund"),
    ("method", "matrix.fill.multiple"),
    ("node_id", "1665176836_1031190436"),
    ("refund_status", "aftersale"),
    ("sign_time", "1672502400"),
    ("start_time", "2023-01-01 00:00:00"),
];

fn asked() -> Asked {
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

/// What another signer does; the default is right.
struct Other {
    pairs: Pairs,
    front: String,
    back: String,
    verb: String,
    path: String,
    value: fn(&str) -> String,
    encode: fn(&str) -> String,
    between: &'static str,
    separator: &'static str,
    empty: &'static str,
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
    fn text(&self) -> String {
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

fn by(change: impl FnOnce(&mut Other)) -> String {
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
    assert!(run.out.contains("is right"), "{}", run.out);
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
    // Expected by Python, Node and PHP:
    //   urllib.parse.quote_plus(t), quote(t); encodeURIComponent(t); urlencode($t)
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
    assert!(blank.run().err.contains("begins or ends with a blank"));
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

/// One signature in sixteen begins with a zero; the clock is moved until one does.
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

#[test]
fn path_verb_and_parts() {
    let path = |text: &str| {
        let path = format!("{}&", rfc3986(text));
        by(|other| other.path = path)
    };
    explained(
        &asked(),
        vec![
            ("path", path("router")),
            ("path", path("/router/")),
            ("path", path("apigateway.shopex.cn/router")),
            ("path", path("https://apigateway.shopex.cn/router")),
            ("path", path("")),
            ("part_missing", by(|other| other.path.clear())),
            ("verb", by(|other| other.verb = "post&".to_owned())),
            ("verb", by(|other| other.verb = "GET&".to_owned())),
            ("part_missing", by(|other| other.verb.clear())),
            ("empty_parts_dropped", by(|other| other.empty = "")),
        ],
    );
}

#[test]
fn places() {
    let block = |names: &[&str], own: bool| {
        let chosen = pairs(&SPACES).into_iter().filter(|(name, _)| names.contains(&&**name) == own);
        rfc3986(&join(&chosen.collect(), "=", "&"))
    };
    let own = ["app_key", "method", "sign_time"];
    let sign = |query: &str, form: &str| {
        upper(md5(format!("{SECRET}&POST&%2Frouter&&{query}&{form}&{SECRET}")))
    };
    explained(
        &asked(),
        vec![
            ("other_place", sign(&block(&own, true), &block(&own, false))),
            ("other_place", sign(&block(&[], false), "")),
        ],
    );
}

#[test]
fn separators_and_order() {
    let order = |pairs: Pairs| by(|other| other.pairs = pairs);
    let mut backwards = pairs(&SPACES);
    backwards.reverse();
    let mut by_value = pairs(&SPACES);
    by_value.sort_by(|a, b| a.1.cmp(&b.1));
    explained(
        &asked(),
        vec![
            ("separator", by(|other| (other.between, other.separator) = ("", ""))),
            ("separator", by(|other| other.separator = "")),
            ("separator", by(|other| other.separator = ",")),
            (
                "separator_at_end",
                by(|other| {
                    other.encode = |text| rfc3986(&format!("{text}&"));
                }),
            ),
            ("sorted_backwards", order(backwards)),
            ("sorted_by_value", order(by_value)),
            // As typed: the gateway's own first, then as on the command line.
            ("not_sorted", order(given(&["app_key", "method", "sign_time"], true))),
            ("not_sorted", order(given(&["app_key", "method", "sign_time"], false))),
        ],
    );
}

/// The gateway's own parameters before or behind the others, those in the order of the command line.
fn given(own: &[&str], first: bool) -> Pairs {
    let typed = ["node_id", "fill_type", "refund_status", "start_time", "end_time"];
    let names = if first { [own, &typed].concat() } else { [&typed, own].concat() };
    let all = pairs(&SPACES);
    names.iter().map(|name| all.iter().find(|(known, _)| known == name).unwrap().clone()).collect()
}

#[test]
fn missing_and_extra_parameters() {
    let signed = |pairs: Pairs| by(|other| other.pairs = sorted(pairs));
    let all = || pairs(&SPACES);
    let mut rows: Vec<_> = SPACES
        .iter()
        .map(|(name, _)| ("parameter_missing", signed(without(all(), name))))
        .collect();
    for (name, value) in [
        ("sign_method", "md5"),
        ("format", "json"),
        ("version", "1.0"),
        ("v", "2.0"),
        ("charset", "utf-8"),
        ("timestamp", "1672502400"),
    ] {
        rows.push(("parameter_extra", signed(with(all(), name, value))));
    }
    rows.push(("signature_signed", signed(with(all(), "sign", ""))));
    explained(&asked(), rows);
}

#[test]
fn clocks() {
    let at = |text: &str| by(|other| other.pairs = sorted(with(pairs(&SPACES), "sign_time", text)));
    explained(
        &asked(),
        vec![
            ("clock_unit", at("1672502400000")),
            ("clock_zone", at("1672531200")),
            ("clock_zone", at("1672473600")),
            ("clock_read_twice", at("1672502401")),
            ("clock_read_twice", at("1672502398")),
            ("clock_format", at("2023-01-01 00:00:00")),
            ("clock_format", at("20230101000000")),
        ],
    );
}

/// By Python: `quote("callback_url=短袖", safe="", encoding="gbk")`.
#[test]
fn percent_encoding_of_another_charset() {
    let asked = Asked::shipped(&["shopex", "matrix.bindurl", "--app-key", "testkey"])
        .with(&["--clock", "1672502400", "code=code", "callback_url=短袖"])
        .secret(SECRET);
    let sign = |text: &str| {
        let block = format!(
            "app_key%3Dtestkey%26callback_url%3D{text}%26code%3Dcode%26method%3Dmatrix.bindurl\
             %26sign_time%3D1672502400"
        );
        upper(md5(format!("{SECRET}&POST&%2Frouter&&&{block}&{SECRET}")))
    };
    let gbk = sign("%B6%CC%D0%E4");
    explained(&asked, vec![("other_charset", gbk.clone())]);
    let utf8 = sign("%E7%9F%AD%E8%A2%96");
    assert_eq!(asked.clone().with(&["--against", &utf8]).run().code, Some(0));
    let found = asked.with(&["--against", &gbk]).json();
    let difference = &found["diagnosis"]["difference"];
    assert!(difference["ours"].as_str().unwrap().contains("%E7%9F%AD"), "{difference}");
    assert!(difference["theirs"].as_str().unwrap().contains("%B6%CC"), "{difference}");
    assert!(found["diagnosis"]["causes"][0]["what"].as_str().unwrap().contains("GBK"));
}

#[test]
fn empty_texts() {
    let asked = Asked::shipped(&["shopex", "matrix.bindurl", "--app-key", "testkey"])
        .with(&["--clock", "1672502400", "code=code", "callback_url="])
        .secret(SECRET);
    let all = [("app_key", "testkey"), ("callback_url", ""), ("code", "code")];
    let all = [&all[..], &[("method", "matrix.bindurl"), ("sign_time", "1672502400")]].concat();
    let sign = |pairs: Pairs| by(|other| other.pairs = pairs);
    assert_eq!(asked.causes(&sign(pairs(&all))), [""; 0]);
    explained(
        &asked,
        vec![
            ("empty_dropped", sign(without(pairs(&all), "callback_url"))),
            ("null_as_text", sign(sorted(with(pairs(&all), "callback_url", "null")))),
        ],
    );
}

#[test]
fn two_mistakes_at_once() {
    let newline = |other: &mut Other| {
        (other.front, other.back) = (format!("{SECRET}\n&"), format!("&{SECRET}\n"));
    };
    explained(
        &asked(),
        vec![
            (
                "secret_blank+space_as_plus",
                by(|other| {
                    newline(other);
                    other.encode = form;
                }),
            ),
            (
                "secret_blank+parameter_missing",
                by(|other| {
                    newline(other);
                    other.pairs = without(pairs(&SPACES), "node_id");
                }),
            ),
            (
                "parameter_missing+parameter_missing",
                by(|other| {
                    other.pairs = without(without(pairs(&SPACES), "node_id"), "end_time");
                }),
            ),
            (
                "space_as_plus+clock_unit",
                by(|other| {
                    other.encode = form;
                    other.pairs = sorted(with(pairs(&SPACES), "sign_time", "1672502400000"));
                }),
            ),
            ("space_as_plus+other_digest+hex_case", {
                let other = Other { encode: form, ..Other::default() };
                lower(sha1(other.text()))
            }),
        ],
    );
}
