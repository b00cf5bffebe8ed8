//! Assembles whole requests and compares their signatures with published and derived ones.

#![allow(clippy::unwrap_used, reason = "tests")]

mod platforms;

use gatespec_runtime::sign::{Known, explain_pairs, sign_pairs};
use gatespec_runtime::template::Holes;
use gatespec_runtime::{CredentialSet, Location, Overrides, Param, ParamType, Placement, Role};

use platforms::{Texts, acme, assemble, assemble_with, body, gome, method, mogujie, shopex};

#[test]
fn shopex_a_all_in_the_body() {
    let matrix = method("matrix.unbind", &shopex::GATEWAY);
    let request = Texts(&[("node_id", "15000000")]);
    let prepared = assemble(matrix, &request, shopex::CREDENTIALS, shopex::CLOCK).unwrap();

    assert_eq!(prepared.signature(), Some("66DD494A3DEBB574561404CC73C3FF19"));
    assert_eq!(prepared.url(shopex::GATEWAY.base_url), "https://apigateway.shopex.cn/router");
    assert_eq!(prepared.verb().as_str(), "POST");
    assert_eq!(
        body(&prepared),
        "app_key=testkey&method=matrix.unbind&node_id=15000000\
         &sign_time=1672502400&sign=66DD494A3DEBB574561404CC73C3FF19"
    );
    let headers: Vec<_> = prepared.headers().collect();
    assert_eq!(headers, [("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")]);
    assert_eq!(
        prepared.explain().canonical,
        "<secret>&POST&%2Frouter&&&app_key%3Dtestkey%26method%3Dmatrix.unbind\
         %26node_id%3D15000000%26sign_time%3D1672502400&<secret>"
    );
}

#[test]
fn shopex_b_spaces_and_colons() {
    let matrix = method("matrix.fill.multiple", &shopex::GATEWAY);
    let request = Texts(&[
        ("node_id", "1665176836_1031190436"),
        ("fill_type", "refund"),
        ("refund_status", "aftersale"),
        ("start_time", "2023-01-01 00:00:00"),
        ("end_time", "2023-01-02 00:00:00"),
    ]);
    let prepared = assemble(matrix, &request, shopex::CREDENTIALS, shopex::CLOCK).unwrap();
    assert_eq!(prepared.signature(), Some("35352B1D1FEC84CB8274F6E0306484A9"));
    // The body is form-encoded, but the signed text is not.
    assert!(body(&prepared).contains("start_time=2023-01-01+00%3A00%3A00"));
}

#[test]
fn shopex_c_public_parameters_in_the_query() {
    let matrix = method("matrix.fill.single", &shopex::QUERY_GATEWAY);
    let request = Texts(&[("node_id", "15000000"), ("fill_type", "order"), ("tids", "A1|A2")]);
    let prepared = assemble(matrix, &request, shopex::CREDENTIALS, shopex::CLOCK).unwrap();
    assert_eq!(prepared.signature(), Some("DB0463719F11FC0D8B49DE24838EBB0F"));
    assert_eq!(
        prepared.url("https://apigateway.shopex.cn/"),
        "https://apigateway.shopex.cn/router?app_key=testkey&method=matrix.fill.single\
         &sign_method=md5&sign_time=1672502400&sign=DB0463719F11FC0D8B49DE24838EBB0F"
    );
    assert_eq!(body(&prepared), "fill_type=order&node_id=15000000&tids=A1%7CA2");
}

#[test]
fn mogujie_official() {
    let item = method("xiaodian.item.get", &mogujie::GATEWAY);
    let request = Texts(&[("itemId", "95i27")]);
    let prepared = assemble(item, &request, mogujie::CREDENTIALS, 1_367_819_523_000).unwrap();
    assert_eq!(prepared.signature(), Some("34619030B487EC1B49B9EF564A877925"));
}

