//! Properties over random input: encoders are compared with other crates, and signatures with a
//! second implementation of the rules.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_tests::{
    recorder,
    shipped::{clients, signing},
};
use std::collections::BTreeMap;

use gatespec_clients::mogujie::{OpenApiOrderDetailReqDto, XiaodianTradeGet};
use gatespec_clients::shopex::{
    self, FillType, MatrixBindurl, MatrixFillMultiple, MatrixFillSingle,
};
use gatespec_clients::{gome, mogujie};
use gatespec_runtime::percent::Percent;
use gatespec_runtime::sign::{Known, sign_pairs};
use gatespec_runtime::template::Holes;
use gatespec_runtime::{
    CredentialSet, DateTime, Fen, Location, Param, ParamType, Platform, Role, Validate, Violation,
};
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use proptest::prelude::*;

use recorder::Recorder;
use signing::Pairs;

/// Any text. Characters that encoders often get wrong are frequent.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![".{0,12}", "[ -~]{0,12}", "[短袖é~*'()!+ %&=|$\\u{1f600}\\u{0}\\n]{0,8}",]
}

/// Distinct names. Names that are easily sorted wrongly are frequent.
fn pairs() -> impl Strategy<Value = BTreeMap<String, String>> {
    prop::collection::btree_map("[$A-Za-z_0-9.-]{1,6}|[短袖]{1,2}", text(), 0..8)
}

fn sign<P: Platform>(
    secret: &str,
    sent: &[(Location<'static>, &Pairs)],
    signature: &str,
) -> String {
    let param = |place: Location<'static>| {
        move |(name, value): &'_ (String, String)| -> (Location<'static>, String, String) {
            (place, name.clone(), value.clone())
        }
    };
    let owned: Vec<_> =
        sent.iter().flat_map(|(place, pairs)| pairs.iter().map(param(*place))).collect();
    let params: Vec<Param<'_>> = owned
        .iter()
        .map(|(place, name, value)| {
            let role = if name == signature { Role::Signature } else { Role::Business };
            Param { name, value, place: *place, role, kind: ParamType::Text, sensitive: false }
        })
        .collect();
    let credentials = CredentialSet::from_iter([("secret", secret)]);
    let known = Known {
        gateway: P::GATEWAYS[0],
        params: &params,
        verb: "POST",
        path: "/router",
        body: "",
        clock: "",
        nonce: "",
        holes: Holes { method: "", labels: &[] },
        credentials: &credentials,
    };
    sign_pairs(&known, None).unwrap()
}

