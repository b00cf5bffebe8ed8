//! A signed request cannot be changed: not a byte of the signature, a value, a name, the path or
//! the verb; and no parameter can be added, removed, moved or repeated.

use gatespec_runtime::incoming::IncomingError;
use gatespec_runtime::{Receiver, Receives};
use http::{HeaderValue, Request, Uri};

use crate::gates::{self, form, reason, request};
use crate::recorder::file;
use crate::signing::{self, Pairs};

fn owned(pairs: &[(&str, &str)]) -> Pairs {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn posted(url: &str, pairs: &Pairs) -> Request<Vec<u8>> {
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
    form(url, &pairs)
}

/// All variants of these pairs that differ in a single place.
fn changed(pairs: &Pairs) -> Vec<(String, Pairs)> {
    let mut all = Vec::new();
    let mut add = |what: String, changed: Pairs| {
        if changed != *pairs {
            all.push((what, changed));
        }
    };
    for (index, (name, value)) in pairs.iter().enumerate() {
        let with = |pair: (String, String)| {
            let mut changed = pairs.clone();
            changed[index] = pair;
            changed
        };
        for (how, text) in variants(value) {
            add(format!("the value of {name}, {how}"), with((name.clone(), text)));
        }
        for (how, text) in variants(name) {
            add(format!("the name {name}, {how}"), with((text, value.clone())));
        }
        let mut without = pairs.clone();
        without.remove(index);
        add(format!("without {name}"), without);
        for again in [value.clone(), format!("{value}x")] {
            let mut twice = pairs.clone();
            twice.push((name.clone(), again));
            add(format!("{name} twice"), twice);
        }
    }
    for (name, value) in [("extra", "1"), ("extra", ""), ("$extra", "1"), ("", "")] {
        let mut more = pairs.clone();
        more.push((name.to_owned(), value.to_owned()));
        add(format!("with {name}={value}"), more);
    }
    all
}

fn variants(text: &str) -> Vec<(&'static str, String)> {
    let swap = |c: char| match c.is_lowercase() {
        true => c.to_ascii_uppercase(),
        false => c.to_ascii_lowercase(),
    };
    let mut cut = text.to_owned();
    cut.pop();
    let first = text.chars().next().map(|c| if c == 'x' { 'y' } else { 'x' });
    let other = first.into_iter().chain(text.chars().skip(1)).collect();
    vec![
        ("longer", format!("{text}x")),
        ("with a space behind", format!("{text} ")),
        ("shorter", cut),
        ("another first letter", other),
        ("in the other case", text.chars().map(swap).collect()),
    ]
}

#[test]
fn shopex_calls_signed_by_hand_cannot_be_changed() {
    let gate = gates::shopex();
    let mut pairs = owned(&[
        ("app_key", "testkey"),
        ("method", "matrix.fill.single"),
        ("sign_time", "1672502400"),
        ("node_id", "1_2 (短袖)"),
        ("fill_type", "order"),
        ("tids", "A1|A2*~"),
        ("note", ""),
    ]);
    let secret = crate::clients::SHOPEX_SECRET;
    let sign = signing::shopex(secret, "POST", "/router", &Pairs::new(), &pairs);
    pairs.push(("sign".to_owned(), sign));
    let url = "http://shop.example/router";
    gate.verify(&posted(url, &pairs)).unwrap();
    // The order of the parameters does not matter.
    let reversed: Pairs = pairs.iter().rev().cloned().collect();
    gate.verify(&posted(url, &reversed)).unwrap();
    for (what, changed) in changed(&pairs) {
        let outcome = gate.verify(&posted(url, &changed));
        assert_ne!(reason(&outcome), "taken", "{what}");
    }
    for path in ["/", "/route", "/router/", "/Router", "/router%20", "/x/router"] {
        let outcome = gate.verify(&posted(&format!("http://shop.example{path}"), &pairs));
        assert_eq!(reason(&outcome), "bad_signature", "{path}");
    }
    for index in 0..pairs.len() {
        let mut rest = pairs.clone();
        let (name, value) = rest.remove(index);
        let query =
            form_urlencoded::Serializer::new(String::new()).append_pair(&name, &value).finish();
        let outcome = gate.verify(&posted(&format!("{url}?{query}"), &rest));
        // The signature itself can be in either location, since it is not signed.
        let becomes = if name == "sign" { "taken" } else { "bad_signature" };
        assert_eq!(reason(&outcome), becomes, "{name} in the query");
    }
    let mut put = posted(url, &pairs);
    *put.method_mut() = http::Method::PUT;
    assert_eq!(reason(&gate.verify(&put)), "bad_signature");
}

#[test]
fn mogujie_and_gome_calls_signed_by_hand_cannot_be_changed() {
    let mut pairs = owned(&[
        ("method", "xiaodian.trade.get"),
        ("access_token", "TESTACCESSTOKEN"),
        ("app_key", "10011"),
        ("format", "json"),
        ("sign_method", "md5"),
        ("timestamp", "1367819523"),
        ("version", "1.0"),
        ("openApiOrderDetailReqDto", r#"{"shopOrderId": 7}"#),
    ]);
    let sign = signing::mogujie("TESTAPPSECRET", &pairs);
    pairs.push(("sign".to_owned(), sign));
    let url = "https://shop.example/anywhere";
    let gate = gates::mogujie();
    gate.verify(&posted(url, &pairs)).unwrap();
    for (what, changed) in changed(&pairs) {
        // Names and values are signed without separators, so an added empty parameter does not
        // change the signed text.
        if changed.last() == Some(&(String::new(), String::new())) {
            continue;
        }
        assert_ne!(reason(&gate.verify(&posted(url, &changed))), "taken", "{what}");
    }

    let mut pairs = owned(&[
        ("$method", "gome.pusher.order.synchronize"),
        ("$token", "testtoken"),
        ("$v", "1.0.0"),
        ("request", r#"{"orderId":"短 1","extra":1}"#),
    ]);
    let sign = signing::gome("testsecret", &pairs);
    pairs.push(("$sign".to_owned(), sign));
    let gate = gates::gome();
    gate.verify(&posted(url, &pairs)).unwrap();
    for (what, changed) in changed(&pairs) {
        if changed.last() == Some(&(String::new(), String::new())) {
            continue;
        }
        assert_ne!(reason(&gate.verify(&posted(url, &changed))), "taken", "{what}");
    }
}

/// The parsed content of a request, which is equal for different notations of the same request.
fn understood(request: &Request<Vec<u8>>, is_form: bool) -> impl PartialEq + use<> {
    let pairs = |text: &[u8]| -> Vec<(String, String)> {
        let mut pairs: Vec<_> = form_urlencoded::parse(text).into_owned().collect();
        pairs.sort_by(|a, b| a.0.cmp(&b.0));
        pairs
    };
    let decoded = |text: &str| percent_encoding::percent_decode_str(text).collect::<Vec<u8>>();
    let path: Vec<Vec<u8>> = request.uri().path().split('/').map(decoded).collect();
    let query = pairs(request.uri().query().unwrap_or_default().as_bytes());
    let body = if is_form { Ok(pairs(request.body())) } else { Err(request.body().clone()) };
    (path, query, body)
}

/// Changes every byte of the body and of the URL after the host, in three ways each.
fn every_byte<P: Receives>(gate: &Receiver<P>, name: &str, is_form: bool) {
    let original = request(&file(name));
    gate.verify(&original).unwrap();
    let meaning = understood(&original, is_form);
    let mut refused = 0;
    let mut judge = |changed: &Request<Vec<u8>>, at: &str| {
        let taken = gate.verify(changed).is_ok();
        assert_eq!(taken, understood(changed, is_form) == meaning, "{name}, {at}");
        refused += usize::from(!taken);
    };
    let (path, query) = (original.uri().path().to_owned(), original.uri().query());
    let target = format!("{path}?{}", query.unwrap_or_default());
    for bit in [0x01, 0x20, 0x80] {
        for index in 0..original.body().len() {
            let mut changed = original.clone();
            changed.body_mut()[index] ^= bit;
            judge(&changed, &format!("byte {index} of the body"));
        }
        for index in 0..target.len() {
            let mut bytes = target.clone().into_bytes();
            bytes[index] ^= bit;
            let Ok(uri) = Uri::try_from(bytes) else { continue };
            let mut changed = original.clone();
            *changed.uri_mut() = uri;
            judge(&changed, &format!("byte {index} of the URL"));
        }
    }
    assert!(refused > 100, "{name}: {refused} requests were refused");
}

#[test]
fn every_byte_of_a_known_request_counts() {
    every_byte(&gates::shopex(), "shopex/fill-multiple-vector-b.http", true);
    every_byte(&gates::acme(), "acme/order-list.http", false);
    every_byte(&gates::acme(), "acme/order-remark.http", false);
    every_byte(&gates::quay(), "quay/parcel-find.http", true);
    every_byte(&gates::quay(), "quay/parcel-events-hostile.http", true);
    every_byte(&gates::quay(), "quay/parcel-book.http", true);
}

#[test]
fn every_declared_header_counts_and_no_other_does() {
    let changed = |name: &str, header: &'static str, value: &str| {
        let mut changed = request(&file(name));
        changed.headers_mut().insert(header, HeaderValue::from_str(value).unwrap());
        changed
    };
    let name = "acme/order-list.http";
    let original = request(&file(name));
    let gate = gates::acme();
    for (header, becomes) in [
        ("acme-key", "unknown_app"),
        ("acme-time", "bad_clock"),
        ("acme-nonce", "bad_signature"),
        ("acme-digest", "bad_signature"),
        ("acme-signature", "bad_signature"),
    ] {
        let value = original.headers()[header].to_str().unwrap();
        let outcome = gate.verify(&changed(name, header, &format!("{value}0")));
        assert_eq!(reason(&outcome), becomes, "{header}");
        let mut without = original.clone();
        without.headers_mut().remove(header);
        assert_eq!(reason(&gate.verify(&without)), "missing_parameter", "{header}");
        let mut twice = original.clone();
        twice.headers_mut().append(header, HeaderValue::from_str(value).unwrap());
        assert_eq!(reason(&gate.verify(&twice)), "bad_parameter", "{header}");
    }
    for (header, value) in [("acme-client", "another"), ("user-agent", "x"), ("x-more", "y")] {
        gate.verify(&changed(name, header, value)).unwrap();
    }
    let outcome =
        gates::quay().verify(&changed("quay/parcel-find.http", "quay-action", "parcel.events"));
    // The other method requires a field that this call does not have.
    assert_eq!(reason(&outcome), "missing_parameter");
}

/// The formula of the signature method A1 signs only the values of business fields. The digest,
/// another parameter with a formula, covers the body as it is written.
#[test]
fn a_parameter_that_a_formula_makes_is_verified_too() {
    let original = file("acme/order-list-a1.http");
    gates::acme().verify(&request(&original)).unwrap();
    let changed = original.replace(r#","meta":{"#, r#", "meta":{"#);
    assert_ne!(changed, original);
    let refused = gates::acme().verify(&request(&changed)).unwrap_err();
    assert_eq!(
        refused.error(),
        Some(&IncomingError::BadFormula { name: "Acme-Digest".to_owned() })
    );
}
