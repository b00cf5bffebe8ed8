//! Judging and decoding answers: masked samples of the platforms, and hostile answers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod platforms;

use std::time::Duration;

use gatespec_runtime::{
    BySpec, Class, CredentialSet, DecryptError, Decryptor, Failure, MethodInfo, Origin, Question,
    Record, Refusal, Reply, Sealed,
};

use platforms::{acme, answered, gome, method, mogujie, shopex};

#[derive(Debug, Default, PartialEq)]
struct Data {
    id: Option<i64>,
    shop_order_id: Option<i64>,
    url: Option<String>,
}

gatespec_runtime::record! {
    struct Data {
        id: "id" Integer;
        shop_order_id: "shopOrderId" Integer;
        url: "url" Text;
    }
}

/// Data with a required number.
#[derive(Debug, Default, PartialEq)]
struct Numbered {
    id: i64,
}

gatespec_runtime::record! {
    struct Numbered {
        id: "shopOrderId" Integer always;
    }
}

fn ask<T: Record + Default>(
    method: &MethodInfo<'_>,
    status: u16,
    body: &[u8],
    decryptor: &dyn Decryptor,
) -> Result<(T, Reply), Failure> {
    let credentials = CredentialSet::from_iter([
        ("secret", "0123456789abcdef-rest"),
        ("app_secret", "0123456789abcdef"),
    ]);
    let question =
        Question { method, name: method.name, credentials: &credentials, decryptor, sent: None };
    answered(&question, status, body)
}

fn lenient(method: &MethodInfo<'_>, status: u16, body: &str) -> Result<(Data, Reply), Failure> {
    ask(method, status, body.as_bytes(), &BySpec)
}

fn refusal(method: &MethodInfo<'_>, status: u16, body: &str) -> Refusal {
    match lenient(method, status, body) {
        Err(Failure::Refused(refusal)) => *refusal,
        other => panic!("{other:?}"),
    }
}

fn failure(method: &MethodInfo<'_>, status: u16, body: &str) -> String {
    lenient(method, status, body).unwrap_err().to_string()
}

const BIND: MethodInfo<'static> = method("matrix.bindurl", &shopex::GATEWAY);
const UNBIND: MethodInfo<'static> = MethodInfo::new("matrix.unbind", &shopex::GATEWAY);
const TRADE: MethodInfo<'static> = method("xiaodian.trade.get", &mogujie::GATEWAY);
const ORDERS: MethodInfo<'static> = method("gome.order.orders.get", &gome::GATEWAY);

#[test]
fn shopex_successes() {
    let body = r#"{"status":"succ","code":"1000","desc":"","data":{"url":""}}"#;
    let (data, reply) = lenient(&BIND, 200, body).unwrap();
    assert_eq!(data.url.as_deref(), Some(""));
    assert_eq!((reply.code.as_deref(), reply.message), (Some("1000"), None));
    let nothing = r#"{"status":"succ","code":"1000","desc":"ok","data":null}"#;
    assert_eq!(lenient(&UNBIND, 200, nothing).unwrap().1.message.as_deref(), Some("ok"));
}

#[test]
fn shopex_refusals() {
    let wrong = r#"{"error":{"code":"0040301","message":"sign error"},"result":"error"}"#;
    let gateway = refusal(&BIND, 403, wrong);
    assert_eq!((gateway.origin, gateway.class), (Origin::Gateway, Class::Authentication));
    assert_eq!((gateway.code.as_str(), gateway.message.as_str()), ("0040301", "sign error"));
    assert_eq!(
        gateway.to_string(),
        "the gateway refused the call with code 0040301: sign error: The signature is wrong"
    );
    // The refusal is recognized without the HTTP status, too.
    assert_eq!(refusal(&BIND, 200, wrong).code, "0040301");

    let limit =
        r#"{"error":{"code":"0040311","message":"over limit, wait 30 s"},"result":"error"}"#;
    let limit = refusal(&BIND, 403, limit);
    assert_eq!((limit.class, limit.retry_after), (Class::Quota, Some(Duration::from_secs(30))));

    let business = refusal(&BIND, 200, r#"{"status":"fail","code":2001,"desc":"no","data":{}}"#);
    assert_eq!((business.origin, business.code.as_str()), (Origin::Business, "2001"));
    assert_eq!(business.class, Class::Unknown);
}

#[test]
fn a_success_without_its_data_is_none() {
    let body = r#"{"status":"succ","code":"1000","desc":""}"#;
    assert_eq!(
        failure(&BIND, 200, body),
        "the answer reports a success, but its data, `data`, is missing, null or empty; its \
         members are status, code, desc"
    );
    assert_eq!(
        failure(&ORDERS, 200, "{}"),
        "the answer reports a success, but its data, `{method:underscores}_response.result`, is \
         missing, null or empty; it has no members"
    );
}

#[test]
fn from_400_on_nothing_is_a_success() {
    let body = r#"{"status":"succ","code":"1000","desc":"","data":{"url":"x"}}"#;
    assert_eq!(refusal(&BIND, 500, body).code, "1000");
    assert_eq!(
        failure(&ORDERS, 502, r#"{"gome_order_orders_get_response":{"result":{"id":1}}}"#),
        "the answer (HTTP 502) is neither a success nor a known failure; its members are \
         gome_order_orders_get_response"
    );
}

#[test]
fn mogujie_plain_data_with_the_flag_on() {
    let body = r#"{"status":{"code":"0000000","msg":"ok"},"result":{"data":{"shopOrderId":91341793022324,
        "receiverName":"***"}},"dataEncrypted":true,"success":true}"#;
    let (data, reply) = lenient(&TRADE, 200, body).unwrap();
    assert_eq!(data.shop_order_id, Some(91_341_793_022_324));
    assert_eq!(reply.code.as_deref(), Some("0000000"));
}

