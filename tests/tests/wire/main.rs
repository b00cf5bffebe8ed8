//! Whole requests of the generated clients, byte for byte. The expected files are computed by
//! `tests/wire/expected.py` from the platforms' rules.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod escapes;
mod further;
mod invented;
mod pairs;
mod tokens;

use gatespec_clients::gome::{
    Channel, GomePusherOrderSynchronize, GomeState, GoodsType, OrderDeliveryVo, OrderGoodsVo,
    OrderSource, OrderSyncRequest, OrderType,
};
use gatespec_clients::mogujie::{OpenApiOrderDetailReqDto, XiaodianTradeGet};
use gatespec_clients::shopex::{
    FillType, MatrixAuthstatus, MatrixBindurl, MatrixFillMultiple, MatrixFillSingle, MatrixUnbind,
    RefundStatus,
};
use gatespec_clients::{gome, mogujie, shopex};
use gatespec_runtime::{DateTime, Decimal};
use gatespec_tests::{recorder, shipped::clients};

use recorder::{Recorder, block_on, clock, file};

/// Makes a call with the async and with the blocking client, and asserts that both send the
/// expected request.
macro_rules! sends {
    ($file:literal, $clients:ident, $answer:literal, |$client:ident| $call:expr) => {
        for blocking in [false, true] {
            let recorder = $crate::recorder::Recorder::answering($crate::recorder::file($answer));
            let clients = $crate::clients::$clients(&recorder);
            if blocking {
                let $client = &clients.1;
                $call.unwrap();
            } else {
                let $client = &clients.0;
                $crate::recorder::block_on(async { $call.await }).unwrap();
            }
            assert_eq!(recorder.only(), $crate::recorder::file($file), "blocking: {blocking}");
        }
    };
}
pub(crate) use sends;

fn day(day: i8) -> DateTime {
    shopex::datetime(2023, 1, day, 0, 0, 0).unwrap()
}

fn yuan(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn bindurl_sends_the_example_of_the_page() {
    let request = MatrixBindurl::new("code", "http://shopex.cn/callback");
    sends!("shopex/bindurl.http", shopex_clients, "shopex/answers/bindurl.json", |client| client
        .matrix_bindurl(&request));
}

#[test]
fn bindurl_form_encodes_the_body_and_percent_encodes_what_it_signs() {
    let callback = "http://shopex.cn/callback?a=1&b=x y#f";
    let request = MatrixBindurl::new("门店 1~*(甲)'!+%20&=é", callback);
    sends!(
        "shopex/bindurl-hostile.http",
        shopex_clients,
        "shopex/answers/bindurl.json",
        |client| client.matrix_bindurl(&request)
    );
}

#[test]
fn unbind_is_vector_a() {
    let request = MatrixUnbind::new("15000000");
    sends!("shopex/unbind-vector-a.http", shopex_clients, "shopex/answers/unbind.json", |client| {
        client.matrix_unbind(&request)
    });
}

#[test]
fn fill_single_joins_orders_with_a_bar() {
    let request = MatrixFillSingle::new("15000000", FillType::Order).tids(["A1", "A2"]);
    sends!(
        "shopex/fill-single-orders.http",
        shopex_clients,
        "shopex/answers/fill.json",
        |client| client.matrix_fill_single(&request)
    );
}

#[test]
fn fill_single_sends_chinese_in_utf_8() {
    let request = MatrixFillSingle::new("15000000", FillType::Refund)
        .refund_status(RefundStatus::Refund)
        .service_ids(["服1", "服2", "服3"]);
    sends!(
        "shopex/fill-single-refund.http",
        shopex_clients,
        "shopex/answers/fill.json",
        |client| client.matrix_fill_single(&request)
    );
}

#[test]
fn fill_multiple_is_vector_b() {
    let node = "1665176836_1031190436";
    let request = MatrixFillMultiple::new(node, FillType::Refund, day(1), day(2))
        .refund_status(RefundStatus::Aftersale);
    sends!(
        "shopex/fill-multiple-vector-b.http",
        shopex_clients,
        "shopex/answers/fill.json",
        |client| client.matrix_fill_multiple(&request)
    );
}

#[test]
fn fill_multiple_leaves_out_what_is_absent() {
    let request = MatrixFillMultiple::new("15000000", FillType::Order, day(1), day(2));
    sends!(
        "shopex/fill-multiple-orders.http",
        shopex_clients,
        "shopex/answers/fill.json",
        |client| client.matrix_fill_multiple(&request)
    );
}

#[test]
fn authstatus_sends_the_shops_node() {
    let request = MatrixAuthstatus::new("15000000");
    sends!("shopex/authstatus.http", shopex_clients, "shopex/answers/authstatus.json", |client| {
        client.matrix_authstatus(&request)
    });
}

#[test]
fn the_second_address_of_production_gets_the_same_signature() {
    let recorder = Recorder::answering(file("shopex/answers/unbind.json"));
    let client = shopex::blocking::Client::builder(clients::shopex_credentials())
        .base_url(shopex::environments::PRODUCTION_HTTP)
        .transport(recorder.clone())
        .clock(clock(1_672_502_400))
        .build()
        .unwrap();
    client.matrix_unbind(&MatrixUnbind::new("15000000")).unwrap();
    assert_eq!(recorder.only(), file("shopex/unbind-http.http"));
}

#[test]
fn trade_get_is_the_derived_vector() {
    let request = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(91_341_793_022_324));
    sends!("mogujie/trade-get.http", mogujie_clients, "mogujie/answers/plain.json", |client| {
        client.xiaodian_trade_get(&request)
    });
}

