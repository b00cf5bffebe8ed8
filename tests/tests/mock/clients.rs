//! The generated clients call the mock with every method of every platform.

use std::time::Duration;

use gatespec_clients::gome::{self, GomePusherOrderSynchronize, OrderDeliveryVo, OrderSyncRequest};
use gatespec_clients::mogujie::{
    self, OauthToken, OpenApiOrderDetailReqDto, XiaodianTradeGet, oauth_token::GrantType,
};
use gatespec_clients::shopex::{
    self, FillType, MatrixAuthstatus, MatrixBindurl, MatrixFillMultiple, MatrixFillSingle,
    MatrixUnbind, RefundStatus,
};
use gatespec_mock::Mock;
use gatespec_runtime::{Decimal, ErrorKind};
use gatespec_tests::platforms::invented::acme::order_list::Line;
use gatespec_tests::platforms::invented::acme::{self, OrderList, OrderRemark};
use gatespec_tests::platforms::invented::quay::{
    self, Box, ParcelBook, ParcelEvents, ParcelFind, State,
};

use crate::{block_on, invented, shipped, text};

/// Makes a call with the async and with the blocking default transport. `check` gets both answers.
macro_rules! both {
    ($mock:expr, $platform:ident, |$client:ident| $call:expr, |$answer:ident| $check:expr) => {{
        let url = $mock.url(stringify!($platform)).unwrap();
        let $client = {
            let builder = $platform::Client::builder(credentials::$platform(&$mock));
            let builder = builder.base_url(&url);
            let further = further($mock, stringify!($platform)).into_iter();
            let builder =
                further.fold(builder, |builder, (name, url)| builder.gateway_url(name, url));
            builder.build().unwrap()
        };
        let $answer = block_on(async { $call.await });
        $check;
        let $client = {
            let builder = $platform::blocking::Client::builder(credentials::$platform(&$mock));
            let builder = builder.base_url(&url);
            let further = further($mock, stringify!($platform)).into_iter();
            let builder =
                further.fold(builder, |builder, (name, url)| builder.gateway_url(name, url));
            builder.build().unwrap()
        };
        let $answer = $call;
        $check;
    }};
}

pub(crate) use both;

/// The gateways of a platform, except its main one.
pub(crate) fn further(mock: &Mock, platform: &str) -> Vec<(String, String)> {
    let all = mock.urls().into_iter();
    let further = all.filter(|(id, gateway, _)| id == platform && gateway != "main");
    further.map(|(_, gateway, url)| (gateway, url)).collect()
}

pub(crate) mod credentials {
    use super::{Mock, acme, gome, mogujie, quay, shopex, text};

    pub(crate) fn shopex(mock: &Mock) -> shopex::Credentials {
        let set = mock.credentials("shopex").unwrap();
        shopex::Credentials::new(text(&set, "app_key"), text(&set, "secret"))
    }

    pub(crate) fn mogujie(mock: &Mock) -> mogujie::Credentials {
        let set = mock.credentials("mogujie").unwrap();
        let token = text(&set, "access_token");
        mogujie::Credentials::new(text(&set, "app_key"), text(&set, "secret"), token)
    }

    pub(crate) fn gome(mock: &Mock) -> gome::Credentials {
        let set = mock.credentials("gome").unwrap();
        gome::Credentials::new(text(&set, "secret"), text(&set, "token"))
            .app_key(text(&set, "app_key"))
    }

    pub(crate) fn acme(mock: &Mock) -> acme::Credentials {
        let set = mock.credentials("acme").unwrap();
        let [key, app, sign] =
            ["app_key", "app_secret", "sign_secret"].map(|name| text(&set, name));
        acme::Credentials::new(key, app, sign).token(text(&set, "token"))
    }

    pub(crate) fn quay(mock: &Mock) -> quay::Credentials {
        let set = mock.credentials("quay").unwrap();
        quay::Credentials::new(text(&set, "key"), text(&set, "secret"))
    }
}

#[test]
fn the_methods_of_shopex() {
    let mock = shipped();
    let callback = "http://shopex.cn/callback?a=1&b=(2)";
    let bindurl = MatrixBindurl::new("门店 (1)~*", callback);
    both!(&mock, shopex, |client| client.matrix_bindurl(&bindurl), |answer| {
        assert_eq!(answer.unwrap().url.as_deref(), Some(""));
    });
    let unbind = MatrixUnbind::new("1665176836_1031190436");
    both!(&mock, shopex, |client| client.send(&unbind), |answer| {
        let answer = answer.unwrap();
        assert_eq!((answer.code(), answer.message()), (Some("1000"), Some("解绑成功")));
    });
    let single = MatrixFillSingle::new("15000000", FillType::Refund)
        .refund_status(RefundStatus::Aftersale)
        .tids(["A 1", "短/袖&=+%"]);
    both!(&mock, shopex, |client| client.matrix_fill_single(&single), |answer| {
        assert_eq!(answer.unwrap().msg_id.unwrap(), "6552D79AAC1000148DF23FB0CC2325D3");
    });
    let time = |day, hour| shopex::datetime(2023, 1, day, hour, 0, 0).unwrap();
    let multiple = MatrixFillMultiple::new("15000000", FillType::Order, time(1, 0), time(7, 23));
    both!(&mock, shopex, |client| client.matrix_fill_multiple(&multiple), |answer| {
        assert_eq!(answer.unwrap().msg_id.unwrap(), "6552D79AAC1000148DF23FB0CC2325D3");
    });
    let status = MatrixAuthstatus::new("15000000");
    both!(&mock, shopex, |client| client.matrix_authstatus(&status), |answer| {
        assert_eq!(answer.unwrap().is_expired, Some(true));
    });
    let received = mock.received();
    assert_eq!(received.len(), 10);
    assert!(received.iter().all(gatespec_mock::Entry::is_accepted));
    let tids = &received[4].request["tids"];
    assert_eq!(tids, &serde_json::json!(["A 1", "短/袖&=+%"]));
    assert_eq!(received[6].request["end_time"], "2023-01-07 23:00:00");
}