#[test]
fn empty_data_never_hides_a_refusal() {
    let body = r#"{"status":{"code":"1010001","msg":"bad parameter"},"result":{"data":{}},
        "dataEncrypted":false,"success":false}"#;
    // Decoding this data would fail, because `shopOrderId` is missing.
    match ask::<Numbered>(&TRADE, 200, body.as_bytes(), &BySpec) {
        Err(Failure::Refused(refusal)) => assert_eq!(refusal.code, "1010001"),
        other => panic!("{other:?}"),
    }
    let success = body.replace(r#""success":false"#, r#""success":true"#);
    match ask::<Numbered>(&TRADE, 200, success.as_bytes(), &BySpec) {
        Err(Failure::Decode(error)) => assert_eq!(error.path(), "shopOrderId"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn paths_of_data_begin_at_the_data() {
    let body = r#"{"status":{},"result":{"data":{"id":"x"}},"success":true}"#;
    let said = failure(&TRADE, 200, body);
    assert!(said.contains("not what the spec says: id: expected a 64-bit integer"), "{said}");
}

/// `{"shopOrderId":7,"url":"短"}`, encrypted with
/// `openssl enc -aes-128-ecb -K 30313233343536373839616263646566 -base64 -A`.
const SEALED: &str = "QByDe/3+TI6vxrygDu34OcJQckQXJAHqBBUQoZxHGDo=";

fn sealed(data: &str) -> String {
    format!(
        r#"{{"status":{{"code":"0000000","msg":"ok"}},"result":{{"data":"{data}"}},"dataEncrypted":true,"success":true}}"#
    )
}

#[test]
fn mogujie_sealed_data_is_opened() {
    let (data, _) = lenient(&TRADE, 200, &sealed(SEALED)).unwrap();
    assert_eq!(data, Data { id: None, shop_order_id: Some(7), url: Some("短".into()) });
}

#[test]
fn hostile_sealed_data_is_an_error_without_the_data() {
    let cut = &SEALED[..20];
    for (text, error) in [
        ("%%%", DecryptError::NotBase64),
        ("QUJD", DecryptError::Blocks(3)),
        ("QUJDREVGR0hJSktMTU5PUA==", DecryptError::Padding),
        (cut, DecryptError::Blocks(15)),
    ] {
        match lenient(&TRADE, 200, &sealed(text)) {
            Err(Failure::Decrypt { path, error: found }) => {
                assert_eq!((path.as_str(), found), ("result.data", error), "{text}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
    // A refusal stays a refusal, whatever is in place of the data.
    let refused = sealed("%%%").replace(r#""success":true"#, r#""success":false"#);
    assert_eq!(refusal(&TRADE, 200, &refused).code, "0000000");
}

#[test]
fn a_callers_own_decryptor_takes_over() {
    struct Own;
    impl Decryptor for Own {
        fn decrypt(&self, sealed: &Sealed<'_>) -> Result<Vec<u8>, DecryptError> {
            assert_eq!((sealed.path, sealed.text), ("result.data", "x"));
            assert_eq!(**sealed.key()?, *b"0123456789abcdef");
            Ok(br#"{"shopOrderId":5}"#.to_vec())
        }
    }
    let (data, _) = ask::<Numbered>(&TRADE, 200, sealed("x").as_bytes(), &Own).unwrap();
    assert_eq!(data.id, 5);
}

#[test]
fn gome_answers() {
    let body = r#"{"gome_order_orders_get_response":{"result":{"id":"3"}}}"#;
    assert_eq!(lenient(&ORDERS, 200, body).unwrap().0.id, Some(3));
    for code in ["8999", "\"8999\""] {
        let body = format!(r#"{{"error_response":{{"code":{code},"msg":"duplicate"}}}}"#);
        let refusal = refusal(&ORDERS, 200, &body);
        assert_eq!((refusal.code.as_str(), refusal.class), ("8999", Class::Duplicate));
        assert_eq!(refusal.retry_after, Some(Duration::from_secs(90)));
    }
}

/// The same data, encrypted with `openssl enc -aes-128-cbc`, after the initialisation vector.
const ACME_SEALED: &str = "AAECAwQFBgcICQoLDA0OD8EtxZoihu9No5vU9naSxPi2EiD5Uds/8eTnryZOjazJ";

#[test]
fn acme_opens_twice() {
    let inner = format!(r#"{{\"ret\":\"00\",\"enc\":\"Y\",\"sealed\":\"{ACME_SEALED}\"}}"#);
    let body = format!(r#"{{"order_list_reply":"{inner}"}}"#);
    let (data, _) = lenient(&acme::LIST, 200, &body).unwrap();
    assert_eq!(data, Data { id: None, shop_order_id: Some(7), url: Some("短".into()) });
    // The data may also be unencrypted JSON, and the reply an object instead of a text.
    let plain = r#"{"order_list_reply":{"ret":0,"enc":"N","sealed":{"id":8}}}"#;
    assert_eq!(lenient(&acme::LIST, 200, plain).unwrap().0.id, Some(8));
    let broken = r#"{"order_list_reply":"{"}"#;
    assert_eq!(failure(&acme::LIST, 200, broken), "the text at `{reply}` is not JSON");
}

#[test]
fn acme_refusals() {
    let fault = r#"{"fault":{"code":9001,"text":"wait 5 seconds","trace":"t-1"}}"#;
    let fault = refusal(&acme::LIST, 200, fault);
    assert_eq!((fault.origin, fault.retry_after), (Origin::Gateway, Some(Duration::from_secs(5))));
    assert_eq!(fault.request_id.as_deref(), Some("t-1"));
    let inner = refusal(&acme::LIST, 200, r#"{"order_list_reply":{"ret":"isp.down","why":"x"}}"#);
    assert_eq!((inner.origin, inner.class), (Origin::Business, Class::Retry));
}

#[test]
fn pages_of_proxies_are_quoted_and_json_is_not() {
    let page = "<html><body>502 Bad Gateway</body></html>";
    match lenient(&BIND, 502, page) {
        Err(Failure::NotJson { reason, excerpt }) => {
            assert_eq!(excerpt, page);
            assert!(reason.starts_with("expected value at line 1"), "{reason}");
        }
        other => panic!("{other:?}"),
    }
    let broken = [&b"\xff\xfe"[..], b"", b"{\"status\":\"succ\"", b"{\"code\":\"1\"", b"{}x"];
    for body in broken {
        for method in [&BIND, &UNBIND, &ORDERS] {
            let failure = ask::<Data>(method, 200, body, &BySpec).unwrap_err();
            assert!(matches!(failure, Failure::NotJson { .. }), "{failure:?}");
        }
    }
    for body in ["null", "[]", "7", "\"x\""] {
        let failure = lenient(&BIND, 200, body).unwrap_err();
        assert!(matches!(failure, Failure::Envelope(_)), "{failure:?}");
    }
    let other = failure(&BIND, 200, r#"{"name":"SENTINEL"}"#);
    assert_eq!(
        other,
        "the answer (HTTP 200) is neither a success nor a known failure; its members are name"
    );
}

#[test]
fn a_mark_at_the_beginning_is_tolerated() {
    let body = "\u{feff}\r\n{\"status\":\"succ\",\"data\":{\"url\":\"u\"}}";
    assert_eq!(lenient(&BIND, 200, body).unwrap().0.url.as_deref(), Some("u"));
}

#[test]
fn floats_among_the_probes_and_the_data_are_exact() {
    let body = r#"{"status":"fail","code":10.50,"desc":1.0,"data":{"id":1.0}}"#;
    let refused = refusal(&BIND, 200, body);
    assert_eq!((refused.code.as_str(), refused.message.as_str()), ("10.50", "1.0"));
    let body = r#"{"data":{"id":1.0},"status":"succ","code":10.50}"#;
    let (data, reply) = lenient(&BIND, 200, body).unwrap();
    assert_eq!((data.id, reply.code.as_deref()), (Some(1), Some("10.50")));
}

#[test]
fn data_that_holds_probed_paths_is_read_apart() {
    use gatespec_runtime::{Envelope, Expected, Gateway, Predicate};
    const GATEWAY: Gateway<'static> = Gateway {
        envelope: Envelope {
            success: &[Predicate { path: "body.ok", is: Expected::OneOf(&["1"]) }],
            data: "body",
            code: "body.code",
            ..platforms::EMPTY.envelope
        },
        ..platforms::EMPTY
    };
    let body = r#"{"body":{"ok":1,"id":2,"code":"c"}}"#;
    let (data, reply) = lenient(&method("m", &GATEWAY), 200, body).unwrap();
    assert_eq!((data.id, reply.code.as_deref()), (Some(2), Some("c")));
    // Members of the envelope are not unknown fields of the data.
    let more = r#"{"body":{"ok":1,"id":2,"code":"c","new":3}}"#;
    let (_, reply) = lenient(&method("m", &GATEWAY), 200, more).unwrap();
    let bends: Vec<_> = reply.bends.iter().map(|bend| bend.field.as_str()).collect();
    assert_eq!(bends, ["new"]);
    let whole = MethodInfo { data: Some(""), ..method("m", &GATEWAY) };
    let body = r#"{"body":{"ok":1},"id":2}"#;
    assert_eq!(lenient(&whole, 200, body).unwrap().0.id, Some(2));
    assert!(lenient(&whole, 200, r#"{"body":{"ok":0},"id":2}"#).is_err());
}