/// The pairs in a form, as a gateway reads them.
fn parsed(body: &[u8]) -> Pairs {
    form_urlencoded::parse(body).into_owned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn percent_encoding_is_that_of_another_crate(text in text()) {
        let encoded = Percent::Rfc3986.encode(&text);
        prop_assert_eq!(&encoded, &utf8_percent_encode(&text, signing::RESERVED).to_string());
        prop_assert_eq!(percent_decode_str(&encoded).decode_utf8().unwrap(), text);
    }

    #[test]
    fn form_encoding_is_that_of_the_url_standard(text in text()) {
        let expected: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        prop_assert_eq!(Percent::Form.encode(&text), expected);
    }

    #[test]
    fn shopexs_recipe_is_its_rule(
        secret in "[ -~]{1,40}",
        query in pairs(),
        form in pairs(),
        signature in prop::option::of(text()),
    ) {
        let query: Pairs = query.into_iter().collect();
        let mut form: Pairs = form.into_iter().collect();
        form.extend(signature.map(|text| ("sign".to_owned(), text)));
        let expected = signing::shopex(&secret, "POST", "/router", &query, &form);
        let sent = [(Location::Query, &query), (Location::Form, &form)];
        prop_assert_eq!(sign::<shopex::Platform>(&secret, &sent, "sign"), expected);
    }

    #[test]
    fn mogujies_recipe_is_its_rule(secret in "[ -~]{1,40}", form in pairs()) {
        let form: Pairs = form.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let expected = signing::mogujie(&secret, &form);
        prop_assert_eq!(expected.len(), 32);
        prop_assert_eq!(sign::<mogujie::Platform>(&secret, &[(Location::Form, &form)], "sign"), expected);
    }

    #[test]
    fn gomes_recipe_is_its_rule(secret in "[ -~]{1,40}", form in pairs()) {
        let form: Pairs = form.into_iter().collect();
        let expected = signing::gome(&secret, &form);
        prop_assert_eq!(expected.len(), 40);
        prop_assert_eq!(sign::<gome::Platform>(&secret, &[(Location::Form, &form)], "$sign"), expected);
    }

    /// A gateway that implements only the rule accepts the client's request, and reads the texts
    /// that the caller set.
    #[test]
    fn any_text_arrives_and_its_signature_holds(code in text(), callback in text(), extra in text()) {
        let recorder = Recorder::answering("{}");
        let (client, _) = clients::shopex_clients(&recorder);
        let request = MatrixBindurl::new(code.clone(), callback.clone());
        let call = client.call(&request).validate(false).parameter("extra", extra.clone());
        let prepared = call.prepare().unwrap();
        let received = parsed(prepared.body());
        let get = |name: &str| {
            received.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
        };
        prop_assert_eq!(get("code"), Some(code));
        prop_assert_eq!(get("callback_url"), Some(callback));
        prop_assert_eq!(get("extra"), Some(extra));
        let secret = clients::SHOPEX_SECRET;
        let expected = signing::shopex(secret, "POST", "/router", &Pairs::new(), &received);
        prop_assert_eq!(get("sign"), Some(expected));
        prop_assert_eq!(received.last().map(|(name, _)| &**name), Some("sign"));
        let names: Vec<_> = received.iter().rev().skip(1).rev().map(|(name, _)| name.clone()).collect();
        prop_assert!(names.is_sorted());
    }

    /// A number where the spec has a text is taken digit by digit, however long it is.
    #[test]
    fn numbers_become_text_digit_by_digit(number in "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?") {
        let body = format!(r#"{{"status":"succ","data":{{"msg_id":{number}}}}}"#);
        let (_, client) = clients::shopex_clients(&Recorder::answering(body));
        let request = MatrixFillSingle::new("1", FillType::Order);
        let answer = client.matrix_fill_single(&request).unwrap();
        prop_assert_eq!(answer.msg_id, Some(number));
    }

    #[test]
    fn every_integer_of_64_bits_is_read_as_number_and_as_text(number in any::<i64>()) {
        for written in [number.to_string(), format!("\"{number}\""), format!("{number}.0")] {
            let data = format!(r#"{{"shopOrderId":{written},"shopOrderPrice":{written}}}"#);
            let body = format!(r#"{{"success":true,"result":{{"data":{data}}}}}"#);
            let (_, client) = clients::mogujie_clients(&Recorder::answering(body));
            let request = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(number));
            let order = client.xiaodian_trade_get(&request).unwrap();
            prop_assert_eq!((order.shop_order_id, order.shop_order_price), (Some(number), Some(Fen(number))));
        }
    }

    /// Decoding a damaged answer returns an answer or an error.
    #[test]
    fn no_damage_to_an_answer_is_a_panic(
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut body = recorder::file("mogujie/answers/encrypted.json").into_bytes();
        if places.len() > 1 {
            body = recorder::file("mogujie/answers/full.json").into_bytes();
        }
        for (place, byte) in places {
            let at = place.index(body.len());
            body[at] = byte;
        }
        body.truncate(cut.map_or(body.len(), |cut| cut.index(body.len())));
        let credentials = mogujie::Credentials::new("10011", "TESTAPPSECRET-16", "TESTACCESSTOKEN");
        let client = mogujie::blocking::Client::builder(credentials);
        let client = client.transport(Recorder::answering(body)).build().unwrap();
        let request = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(1));
        if let Err(error) = client.xiaodian_trade_get(&request) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    /// The rules of a time span agree with plain arithmetic.
    #[test]
    fn a_span_is_refused_exactly_when_the_arithmetic_says_so(
        start in 0i64..2_000_000_000,
        length in -700_000i64..1_300_000,
    ) {
        let at = |seconds| DateTime::from_unix_seconds(seconds).unwrap();
        let request = MatrixFillMultiple::new("1", FillType::Order, at(start), at(start + length));
        let found: Vec<_> = request.violations().iter().map(Violation::kind).collect();
        let mut expected = Vec::new();
        if length < 0 {
            expected.push("not_after");
        }
        if length.abs() > 7 * 86_400 {
            expected.push("span");
        }
        prop_assert_eq!(found, expected);
    }
}
