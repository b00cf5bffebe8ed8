//! Nothing that a program prints shows a secret or a sensitive field.

use std::error::Error as _;
use std::fmt::{Debug, Display};
use std::sync::Arc;

use gatespec_clients::gome::{
    self, GomePusherOrderSynchronize, OrderDeliveryVo, OrderGoodsVo, OrderSyncRequest,
};
use gatespec_clients::mogujie::{self, CardInfo, OauthToken, oauth_token::GrantType};
use gatespec_clients::shopex;
use gatespec_runtime::{
    BlockingTransport, BySpec, CredentialSet, Error, ErrorKind, Operation, Private, TransportError,
    Validate,
};

use crate::recorder::{Recorder, clock};
use crate::{sample, trade_data, trade_request};

const SENTINEL: &str = "SENTINEL-0123456789";

/// What `Debug` and `Display` show, both ways.
fn shown(value: &(impl Debug + ?Sized)) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!text.contains("SENTINEL"), "{text}");
    }
}

fn shown_error(error: &Error) {
    shown(error);
    let mut text = format!("{error} {:?} {:?}", error.signed_text(), error.body_excerpt());
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!("\n{cause} {cause:?}"));
        source = cause.source();
    }
    for violation in error.violations() {
        text.push_str(&format!("\n{violation} {violation:?}"));
    }
    assert!(!text.contains("SENTINEL"), "{text}");
}

fn no_sentinel(text: impl Display) {
    let text = text.to_string();
    assert!(!text.contains("SENTINEL"), "{text}");
}

fn mogujie_credentials() -> mogujie::Credentials {
    mogujie::Credentials::new("10011", SENTINEL, SENTINEL)
}

fn mogujie_client(body: &str) -> mogujie::blocking::Client {
    mogujie::blocking::Client::builder(mogujie_credentials())
        .transport(Recorder::answering(body.to_owned()))
        .clock(clock(1_367_819_523))
        .build()
        .unwrap()
}

#[test]
fn credentials_builders_and_clients_show_names_only() {
    shown(&mogujie_credentials());
    shown(&CredentialSet::from(mogujie_credentials()));
    shown(&shopex::Credentials::new("testkey", SENTINEL));
    shown(&gome::Credentials::new(SENTINEL, SENTINEL).app_key("testapp"));
    let builder = mogujie::Client::builder(mogujie_credentials())
        .parameter("note", SENTINEL)
        .transport(Recorder::answering("{}"));
    shown(&builder);
    let client = builder.build().unwrap();
    shown(&client);
    shown(&client.with_access_token(SENTINEL));
    let blocking = mogujie::blocking::Client::builder(mogujie_credentials())
        .decryptor(Arc::new(BySpec))
        .transport(Recorder::answering("{}"));
    shown(&blocking);
    shown(&blocking.build().unwrap());
}

/// An order with every sensitive field filled in.
fn order() -> GomePusherOrderSynchronize {
    let goods = OrderGoodsVo::new().retail_id(SENTINEL);
    let delivery = OrderDeliveryVo::new().goods_lists(vec![goods]);
    GomePusherOrderSynchronize::new().request(
        OrderSyncRequest::new()
            .order_id("visible-order")
            .buyer_id(SENTINEL)
            .buyer_name(SENTINEL)
            .delivery_list(vec![delivery]),
    )
}

fn gome_client(transport: impl BlockingTransport + 'static) -> gome::blocking::Client {
    gome::blocking::Client::builder(gome::Credentials::new(SENTINEL, SENTINEL))
        .transport(Arc::new(transport))
        .build()
        .unwrap()
}

/// Answers with what it was sent, as a page: what a debugging proxy does.
struct Echo;

impl BlockingTransport for Echo {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> Result<http::Response<bytes::Bytes>, TransportError> {
        // The token and the order's fields travel; that is what they are for.
        assert!(str::from_utf8(request.body()).unwrap().contains("SENTINEL"));
        Ok(http::Response::new(bytes::Bytes::from_static(
            b"{\"error_response\":{\"code\":1,\"msg\":\"m\"}}",
        )))
    }
}

#[test]
fn requests_and_what_is_made_of_them_hide_sensitive_fields() {
    let order = order();
    shown(&order);
    assert!(format!("{order:?}").contains("visible-order"));
    let client = gome_client(Echo);
    shown(&client.call(&order).parameter("note", SENTINEL).argument("note", SENTINEL));
    // A parameter that is declared sensitive stays so when a caller replaces it.
    let prepared = client.call(&order).parameter("$token", SENTINEL).prepare().unwrap();
    shown(&prepared);
    shown(prepared.params());
    shown(&prepared.explain());
    no_sentinel(prepared.explain());
    for step in prepared.explain().steps {
        no_sentinel(step.input);
    }
    // What is sent does hold them.
    assert!(str::from_utf8(prepared.body()).unwrap().contains("SENTINEL"));
    shown_error(&client.gome_pusher_order_synchronize(&order).unwrap_err());
}

#[test]
fn a_call_that_sends_the_secret_itself_hides_it() {
    let body = sample("mogujie/answers/token.json").replace("TEST", SENTINEL);
    let client = mogujie_client(&body);
    let request = OauthToken::new(GrantType::RefreshToken).refresh_token(SENTINEL).code(SENTINEL);
    shown(&request);
    let call = || client.call(&request);
    shown(&call());
    let prepared = call().prepare().unwrap();
    assert!(str::from_utf8(prepared.body()).unwrap().contains("app_secret=SENTINEL"));
    shown(&prepared);
    shown(prepared.params());
    no_sentinel(prepared.explain());
    no_sentinel(prepared.url(""));
    let answer = client.send(&request).unwrap();
    shown(&answer);
    no_sentinel(answer.signed_text());
    shown(&answer.into_data());
    for body in ["{}", r#"{"statusCode":"0000010","errorMsg":"m"}"#] {
        shown_error(&mogujie_client(body).oauth_token(&request).unwrap_err());
    }
    let incomplete = OauthToken::new(GrantType::AuthorizationCode).refresh_token(SENTINEL);
    shown_error(&client.oauth_token(&incomplete).unwrap_err());
}