#[test]
fn the_method_of_mogujie_and_the_number_that_its_answer_repeats() {
    let mock = shipped();
    let order = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(91_341_793_022_324));
    both!(&mock, mogujie, |client| client.xiaodian_trade_get(&order), |answer| {
        let answer = answer.unwrap();
        assert_eq!(answer.shop_order_id, Some(91_341_793_022_324));
        assert_eq!(answer.item_order_infos[0].title.as_deref(), Some("测试"));
    });
}

#[test]
fn the_method_of_gome_and_its_duplicate() {
    let mock = shipped();
    let delivery = OrderDeliveryVo::new().sub_order_id("短 \"1\"+/%");
    let order = |id: u32| {
        let order = OrderSyncRequest::new().order_id(id.to_string());
        GomePusherOrderSynchronize::new().request(order.delivery_list(vec![delivery.clone()]))
    };
    let orders = [order(1), order(2)];
    let number = std::cell::Cell::new(0);
    let next = || &orders[number.replace(number.get() + 1)];
    both!(&mock, gome, |client| client.gome_pusher_order_synchronize(next()), |answer| {
        assert_eq!(answer.unwrap().value()["success"], true);
    });
    number.set(0);
    both!(&mock, gome, |client| client.gome_pusher_order_synchronize(next()), |answer| {
        let error = answer.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Business, Some("8999")));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(90)));
    });
}

#[test]
fn the_call_for_tokens_by_both_clients() {
    let mock = shipped();
    let renewal = OauthToken::new(GrantType::RefreshToken).refresh_token("TESTREFRESHTOKEN");
    both!(&mock, mogujie, |client| client.oauth_token(&renewal), |answer| {
        assert!(answer.unwrap().access_token.starts_with("test-access_token-"));
    });
    let grant = OauthToken::new(GrantType::AuthorizationCode).code("TESTCODE");
    both!(&mock, mogujie, |client| client.send(&grant), |answer| {
        assert_eq!(answer.unwrap().code(), Some("0000000"));
    });
}

#[test]
fn the_call_for_tokens_gives_one_that_is_accepted() {
    let mock = shipped();
    let url = mock.url("mogujie").unwrap();
    let client = mogujie::blocking::Client::builder(credentials::mogujie(&mock))
        .base_url(&url)
        .gateway_url("oauth", mock.gateway_url("mogujie", "oauth").unwrap())
        .build()
        .unwrap();
    let request =
        OauthToken::new(GrantType::RefreshToken).refresh_token("TESTREFRESHTOKEN").state("shop 7");
    let (first, second) =
        (client.oauth_token(&request).unwrap(), client.oauth_token(&request).unwrap());
    assert_ne!(*first.access_token, *second.access_token);
    // The mock's answers repeat values of the request, but not sensitive ones.
    assert_ne!(first.refresh_token.as_deref().map(String::as_str), Some("TESTREFRESHTOKEN"));
    assert_eq!(first.state.as_deref(), Some("shop 7"));
    let order = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(7));
    for token in [&*first.access_token, &*second.access_token] {
        client.with_access_token(token.as_str()).xiaodian_trade_get(&order).unwrap();
    }
    let error = client.with_access_token("OTHER").xiaodian_trade_get(&order).unwrap_err();
    assert_eq!((error.code(), error.refresh()), (Some("0000001"), Some("access_token")));
}

#[test]
fn the_invented_platforms() {
    let mock = invented();
    let day = |day| acme::datetime(2023, 1, day, 0, 0, 0).unwrap();
    let orders = OrderList::new(day(1), day(8))
        .states(["paid", "sent"])
        .at_least(Decimal::new(125, 1))
        .lines(vec![Line::new().sku("短袖").qty(2)]);
    both!(&mock, acme, |client| client.order_list(&orders), |answer| {
        assert_eq!(answer.unwrap().orders.len(), 1);
    });
    let remark = OrderRemark::new("AC-0007").text("请放门口 (thanks)").urgent(true).score(5);
    both!(&mock, acme, |client| client.order_remark(&remark), |answer| answer.unwrap());
    let find = ParcelFind::new()
        .depot("H-1")
        .state(vec![State::Out, State::In])
        .open(true)
        .since(quay::datetime(2023, 1, 1, 0, 0, 0).unwrap())
        .box_(Box::new().width(20).depth(3));
    both!(&mock, quay, |client| client.parcel_find(&find), |answer| {
        assert_eq!(answer.unwrap()[0].parcel_id, "P-7");
    });
    let events = ParcelEvents::new("P/7 甲?").page(2);
    both!(&mock, quay, |client| client.parcel_events(&events), |answer| {
        assert_eq!(answer.unwrap().total, Some(1));
    });
    let book = ParcelBook::new("H-1", "茶叶 50g").worth(Decimal::new(125, 1)).fragile(true);
    both!(&mock, quay, |client| client.parcel_book(&book), |answer| {
        assert_eq!(answer.unwrap().parcel_id, "P-8");
    });
    let received = mock.received();
    assert_eq!(received.len(), 10);
    assert!(received.iter().all(gatespec_mock::Entry::is_accepted));
    assert_eq!(received[4].request["box"], serde_json::json!({"width": 20, "depth": 3}));
    assert_eq!(received[6].request["parcel_id"], "P/7 甲?");
}
