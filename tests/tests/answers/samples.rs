//! Every sample of the three documents, decoded.

use std::sync::Arc;

use gatespec_clients::mogujie::{
    self, IdentityCheck, OrderStatus, RefundStatus, ShipType, ShopOrderType, StageStatus,
};
use gatespec_clients::shopex::{
    self, FillType, MatrixAuthstatus, MatrixBindurl, MatrixFillMultiple, MatrixFillSingle,
    MatrixUnbind,
};
use gatespec_runtime::Fen;

use crate::recorder::{Recorder, block_on};
use crate::{clients, order, sample, trade};

/// An async client of ShopEx that gets the sample with this name.
fn client(name: &str) -> shopex::Client {
    clients::shopex_clients(&Recorder::answering(sample(name))).0
}

#[test]
fn bindurl_gives_the_empty_address_of_its_sample() {
    let request = MatrixBindurl::new("code", "http://shopex.cn/callback");
    let answer = block_on(client("shopex/answers/bindurl.json").send(&request)).unwrap();
    assert_eq!((answer.code(), answer.message()), (Some("1000"), None));
    assert_eq!(answer.data.url.as_deref(), Some(""));
}

#[test]
fn unbind_returns_nothing_for_a_null() {
    let answer =
        block_on(client("shopex/answers/unbind.json").send(&MatrixUnbind::new("15000000")));
    let answer = answer.unwrap();
    assert_eq!((answer.code(), answer.message()), (Some("1000"), Some("解绑成功")));
    assert_eq!(answer.status(), 200);
    let () = answer.into_data();
}

#[test]
fn both_fills_give_the_number_of_the_push() {
    let number = Some("6552D79AAC1000148DF23FB0CC2325D3");
    let client = client("shopex/answers/fill.json");
    let single = MatrixFillSingle::new("15000000", FillType::Order).tids(["xxx", "xxxx"]);
    assert_eq!(block_on(client.matrix_fill_single(&single)).unwrap().msg_id.as_deref(), number);
    let day = |day| shopex::datetime(2023, 1, day, 0, 0, 0).unwrap();
    let multiple = MatrixFillMultiple::new("15000000", FillType::Order, day(1), day(2));
    let answer = block_on(client.send(&multiple)).unwrap();
    assert_eq!(answer.message(), Some("补单成功"));
    assert_eq!(answer.data.msg_id.as_deref(), number);
}

/// The code of this success is 1001. `expire_in` is a point in time, not a duration.
#[test]
fn authstatus_gives_a_moment_and_a_flag() {
    let client = client("shopex/answers/authstatus.json");
    let answer = block_on(client.send(&MatrixAuthstatus::new("15000000"))).unwrap();
    assert_eq!((answer.code(), answer.message()), (Some("1001"), Some("查询成功")));
    // 2020-04-29 17:25:01 at UTC+8.
    assert_eq!(answer.data.expire_in.unwrap().unix_seconds(), 1_588_152_301);
    assert_eq!(answer.data.is_expired, Some(true));
}

#[test]
fn an_answer_tells_where_it_came_from() {
    let headers = [("X-Request-Id", "r-77")];
    let body = sample("shopex/answers/unbind.json");
    let recorder = Recorder::with(200, &headers, body.clone());
    let (client, _) = clients::shopex_clients(&Arc::clone(&recorder));
    let answer = block_on(client.send(&MatrixUnbind::new("15000000"))).unwrap();
    assert_eq!((answer.request_id(), answer.body()), (Some("r-77"), &*body));
    // The values in platforms.md, §1.4.
    assert_eq!(
        answer.signed_text(),
        "<secret>&POST&%2Frouter&&&app_key%3Dtestkey%26method%3Dmatrix.unbind%26node_id%3D15000000\
         %26sign_time%3D1672502400&<secret>"
    );
}

