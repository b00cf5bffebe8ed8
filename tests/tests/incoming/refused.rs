//! A wrong call is answered with the platform's own code, status and shape.

use gatespec_clients::gome::GomePusherOrderSynchronize;
use gatespec_clients::shopex::{MatrixAuthstatus, MatrixFillSingle, MatrixUnbind};
use gatespec_clients::{gome, shopex};
use gatespec_runtime::incoming::{IncomingError, Seen as _, SeenInMemory};
use gatespec_runtime::{
    Blank, DateTime, ErrorKind, Gateway, Meaning, MethodInfo, Operation, Platform, Received,
    Receiver, Receives, Record, Refused,
};
use http::{Request, StatusCode};
use serde_json::{Value as Json, json};
use std::time::Duration;

use crate::gates::{self, form, request};
use crate::recorder::file;
use crate::signing::{self, Pairs};

const URL: &str = "http://shop.example/router";

fn pairs(texts: &[(&str, &str)]) -> Pairs {
    texts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn posted(pairs: &Pairs) -> Request<Vec<u8>> {
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
    form(URL, &pairs)
}

/// A ShopEx call, signed by hand, with some parameters changed. `None` leaves a parameter out.
fn shopex(changes: &[(&str, Option<&str>)]) -> Request<Vec<u8>> {
    let usual = [
        ("app_key", "testkey"),
        ("method", "matrix.fill.single"),
        ("sign_time", "1672502400"),
        ("node_id", "1"),
        ("fill_type", "order"),
    ];
    let mut sent = changed(&usual, changes, "sign");
    let secret = crate::clients::SHOPEX_SECRET;
    let sign = signing::shopex(secret, "POST", "/router", &Pairs::new(), &sent);
    sign_with(&mut sent, changes, "sign", sign);
    posted(&sent)
}

/// A Gome call, signed by hand, with some parameters changed.
fn gome(changes: &[(&str, Option<&str>)]) -> Request<Vec<u8>> {
    let usual = [
        ("$app", "testapp"),
        ("$method", "gome.pusher.order.synchronize"),
        ("$token", "testtoken"),
        ("$v", "1.0.0"),
        ("request", r#"{"orderId":"1"}"#),
    ];
    let mut sent = changed(&usual, changes, "$sign");
    let sign = signing::gome("testsecret", &sent);
    sign_with(&mut sent, changes, "$sign", sign);
    posted(&sent)
}

fn changed(usual: &[(&str, &str)], changes: &[(&str, Option<&str>)], signature: &str) -> Pairs {
    let mut sent = pairs(usual);
    for (name, value) in changes.iter().filter(|(name, _)| *name != signature) {
        sent.retain(|(known, _)| known != name);
        sent.extend(value.map(|value| ((*name).to_owned(), value.to_owned())));
    }
    sent
}

fn sign_with(sent: &mut Pairs, changes: &[(&str, Option<&str>)], name: &str, sign: String) {
    let given = changes.iter().find(|(known, _)| *known == name);
    let sign = given.map_or(Some(sign), |(_, value)| value.map(str::to_owned));
    sent.extend(sign.map(|sign| (name.to_owned(), sign)));
}

fn outcome<P, O>(gate: &Receiver<P>, request: &Request<Vec<u8>>) -> Result<O, Refused>
where
    P: Receives,
    O: Operation<Platform = P> + Record + Blank,
{
    gate.verify(request).and_then(|call: Received| call.decode())
}

/// The code, HTTP status and body of a refusal.
fn answer<T: std::fmt::Debug>(outcome: Result<T, Refused>) -> (String, u16, Json) {
    let refused = outcome.unwrap_err();
    let code = refused.code().to_owned();
    let response = refused.into_response();
    assert_eq!(response.headers()["content-type"], "application/json; charset=UTF-8");
    let body = serde_json::from_slice(response.body()).unwrap();
    (code, response.status().as_u16(), body)
}

#[test]
fn shopex_has_a_code_and_a_status_for_nearly_everything() {
    let gate = gates::shopex();
    outcome::<_, MatrixFillSingle>(&gate, &shopex(&[])).unwrap();
    let twice = form(URL, &[("method", "matrix.unbind"), ("sign", "a"), ("sign", "b")]);
    let cut = form(URL, &[("method", "matrix.unbind")]).map(|body| [&body[..], b"&a=%4"].concat());
    let gone = [("sign", Some("00000000000000000000000000000000"))];
    for (request, code, status, message) in [
        (shopex(&[("node_id", None)]), "0040005", 404, "parameter `node_id` is missing"),
        (
            shopex(&[("sign", None), ("app_key", Some(""))]),
            "0040005",
            404,
            "parameters `app_key`, `sign` are missing",
        ),
        (shopex(&[("method", None)]), "0040005", 404, "parameter `method` is missing"),
        (shopex(&gone), "0040301", 403, "the signature does not match"),
        (
            shopex(&[("app_key", Some("x"))]),
            "0040302",
            404,
            "`app_key` names an unknown application",
        ),
        (
            shopex(&[("sign_time", Some("2023-01-01"))]),
            "0040307",
            403,
            "parameter `sign_time` is not a time in the format Unix seconds",
        ),
        (
            shopex(&[("sign_time", Some("1672412399"))]),
            "0040308",
            403,
            "the clock in `sign_time` is 90001 seconds late, but only 90000 are allowed",
        ),
        (
            shopex(&[("sign_time", Some("1672592401"))]),
            "0040308",
            403,
            "the clock in `sign_time` is 90001 seconds ahead, but only 90000 are allowed",
        ),
        (shopex(&[("method", Some("a.b"))]), "0040401", 404, "there is no method \"a.b\""),
        (
            shopex(&[("fill_type", Some("x"))]),
            "0040000",
            400,
            "`fill_type` must be one of order, fxorder, refund, exchange, not \"x\" (rule \
             enumeration:fill_type)",
        ),
        (twice, "0040000", 400, "parameter `sign` is given more than once"),
        (cut, "0040000", 400, "the form has a `%` without two hexadecimal digits after it"),
    ] {
        let (found, http, body) = answer(outcome::<_, MatrixFillSingle>(&gate, &request));
        assert_eq!((&*found, http), (code, status), "{message}");
        let error = json!({"code": code, "message": message});
        assert_eq!(body, json!({"error": error, "result": "error"}));
    }
    outcome::<_, MatrixFillSingle>(&gate, &shopex(&[("sign_time", Some("1672412400"))])).unwrap();
    outcome::<_, MatrixFillSingle>(&gate, &shopex(&[("sign_time", Some("1672592400"))])).unwrap();
}

#[test]
fn gome_has_a_code_for_each_parameter_that_is_missing() {
    let gate = gates::gome();
    outcome::<_, GomePusherOrderSynchronize>(&gate, &gome(&[])).unwrap();
    outcome::<_, GomePusherOrderSynchronize>(&gate, &gome(&[("$app", None)])).unwrap();
    for (changes, code) in [
        ([("$sign", None)], "8224"),
        ([("$v", None)], "10004"),
        ([("$token", None)], "8239"),
        ([("$token", Some(""))], "8239"),
        ([("$app", Some("x"))], "8223"),
        ([("$sign", Some("00"))], "8225"),
        ([("$method", Some("gome.order.get"))], "10003"),
        // If the document has no code, the name of the meaning is the code.
        ([("$token", Some("x"))], "bad_token"),
        ([("$v", Some("2"))], "bad_parameter"),
        ([("request", Some("{"))], "bad_parameter"),
        ([("request", Some(r#"{"orderPrice":"cheap"}"#))], "bad_parameter"),
    ] {
        let request = gome(&changes);
        let (found, http, body) = answer(outcome::<_, GomePusherOrderSynchronize>(&gate, &request));
        assert_eq!((&*found, http), (code, 200), "{changes:?}");
        assert_eq!(body["error_response"]["code"], json!(code));
    }
    let small = gates::gome().max_request_bytes(20);
    let (found, ..) = answer(outcome::<_, GomePusherOrderSynchronize>(&small, &gome(&[])));
    assert_eq!(found, "8249");
}

#[test]
fn a_wrong_field_is_named_with_its_path_and_shown_unless_it_is_private() {
    let gate = gates::gome();
    let goods = r#"{"deliveryList":[{"goodsLists":[{"quantity":"many"}]}]}"#;
    let request = gome(&[("request", Some(goods))]);
    let refused = outcome::<_, GomePusherOrderSynchronize>(&gate, &request).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "gome gome.pusher.order.synchronize: the call is refused: the request is not of its type: \
         request.deliveryList[0].goodsLists[0].quantity: expected a 64-bit integer, found the \
         text \"many\""
    );
    let request = gome(&[("request", Some(r#"{"buyerName":["SENTINEL"]}"#))]);
    let refused = outcome::<_, GomePusherOrderSynchronize>(&gate, &request).unwrap_err();
    let said = format!("{refused} {refused:?}");
    let said = format!("{said} {:?}", refused.into_response());
    assert!(said.contains("request.buyerName") && !said.contains("SENTINEL"), "{said}");
}

/// A call with every kind of error. The errors are fixed one after another.
#[test]
fn the_checks_have_their_order() {
    let mut wrong = vec![
        ("sign_time", Some("1")),
        ("sign", Some("x")),
        ("app_key", Some("other")),
        ("node_id", None),
    ];
    let mut codes = Vec::new();
    let gate = gates::shopex();
    while let Err(refused) = outcome::<_, MatrixFillSingle>(&gate, &shopex(&wrong)) {
        codes.push(refused.code());
        let mended = match refused.meaning() {
            Meaning::UnknownApp => "app_key",
            Meaning::StaleClock => "sign_time",
            Meaning::BadSignature => "sign",
            _ => "node_id",
        };
        wrong.retain(|(name, _)| *name != mended);
    }
    assert_eq!(codes, ["0040302", "0040308", "0040301", "0040005"]);
}

#[test]
fn a_call_is_of_the_method_that_it_names() {
    let call = gates::shopex().verify(&request(&file("shopex/unbind-vector-a.http"))).unwrap();
    assert_eq!(call.method(), MatrixUnbind::NAME);
    let refused = call.decode::<MatrixAuthstatus>().unwrap_err();
    assert_eq!(refused.meaning(), Meaning::UnknownMethod);
    assert!(matches!(refused.error(), Some(IncomingError::OtherMethod { .. })));
}

#[test]
fn a_receiver_answers_in_words_of_its_own() {
    let call = gates::gome().verify(&gome(&[])).unwrap();
    let done = call.succeed(json!({"taken": true})).unwrap();
    assert_eq!(done.status(), StatusCode::OK);
    assert_eq!(
        done.body(),
        r#"{"gome_pusher_order_synchronize_response":{"result":{"taken":true}}}"#
    );
    let failed = call.fail("S-1", "the shop is closed").unwrap();
    assert_eq!(failed.body(), r#"{"error_response":{"code":"S-1","msg":"the shop is closed"}}"#);
    let (code, _, body) = answer(Err::<(), _>(call.refuse(Meaning::Throttled, "slow down")));
    assert_eq!((&*code, &body["error_response"]["msg"]), ("10002", &json!("slow down")));
    // The method returns something, so a success without data cannot be written.
    let (code, ..) = answer(call.succeed(Json::Null));
    assert_eq!(code, "10001");
    let unbind = gates::shopex().verify(&request(&file("shopex/unbind-vector-a.http"))).unwrap();
    assert_eq!(unbind.succeed(Json::Null).unwrap().body(), r#"{"status":"succ"}"#);
}

#[test]
fn what_came_before_is_known_by_its_fingerprint() {
    let seen = SeenInMemory::new(10);
    let gate = gates::gome();
    let first = |request: &Request<Vec<u8>>, second| {
        let call = gate.verify(request).unwrap();
        let now = DateTime::from_unix_seconds(second).unwrap();
        seen.is_first(&call.fingerprint(), now, Duration::from_secs(90)).unwrap()
    };
    let other = gome(&[("request", Some("{}"))]);
    assert!(first(&gome(&[]), 0));
    assert!(first(&other, 1));
    assert!(!first(&gome(&[]), 89));
    // The same call with its parameters in another order.
    let mut turned: Vec<_> = form_urlencoded::parse(gome(&[]).body()).into_owned().collect();
    turned.reverse();
    assert!(!first(&posted(&turned), 89));
    assert!(first(&gome(&[]), 90));
    let call = gate.verify(&gome(&[])).unwrap();
    let (code, ..) = answer(Err::<(), _>(call.refuse_for(IncomingError::Duplicate)));
    assert_eq!(code, "8999");
}

#[test]
fn a_receiver_without_a_secret_is_none() {
    let error = shopex::Receiver::new(shopex::Credentials::new("testkey", "")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(error.to_string(), "shopex: credential `secret` is missing or empty");
    gome::Receiver::new(gome::Credentials::new("s", "t")).unwrap();
}

/// A platform with a method that sends no signature, and a gateway that never signs.
struct Silent;

static TOKENS: Gateway<'static> = Gateway { name: "tokens", signatures: &[], ..shopex::MAIN };

impl Platform for Silent {
    const ID: &'static str = "silent";
    const GATEWAYS: &'static [&'static Gateway<'static>] = &[&TOKENS, &shopex::MAIN];
}

impl Receives for Silent {
    type Credentials = shopex::Credentials;
    fn methods() -> &'static [MethodInfo<'static>] {
        const ALL: &[MethodInfo<'static>] = &[
            MethodInfo::new("token", &TOKENS),
            MethodInfo { silenced: &["sign"], ..MatrixUnbind::METHOD },
            MatrixFillSingle::METHOD,
        ];
        ALL
    }
}

#[test]
fn a_method_without_a_signature_is_not_received_whatever_its_neighbours_are() {
    let clock = DateTime::from_unix_seconds(1_672_502_400).unwrap();
    let gate = Receiver::<Silent>::new(crate::clients::shopex_credentials()).unwrap();
    let gate = gate.clock(std::sync::Arc::new(clock));
    gate.verify(&shopex(&[])).unwrap();
    for method in ["token", "matrix.unbind"] {
        let request = shopex(&[("method", Some(method)), ("sign", None)]);
        let refused = gate.verify(&request).unwrap_err();
        assert_eq!(refused.error().unwrap().to_string(), format!("there is no method {method:?}"));
        assert_eq!(refused.code(), "0040401");
    }
}

#[test]
fn calls_that_nobody_signs_are_not_received() {
    use gatespec_tests::accept::places::shop::{Credentials, Receiver};
    let gate = Receiver::new(Credentials::new("k")).unwrap();
    let refused = gate.verify(&form(URL, &[("v", "2")])).unwrap_err();
    assert_eq!(refused.meaning(), Meaning::UnknownMethod);
    // The gateway has no shape for a failure either, so the answer is plain text with an HTTP
    // status.
    let response = refused.into_response();
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(response.body(), "there is no method at this path");
}