#[test]
fn trade_get_keeps_the_leading_zeros_of_its_signature() {
    let recorder = Recorder::answering(file("mogujie/answers/plain.json"));
    let client = mogujie::Client::builder(clients::mogujie_credentials())
        .transport(recorder.clone())
        .clock(clock(1_367_819_613))
        .build()
        .unwrap();
    let request = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(91_341_793_022_324));
    block_on(client.xiaodian_trade_get(&request)).unwrap();
    assert_eq!(recorder.only(), file("mogujie/trade-get-zeros.http"));
}

#[test]
fn trade_get_sends_the_order_of_the_sample() {
    let request = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(1_111_111_111));
    sends!(
        "mogujie/trade-get-sample.http",
        mogujie_clients,
        "mogujie/answers/plain.json",
        |client| client.xiaodian_trade_get(&request)
    );
}

#[test]
fn order_synchronize_is_the_derived_vector() {
    let request = GomePusherOrderSynchronize::new().request(OrderSyncRequest::new().order_id("1"));
    sends!("gome/order-vector.http", gome_clients, "gome/answers/accepted.json", |client| client
        .gome_pusher_order_synchronize(&request));
}

#[test]
fn order_synchronize_nests_three_records_in_one_json() {
    let time = |day, hour, minute| gome::datetime(2023, 1, day, hour, minute, 0).unwrap();
    let bought = OrderGoodsVo::new()
        .service_date("7")
        .pic_url("http://img.example/1.jpg?w=1&h=2")
        .quantity(1)
        .out_id("SKU-1")
        .sku_name("测试\"商品\"\\ + 100%")
        .sale_price(yuan("109.9"))
        .goods_type(GoodsType::Main)
        .price(yuan("99.90"))
        .receivable_amount(yuan("100"));
    let given = OrderGoodsVo::new().quantity(2).goods_type(GoodsType::Gift).price(yuan("0"));
    let delivery = OrderDeliveryVo::new()
        .sub_order_id("30000001")
        .gome_state(GomeState::Co)
        .shop_no("80000001")
        .channel_no(Channel::App)
        .order_effect_time(time(2, 8, 0))
        .goods_lists(vec![bought, given]);
    let order = OrderSyncRequest::new()
        .order_id("10000000001")
        .buyer_id("20000001")
        .buyer_name("测试买家")
        .order_price(yuan("99.900"))
        .order_sale_price(yuan("109.9"))
        .submitted_date(time(1, 10, 0))
        .pay_date(time(1, 10, 5))
        .order_type(OrderType::Normal)
        .source(OrderSource::Zhenkuaile)
        .delivery_list(vec![delivery]);
    let request = GomePusherOrderSynchronize::new().request(order);
    sends!("gome/order-sale.http", gome_clients, "gome/answers/accepted.json", |client| client
        .gome_pusher_order_synchronize(&request));
}

#[test]
fn order_synchronize_sends_a_return() {
    let delivery = OrderDeliveryVo::new()
        .sub_order_id("30000001")
        .gome_state(GomeState::Rco)
        .return_date(gome::datetime(2023, 1, 5, 9, 30, 0).unwrap());
    let order = OrderSyncRequest::new()
        .order_id("10000000001")
        .return_order_id("10000000002")
        .delivery_list(vec![delivery]);
    let request = GomePusherOrderSynchronize::new().request(order);
    sends!("gome/order-return.http", gome_clients, "gome/answers/accepted.json", |client| client
        .gome_pusher_order_synchronize(&request));
}

#[test]
fn order_synchronize_without_anything_sends_the_public_parameters() {
    let request = GomePusherOrderSynchronize::new();
    sends!("gome/order-nothing.http", gome_clients, "gome/answers/accepted.json", |client| client
        .gome_pusher_order_synchronize(&request));
}

#[test]
fn order_synchronize_without_an_app_key_sends_none() {
    let recorder = Recorder::answering(file("gome/answers/accepted.json"));
    let credentials = gome::Credentials::new("testsecret", "testtoken");
    let client = gome::Client::builder(credentials).transport(recorder.clone()).build().unwrap();
    let request = GomePusherOrderSynchronize::new().request(OrderSyncRequest::new().order_id("1"));
    block_on(client.gome_pusher_order_synchronize(&request)).unwrap();
    assert_eq!(recorder.only(), file("gome/order-keyless.http"));
}
