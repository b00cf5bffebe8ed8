//! The public interface of the generated clients, which programs rely on. Most assertions hold if
//! this file compiles.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_tests::{recorder, shipped::clients};
use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::hash::Hash;

use gatespec_clients::gome::{
    self, Channel, GomePusherOrderSynchronize, GomeState, GoodsType, OrderDeliveryVo, OrderGoodsVo,
    OrderSource, OrderSyncRequest, OrderType,
};
use gatespec_clients::mogujie::{
    self, CardInfo, CrossBorderInfo, IdentityCheck, ItemOrderInfo, OpenApiOrderDetailReqDto,
    OrderStatus, ProcessResponseDto, ShipType, ShopOrderType, SkuAttribute, StageStatus,
    XiaodianTradeGet, XiaodianTradeGetResponse,
};
use gatespec_clients::shopex::{
    self, FillType, MatrixAuthstatus, MatrixAuthstatusResponse, MatrixBindurl,
    MatrixBindurlResponse, MatrixFillMultiple, MatrixFillMultipleResponse, MatrixFillSingle,
    MatrixFillSingleResponse, MatrixUnbind, RefundStatus,
};
use gatespec_runtime::{
    Answer, DateTime, Decimal, Enumeration, Error, Fen, Operation, Platform, Private, RawJson,
    Validate,
};

use recorder::Recorder;

fn shared<T: Send + Sync + 'static>() {}
fn record<T: Debug + Clone + PartialEq + Send + Sync + 'static>() {}
fn answered<T: Debug + Clone + Default + PartialEq + Send + Sync + 'static>() {}
fn client<T: Debug + Clone + Send + Sync + 'static>() {}
fn operation<T: Operation<Response = R> + Validate, R>() {}
fn enumeration<T>()
where
    T: Debug + Display + Clone + Eq + Hash + Default + Enumeration + AsRef<str>,
    T: From<String> + From<&'static str> + Send + Sync + 'static,
{
}

#[test]
fn types_have_the_traits_that_programs_count_on() {
    record::<MatrixFillMultiple>();
    record::<MatrixFillSingle>();
    record::<MatrixUnbind>();
    record::<MatrixBindurl>();
    record::<MatrixAuthstatus>();
    record::<XiaodianTradeGet>();
    record::<OpenApiOrderDetailReqDto>();
    record::<GomePusherOrderSynchronize>();
    // The records without required fields.
    answered::<OrderSyncRequest>();
    answered::<OrderDeliveryVo>();
    answered::<OrderGoodsVo>();
    answered::<MatrixFillMultipleResponse>();
    answered::<MatrixFillSingleResponse>();
    answered::<MatrixBindurlResponse>();
    answered::<MatrixAuthstatusResponse>();
    answered::<XiaodianTradeGetResponse>();
    answered::<(CardInfo, ItemOrderInfo, SkuAttribute, CrossBorderInfo, ProcessResponseDto)>();
    enumeration::<FillType>();
    enumeration::<RefundStatus>();
    enumeration::<OrderStatus>();
    enumeration::<mogujie::RefundStatus>();
    enumeration::<ShopOrderType>();
    enumeration::<ShipType>();
    enumeration::<StageStatus>();
    enumeration::<IdentityCheck>();
    enumeration::<OrderType>();
    enumeration::<OrderSource>();
    enumeration::<Channel>();
    enumeration::<GoodsType>();
    enumeration::<GomeState>();
    client::<shopex::Client>();
    client::<shopex::blocking::Client>();
    client::<mogujie::Client>();
    client::<mogujie::blocking::Client>();
    client::<gome::Client>();
    client::<gome::blocking::Client>();
    client::<shopex::Credentials>();
    shared::<Error>();
    shared::<Answer<MatrixFillMultipleResponse>>();
}

#[test]
fn futures_can_move_between_threads() {
    fn movable<F: Future + Send>(_: F) {}
    let recorder = Recorder::answering("{}");
    let (client, _) = clients::shopex_clients(&recorder);
    let request = MatrixUnbind::new("1");
    movable(client.matrix_unbind(&request));
    movable(client.send(&request));
    movable(client.call(&request).send());
}

