//! Documented failures become typed errors that contain everything a caller needs to react.

use std::time::Duration;

use gatespec_clients::shopex::MatrixUnbind;
use gatespec_runtime::{Class, ErrorKind};

use crate::clients::shopex_clients;
use crate::recorder::{Recorder, block_on};
use crate::{order, sample, trade, unbind};

#[test]
fn shopexs_gateway_refuses_with_http_403_and_another_json() {
    let error = unbind(403, &sample("shopex/answers/refused.json"));
    assert_eq!((error.kind(), error.class()), (ErrorKind::Gateway, Class::Authentication));
    assert_eq!((error.code(), error.message()), (Some("0040301"), Some("sign error")));
    assert_eq!((error.status(), error.method()), (Some(403), "matrix.unbind"));
    assert_eq!((error.retry_after(), error.violations().len()), (None, 0));
    let text = error.to_string();
    // The error shows the method, the code, the gateway's message and the description in the table.
    for part in
        ["shopex", "matrix.unbind", "0040301", "sign error", "The signature does not match."]
    {
        assert!(text.contains(part), "{part:?} is not in {text:?}");
    }
    assert!(
        error.signed_text().unwrap().starts_with("<secret>&POST&%2Frouter&&&app_key%3Dtestkey")
    );
}

#[test]
fn shopex_says_in_its_message_how_long_to_wait() {
    let error = unbind(403, &sample("shopex/answers/limited.json"));
    assert_eq!((error.code(), error.class()), (Some("0040311"), Class::Quota));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(17)));
}

#[test]
fn the_same_refusal_with_http_200_is_the_same_failure() {
    let error = unbind(200, &sample("shopex/answers/refused.json"));
    assert_eq!((error.kind(), error.code()), (ErrorKind::Gateway, Some("0040301")));
}

/// The codes, HTTP statuses and classes in platforms.md, §1.2.
#[test]
fn every_code_of_shopexs_gateway_has_a_class() {
    for (code, status, class) in [
        ("0040000", 400, Class::Caller),
        ("0040005", 404, Class::Caller),
        ("0040302", 404, Class::Authentication),
        ("0040303", 403, Class::Authentication),
        ("0040304", 403, Class::Authentication),
        ("0040307", 403, Class::Caller),
        ("0040308", 403, Class::Caller),
        ("0040309", 403, Class::Authentication),
        ("0040310", 403, Class::Authentication),
        ("0040400", 404, Class::Caller),
        ("0040401", 404, Class::Caller),
        ("0050400", 504, Class::Retry),
        // A code that is in no table.
        ("0049999", 403, Class::Unknown),
    ] {
        let body = format!(r#"{{"error":{{"code":"{code}","message":"m"}},"result":"error"}}"#);
        let error = unbind(status, &body);
        assert_eq!((error.code(), error.class()), (Some(code), class));
        assert_eq!((error.kind(), error.status()), (ErrorKind::Gateway, Some(status)));
    }
    for fatal in ["0040305", "0040306"] {
        let body = format!(r#"{{"error":{{"code":"{fatal}","message":"m"}},"result":"error"}}"#);
        assert_eq!(unbind(403, &body).class(), Class::Fatal);
    }
}

#[test]
fn a_business_failure_of_shopex_keeps_code_and_words() {
    let error = unbind(200, &sample("shopex/answers/failed.json"));
    assert_eq!((error.kind(), error.class()), (ErrorKind::Business, Class::Unknown));
    assert_eq!((error.code(), error.message()), (Some("2003"), Some("店铺不存在")));
    assert!(error.to_string().contains("2003") && error.to_string().contains("店铺不存在"));
}

#[test]
fn mogujies_error_is_not_hidden_by_its_empty_data() {
    let error = trade(&sample("mogujie/answers/error.json")).unwrap_err();
    assert_eq!((error.kind(), error.class()), (ErrorKind::Business, Class::Caller));
    // Codes have seven characters, including leading zeros.
    assert_eq!((error.code(), error.message()), (Some("1010001"), Some("参数异常")));
    assert_eq!((error.method(), error.status()), ("xiaodian.trade.get", Some(200)));
}

/// If a failure has data that cannot be decoded, the error reports the failure and not the data.
#[test]
fn a_failure_counts_more_than_data_that_cannot_be_decoded() {
    for data in ["[]", "\"\"", "7", "null", "{\"shopOrderId\":{}}", "\"c2VhbGVk\""] {
        for flag in [true, false] {
            let body = format!(
                r#"{{"result":{{"data":{data}}},"dataEncrypted":{flag},"success":false,"status":{{"code":"1010001","msg":"参数异常"}}}}"#
            );
            let error = trade(&body).unwrap_err();
            assert_eq!(
                (error.kind(), error.code()),
                (ErrorKind::Business, Some("1010001")),
                "{body}"
            );
        }
    }
}

#[test]
fn mogujies_expired_token_asks_for_another() {
    let body =
        r#"{"status":{"code":"0000001","msg":"token无效"},"result":{"data":{}},"success":false}"#;
    let error = trade(body).unwrap_err();
    assert_eq!((error.code(), error.class()), (Some("0000001"), Class::Authentication));
    assert_eq!(error.refresh(), Some("access_token"));
}

#[test]
fn gomes_duplicate_waits_ninety_seconds() {
    for code in ["8999", "\"8999\""] {
        let body = format!(r#"{{"error_response":{{"code":{code},"msg":"存在重复的请求"}}}}"#);
        let error = order(&body).unwrap_err();
        assert_eq!((error.kind(), error.class()), (ErrorKind::Business, Class::Duplicate));
        assert_eq!((error.code(), error.message()), (Some("8999"), Some("存在重复的请求")));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(90)));
    }
}

/// The fourteen codes in the document.
#[test]
fn every_code_of_gome_has_a_class() {
    for (code, class) in [
        ("10001", Class::Retry),
        ("10002", Class::Quota),
        ("10003", Class::Caller),
        ("10004", Class::Caller),
        ("10005", Class::Authentication),
        ("8224", Class::Authentication),
        ("8999", Class::Duplicate),
        ("8225", Class::Authentication),
        ("9000", Class::Caller),
        ("8249", Class::Caller),
        ("8223", Class::Authentication),
        ("8239", Class::Authentication),
        ("8222", Class::Authentication),
        ("20001", Class::Authentication),
    ] {
        let body = format!(r#"{{"error_response":{{"code":{code},"msg":"m"}}}}"#);
        let error = order(&body).unwrap_err();
        assert_eq!((error.code(), error.class()), (Some(code), class));
    }
    assert_eq!(order(&sample("gome/answers/expired.json")).unwrap_err().refresh(), Some("token"));
}

#[test]
fn a_header_says_when_to_come_back_if_no_code_does() {
    let headers = [("Retry-After", "12"), ("X-Request-Id", "r-1")];
    let recorder = Recorder::with(503, &headers, "<html>busy</html>");
    let (client, _) = shopex_clients(&recorder);
    let error = block_on(client.matrix_unbind(&MatrixUnbind::new("1"))).unwrap_err();
    assert_eq!((error.kind(), error.class()), (ErrorKind::Http, Class::Retry));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(12)));
    assert_eq!((error.request_id(), error.status()), (Some("r-1"), Some(503)));
}
