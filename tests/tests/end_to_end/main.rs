//! The generated clients talk HTTP to a loopback server, which verifies requests with independent
//! signing code and answers with the documented samples.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_clients::gome::{self, GomePusherOrderSynchronize, OrderDeliveryVo, OrderSyncRequest};
use gatespec_clients::mogujie::{self, OpenApiOrderDetailReqDto, XiaodianTradeGet};
use gatespec_clients::shopex::{
    self, FillType, MatrixAuthstatus, MatrixBindurl, MatrixFillMultiple, MatrixFillSingle,
    MatrixUnbind, RefundStatus,
};
use gatespec_runtime::{Class, Error, ErrorKind};
use gatespec_tests::{server, shipped::gateways};

use gateways::{APP_KEY, SECRET, TOKEN};
use server::Server;

fn shopex_credentials(secret: &str) -> shopex::Credentials {
    shopex::Credentials::new(APP_KEY, secret)
}

fn mogujie_credentials(secret: &str) -> mogujie::Credentials {
    mogujie::Credentials::new(APP_KEY, secret, TOKEN)
}

fn gome_credentials(secret: &str) -> gome::Credentials {
    gome::Credentials::new(secret, TOKEN).app_key(APP_KEY)
}

/// Makes a call with the async and with the blocking default transport.
macro_rules! both {
    ($platform:ident, $credentials:expr, $url:expr, |$client:ident| $call:expr) => {{
        let asynchronous = {
            let $client = $platform::Client::builder($credentials).base_url($url).build().unwrap();
            block_on(async { $call.await })
        };
        let blocking = {
            let $client =
                $platform::blocking::Client::builder($credentials).base_url($url).build().unwrap();
            $call
        };
        [asynchronous, blocking]
    }};
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn bindurl_over_http() {
    let server = Server::start(gateways::shopex);
    let request = MatrixBindurl::new("门店 (1)~*", "http://shopex.cn/callback?a=1&b=(2)");
    let answers = both!(shopex, shopex_credentials(SECRET), server.url(), |client| client
        .matrix_bindurl(&request));
    assert_eq!(answers.map(|answer| answer.unwrap().url.unwrap()), ["", ""]);
}

#[test]
fn unbind_over_http() {
    let server = Server::start(gateways::shopex);
    let request = MatrixUnbind::new("1665176836_1031190436");
    let answers =
        both!(shopex, shopex_credentials(SECRET), server.url(), |client| client.send(&request));
    for answer in answers {
        let answer = answer.unwrap();
        assert_eq!((answer.code(), answer.message()), (Some("1000"), Some("解绑成功")));
    }
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn fill_single_over_http() {
    let server = Server::start(gateways::shopex);
    let request = MatrixFillSingle::new("15000000", FillType::Refund)
        .refund_status(RefundStatus::Aftersale)
        .tids(["A 1", "短/袖&=+%"]);
    let answers = both!(shopex, shopex_credentials(SECRET), server.url(), |client| client
        .matrix_fill_single(&request));
    for answer in answers {
        assert_eq!(answer.unwrap().msg_id.unwrap(), "6552D79AAC1000148DF23FB0CC2325D3");
    }
    let received = server.seen();
    let mut received = form_urlencoded::parse(&received[0].body).into_owned();
    let tids = received.find(|(name, _)| name == "tids").unwrap().1;
    assert_eq!(tids, "A 1|短/袖&=+%");
}

#[test]
fn fill_multiple_over_http() {
    let server = Server::start(gateways::shopex);
    let time = |day, hour| shopex::datetime(2023, 1, day, hour, 0, 0).unwrap();
    let request = MatrixFillMultiple::new("15000000", FillType::Order, time(1, 0), time(7, 23));
    let answers = both!(shopex, shopex_credentials(SECRET), server.url(), |client| client
        .matrix_fill_multiple(&request));
    for answer in answers {
        assert_eq!(answer.unwrap().msg_id.unwrap(), "6552D79AAC1000148DF23FB0CC2325D3");
    }
    for received in server.seen() {
        let body = String::from_utf8(received.body).unwrap();
        assert!(body.contains("start_time=2023-01-01+00%3A00%3A00"), "{body}");
        assert!(body.contains("end_time=2023-01-07+23%3A00%3A00"), "{body}");
    }
}

#[test]
fn authstatus_over_http() {
    let server = Server::start(gateways::shopex);
    let request = MatrixAuthstatus::new("15000000");
    let answers = both!(shopex, shopex_credentials(SECRET), server.url(), |client| client
        .matrix_authstatus(&request));
    for answer in answers {
        let answer = answer.unwrap();
        assert_eq!(answer.is_expired, Some(true));
        assert_eq!(answer.expire_in, Some(shopex::datetime(2020, 4, 29, 17, 25, 1).unwrap()));
    }
}

#[test]
fn trade_get_over_http_opens_encrypted_data() {
    let server = Server::start(gateways::mogujie);
    let url = format!("{}/invoke", server.url());
    let order = |number| XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(number));
    let (sealed, plain) = (order(100_000_000_000_012), order(1_111_111_111));
    let sealed = both!(mogujie, mogujie_credentials(SECRET), &url, |client| client
        .xiaodian_trade_get(&sealed));
    let plain = both!(mogujie, mogujie_credentials(SECRET), &url, |client| client
        .xiaodian_trade_get(&plain));
    for (sealed, plain) in sealed.into_iter().zip(plain) {
        let (sealed, plain) = (sealed.unwrap(), plain.unwrap());
        assert_eq!(sealed, plain);
        assert_eq!(sealed.item_order_infos[0].title.as_deref(), Some("测试"));
    }
    let missing = order(7);
    for answer in both!(mogujie, mogujie_credentials(SECRET), &url, |client| client
        .xiaodian_trade_get(&missing))
    {
        let error = answer.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Business, Some("1010001")));
    }
}

