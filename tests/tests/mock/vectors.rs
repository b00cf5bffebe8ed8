//! Whole requests that `tests/wire/expected.py` computed from the platforms' rules, without any
//! code of gatespec. The mock and the clients share an engine; if it were wrong, the mock would
//! refuse these requests.

use gatespec_mock::Mock;
use gatespec_runtime::DateTime;
use gatespec_tests::harness::{tree, workspace};

use crate::wire::{Got, exchange, request};
use crate::{last, refusal};

/// The request is accepted.
const YES: (&str, &str) = ("", "");

/// Every file of `tests/wire`, with the meaning and the code of the mock's refusal.
const FILES: [(&str, (&str, &str)); 43] = [
    ("acme/order-list", YES),
    ("acme/order-list-a1", YES),
    ("acme/order-list-tokenless", YES),
    ("acme/order-remark", YES),
    ("gome/order-extra", YES),
    ("gome/order-keyless", YES),
    ("gome/order-nothing", YES),
    ("gome/order-renamed", ("unknown_method", "10003")),
    ("gome/order-return", YES),
    ("gome/order-sale", YES),
    ("gome/order-vector", YES),
    ("mogujie/token-grant", YES),
    ("mogujie/token-renewal", YES),
    ("mogujie/trade-get", YES),
    ("mogujie/trade-get-extra", YES),
    ("mogujie/trade-get-other-shop", ("bad_token", "0000001")),
    // No code for this mistake is known, so the mock uses the code for a wrong parameter.
    ("mogujie/trade-get-renamed", ("unknown_method", "1010001")),
    ("mogujie/trade-get-sample", YES),
    ("mogujie/trade-get-wrapper", ("missing_parameter", "1010001")),
    ("mogujie/trade-get-zeros", YES),
    ("quay/parcel-book", YES),
    // The carrier has another name, so the mock finds no fields.
    ("quay/parcel-book-carrier", ("missing_parameter", "missing_parameter")),
    ("quay/parcel-events", YES),
    ("quay/parcel-events-hostile", YES),
    ("quay/parcel-find", YES),
    ("quay/parcel-find-lang", YES),
    ("shopex/authstatus", YES),
    ("shopex/bindurl", YES),
    ("shopex/bindurl-hostile", YES),
    ("shopex/fill-multiple-orders", YES),
    ("shopex/fill-multiple-vector-b", YES),
    // The value cannot be distinguished from three numbers.
    ("shopex/fill-single-delimiter", YES),
    ("shopex/fill-single-orders", YES),
    ("shopex/fill-single-refund", YES),
    ("shopex/fill-single-unknown", ("bad_parameter", "0040000")),
    ("shopex/unbind-empty", ("missing_parameter", "0040005")),
    ("shopex/unbind-extra", YES),
    ("shopex/unbind-http", YES),
    // The signed path differs from the requested one.
    ("shopex/unbind-path", ("bad_signature", "0040301")),
    ("shopex/unbind-renamed", ("unknown_method", "0040401")),
    ("shopex/unbind-replaced", ("unknown_app", "0040302")),
    ("shopex/unbind-vector-a", YES),
    ("shopex/unbind-without", ("missing_parameter", "0040005")),
];

/// The URLs of the platforms, and the paths under which the mock serves them.
const ADDRESSES: [(&str, &str); 7] = [
    ("https://apigateway.shopex.cn", "/shopex"),
    ("http://apigateway.shopex.cn", "/shopex"),
    ("https://openapi.mogujie.com", "/mogujie"),
    ("https://oauth.mogujie.com", "/mogujie/oauth"),
    ("http://gw.gome.com.cn", "/gome"),
    ("https://east.acme.example", "/acme"),
    ("https://api.quay.example", "/quay"),
];

/// A mock with the credentials and the clock of the published vectors.
fn mock(folder: &str) -> Mock {
    let credentials = [
        ("shopex", "app_key", "testkey"),
        ("shopex", "secret", "0123456789abcdef0123456789abcdef"),
        ("mogujie", "secret", "TESTAPPSECRET"),
        ("mogujie", "access_token", "TESTACCESSTOKEN"),
        ("gome", "app_key", "testapp"),
        ("gome", "secret", "testsecret"),
        ("gome", "token", "testtoken"),
        ("acme", "app_key", "k1"),
        ("acme", "app_secret", "0123456789abcdef"),
        ("acme", "sign_secret", "s1gn"),
        ("acme", "token", "t0k"),
        ("quay", "key", "k9"),
        ("quay", "secret", "quay-secret"),
    ];
    let builder = Mock::builder(workspace(folder));
    let builder = builder.clock(DateTime::from_unix_millis(1_672_502_400_007).unwrap());
    let with = |builder: gatespec_mock::Builder, (platform, name, text): (&str, &str, &str)| {
        builder.credential(platform, name, text)
    };
    let here = credentials.into_iter().filter(|one| workspace(folder).join(one.0).is_dir());
    here.fold(builder, with).start().unwrap()
}

fn both() -> [Mock; 2] {
    ["specs", "tests/platforms"].map(mock)
}

/// The mock that serves the platform of this file.
fn of<'m>(mocks: &'m [Mock; 2], file: &str) -> &'m Mock {
    let platform = file.split('/').next().unwrap();
    mocks.iter().find(|mock| mock.url(platform).is_some()).unwrap()
}

