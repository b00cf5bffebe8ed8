//! Answers that a receiver writes in a platform's envelope are read back unchanged.

use gatespec_clients::{gome, mogujie, shopex};
use gatespec_runtime::envelope::read;
use gatespec_runtime::envelope::write::{self, Refused, Success, WriteError};
use gatespec_runtime::{
    BySpec, CredentialSet, Failure, Json, MethodInfo, Origin, Question, Receives,
};
use gatespec_tests::platforms::invented::{acme, quay};
use proptest::prelude::*;
use serde_json::json;

fn secrets() -> CredentialSet {
    let secret = "0123456789abcdef0123456789abcdef";
    CredentialSet::from_iter([("secret", secret), ("app_secret", secret)])
}

fn question<'q>(method: &'q MethodInfo<'q>, credentials: &'q CredentialSet) -> Question<'q> {
    Question { method, name: method.name, credentials, decryptor: &BySpec, sent: None }
}

/// Every method of the shipped and the invented platforms.
fn methods() -> Vec<MethodInfo<'static>> {
    let all = [
        shopex::Platform::methods(),
        mogujie::Platform::methods(),
        gome::Platform::methods(),
        acme::Platform::methods(),
        quay::Platform::methods(),
    ];
    all.concat()
}

fn trade_get() -> MethodInfo<'static> {
    let named = |method: &&MethodInfo<'_>| method.name == "xiaodian.trade.get";
    *mogujie::Platform::methods().iter().find(named).unwrap()
}

/// The text of a failed answer with this code and message.
fn failure(method: &MethodInfo<'_>, refused: &Refused<'_>) -> Result<String, WriteError> {
    write::failure(&question(method, &secrets()), refused)
}

fn refused<'r>(origin: Origin, code: &'r str, message: &'r str) -> Refused<'r> {
    let (sub_code, sub_message, request_id) = (None, None, None);
    Refused { origin, code, message, sub_code, sub_message, request_id }
}

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<i32>().prop_map(|quarters| Json::from(f64::from(quarters) / 4.0)),
        ".{0,8}".prop_map(Json::from),
        Just(Json::Null),
    ];
    let tree = leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::btree_map("[a-z]{1,5}", inner, 0..4)
                .prop_map(|members| members.into_iter().collect()),
        ]
    });
    // Data is always an object or a list, because a JSON string might be taken for encrypted data.
    tree.prop_map(|json| if json.is_object() || json.is_array() { json } else { json!([json]) })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[0-9]{1,7}", "[a-z.]{1,9}", ".{1,9}"]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_success_is_read_as_that_success(
        data in json(),
        message in prop::option::of(text()),
        seal in prop::option::of(any::<[u8; 16]>()),
    ) {
        let credentials = secrets();
        for method in methods() {
            let question = question(&method, &credentials);
            let wanted = Success { data: Some(&data), message: message.as_deref(), seal, ..Success::default() };
            let written = write::success(&question, &wanted);
            // If the data is the whole answer, the code is a member of the data.
            let whole = method.data().is_empty();
            if whole && !data.is_object() {
                prop_assert!(written.is_err());
                continue;
            }
            let text = written.unwrap();
            let mut found = None;
            let reply = read(&question, 200, text.as_bytes(), &mut |value| {
                found = value.json()?.map(|json| json.value());
                Ok(())
            });
            let reply = reply.unwrap();
            if let (true, Some(Json::Object(found)), Json::Object(data)) = (whole, &mut found, &data) {
                found.retain(|name, _| data.contains_key(name));
            }
            prop_assert_eq!(found.as_ref(), Some(&data), "{}: {}", method.name, text);
            let has_place = !method.gateway.envelope.message.is_empty();
            prop_assert_eq!(reply.message, message.clone().filter(|_| has_place));
        }
    }

    #[test]
    fn a_failure_is_read_as_that_failure(
        (code, message) in (text(), prop_oneof![text(), Just(String::new())]),
        (sub_code, request_id) in (prop::option::of(text()), prop::option::of(text())),
        of_gateway in any::<bool>(),
    ) {
        let origin = if of_gateway { Origin::Gateway } else { Origin::Business };
        let credentials = secrets();
        for method in methods() {
            let question = question(&method, &credentials);
            let wanted = Refused {
                sub_code: sub_code.as_deref(),
                request_id: request_id.as_deref(),
                ..refused(origin, &code, &message)
            };
            // A code that means success cannot be the code of a failure.
            let is_success = method.gateway.platform == "acme" && ["0", "00"].contains(&&*code);
            let written = write::failure(&question, &wanted);
            if is_success && !of_gateway {
                continue;
            }
            let text = written.map_err(|error| TestCaseError::fail(format!("{}: {error}", method.name)))?;
            let outcome = read(&question, 200, text.as_bytes(), &mut |value| value.skip());
            let Err(Failure::Refused(found)) = outcome else {
                return Err(TestCaseError::fail(format!("{}: {outcome:?}", method.name)));
            };
            let shapes = method.gateway.envelope.failures;
            let shape = shapes.iter().find(|shape| shape.origin == origin).unwrap_or(&shapes[0]);
            prop_assert_eq!(found.origin, shape.origin);
            prop_assert_eq!((&found.code, &found.message), (&code, &message));
            prop_assert_eq!(found.sub_code, sub_code.clone().filter(|_| !shape.sub_code.is_empty()));
            prop_assert_eq!(found.request_id, request_id.clone().filter(|_| !shape.request_id.is_empty()));
        }
    }
}

