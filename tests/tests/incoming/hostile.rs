//! Hostile requests: reading them never panics, never accepts them, and gives a clear error.

use gatespec_clients::shopex::MatrixFillSingle;
use gatespec_clients::{gome, mogujie, shopex};
use gatespec_runtime::incoming::{Incoming, IncomingError, Limits, Raw};
use gatespec_runtime::{CredentialSet, Gateway, MethodInfo, Nested, Operation, Receives, Schema};
use gatespec_tests::platforms::invented::{acme, quay};
use proptest::prelude::*;

use crate::secrets::marked;

const FORM: &[u8] = b"application/x-www-form-urlencoded";
const JSON: &[u8] = b"application/json";

fn ours() -> CredentialSet {
    let secret = "0123456789abcdef";
    let names = ["app_key", "key", "secret", "app_secret", "sign_secret", "token", "access_token"];
    names.iter().map(|name| (*name, secret)).collect()
}

/// Runs every check on a request, and returns the error of reading the request, if there is one.
fn all(gateway: &Gateway<'_>, methods: &[MethodInfo<'_>], raw: &Raw<'_>) -> Option<IncomingError> {
    let mut limits = Limits::default();
    (limits.parameters, limits.bytes) = (1_000, 1_000_000);
    let call = match Incoming::read(gateway, methods, raw, &limits) {
        Ok(call) => call,
        Err(error) => return Some(error),
    };
    let now = gatespec_runtime::DateTime::from_unix_seconds(0).unwrap();
    let outcomes = [
        call.check_required(),
        call.check_constants(),
        call.check_app(&ours()),
        call.check_token(&ours()),
        call.check_clock(now),
        call.check_signature(&ours()),
        call.fields(&mut |value| value.skip()),
        call.request::<MatrixFillSingle>().map(drop),
    ];
    for error in outcomes.into_iter().filter_map(Result::err) {
        assert!(!error.to_string().is_empty());
        assert_ne!(error.meaning().as_str(), "unavailable", "{error}");
    }
    let _ = call.explain(&ours());
    let _ = (call.fingerprint(), format!("{call:?} {raw:?}"));
    None
}

fn shop(query: &str, content_type: &[u8], body: &[u8]) -> Option<String> {
    let headers = [("content-type", content_type)];
    let headers = if content_type.is_empty() { &[][..] } else { &headers[..] };
    let raw = Raw { verb: "POST", path: "/router", query, headers, body };
    all(&shopex::MAIN, shopex::Platform::methods(), &raw).map(|error| error.to_string())
}

fn parcels(query: &str, body: &[u8]) -> Option<String> {
    let headers = [("content-type", JSON)];
    let raw = Raw { verb: "POST", path: "/v3/order/list", query, headers: &headers, body };
    all(&acme::MAIN, acme::Platform::methods(), &raw).map(|error| error.to_string())
}

#[test]
fn what_cannot_be_read_is_said_clearly() {
    let body = b"method=matrix.unbind";
    let method = "method=matrix.unbind";
    for (query, content_type, body, said) in [
        ("", FORM, &b""[..], "parameter `method` is missing"),
        ("", FORM, b"method=", "parameter `method` is missing"),
        ("", FORM, b"method=%ff", "the form is not UTF-8"),
        (
            "",
            FORM,
            b"method=matrix.unbind&a=%",
            "the form has a `%` without two hexadecimal digits after it",
        ),
        ("a=%zz", FORM, body, "the query has a `%` without two hexadecimal digits after it"),
        ("%F0%28=1", FORM, body, "the query is not UTF-8"),
        ("", FORM, b"\xe7\x9f=1&method=matrix.unbind", "the form is not UTF-8"),
        (
            method,
            JSON,
            b"{}",
            "the body must be application/x-www-form-urlencoded, but its content type is \"application/json\"",
        ),
        (
            "",
            JSON,
            body,
            "the body must be application/x-www-form-urlencoded, but its content type is \"application/json\"",
        ),
        (
            method,
            b"application/x-www-form-urlencoded; charset=GBK",
            b"a=1",
            "the body must be UTF-8, but its content type is \"application/x-www-form-urlencoded; charset=gbk\"",
        ),
        (
            method,
            b"multipart/form-data; boundary=x",
            b"--x",
            "the body must be application/x-www-form-urlencoded, but its content type is \"multipart/form-data; boundary=x\"",
        ),
        (
            "",
            FORM,
            b"method=matrix.unbind&sign=1&sign=2",
            "parameter `sign` is given more than once",
        ),
        (
            "sign=1",
            FORM,
            b"method=matrix.unbind&sign=2",
            "parameter `sign` is given more than once",
        ),
        (
            "",
            FORM,
            b"method=matrix.unbind&sign_time=1&sign_time=1",
            "parameter `sign_time` is given more than once",
        ),
        (
            "",
            FORM,
            b"method=matrix.unbind&method=matrix.unbind",
            "parameter `method` is given more than once",
        ),
        ("method=x", FORM, b"method=y", "there is no method \"y\""),
    ] {
        assert_eq!(shop(query, content_type, body).as_deref(), Some(said), "{query} {body:?}");
    }
    // These requests can be read, and are refused by a later check.
    for (query, content_type, body) in [
        ("", &b""[..], &b"method=matrix.unbind"[..]),
        ("", FORM, b"&&method=matrix.unbind&=&a&&"),
        ("method=matrix.unbind", b"text/plain", b""),
        ("", b"application/x-www-form-urlencoded;charset=\"UTF-8\"", b"method=matrix.unbind"),
        ("app_key=1&method=matrix.unbind", FORM, b"app_key=2"),
    ] {
        assert_eq!(shop(query, content_type, body), None, "{query} {body:?}");
    }
}

