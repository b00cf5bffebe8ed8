//! The published and derived vectors of the three platforms, as HTTP requests.

use gatespec_clients::mogujie;
use gatespec_clients::shopex::{FillType, MatrixFillSingle};
use gatespec_runtime::incoming::{Incoming, Limits, Raw};
use gatespec_runtime::{CredentialSet, MethodInfo};
use http::Request;

use crate::gates::{self, form};

const FORM: &[u8] = b"application/x-www-form-urlencoded";

#[test]
fn shopex_vector_c_has_its_public_parameters_in_the_query() {
    let url = "https://apigateway.shopex.cn/router?app_key=testkey&sign_method=md5\
               &sign_time=1672502400&method=matrix.fill.single&sign=DB0463719F11FC0D8B49DE24838EBB0F";
    let body = [("node_id", "15000000"), ("fill_type", "order"), ("tids", "A1|A2")];
    let call = gates::shopex().verify(&form(url, &body)).unwrap();
    let single: MatrixFillSingle = call.decode().unwrap();
    assert_eq!(single, MatrixFillSingle::new("15000000", FillType::Order).tids(["A1", "A2"]));
    // The same parameters, but one is moved: query and form are signed separately.
    let moved = url.replace("?app_key=testkey&", "?");
    let body = [("app_key", "testkey"), body[0], body[1], body[2]];
    let refused = gates::shopex().verify(&form(&moved, &body)).unwrap_err();
    assert_eq!(refused.code(), "0040301");
}

/// The official example calls a method that has no spec.
#[test]
fn mogujies_official_example_is_a_plain_get() {
    let method = MethodInfo::new("xiaodian.item.get", &mogujie::MAIN);
    let query = "access_token=TESTACCESSTOKEN&app_key=10011&format=json&itemId=95i27\
                 &method=xiaodian.item.get&sign_method=md5&timestamp=1367819523&version=1.0\
                 &sign=34619030B487EC1B49B9EF564A877925";
    let ours = CredentialSet::from_iter([("secret", "TESTAPPSECRET"), ("app_key", "10011")]);
    let verify = |verb, query, body: &[u8]| {
        let headers = [("Content-Type", FORM)];
        let raw = Raw { verb, path: "/invoke", query, headers: &headers, body };
        let call = Incoming::read(&mogujie::MAIN, &[method], &raw, &Limits::default())?;
        call.check_required()?;
        call.check_constants()?;
        call.check_app(&ours)?;
        call.check_signature(&ours)
    };
    verify("GET", query, b"").unwrap();
    verify("POST", "", query.as_bytes()).unwrap();
    verify("POST", query, b"").unwrap();
    let spaced = query.replace("95i27", "95i27%20");
    assert!(verify("GET", &spaced, b"").is_err());
}

#[test]
fn leading_zeros_of_a_signature_count() {
    let gate = gates::mogujie().clock(std::sync::Arc::new(
        gatespec_runtime::DateTime::from_unix_seconds(1_367_819_613).unwrap(),
    ));
    let pairs = |sign| {
        [
            ("openApiOrderDetailReqDto", r#"{"shopOrderId":91341793022324}"#),
            ("access_token", "TESTACCESSTOKEN"),
            ("app_key", "10011"),
            ("format", "json"),
            ("method", "xiaodian.trade.get"),
            ("sign_method", "md5"),
            ("timestamp", "1367819613"),
            ("version", "1.0"),
            ("sign", sign),
        ]
    };
    let url = "https://openapi.mogujie.com/invoke";
    gate.verify(&form(url, &pairs("00DC74FCE3F8706C136363FA943473F1"))).unwrap();
    for wrong in [
        "DC74FCE3F8706C136363FA943473F1",
        "00dc74fce3f8706c136363fa943473f1",
        "00DC74FCE3F8706C136363FA943473F10",
        " 00DC74FCE3F8706C136363FA943473F1",
    ] {
        assert!(gate.verify(&form(url, &pairs(wrong))).is_err(), "{wrong}");
    }
}

#[test]
fn gomes_dollar_names_come_as_they_are_or_escaped() {
    let sign = "DF0A0206174CCB400876431D50E2B20A2BDFDFB0";
    let query = format!(
        "$app=testapp&%24method=gome.pusher.order.synchronize&$token=testtoken&%24v=1.0.0\
         &request=%7B%22orderId%22:%221%22%7D&$sign={sign}"
    );
    // Clients of 2017 send all parameters in the query of a GET.
    let url = format!("http://gw.gome.com.cn/router?{query}");
    let get = Request::builder().uri(url).body(Vec::new()).unwrap();
    gates::gome().verify(&get).unwrap();
    let post = Request::builder().method("POST").uri("http://gw.gome.com.cn/router");
    gates::gome().verify(&post.body(query.into_bytes()).unwrap()).unwrap();
}
