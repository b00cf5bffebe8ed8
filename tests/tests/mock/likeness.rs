//! The mock resembles real platforms in more than their documents state: gateways with the same
//! address, marks of success inside the data, numbers and placeholders in answers, timestamps
//! inside a signature.

use gatespec_mock::{Builder, Mock};
use gatespec_runtime::DateTime;
use gatespec_tests::harness::write_tree;
use md5::{Digest as _, Md5};
use serde_json::json;
use sha2::Sha256;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

use crate::wire::{Got, exchange, form, request};
use crate::{last, refusal};

const NOW: i64 = 1_700_000_000;
const SECRET: &str = "pier-secret";

/// A mock of a platform that consists of these files, with a fixed clock.
struct Pier {
    mock: Mock,
    _specs: TempDir,
}

impl Pier {
    fn new(files: &[(&str, &str)]) -> Pier {
        Pier::with(files, |builder| builder)
    }

    fn with(files: &[(&str, &str)], change: impl FnOnce(Builder) -> Builder) -> Pier {
        let specs = TempDir::new().unwrap();
        let files =
            files.iter().map(|(name, text)| (PathBuf::from(name), text.as_bytes().to_vec()));
        write_tree(&specs.path().join("pier"), files);
        let builder = Mock::builder(specs.path())
            .clock(DateTime::from_unix_seconds(NOW).unwrap())
            .credential("pier", "secret", SECRET);
        Pier { mock: change(builder).start().unwrap(), _specs: specs }
    }

    /// Posts a signed form.
    fn post(&self, path: &str, pairs: &str) -> Got {
        form(&self.mock, path, &signed(pairs))
    }
}