#[test]
fn the_plain_order_of_the_page_is_read_whole() {
    let order = trade(&sample("mogujie/answers/plain.json")).unwrap();
    assert_eq!(order.shop_order_id, Some(100_000_000_000_012));
    assert_eq!(order.pay_order_id, Some(100_000_000_000_011));
    assert_eq!(order.order_status, Some(OrderStatus::OrderPaid));
    assert_eq!(order.shop_order_type, Some(ShopOrderType::MogujieMarket));
    assert_eq!(order.ship_type, Some(ShipType::Express));
    // 2023-03-01 15:58:40, :54 and :55 at UTC+8.
    assert_eq!(order.created_str.unwrap().unix_seconds(), 1_677_657_520);
    assert_eq!(order.pay_time_str.unwrap().unix_seconds(), 1_677_657_534);
    assert_eq!(order.updated_str.unwrap().unix_seconds(), 1_677_657_535);
    // The time 1970-01-01 08:00:00 means that the event has not happened yet.
    assert_eq!((order.ship_time_str, order.receive_time_str), (None, None));
    assert_eq!((order.shop_order_price, order.buyer_final_price), (Some(Fen(10)), Some(Fen(10))));
    assert_eq!((order.promotion_amount, order.shop_promotion_amount), (Some(Fen(0)), Some(Fen(0))));
    // The sample has this amount as a JSON string.
    assert_eq!(order.ship_expense, Some(Fen(0)));
    assert_eq!((order.is_rate, order.rate, order.number), (Some(false), Some(false), Some(1)));
    assert_eq!(order.order_tags, ["EXCELLENTSHOP"]);
    assert_eq!(order.buyer_user_id.as_deref(), Some(&20_000_001));
    assert_eq!(order.receiver_name.as_deref().map(String::as_str), Some("测试人"));
    assert_eq!(order.receiver_zip.as_deref().map(String::as_str), Some(""));
    let marks = order.process_response_dto.unwrap();
    assert_eq!(marks.market_tag.as_deref(), Some("8"));
    assert_eq!(marks.seller_tag.as_deref(), Some("EXCELLENTSHOP"));
    let customs = order.extra_map.unwrap();
    assert_eq!(customs.pay_channel_code.as_deref(), Some("alipay"));
    let payment = customs.payment_no.as_deref().map(String::as_str);
    assert_eq!(payment, Some("2023030100000000000000000001"));
    assert_eq!((customs.tariff, customs.identity_check), (None, None));
    assert_eq!((order.card_info, order.actor_id, order.modify_price), (None, None, None));

    let [item] = &order.item_order_infos[..] else { panic!("one item was expected") };
    assert_eq!(item.item_order_id, Some(100_000_000_000_013));
    assert_eq!(
        (item.item_id.as_deref(), item.sku_id.as_deref()),
        (Some("1aaaa11"), Some("1bbbb22"))
    );
    assert_eq!((item.price, item.now_price, item.number), (Some(Fen(10)), Some(Fen(10)), Some(1)));
    // An empty text means no refund.
    assert_eq!((&item.refund_status, &item.order_status), (&None, &Some(OrderStatus::OrderPaid)));
    assert_eq!((item.supply_price, item.extra_map.len()), (None, 0));
    let attributes: Vec<_> = item
        .sku_attributes
        .iter()
        .map(|attribute| (attribute.key.as_deref(), attribute.value.as_deref()))
        .collect();
    assert_eq!(attributes, [(Some("颜色"), Some("亚麻色")), (Some("尺码"), Some("S"))]);
    // The sample contains a value that is not in the documented list.
    let stage = order.stage_status.unwrap();
    assert_eq!((stage.as_str(), stage.is_known()), ("ORDER_PAID", false));
}

