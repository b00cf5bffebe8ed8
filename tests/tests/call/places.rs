//! The address that a request is sent to, and the output of a dry run.

use crate::tool::{Call, UNBIND, mock, model};
use gatespec_tests::harness::each;
use serde_json::{Value, json};

/// Vectors of the specs, with their requests. Their signatures come from other programs.
const VECTORS: [(&str, &str, &str, &[&str], &str); 4] = [
    (
        "shopex, vector A",
        "1672502400",
        "66DD494A3DEBB574561404CC73C3FF19",
        &["shopex", "matrix.unbind", "node_id=15000000", "--app-key", "testkey"],
        "0123456789abcdef0123456789abcdef",
    ),
    (
        "shopex, vector B",
        "1672502400",
        "35352B1D1FEC84CB8274F6E0306484A9",
        &[
            "shopex",
            "matrix.fill.multiple",
            "node_id=1665176836_1031190436",
            "fill_type=refund",
            "refund_status=aftersale",
            "start_time=2023-01-01 00:00:00",
            "end_time=2023-01-02 00:00:00",
            "--app-key",
            "testkey",
        ],
        "0123456789abcdef0123456789abcdef",
    ),
    (
        "mogujie, a digest that begins with zeros",
        "1367819613",
        "00DC74FCE3F8706C136363FA943473F1",
        &[
            "mogujie",
            "xiaodian.trade.get",
            r#"openApiOrderDetailReqDto={"shopOrderId":91341793022324}"#,
            "--app-key",
            "10011",
            "--token",
            "TESTACCESSTOKEN",
        ],
        "TESTAPPSECRET",
    ),
    (
        "gome",
        "0",
        "DF0A0206174CCB400876431D50E2B20A2BDFDFB0",
        &[
            "gome",
            "gome.pusher.order.synchronize",
            r#"request={"orderId":"1"}"#,
            "--app-key",
            "testapp",
            "--token",
            "testtoken",
        ],
        "testsecret",
    ),
];

#[test]
fn a_dry_run_shows_the_signature_of_a_vector_and_sends_nothing() {
    each(
        VECTORS.map(|vector| (vector.0.to_owned(), vector)),
        |_, &(_, clock, sign, words, secret)| {
            let mock = mock();
            let url = mock.url(words[0]).unwrap();
            let call = Call::to(&url, words)
                .without_env("GATESPEC_TOKEN")
                .env("GATESPEC_SECRET", secret)
                .with(&["--clock", clock, "--dry-run"]);
            let line = call.run().line();
            let params = line["params"].as_array().unwrap();
            assert!(params.iter().any(|param| param["value"] == sign), "{line}");
            assert!(line["signed"].as_str().unwrap().contains("<secret>"), "{line}");
            assert!(line["url"].as_str().unwrap().starts_with(&url), "{line}");
            let text = call.with(&["--format", "text"]).run();
            assert!(
                text.out.contains(sign) && text.out.contains("signed  <secret>"),
                "{}",
                text.out
            );
            for shown in [line.to_string(), text.out, text.err] {
                assert!(!shown.contains(secret) && !shown.contains("TESTACCESSTOKEN"), "{shown}");
                assert!(!shown.contains("testtoken"), "{shown}");
            }
            assert_eq!(mock.received(), []);
        },
    );
}

/// The dry run shows all parts of vector A, whose signed text the spec states.
#[test]
fn what_a_dry_run_says_is_signed_is_what_the_vector_says() {
    let gateway = &model().platforms.iter().find(|one| one.id == "shopex").unwrap().gateways[0];
    let (_, clock, _, words, secret) = VECTORS[0];
    let call = Call::anywhere(words).env("GATESPEC_SECRET", secret);
    let line = call.with(&["--clock", clock, "--dry-run"]).run().line();
    let canonical = "<secret>&POST&%2Frouter&&&app_key%3Dtestkey%26method%3Dmatrix.unbind%26node_id\
                     %3D15000000%26sign_time%3D1672502400&<secret>";
    assert_eq!(line["signed"], canonical);
    assert_eq!(line["verb"], "POST");
    assert_eq!(line["url"], format!("{}/router", gateway.base_url().unwrap()));
    let param = |name: &str, value: &str| json!({ "name": name, "in": "form", "value": value });
    let params = [
        param("app_key", "testkey"),
        param("method", "matrix.unbind"),
        param("node_id", "15000000"),
        param("sign", "66DD494A3DEBB574561404CC73C3FF19"),
        param("sign_time", "1672502400"),
    ];
    assert_eq!(line["params"], Value::from(params.to_vec()));
}

#[test]
fn the_first_environment_is_taken_unless_one_is_named() {
    for (words, url) in [
        (&[][..], "https://apigateway.shopex.cn/router"),
        (&["--environment", "production"], "https://apigateway.shopex.cn/router"),
        (&["--environment", "production_http"], "http://apigateway.shopex.cn/router"),
        (&["--url", "http://proxy.invalid/shop/"], "http://proxy.invalid/shop/router"),
    ] {
        let line = Call::anywhere(&UNBIND).with(words).with(&["--dry-run"]).run().line();
        assert_eq!(line["url"], url, "{words:?}");
    }
}

#[test]
fn what_travels_in_the_open_is_masked_too() {
    let words = ["mogujie", "oauth.token", "grant_type=refresh_token", "refresh_token=SENTINEL"];
    let call = Call::anywhere(&words).env("GATESPEC_SECRET", "SENTINEL").with(&["--dry-run"]);
    for format in ["json", "text"] {
        let run = call.clone().with(&["--format", format]).run();
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.out.contains("app_secret") && run.out.contains("<secret>"), "{}", run.out);
        assert!(!run.out.contains("SENTINEL"), "{}", run.out);
    }
}