/// Answers have the same shapes as the samples in the specs.
#[test]
fn answers_have_the_documented_shapes() {
    let parsed = |text: Result<String, WriteError>| -> Json {
        serde_json::from_str(&text.unwrap()).unwrap()
    };
    let by = |origin, code, message, method: MethodInfo<'static>| {
        parsed(failure(&method, &refused(origin, code, message)))
    };
    let unbind = *shopex::Platform::methods().last().unwrap();
    assert_eq!(
        by(Origin::Gateway, "0040301", "sign error", unbind),
        json!({"error": {"code": "0040301", "message": "sign error"}, "result": "error"})
    );
    assert_eq!(
        by(Origin::Business, "2001", "x", unbind),
        json!({"status": "fail", "code": "2001", "desc": "x"})
    );
    let push = gome::Platform::methods()[0];
    let wrong = json!({"error_response": {"code": "8225", "msg": "签名无效"}});
    assert_eq!(by(Origin::Gateway, "8225", "签名无效", push), wrong);
    let trade = trade_get();
    assert_eq!(
        by(Origin::Business, "1010001", "参数异常", trade),
        json!({"success": false, "status": {"code": "1010001", "msg": "参数异常"}})
    );
    let list = acme::Platform::methods()[0];
    assert_eq!(
        by(Origin::Gateway, "9001", "slow down", list),
        json!({"fault": {"code": "9001", "text": "slow down"}})
    );
    let reply = by(Origin::Business, "1100", "参数错误", list);
    let inside: Json = serde_json::from_str(reply["order_list_reply"].as_str().unwrap()).unwrap();
    assert_eq!(inside, json!({"ret": "1100", "why": "参数错误"}));

    let ours = secrets();
    let data = json!({"taken": true});
    let success = Success { data: Some(&data), ..Success::default() };
    let written = |method| parsed(write::success(&question(method, &ours), &success));
    assert_eq!(
        written(&push),
        json!({"gome_pusher_order_synchronize_response": {"result": {"taken": true}}})
    );
    assert_eq!(written(&trade), json!({"success": true, "result": {"data": {"taken": true}}}));
    assert_eq!(written(&unbind), json!({"status": "succ", "data": {"taken": true}}));
}

/// The expected texts come from OpenSSL 3: `openssl enc -aes-128-ecb -K 30…66 -a -A`, and `-cbc`
/// with an initialisation vector of sixteen bytes with the value 07, which precedes the encrypted
/// data.
#[test]
fn sealed_data_is_what_openssl_makes_of_it() {
    let ours = secrets();
    let data = json!({"taken": true});
    let success = Success { data: Some(&data), seal: Some([7; 16]), ..Success::default() };
    let trade = trade_get();
    let text = write::success(&question(&trade, &ours), &success).unwrap();
    let answer: Json = serde_json::from_str(&text).unwrap();
    assert_eq!(answer["dataEncrypted"], json!(true));
    assert_eq!(answer["result"]["data"], json!(ECB));
    let list = acme::Platform::methods()[0];
    let text = write::success(&question(&list, &ours), &success).unwrap();
    let answer: Json = serde_json::from_str(&text).unwrap();
    let reply: Json = serde_json::from_str(answer["order_list_reply"].as_str().unwrap()).unwrap();
    assert_eq!(reply["enc"], json!("Y"));
    assert_eq!(reply["sealed"], json!(CBC));
}

const ECB: &str = "EKjYBWIPYUL4Gcdnx96uGA==";
const CBC: &str = "BwcHBwcHBwcHBwcHBwcHB1PhRJlgrQ5hJUP73K+N9xo=";

#[test]
fn what_cannot_be_said_is_an_error() {
    let list = acme::Platform::methods()[0];
    for code in ["0", "00", ""] {
        let outcome = failure(&list, &refused(Origin::Business, code, "no"));
        let said = outcome.as_ref().map(String::as_str);
        // The gateway's own shape can express the failure unless the code is empty.
        assert_eq!(said.is_ok(), !code.is_empty(), "{code:?}: {outcome:?}");
    }
    // A method that returns something needs data.
    let ours = secrets();
    let error = write::success(&question(&list, &ours), &Success::default()).unwrap_err();
    assert!(matches!(error, WriteError::Misread { .. }), "{error}");
    // A failure cannot be written if the spec has no shape for it.
    let plain = gatespec_tests::accept::gateways::shop::Platform::methods()[0];
    let error = failure(&plain, &refused(Origin::Gateway, "1", "no")).unwrap_err();
    assert_eq!(error, WriteError::NoShape);
    // Encryption needs the secret.
    let trade = trade_get();
    let data = json!({});
    let success = Success { data: Some(&data), seal: Some([0; 16]), ..Success::default() };
    let none = CredentialSet::new();
    let error = write::success(&question(&trade, &none), &success).unwrap_err();
    assert!(matches!(error, WriteError::Seal(_)), "{error}");
}