/// A sample with all documented rows. All amounts in it differ.
#[test]
fn every_documented_row_of_an_order_finds_its_place() {
    let order = trade(&sample("mogujie/answers/full.json")).unwrap();
    let private = |text: &Option<gatespec_runtime::Private<String>>| {
        text.as_deref().cloned().unwrap_or_default()
    };
    assert_eq!(order.order_status, Some(OrderStatus::OrderShipped));
    assert_eq!(order.shop_order_type, Some(ShopOrderType::GoMarket));
    assert_eq!(order.ship_type, Some(ShipType::BondedWarehouse));
    assert_eq!(order.stage_status, Some(StageStatus::TailPaySuccess));
    // 2023-03-02 08:00:42 at UTC+8.
    assert_eq!(order.ship_time_str.unwrap().unix_seconds(), 1_677_715_242);
    assert_eq!(order.receive_time_str, None);
    // The calculation in the document: 70 - 10 = 60.
    let (price, change) = (order.shop_order_price.unwrap(), order.modify_price.unwrap());
    assert_eq!((price, change, price.0 + change.0), (Fen(70), Fen(-10), 60));
    assert_eq!(order.promotion_amount, Some(Fen(3)));
    assert_eq!(order.shop_promotion_amount, Some(Fen(4)));
    assert_eq!(order.platform_promotion_amount, Some(Fen(5)));
    assert_eq!((order.ship_expense, order.buyer_final_price), (Some(Fen(7)), Some(Fen(60))));
    assert_eq!((order.is_rate, order.rate, order.number), (Some(true), Some(false), Some(2)));
    assert_eq!(
        (private(&order.buyer_comment), order.seller_comment),
        ("请快".into(), Some("好的".into()))
    );
    assert_eq!(
        (order.ship_express_id.as_deref(), order.ship_express_name.as_deref()),
        (Some("SF001"), Some("顺丰"))
    );
    assert_eq!(
        (order.actor_id.as_deref(), private(&order.actor_name)),
        (Some(&30_000_001), "主播-test".into())
    );
    let card = order.card_info.unwrap();
    assert_eq!(
        (private(&card.name), private(&card.card_id)),
        ("测试人".into(), "110101190001011234".into())
    );
    assert_eq!(private(&card.card_front_url), "http://img.example/f.jpg");
    assert_eq!(private(&card.card_back_url), "http://img.example/b.jpg");
    assert_eq!(order.order_tags, ["EXCELLENTSHOP", "新"]);

    let customs = order.extra_map.unwrap();
    assert_eq!(private(&customs.id_card_code), "110101190001011234");
    assert_eq!(private(&customs.id_card_name), "测试人");
    assert_eq!(private(&customs.id_card_mobile), "13900000001");
    assert_eq!(
        (customs.declare_no.as_deref(), customs.declare_no_zs.as_deref()),
        (Some("D1"), Some("D2"))
    );
    assert_eq!((customs.tariff, customs.identity_check), (Some(Fen(6)), Some(IdentityCheck::Same)));
    // The sample has a tenth key, which is not documented.
    assert_eq!(customs.others.get("surprise").map(String::as_str), Some("kept"));

    let [first, second] = &order.item_order_infos[..] else { panic!("two items were expected") };
    assert_eq!((first.price, first.now_price), (Some(Fen(11)), Some(Fen(12))));
    assert_eq!((first.seller_final, first.supply_price), (Some(Fen(13)), Some(Fen(14))));
    assert_eq!(first.refund_status, Some(RefundStatus::RefundRequested));
    assert_eq!((first.item_code.as_deref(), first.sku_code.as_deref()), (Some("I-1"), Some("S-1")));
    assert_eq!(first.extra_map.get("k").map(String::as_str), Some("v"));
    assert_eq!((second.price, second.number), (Some(Fen(15)), Some(1)));
    assert_eq!(second.refund_status, Some(RefundStatus::from("RETURN_LATER")));
    assert_eq!((second.sku_attributes.len(), second.supply_price), (0, None));
}

#[test]
fn gomes_answer_is_any_json() {
    let result = order(&sample("gome/answers/accepted.json")).unwrap().value();
    assert_eq!(result["success"], true);
    assert_eq!(result["id"].to_string(), "12345678901234567890");
    assert_eq!(
        order(r#"{"gome_pusher_order_synchronize_response":{"result":"ok"}}"#).unwrap().as_str(),
        "\"ok\""
    );
}

#[test]
fn async_and_blocking_clients_read_alike() {
    let recorder = Recorder::answering(sample("mogujie/answers/full.json"));
    let (client, blocking): (mogujie::Client, mogujie::blocking::Client) =
        clients::mogujie_clients(&recorder);
    let request = crate::trade_request();
    let read = block_on(client.xiaodian_trade_get(&request)).unwrap();
    assert_eq!(read, blocking.xiaodian_trade_get(&request).unwrap());
}