#[test]
fn every_method_returns_what_its_sample_shows() {
    operation::<MatrixBindurl, MatrixBindurlResponse>();
    operation::<MatrixUnbind, ()>();
    operation::<MatrixFillSingle, MatrixFillSingleResponse>();
    operation::<MatrixFillMultiple, MatrixFillMultipleResponse>();
    operation::<MatrixAuthstatus, MatrixAuthstatusResponse>();
    operation::<XiaodianTradeGet, XiaodianTradeGetResponse>();
    operation::<GomePusherOrderSynchronize, RawJson>();
    let names = [
        MatrixBindurl::METHOD.name,
        MatrixUnbind::METHOD.name,
        MatrixFillSingle::METHOD.name,
        MatrixFillMultiple::METHOD.name,
        MatrixAuthstatus::METHOD.name,
        XiaodianTradeGet::METHOD.name,
        GomePusherOrderSynchronize::METHOD.name,
    ];
    assert_eq!(
        names,
        [
            "matrix.bindurl",
            "matrix.unbind",
            "matrix.fill.single",
            "matrix.fill.multiple",
            "matrix.authstatus",
            "xiaodian.trade.get",
            "gome.pusher.order.synchronize",
        ]
    );
    let ids = [shopex::Platform::ID, mogujie::Platform::ID, gome::Platform::ID];
    assert_eq!(ids, ["shopex", "mogujie", "gome"]);
}

#[test]
fn requests_have_public_fields_of_these_types() {
    let time = DateTime::from_unix_seconds(0).unwrap();
    let request = MatrixFillMultiple::new("n", FillType::Refund, time, time);
    let MatrixFillMultiple { node_id, fill_type, refund_status, start_time, end_time, .. } =
        request;
    let _: (String, FillType, Option<RefundStatus>) = (node_id, fill_type, refund_status);
    let _: (DateTime, DateTime) = (start_time, end_time);
    let MatrixFillSingle { tids, service_ids, .. } =
        MatrixFillSingle::new(String::from("n"), FillType::Order).tids(vec![String::from("t")]);
    let _: (Vec<String>, Vec<String>) = (tids, service_ids);
    let MatrixBindurl { code, callback_url, .. } = MatrixBindurl::new("c", "u");
    let _: (String, String) = (code, callback_url);
    let XiaodianTradeGet { open_api_order_detail_req_dto, .. } =
        XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(7));
    let _: i64 = open_api_order_detail_req_dto.shop_order_id;
    let mut order = OrderSyncRequest::new().buyer_name("b").order_price(Decimal::ONE);
    order.submitted_date = Some(time);
    let _: (&Option<Private<String>>, Option<Decimal>) = (&order.buyer_name, order.order_price);
    let deliveries: Option<Vec<OrderDeliveryVo>> = order.delivery_list;
    assert_eq!(deliveries, None);
    let goods = OrderGoodsVo::new().quantity(2).service_date("7");
    let _: (Option<i64>, Option<String>, Option<Decimal>) =
        (goods.quantity, goods.service_date, goods.receivable_amount);
}

#[test]
fn answers_have_public_fields_of_these_types() {
    let order = XiaodianTradeGetResponse::default();
    let _: (Option<i64>, Option<OrderStatus>) = (order.shop_order_id, order.order_status);
    let _: (Option<DateTime>, Option<Fen>) = (order.receive_time_str, order.modify_price);
    let _: (Option<Private<String>>, Option<Private<i64>>) = (order.actor_name, order.actor_id);
    let _: (Option<bool>, Option<ShipType>) = (order.is_rate, order.ship_type);
    let _: (Vec<ItemOrderInfo>, Vec<String>) = (order.item_order_infos, order.order_tags);
    let _: (Option<CrossBorderInfo>, Option<CardInfo>) = (order.extra_map, order.card_info);
    let _: Option<ProcessResponseDto> = order.process_response_dto;
    let item = ItemOrderInfo::default();
    let _: (BTreeMap<String, String>, Vec<SkuAttribute>) = (item.extra_map, item.sku_attributes);
    let customs = CrossBorderInfo::default();
    let _: (Option<Private<String>>, Option<Fen>) = (customs.id_card_code, customs.tariff);
    let _: BTreeMap<String, String> = customs.others;
    let status = MatrixAuthstatusResponse::default();
    let _: (Option<DateTime>, Option<bool>) = (status.expire_in, status.is_expired);
}