#[test]
fn answers_hide_sensitive_fields_and_their_raw_body() {
    let body = sample("mogujie/answers/full.json")
        .replace("测试人", SENTINEL)
        .replace("110101190001011234", SENTINEL)
        .replace("buyer-test", SENTINEL)
        .replace("主播-test", SENTINEL)
        .replace("13900000001", SENTINEL);
    let client = mogujie_client(&body);
    let answer = client.send(&trade_request()).unwrap();
    assert!(answer.body().contains("SENTINEL"));
    shown(&answer);
    no_sentinel(answer.signed_text());
    let order = answer.into_data();
    shown(&order);
    assert_eq!(order.receiver_name.as_deref().map(String::as_str), Some(SENTINEL));
    assert_eq!(order.extra_map.as_ref().unwrap().id_card_name.as_deref().unwrap(), SENTINEL);
    let card: CardInfo = order.card_info.unwrap();
    assert_eq!(card.card_id, Some(Private::new(SENTINEL.to_owned())));
}

#[test]
fn decoding_errors_do_not_repeat_what_a_sensitive_field_holds() {
    for data in [
        r#"{"buyerUserId":"SENTINEL-0123456789"}"#,
        r#"{"actorId":"SENTINEL-0123456789"}"#,
        r#"{"receiverName":{"SENTINEL-0123456789":"SENTINEL-0123456789"}}"#,
        r#"{"cardInfo":{"cardId":["SENTINEL-0123456789"]}}"#,
    ] {
        let error = trade_data(data).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        shown_error(&error);
    }
}

#[test]
fn failures_of_every_kind_show_no_secret() {
    let refused = sample("mogujie/answers/error.json");
    let sealed = sample("mogujie/answers/encrypted.json");
    for (body, kind) in [
        (&*refused, ErrorKind::Business),
        (&*sealed, ErrorKind::Decrypt),
        ("<html>", ErrorKind::NotJson),
        ("{}", ErrorKind::Envelope),
    ] {
        let error = mogujie_client(body).xiaodian_trade_get(&trade_request()).unwrap_err();
        assert_eq!(error.kind(), kind);
        shown_error(&error);
        assert!(
            error.signed_text().unwrap().starts_with("<secret>access_token<secret>app_key10011")
        );
    }
}

/// A gateway that repeats what it was sent, as debugging ones do.
#[test]
fn a_token_that_an_answer_repeats_does_not_show() {
    let page = format!("<html>token={SENTINEL} is wrong</html>");
    let refused = format!(
        r#"{{"status":{{"code":"0000001","msg":"{SENTINEL} is no token"}},"result":{{"data":{{}}}},"success":false}}"#
    );
    let wrong = format!(r#"{{"success":true,"result":{{"data":{{"number":"{SENTINEL}"}}}}}}"#);
    let unknown = format!(r#"{{"{SENTINEL}":1}}"#);
    for (body, kind) in [
        (page, ErrorKind::NotJson),
        (refused, ErrorKind::Business),
        (wrong, ErrorKind::Decode),
        (unknown, ErrorKind::Envelope),
    ] {
        let error = mogujie_client(&body).xiaodian_trade_get(&trade_request()).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        shown_error(&error);
        let said = format!("{error} {:?} {:?}", error.message(), error.body_excerpt());
        assert!(said.contains("<secret>") && !said.contains("SENTINEL"), "{said}");
    }
    let success = format!(
        r#"{{"status":{{"code":"0000000","msg":"hello {SENTINEL}"}},"result":{{"data":{{"{SENTINEL}":1}}}},"success":true}}"#
    );
    let answer = mogujie_client(&success).send(&trade_request()).unwrap();
    shown(&answer);
    assert_eq!(answer.message(), Some("hello <secret>"));
    shown(answer.bends());
}

/// Fails as a transport does whose error is harmless.
struct Broken;

impl BlockingTransport for Broken {
    fn send(
        &self,
        _: http::Request<bytes::Bytes>,
    ) -> Result<http::Response<bytes::Bytes>, TransportError> {
        Err(TransportError::new("the cable is cut"))
    }
}

#[test]
fn a_transports_failure_keeps_its_cause() {
    let error = gome_client(Broken).gome_pusher_order_synchronize(&order()).unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None));
    assert_eq!(error.source().unwrap().to_string(), "the cable is cut");
    shown_error(&error);
}

#[test]
fn violations_name_limits_and_no_sensitive_value() {
    let mut order = order();
    let inner = order.request.as_mut().unwrap();
    inner.order_price = Some("1.234".parse().unwrap());
    inner.order_type = Some("unheard-of".into());
    let error = gome_client(Echo).gome_pusher_order_synchronize(&order).unwrap_err();
    assert_eq!((error.kind(), error.violations().len()), (ErrorKind::Validation, 2));
    shown_error(&error);
    assert_eq!(order.violations(), error.violations());
    assert_eq!(GomePusherOrderSynchronize::METHOD.name, error.method());
}

#[test]
fn a_config_error_names_the_credential_and_not_its_text() {
    let missing = mogujie::Client::builder(mogujie::Credentials::new("", SENTINEL, SENTINEL));
    let error = missing.transport(Recorder::answering("{}")).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("app_key"));
    shown_error(&error);
}