#[test]
fn json_that_is_none_is_said_clearly() {
    let many: Vec<String> = (0..1_001).map(|index| format!("\"a{index}\":1")).collect();
    let many = format!("{{\"data\":{{{}}}}}", many.join(","));
    for (body, said) in [
        ("", "the body must hold a JSON object: EOF while parsing a value at line 1 column 0"),
        (
            "[]",
            "the body must hold a JSON object: invalid type: sequence, expected an object at line 1 column 0",
        ),
        (
            "{\"data\":1}",
            "`data` in the body must hold a JSON object: invalid type: integer `1`, expected an object at line 1 column 1",
        ),
        ("{\"data\":{},\"data\":{\"a\":1}}", "parameter `data` is given more than once"),
        (
            "{\"data\":{}} x",
            "the body must hold a JSON object: trailing characters at line 1 column 13",
        ),
        (
            "{\"meta\":{\"lang\":\"zh\",\"lang\":\"en\"}}",
            "parameter `lang` is given more than once",
        ),
        (&*many, "the request has more than 1000 parameters"),
    ] {
        let found = parcels("", body.as_bytes()).unwrap_or_else(|| panic!("{body} was read"));
        assert!(found.starts_with(said), "{found}");
    }
    assert_eq!(parcels("", b"\xff{}").as_deref(), Some("the body is not UTF-8"));
    // These requests can be read, and are refused by a later check.
    assert_eq!(parcels("", br#"{"data":{"a":1,"a":2}}"#), None);
    let deep = format!("{{\"data\":{{\"a\":{}1{}}}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(parcels("alg=A1", deep.as_bytes()), None);
}

#[test]
fn limits_hold() {
    let many: String = (0..1_001).map(|index| format!("a{index}=1&")).collect();
    let said = "the request has more than 1000 parameters";
    assert_eq!(shop("method=matrix.unbind", FORM, many.as_bytes()).as_deref(), Some(said));
    assert_eq!(shop(&format!("{many}method=matrix.unbind"), FORM, b"").as_deref(), Some(said));
    let large = [b"method=matrix.unbind&a=".to_vec(), vec![b'x'; 1_000_000]].concat();
    let said = "the request is larger than 1000000 bytes";
    assert_eq!(shop("", FORM, &large).as_deref(), Some(said));
}

/// Reading each of these requests would take hours if any step took quadratic time.
#[test]
fn a_hundred_thousand_parameters_are_read_in_one_go() {
    let count = 100_000;
    let mut limits = Limits::default();
    (limits.parameters, limits.bytes) = (2 * count, 100_000_000);
    let same = "tids=x&".repeat(count);
    let distinct: String = (0..count).rev().map(|index| format!("a{index}={{&")).collect();
    let nested: String = (0..count).map(|index| format!("lines[{index}][sku]=x&")).collect();
    let gateway = Gateway { nested: Nested::Brackets, ..shopex::MAIN };
    let sensitive = ["sku", "tids"];
    let fields = marked(&sensitive, &MatrixFillSingle::METHOD);
    let request = &Schema { fields: &fields, order: &[], places: &[], rules: &[] };
    let method = MethodInfo { gateway: &gateway, request, ..MatrixFillSingle::METHOD };
    for many in [same, distinct, nested] {
        let query = format!("{many}method=matrix.fill.single&sign=x");
        let raw = Raw { verb: "POST", path: "/router", query: &query, headers: &[], body: b"" };
        let call = Incoming::read(&gateway, &[method], &raw, &limits).unwrap();
        assert_eq!(call.check_signature(&ours()), Err(IncomingError::BadSignature));
        assert!(call.request::<MatrixFillSingle>().is_err());
        assert!(!call.explain(&ours()).unwrap().canonical.is_empty());
        assert!(call.check_required().is_err());
        call.fingerprint();
    }
    let members: Vec<String> =
        (0..count).map(|index| format!("\"a{index}\":{{\"sku\":1}}")).collect();
    let body = format!("{{\"data\":{{{}}}}}", members.join(","));
    let fields = marked(&sensitive, &acme::OrderList::METHOD);
    let request = &Schema { fields: &fields, order: &[], places: &[], rules: &[] };
    let list = MethodInfo { request, ..acme::OrderList::METHOD };
    let headers = [("content-type", JSON)];
    let raw = Raw {
        verb: "POST",
        path: "/v3/order/list",
        query: "alg=A1",
        headers: &headers,
        body: body.as_bytes(),
    };
    let call = Incoming::read(&acme::MAIN, &[list], &raw, &limits).unwrap();
    assert!(call.check_signature(&ours()).is_err());
    assert!(call.request::<acme::OrderList>().is_err());
    assert!(!call.explain(&ours()).unwrap().canonical.is_empty());
}

/// Values that are nested, repeated or missing where a single text is expected.
#[test]
fn fields_in_a_wrong_shape_are_errors_with_their_paths() {
    let quay = |query: &str| {
        let headers = [("Quay-Action", &b"parcel.find"[..])];
        let raw = Raw { verb: "GET", path: "/parcel", query, headers: &headers, body: b"" };
        let methods = quay::Platform::methods();
        let call = Incoming::read(&quay::MAIN, methods, &raw, &Limits::default()).unwrap();
        call.decode::<quay::ParcelFind>().map(drop).map_err(|error| error.to_string())
    };
    let deep = format!("box{}=1", "[a]".repeat(40));
    for (query, said) in [
        ("depot=a&depot=b", "depot: expected text, found a list"),
        ("depot[x]=a", "depot: expected text, found an object"),
        ("box=1&box[width]=2", "box: expected an object, found both a text and parts in brackets"),
        ("box[width]=wide", "box.width: expected a 64-bit integer, found the text \"wide\""),
        ("box[width][x]=1", "box.width: expected a 64-bit integer, found an object"),
        (
            "state[a]=in",
            "state: expected a list, its items numbered in brackets, found another name",
        ),
        ("open=maybe", "open: expected a boolean (\"1\" or \"0\"), found the text \"maybe\""),
        ("box={", "box: not JSON: EOF while parsing an object at line 1 column 1"),
        (
            "since=yesterday",
            "since: expected a date-time as yyyy-MM-dd'T'HH:mm:ssXXX, found the text \"yesterday\"",
        ),
    ] {
        let found = quay(query).unwrap_err();
        assert_eq!(found, format!("the request is not of its type: {said}"), "{query}");
    }
    // An unknown name is ignored at any depth, as in an answer.
    for query in ["", "what=1", &deep, "box[9]=1", "]=1&[=2&[]=3", "state[1]=out&state[0]=in"] {
        quay(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_requests_never_panic(
        path in "(/[a-z0-9{}%/.]{0,12}){0,3}",
        query in "([a-z$\\[\\]%&=+{}\":,0-9]|sign|method|[短é]){0,40}",
        body in prop::collection::vec(any::<u8>(), 0..60),
        text in "([{}\\[\\]\":,a-z0-9\\\\ ]|data|null|meta){0,40}",
        content in prop::sample::select(vec![FORM, JSON, b"", b"\xff;charset="]),
    ) {
        let headers = [("Content-Type", content), ("quay-action", text.as_bytes()), ("acme-key", &body)];
        for body in [body.as_slice(), text.as_bytes(), query.as_bytes()] {
            let raw = Raw { verb: "POST", path: &path, query: &query, headers: &headers, body };
            all(&shopex::MAIN, shopex::Platform::methods(), &raw);
            all(&gome::MAIN, gome::Platform::methods(), &raw);
            all(&mogujie::MAIN, mogujie::Platform::methods(), &raw);
            all(&acme::MAIN, acme::Platform::methods(), &raw);
            all(&quay::MAIN, quay::Platform::methods(), &raw);
        }
    }

    /// Random values under known names. The names get the request past the first checks, so the
    /// values reach the code behind them.
    #[test]
    fn random_values_never_panic(values in prop::collection::vec("[ -~短\\u{e000}]{0,12}", 12)) {
        let names = ["method", "app_key", "sign", "sign_time", "node_id", "fill_type", "tids", "$method", "$sign", "request", "timestamp", "openApiOrderDetailReqDto"];
        let known = ["matrix.fill.single", "gome.pusher.order.synchronize", "xiaodian.trade.get"];
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (index, (name, value)) in names.iter().zip(&values).enumerate() {
            let value = if name.ends_with("method") { known[index % 3] } else { value };
            query.append_pair(name, value);
        }
        let query = query.finish();
        let raw = Raw { verb: "POST", path: "/router", query: &query, headers: &[], body: b"" };
        all(&shopex::MAIN, shopex::Platform::methods(), &raw);
        all(&gome::MAIN, gome::Platform::methods(), &raw);
        all(&mogujie::MAIN, mogujie::Platform::methods(), &raw);
        let [data, meta] = [&values[0], &values[1]].map(|text| serde_json::json!({ text.as_str(): text, "since": text, "lines": [text] }));
        let body = serde_json::json!({ "data": data, "meta": meta }).to_string();
        let headers = [("acme-time", values[2].as_bytes()), ("acme-signature", values[3].as_bytes())];
        let raw = Raw { verb: "POST", path: "/v3/order/list", query: &query, headers: &headers, body: body.as_bytes() };
        all(&acme::MAIN, acme::Platform::methods(), &raw);
    }
}