#[test]
fn order_synchronize_over_http_and_its_duplicate() {
    let server = Server::start(gateways::gome());
    let url = format!("{}/router", server.url());
    let order = |id: &str| {
        let delivery = OrderDeliveryVo::new().sub_order_id("短 \"1\"+/%");
        let order = OrderSyncRequest::new().order_id(id).delivery_list(vec![delivery]);
        GomePusherOrderSynchronize::new().request(order)
    };
    let client = gome::Client::builder(gome_credentials(SECRET)).base_url(&url).build().unwrap();
    let answer = block_on(client.gome_pusher_order_synchronize(&order("1"))).unwrap();
    assert_eq!(answer.value()["success"], true);
    let blocking =
        gome::blocking::Client::builder(gome_credentials(SECRET)).base_url(&url).build().unwrap();
    assert_eq!(
        blocking.gome_pusher_order_synchronize(&order("2")).unwrap().value()["success"],
        true
    );
    // The protocol has no timestamp, so the same order always gives the same request.
    for error in [
        block_on(client.gome_pusher_order_synchronize(&order("2"))).unwrap_err(),
        blocking.gome_pusher_order_synchronize(&order("1")).unwrap_err(),
    ] {
        assert_eq!((error.code(), error.class()), (Some("8999"), Class::Duplicate));
        assert_eq!(error.retry_after().unwrap().as_secs(), 90);
    }
}

/// Asserts that an error is the platform's own error for a wrong signature.
fn refused(error: &Error, kind: ErrorKind, code: &str, class: Class) {
    assert_eq!((error.kind(), error.code(), error.class()), (kind, Some(code), class));
    assert!(error.signed_text().unwrap().starts_with("<secret>"));
    assert!(!format!("{error} {error:?}").contains("WRONG"));
}

#[test]
fn a_wrong_secret_is_the_platforms_own_error() {
    const WRONG: &str = "WRONG-WRONG-WRONG";
    let server = Server::start(gateways::shopex);
    let request = MatrixUnbind::new("15000000");
    for answer in both!(shopex, shopex_credentials(WRONG), server.url(), |client| client
        .matrix_unbind(&request))
    {
        let error = answer.unwrap_err();
        refused(&error, ErrorKind::Gateway, "0040301", Class::Authentication);
        assert_eq!(error.status(), Some(403));
    }

    let server = Server::start(gateways::mogujie);
    let url = format!("{}/invoke", server.url());
    let request = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(7));
    for answer in both!(mogujie, mogujie_credentials(WRONG), &url, |client| client
        .xiaodian_trade_get(&request))
    {
        let error = answer.unwrap_err();
        refused(&error, ErrorKind::Business, "9999999", Class::Unknown);
        assert_eq!(error.message(), Some("Sign错误"));
    }

    let server = Server::start(gateways::gome());
    let url = format!("{}/router", server.url());
    let request = GomePusherOrderSynchronize::new();
    for answer in both!(gome, gome_credentials(WRONG), &url, |client| client
        .gome_pusher_order_synchronize(&request))
    {
        refused(&answer.unwrap_err(), ErrorKind::Business, "8225", Class::Authentication);
    }
}

#[test]
fn another_shops_token_is_checked_by_the_gateway() {
    let server = Server::start(gateways::mogujie);
    let url = format!("{}/invoke", server.url());
    let request = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(1_111_111_111));
    for answer in both!(mogujie, mogujie_credentials(SECRET), &url, |client| client
        .with_access_token("EXPIRED")
        .xiaodian_trade_get(&request))
    {
        let error = answer.unwrap_err();
        assert_eq!((error.code(), error.refresh()), (Some("0000001"), Some("access_token")));
    }
}
