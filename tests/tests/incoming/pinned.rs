//! Requirements that a receiver can be given: the verb, the signature method, only documented
//! parameters.

use gatespec_runtime::Meaning;
use gatespec_runtime::incoming::IncomingError;
use http::Request;

use crate::clients::SHOPEX_SECRET;
use crate::gates::{self, form, reason, request};
use crate::recorder::file;
use crate::signing::{self, Pairs};

const OWN: [(&str, &str); 4] = [
    ("app_key", "testkey"),
    ("method", "matrix.unbind"),
    ("node_id", "15000000"),
    ("sign_time", "1672502400"),
];

/// A ShopEx call with further parameters, in the form body of a POST or in the query string of a
/// GET.
fn shopex(verb: &str, further: &[(&str, &str)]) -> Request<Vec<u8>> {
    let own = [&OWN[..], further].concat();
    let pairs: Pairs =
        own.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let none = Pairs::new();
    let (query, sent) = if verb == "GET" { (&pairs, &none) } else { (&none, &pairs) };
    let sign = signing::shopex(SHOPEX_SECRET, verb, "/router", query, sent);
    let all = [&own[..], &[("sign", &sign)]].concat();
    let url = "http://shop.example/router";
    if verb == "POST" {
        return form(url, &all);
    }
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(all).finish();
    Request::builder().method(verb).uri(format!("{url}?{query}")).body(Vec::new()).unwrap()
}

#[test]
fn a_signed_call_by_another_verb_is_taken_unless_the_own_one_is_asked_for() {
    for (verb, strict) in [("GET", "bad_parameter"), ("POST", "taken")] {
        let request = shopex(verb, &[]);
        assert_eq!(reason(&gates::shopex().verify(&request)), "taken", "{verb}");
        assert_eq!(reason(&gates::shopex().own_verb().verify(&request)), strict, "{verb}");
    }
    let refused = gates::shopex().own_verb().verify(&shopex("GET", &[])).unwrap_err();
    assert_eq!(refused.error().unwrap().to_string(), "the method is called with POST, not \"GET\"");
}

/// Acme has two signature methods, and the sender chooses one.
#[test]
fn one_way_to_sign_can_be_asked_for() {
    let sent = request(&file("acme/order-list.http"));
    assert_eq!(reason(&gates::acme().verify(&sent)), "taken");
    assert_eq!(reason(&gates::acme().sign_method("A2").verify(&sent)), "taken");
    let refused = gates::acme().sign_method("A1").verify(&sent).unwrap_err();
    assert_eq!(refused.error().unwrap().to_string(), "parameter `alg` must be A1");
    // If neither method has this name, every call is refused.
    assert_eq!(reason(&gates::acme().sign_method("A3").verify(&sent)), "bad_parameter");
}

#[test]
fn parameters_that_no_document_lists_can_be_refused() {
    let request = shopex("POST", &[("zone", "8")]);
    assert_eq!(reason(&gates::shopex().verify(&request)), "taken");
    let refused = gates::shopex().only_listed().verify(&request).unwrap_err();
    assert_eq!(refused.error(), Some(&IncomingError::Unlisted { name: "zone".to_owned() }));
    assert_eq!(refused.meaning(), Meaning::BadParameter);
    assert_eq!(reason(&gates::shopex().only_listed().verify(&shopex("POST", &[]))), "taken");
}