/// Adds the signature of the base platform to `pairs`, which are sorted by name.
fn signed(pairs: &str) -> String {
    format!("{pairs}&sign={}", hex(&Md5::digest(format!("{pairs}{SECRET}"))))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The base platform of the corpus under another name, with some lines replaced.
fn platform(changes: &[(&str, &str)]) -> String {
    let base = fs::read_to_string(gatespec_tests::harness::corpus("base/platform.yaml")).unwrap();
    let without_vectors: String = base
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .scan(false, |inside, line| {
            *inside = match line {
                "  vectors:" => true,
                line => *inside && line.starts_with("    "),
            };
            Some((*inside, line))
        })
        .filter(|(inside, _)| !inside)
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    let mut text = without_vectors.replace("platform: shop", "platform: pier");
    for (before, after) in changes {
        assert!(text.contains(before), "{before}");
        text = text.replace(before, after);
    }
    text
}

const ASK: &str = "title: Ask\nrequest:\n  name: { doc: A name. }\n";

#[test]
fn a_body_that_cannot_be_read_says_why() {
    let pier = Pier::new(&[("platform.yaml", &platform(&[])), ("pier.ask.yaml", ASK)]);
    let body = signed("key=10011&method=pier.ask&time=1700000000");
    for (headers, reason) in [
        (
            &[("content-type", "application/x-www-form-urlencoded; charset=GB2312")][..],
            "the body must be UTF-8, but its content type is \"application/x-www-form-urlencoded; \
             charset=gb2312\"",
        ),
        (
            &[("content-type", "text/plain")],
            "the body must be application/x-www-form-urlencoded, but its content type is \"text/plain\"",
        ),
        (
            &[("content-type", "multipart/form-data; boundary=b")],
            "the body must be application/x-www-form-urlencoded, but its content type is \
             \"multipart/form-data; boundary=b\"",
        ),
        (
            &[("content-type", "application/x-www-form-urlencoded"), ("content-encoding", "gzip")],
            "the body is compressed (gzip), which is not supported",
        ),
    ] {
        let got = exchange(&pier.mock, &request("POST", "/pier/gate", headers, body.as_bytes()));
        assert_eq!(got.unwrap().header("x-gatespec-reason"), reason);
        assert_eq!(refusal(&last(&pier.mock)).0, "bad_parameter");
    }
    let plain = [("content-encoding", "identity")];
    exchange(&pier.mock, &request("POST", "/pier/gate", &plain, body.as_bytes())).unwrap();
    assert!(last(&pier.mock).is_accepted());
}

#[test]
fn a_clock_inside_the_signature_is_read_from_it() {
    let spec = platform(&[
        ("    key: { is: key, doc: The application. }\n", ""),
        ("format: unix_seconds, doc", "format: unix_seconds, send: never, doc"),
        ("    sign: { is: signature,", "    Authorization: { is: signature, in: header,"),
        (
            "formula: hex(md5(pairs(all) + secret))",
            "formula: '\"Pier id=\" + key + \" at=\" + clock + \" sum=\" + hex(sha256(clock + secret))'\nreplay: { window: 60 seconds }",
        ),
    ]);
    let pier = Pier::new(&[("platform.yaml", &spec), ("pier.ask.yaml", ASK)]);
    let ask = |time: &str, signed_time: &str| {
        let sum = hex(&Sha256::digest(format!("{signed_time}{SECRET}")));
        let header = format!("Pier id=10011 at={time} sum={sum}");
        let headers =
            [("authorization", &*header), ("content-type", "application/x-www-form-urlencoded")];
        exchange(&pier.mock, &request("POST", "/pier/gate", &headers, b"method=pier.ask")).unwrap();
        last(&pier.mock)
    };
    for time in ["1700000000", "1699999990"] {
        assert!(ask(time, time).is_accepted(), "{}", last(&pier.mock));
    }
    assert_eq!(refusal(&ask("1700000000", "1699999999")).0, "bad_signature");
    assert_eq!(refusal(&ask("1699990000", "1699990000")).0, "stale_clock");
    assert_eq!(refusal(&ask("noon", "noon")).0, "bad_clock");
}

#[test]
fn a_flag_of_success_may_be_inside_the_data() {
    let spec =
        platform(&[("success: { code: 0 }\n  data: data", "success: { r.flag: ok }\n  data: r")]);
    let method = "title: Ask\nreturns: { type: Said, doc: What it says. }\ntypes:\n  Said:\n    \
                  doc: What it says.\n    fields:\n      flag: { doc: Whether it went well. }\n      \
                  count: { type: integer, doc: How many. }\n";
    let pier = Pier::new(&[("platform.yaml", &spec), ("pier.ask.yaml", method)]);
    let got = pier.post("/pier/gate", "key=10011&method=pier.ask&time=1700000000");
    assert_eq!((got.status, &got.json()["r"]["flag"]), (200, &json!("ok")), "{got:?}");
    assert!(got.json()["r"]["count"].is_i64());
}

/// A method with an example in which the error is null, and the cursor of the last page is empty.
const PAGES: &str = r#"title: Turn pages
repeat: safe
request:
  cursor: { doc: Where to go on. }
  shop: { doc: The shop. }
response:
  cursor: { doc: Where the next page begins. }
  shop: { doc: The shop. }
errors:
  41: { class: caller, means: bad_signature, doc: Wrongly signed. }
examples:
  response:
    - name: the last page
      body: '{"code":0,"msg":"","error":null,"data":{"cursor":"","shop":"s"}}'
"#;

#[test]
fn numbers_and_placeholders_are_as_in_the_examples() {
    let other = "title: Ask\nreturns: { type: text, doc: A word. }\n";
    let files =
        [("platform.yaml", &*platform(&[])), ("pier.pages.yaml", PAGES), ("pier.ask.yaml", other)];
    let pier = Pier::new(&files);
    let made = pier.post("/pier/gate", "key=10011&method=pier.ask&time=1700000000").json();
    assert_eq!((&made["code"], made.get("error")), (&json!(0), Some(&json!(null))), "{made}");
    let pairs = "key=10011&method=pier.pages&time=1700000000&sign=0";
    let refused = form(&pier.mock, "/pier/gate", pairs).json();
    assert_eq!(refused["code"], json!(41), "{refused}");
}

#[test]
fn an_end_of_pages_is_kept_and_other_values_are_repeated() {
    let pier = Pier::new(&[("platform.yaml", &platform(&[])), ("pier.pages.yaml", PAGES)]);
    let pairs = "cursor=c7&key=10011&method=pier.pages&shop=mine&time=1700000000";
    let got = pier.post("/pier/gate", pairs).json();
    assert_eq!(got["data"], json!({"cursor": "", "shop": "mine"}));
}

#[test]
fn a_record_that_is_returned_repeats_fields_of_the_request_too() {
    let method = "title: Ask\ntypes:\n  Shop: { doc: A shop., fields: { name: { doc: Its name. }, \
                  kind: { doc: What it sells. } } }\nrequest:\n  name: { doc: A name. }\n\
                  returns: { type: Shop, doc: The shop. }\n";
    let listed = method.replace("type: Shop, doc", "type: Shop, list: json, doc");
    let files =
        [("platform.yaml", &*platform(&[])), ("pier.ask.yaml", method), ("pier.all.yaml", &listed)];
    let pier = Pier::new(&files);
    let ask = |method: &str| {
        let pairs = format!("key=10011&method={method}&name=mine&time=1700000000");
        pier.post("/pier/gate", &pairs).json()["data"].clone()
    };
    let one = ask("pier.ask");
    assert_eq!(one["name"], json!("mine"), "{one}");
    assert_ne!(one["kind"], json!("mine"), "{one}");
    // None of the items has the requested id.
    assert_ne!(ask("pier.all")[0]["name"], json!("mine"));
}

#[test]
fn one_platform_can_be_served_at_the_root() {
    let files = [("platform.yaml", &*platform(&[])), ("pier.ask.yaml", ASK)];
    let pier = Pier::with(&files, |builder| builder.root("pier"));
    let address = format!("http://127.0.0.1:{}", pier.mock.port());
    assert_eq!(pier.mock.url("pier").unwrap(), format!("{address}/gate"));
    pier.post("/gate", "key=10011&method=pier.ask&time=1700000000");
    assert!(last(&pier.mock).is_accepted());
    assert_eq!(pier.mock.page(), format!("{address}/gatespec"));
    let page = exchange(&pier.mock, &request("GET", "/gatespec", &[], b"")).unwrap();
    assert!(page.body.contains("What is served"), "{page:?}");
    let error = Mock::builder(pier._specs.path()).root("quay").start().unwrap_err();
    assert!(error.to_string().contains("there is no platform `quay`"), "{error}");
}

#[test]
fn what_is_elsewhere_is_told_and_refused_if_asked_for() {
    let files = [("platform.yaml", &*platform(&[])), ("pier.ask.yaml", ASK)];
    let query = signed("key=10011&method=pier.ask&name=n&time=1700000000");
    let target = format!("/pier/gate?{query}");
    let told = "the verb is GET, not POST; `key` is in the query, not in the form";
    for strict in [false, true] {
        let pier = Pier::with(&files, |builder| if strict { builder.strict() } else { builder });
        let got = exchange(&pier.mock, &request("GET", &target, &[], b"")).unwrap();
        let header = if strict { "x-gatespec-reason" } else { "x-gatespec-misplaced" };
        assert!(got.header(header).starts_with(told), "{got:?}");
        assert!(got.header(header).contains("`name` is in the query"), "{got:?}");
        assert_eq!(last(&pier.mock).is_accepted(), !strict);
        let right = pier.post("/pier/gate", "key=10011&method=pier.ask&name=n&time=1700000000");
        assert_eq!(right.header("x-gatespec-misplaced"), "");
        assert!(last(&pier.mock).is_accepted());
    }
}

#[test]
fn the_page_is_for_this_machine_and_answers_have_the_mocks_own_date() {
    let pier = Pier::new(&[("platform.yaml", &platform(&[])), ("pier.ask.yaml", ASK)]);
    let port = pier.mock.port();
    for (host, status) in [
        (format!("127.0.0.1:{port}"), 200),
        ("localhost".to_owned(), 200),
        ("[::1]".to_owned(), 200),
        (format!("[::1]:{port}"), 200),
        ("evil.example".to_owned(), 403),
        (format!("127.0.0.1.evil.example:{port}"), 403),
        ("localhost.evil.example".to_owned(), 403),
    ] {
        let text = format!("GET / HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        let got = exchange(&pier.mock, text.as_bytes()).unwrap();
        assert_eq!((got.status, got.header("date")), (status, "Tue, 14 Nov 2023 22:13:20 GMT"));
        assert_eq!(got.body.contains("What is served"), status == 200, "{host}");
    }
}

#[test]
fn gateways_of_one_address_share_it() {
    let spec = platform(&[]);
    let second = "gateways:\n  back:\n    environments: { live: { url: https://shop.example/gate, doc: \
                  The gateway. } }\n";
    let far =
        "  far:\n    environments: { live: { url: https://far.example/x, doc: Another one. } }\n";
    let spec = format!("{spec}{second}{far}");
    let back = "title: Look\ngateway: back\n";
    let files = [("platform.yaml", &*spec), ("pier.ask.yaml", ASK), ("pier.look.yaml", back)];
    let pier = Pier::new(&files);
    assert_eq!(pier.mock.gateway_url("pier", "back"), pier.mock.url("pier"));
    assert!(pier.mock.gateway_url("pier", "far").unwrap().ends_with("/pier/far/x"));
    for (method, gateway) in [("pier.ask", "main"), ("pier.look", "back")] {
        pier.post("/pier/gate", &format!("key=10011&method={method}&time=1700000000"));
        let entry = last(&pier.mock);
        assert!(entry.is_accepted(), "{entry}");
        assert_eq!(entry.gateway, gateway);
    }
}