/// `Unknown` cannot contain a known value: it has no public constructor, and `From` maps known
/// values to their variants.
#[test]
fn enumerations_are_open_and_never_ambiguous() {
    let name = |fill_type: &FillType| match fill_type {
        FillType::Order => "order",
        FillType::Refund => "refund",
        FillType::Unknown(value) => match value.as_str() {
            "presale" => "another",
            _ => "unknown",
        },
        _ => "else",
    };
    let texts = ["order", "refund", "presale", "", "fxorder"];
    let names = texts.map(|text| name(&FillType::from(text)));
    assert_eq!(names, ["order", "refund", "another", "unknown", "else"]);
    assert_eq!(FillType::ALL, ["order", "fxorder", "refund", "exchange"]);
    for text in FillType::ALL {
        let value = FillType::from(*text);
        assert!(value.is_known());
        assert_eq!((value.as_str(), value.to_string()), (*text, (*text).to_owned()));
    }
}

/// Every value that the three documents list, as literals.
#[test]
fn every_documented_value_is_known() {
    let all = |list: &[&str]| list.join(" ");
    assert_eq!(all(RefundStatus::ALL), "refund aftersale");
    assert_eq!(
        all(OrderStatus::ALL),
        "ORDER_CREATED ORDER_CANCELLED ORDER_PAID ORDER_SHIPPED ORDER_RECEIVED ORDER_COMPLETED \
         ORDER_CLOSED"
    );
    assert_eq!(all(ShopOrderType::ALL), "MOGUJIE_MARKET DEFAULT_MARKET GO_MARKET");
    assert_eq!(all(ShipType::ALL), "0 1 2 3 4 5");
    assert_eq!(
        all(StageStatus::ALL),
        "UN_PRE_PAY WAITING_TAIL_PAY_OPEN UN_TAIL_PAY TAIL_PAY_SUCCESS"
    );
    assert_eq!(
        all(mogujie::RefundStatus::ALL),
        "return_goods_requested return_goods_agreed return_goods_shipped refund_requested \
         refund_or_return_deal_agreed refund_or_return_seller_refused \
         return_goods_seller_declare_not_received refund_completed refund_cancelled"
    );
    assert_eq!(all(IdentityCheck::ALL), "T F");
    assert_eq!(all(OrderType::ALL), "0 1 2 3 4");
    assert_eq!(all(OrderSource::ALL), "1 2");
    assert_eq!(all(Channel::ALL), "1 2 3 4");
    assert_eq!(all(GoodsType::ALL), "1 2");
    assert_eq!(all(GomeState::ALL), "CO DL CL RT RCO");
}

#[test]
fn a_client_is_cheap_to_clone_and_shares_its_transport() {
    // The client consists of pointers to what its clones share: settings, credentials and their
    // provider, transport, timer, token.
    assert!(size_of::<shopex::Client>() <= size_of::<[usize; 9]>());
    let recorder = Recorder::answering(recorder::file("mogujie/answers/plain.json"));
    let (client, _) = clients::mogujie_clients(&recorder);
    let copies = vec![client.clone(); 10];
    let shops: Vec<_> = (0..10).map(|shop| client.with_access_token(format!("t{shop}"))).collect();
    let request = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(1));
    for client in copies.iter().chain(&shops) {
        recorder::block_on(client.xiaodian_trade_get(&request)).unwrap();
    }
    assert_eq!(recorder.sent().len(), 20);
}

#[test]
fn an_error_is_small_and_an_error() {
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    error::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

#[test]
fn a_platforms_time_is_at_utc_8() {
    for time in [
        shopex::datetime(2023, 1, 1, 0, 0, 0),
        mogujie::datetime(2023, 1, 1, 0, 0, 0),
        gome::datetime(2023, 1, 1, 0, 0, 0),
    ] {
        assert_eq!(time.unwrap().unix_seconds(), 1_672_502_400);
    }
    for (month, day, hour) in [(2, 30, 0), (13, 1, 0), (1, 1, 24), (1, 0, 0)] {
        assert!(shopex::datetime(2023, month, day, hour, 0, 0).is_err());
    }
}

#[test]
fn addresses_are_those_of_the_documents() {
    assert_eq!(shopex::environments::PRODUCTION, "https://apigateway.shopex.cn");
    assert_eq!(shopex::environments::PRODUCTION_HTTP, "http://apigateway.shopex.cn");
    assert_eq!(mogujie::environments::PRODUCTION, "https://openapi.mogujie.com/invoke");
    assert_eq!(gome::environments::PRODUCTION, "http://gw.gome.com.cn/router");
}