fn text(file: &str) -> String {
    std::fs::read_to_string(workspace("tests/wire").join(format!("{file}.http"))).unwrap()
}

/// Sends a request that is written as in the files of `tests/wire`.
fn send(mock: &Mock, text: &str) -> Got {
    let (head, body) = text.split_once("\n\n").unwrap();
    let mut lines = head.lines();
    let (verb, url) = lines.next().unwrap().split_once(' ').unwrap();
    let headers: Vec<_> = lines.map(|line| line.split_once(": ").unwrap()).collect();
    let (own, prefix) = ADDRESSES.iter().find(|(own, _)| url.starts_with(own)).unwrap();
    let target = url.replacen(own, prefix, 1);
    let body = body.strip_suffix('\n').unwrap();
    exchange(mock, &request(verb, &target, &headers, body.as_bytes())).unwrap()
}

#[test]
fn requests_from_outside_are_accepted_and_refused_as_the_rules_say() {
    let mocks = both();
    for (file, expected) in FILES.into_iter() {
        let mock = of(&mocks, file);
        let got = send(mock, &text(file));
        let entry = last(mock);
        if expected == YES {
            assert!(entry.is_accepted(), "{file}: {entry}");
            assert_eq!(got.status, 200, "{file}: {entry}");
        } else {
            assert_eq!(refusal(&entry), expected, "{file}: {entry}");
            assert!(got.body.contains(&format!("\"{}\"", expected.1)), "{file}: {}", got.body);
        }
    }
}

#[test]
fn every_request_of_the_folder_is_in_the_list() {
    let files = tree(&workspace("tests/wire")).into_keys();
    let mut found: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "http"))
        .map(|path| path.with_extension("").to_string_lossy().into_owned())
        .collect();
    let listed = FILES.iter().map(|(file, _)| *file);
    found.sort();
    assert_eq!(found, listed.collect::<Vec<_>>());
}

/// The signature in a request that is written as in the files of `tests/wire`.
fn signature(text: &str) -> Option<String> {
    let marks = ["acme-signature: ", "&sign=", "&%24sign=", "&sig="];
    let start = marks.iter().find_map(|mark| Some(text.find(mark)? + mark.len()))?;
    let end = text[start..].find(['\n', '&']).unwrap();
    Some(text[start..start + end].to_owned())
}

#[test]
fn one_other_byte_of_the_signature_is_refused_and_shown() {
    let mocks = both();
    let mut refused = 0;
    for (file, _) in FILES.into_iter().filter(|(_, is)| *is == YES) {
        let text = text(file);
        let Some(right) = signature(&text) else { continue };
        let other = if right.as_bytes()[2] == b'0' { "1" } else { "0" };
        let wrong = format!("{}{other}{}", &right[..2], &right[3..]);
        let mock = of(&mocks, file);
        let got = send(mock, &text.replace(&right, &wrong));
        assert_eq!(got.header("x-gatespec-refused"), "bad_signature", "{file}: {got:?}");
        assert_eq!(got.header("x-gatespec-signature"), right, "{file}");
        let difference = format!(
            "byte 2: sent {:#04x} '{other}', expected {:#04x} '{}'",
            other.as_bytes()[0],
            right.as_bytes()[2],
            &right[2..3]
        );
        assert_eq!(got.header("x-gatespec-first-difference"), difference, "{file}");
        let signed = got.header("x-gatespec-signed");
        assert!(!signed.is_empty(), "{file}");
        for secret in ["0123456789abcdef", "TESTAPPSECRET", "testsecret", "s1gn", "quay-secret"] {
            assert!(!format!("{got:?}").contains(secret), "{file}: {got:?}");
        }
        refused += 1;
    }
    assert!(refused > 25, "{refused}");
}

#[test]
fn one_other_byte_of_a_value_is_refused() {
    let mocks = both();
    for (file, from, to) in [
        ("shopex/unbind-vector-a", "15000000", "15000001"),
        ("mogujie/trade-get", "91341793022324", "91341793022325"),
        ("gome/order-vector", "orderId%22%3A%221", "orderId%22%3A%222"),
        ("acme/order-list", "12.50", "12.51"),
        ("quay/parcel-find", "H-1", "H-2"),
        ("quay/parcel-events", "/P-7/", "/P-8/"),
    ] {
        let text = text(file);
        assert!(text.contains(from), "{file}");
        let got = send(of(&mocks, file), &text.replacen(from, to, 1));
        assert_eq!(got.header("x-gatespec-refused"), "bad_signature", "{file}: {got:?}");
    }
}

#[test]
fn a_clock_that_lags_is_refused_and_one_that_is_ahead_is_as_the_gateway_treats_it() {
    let at = |seconds: i64| {
        let builder = Mock::builder(workspace("specs"));
        let builder = builder.credential("shopex", "app_key", "testkey");
        let builder = builder.credential("shopex", "secret", "0123456789abcdef0123456789abcdef");
        builder.clock(DateTime::from_unix_seconds(seconds).unwrap()).start().unwrap()
    };
    let signed = 1_672_502_400;
    for (now, status) in [(signed + 90_000, 200), (signed + 90_001, 403), (signed - 1_000_000, 200)]
    {
        let mock = at(now);
        let got = send(&mock, &text("shopex/unbind-vector-a"));
        assert_eq!(got.status, status, "{now}: {got:?}");
        if status != 200 {
            assert_eq!(refusal(&last(&mock)), ("stale_clock", "0040308"));
        }
    }
}