#[test]
fn mogujie_json_parameter_and_leading_zeros() {
    let trade = method("xiaodian.trade.get", &mogujie::GATEWAY);
    let request = Texts(&[("openApiOrderDetailReqDto", r#"{"shopOrderId":91341793022324}"#)]);
    for (clock, expected) in [
        (1_367_819_523_000, "4F94B4A4D40B2B13693F88E211E5CE19"),
        (1_367_819_613_000, "00DC74FCE3F8706C136363FA943473F1"),
    ] {
        let prepared = assemble(trade, &request, mogujie::CREDENTIALS, clock).unwrap();
        assert_eq!(prepared.signature(), Some(expected));
    }
}

#[test]
fn mogujie_empty_parameters_are_neither_sent_nor_signed() {
    let item = method("xiaodian.item.get", &mogujie::GATEWAY);
    let request = Texts(&[("itemId", "95i27"), ("userId", "")]);
    let prepared = assemble(item, &request, mogujie::CREDENTIALS, 1_367_819_523_000).unwrap();
    assert_eq!(prepared.signature(), Some("34619030B487EC1B49B9EF564A877925"));
    assert!(!body(&prepared).contains("userId"));
}

#[test]
fn gome_dollar_names_and_sha1() {
    let order = method("gome.pusher.order.synchronize", &gome::GATEWAY);
    let request = Texts(&[("request", r#"{"orderId":"1"}"#)]);
    let prepared = assemble(order, &request, gome::CREDENTIALS, 0).unwrap();
    assert_eq!(prepared.signature(), Some("DF0A0206174CCB400876431D50E2B20A2BDFDFB0"));
    assert!(body(&prepared).starts_with("%24app=testapp&%24method="));
}

#[test]
fn acme_a2_hmac_path_headers_json_body() {
    let prepared = assemble(acme::LIST, &acme::List, acme::CREDENTIALS, acme::CLOCK).unwrap();
    assert_eq!(
        body(&prepared),
        "{\"data\":{\"at_least\":\"12.50\",\"lines\":[{\"qty\":2,\"sku\":\"短袖\"},\
         {\"qty\":1,\"sku\":\"b/1\"}],\"since\":\"2023-01-01 00:00:00\",\"states\":\"paid|sent\",\
         \"until\":\"2023-01-08 00:00:00\"},\"meta\":{\"lang\":\"zh\"}}"
    );
    assert_eq!(prepared.path(), "/v3/order/list");
    assert_eq!(
        prepared.url(acme::GATEWAY.base_url),
        "https://east.acme.example/api/v3/order/list?alg=A2&token=t0k"
    );
    let headers: Vec<_> = prepared.headers().collect();
    assert!(headers.contains(&("Acme-Time", "2023-01-01T00:00:00.007+0800")));
    assert!(headers.contains(&("Acme-Nonce", "00ff00ff00ff00ff")));
    assert!(headers.contains(&("Content-Type", "application/json; charset=UTF-8")));
    assert_eq!(prepared.signature(), Some("pq1fMSjvr7b/jS/TAGHkMAHCuDh6tRc5YSQUw/7RYSk="));
}

/// The expected value was computed with Python:
/// `md5(md5("at_least12.50" "lines0qty2sku短袖1qty1skub/1" "since…" …).upper() + secret).upper()`.
#[test]
fn acme_a1_folds_records() {
    let mut overrides = Overrides::default();
    overrides.signature_method = Some("A1".into());
    let prepared =
        assemble_with(acme::LIST, &acme::List, acme::CREDENTIALS, acme::CLOCK, &overrides).unwrap();
    let steps = prepared.explain().steps;
    assert_eq!(
        steps[0].input,
        "at_least12.50lines0qty2sku短袖1qty1skub/1since2023-01-01 00:00:00statespaid|sent\
         until2023-01-08 00:00:00"
    );
    assert_eq!(prepared.signature(), Some("08C7152EC26896D02AEF2A2DF14EADB2"));
    assert_eq!(prepared.explain().canonical, "E1B1F671C1A27F8ED5D471DA2378C6AE<secret>");
}

#[test]
fn texts_sign_like_requests() {
    let param = |name, value, role| Param {
        name,
        value,
        place: Location::Query,
        role,
        kind: ParamType::Text,
        sensitive: false,
    };
    // The parameters are unsorted, and include a signature, which must be ignored.
    let params = [
        param("version", "1.0", Role::Public),
        param("sign", "whatever", Role::Signature),
        param("itemId", "95i27", Role::Business),
        param("access_token", "TESTACCESSTOKEN", Role::Public),
        param("app_key", "10011", Role::Public),
        param("format", "json", Role::Public),
        param("method", "xiaodian.item.get", Role::Public),
        param("sign_method", "md5", Role::Public),
        param("timestamp", "1367819523", Role::Public),
    ];
    let credentials = CredentialSet::from_iter(mogujie::CREDENTIALS.iter().copied());
    let known = Known {
        gateway: &mogujie::GATEWAY,
        params: &params,
        verb: "GET",
        path: "",
        body: "",
        clock: "1367819523",
        nonce: "",
        holes: Holes { method: "xiaodian.item.get", labels: &[] },
        credentials: &credentials,
    };
    assert_eq!(sign_pairs(&known, None).unwrap(), "34619030B487EC1B49B9EF564A877925");
    assert!(explain_pairs(&known, None).unwrap().canonical.starts_with("<secret>access_token"));
}

#[test]
fn a_carrier_holds_all_fields_and_an_empty_one_is_an_object() {
    let carrier = gatespec_runtime::MethodInfo {
        business: Some(Placement::FormCarrier("biz")),
        ..method("m", &gome::GATEWAY)
    };
    let prepared = assemble(carrier, &(), gome::CREDENTIALS, 0).unwrap();
    assert_eq!(prepared.params().get("biz"), Some("{}"));
    let request = Texts(&[("b", "短\"袖"), ("a", "")]);
    let mut overrides = Overrides::default();
    overrides.carrier = Some("data".into());
    let prepared = assemble_with(carrier, &request, gome::CREDENTIALS, 0, &overrides).unwrap();
    assert_eq!(prepared.params().get("data"), Some(r#"{"b":"短\"袖","a":""}"#));
    assert_eq!(prepared.params().get("biz"), None);
}
