//! Answers that servers send although no document mentions them.

use gatespec_clients::mogujie::{OrderStatus, RefundStatus, ShipType};
use gatespec_clients::shopex::{self, MatrixUnbind};
use gatespec_runtime::{Class, ErrorKind, Fen};

use crate::recorder::{Recorder, clock};
use crate::{authstatus, hears, msg_id, order, sample, trade, trade_data, unbind};

#[test]
fn a_page_of_a_proxy_is_no_answer() {
    let page = "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>";
    let error = unbind(200, page);
    assert_eq!((error.kind(), error.class()), (ErrorKind::NotJson, Class::Unknown));
    assert_eq!((error.code(), error.body_excerpt()), (None, Some(page)));
    assert!(error.to_string().contains("not JSON"));
    let error = unbind(502, page);
    assert_eq!(
        (error.kind(), error.class(), error.status()),
        (ErrorKind::Http, Class::Retry, Some(502))
    );
}

#[test]
fn a_long_page_is_not_repeated_whole() {
    let page = format!("<html>{}", "很".repeat(100_000));
    assert!(unbind(200, &page).body_excerpt().unwrap().chars().count() <= 500);
}

#[test]
fn every_truncation_of_an_answer_is_not_json() {
    let whole = sample("mogujie/answers/full.json");
    let whole = whole.trim_end();
    let cuts = (0..whole.len()).step_by(13).filter(|at| whole.is_char_boundary(*at));
    for cut in cuts.chain([0, 1, whole.len() - 1]) {
        let error = trade(&whole[..cut]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotJson, "cut at {cut}: {error}");
    }
}

#[test]
fn what_is_not_one_json_object_is_no_answer() {
    for body in ["null", "true", "7", "\"succ\"", "[]", "{}", "{\"status\":null}"] {
        assert_eq!(unbind(200, body).kind(), ErrorKind::Envelope, "{body:?}");
    }
    for body in ["", "   ", "{} {}"] {
        assert_eq!(unbind(200, body).kind(), ErrorKind::NotJson, "{body:?}");
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_not_json() {
    let gbk = b"{\"status\":\"succ\",\"desc\":\"\xb3\xc9\xb9\xa6\"}".to_vec();
    let recorder = Recorder::answering(gbk);
    let client = crate::clients::shopex_clients(&recorder).1;
    let error = client.matrix_unbind(&MatrixUnbind::new("1")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotJson);
    assert!(error.to_string().contains("UTF-8"));
}

#[test]
fn a_byte_order_mark_and_white_space_do_no_harm() {
    let body = sample("shopex/answers/authstatus.json");
    for wrapped in [format!("\u{feff}{body}"), format!("\r\n\t {body}\n\n"), body] {
        assert_eq!(authstatus(&wrapped).unwrap().is_expired, Some(true));
    }
}

#[test]
fn http_400_and_above_is_no_success_whatever_it_says() {
    for status in [400, 404, 500] {
        let error = unbind(status, &sample("shopex/answers/unbind.json"));
        assert_eq!(error.status(), Some(status));
    }
}

/// An answer without an error is not necessarily a success: a method that returns something needs
/// its data.
#[test]
fn a_success_without_data_is_an_envelope_error_where_data_is_promised() {
    // `null` is valid data in which every field is absent.
    assert_eq!(msg_id("null").unwrap(), None);
    let body = r#"{"status":"succ","code":"1001","desc":""}"#;
    assert_eq!(authstatus(body).unwrap_err().kind(), ErrorKind::Envelope);
    assert_eq!(
        order(r#"{"gome_pusher_order_synchronize_response":{}}"#).unwrap_err().kind(),
        ErrorKind::Envelope
    );
    // Unbinding returns nothing, so any data is accepted.
    for data in ["", r#","data":null"#, r#","data":{}"#, r#","data":"""#, r#","data":[1]"#] {
        let body = format!(r#"{{"status":"succ","code":"1000","desc":""{data}}}"#);
        hears(200, &body).matrix_unbind(&MatrixUnbind::new("1")).unwrap();
    }
}

#[test]
fn numbers_and_texts_stand_for_each_other() {
    let order = trade_data(
        r#"{"shopOrderId":"91341793022324","payOrderId":12.0,"number":"2","shopOrderPrice":"70",
            "promotionAmount":1e2,"isRate":"true","rate":"false","shipType":"0","sellerComment":12.50,
            "shipExpressId":12345678901234567890123,"shipExpressName":true,"buyerUserId":" 7 "}"#,
    )
    .unwrap();
    assert_eq!(order.shop_order_id, Some(91_341_793_022_324));
    assert_eq!((order.pay_order_id, order.number), (Some(12), Some(2)));
    assert_eq!((order.shop_order_price, order.promotion_amount), (Some(Fen(70)), Some(Fen(100))));
    assert_eq!((order.is_rate, order.rate), (Some(true), Some(false)));
    assert_eq!(order.ship_type.as_ref().map(ShipType::as_str), Some("0"));
    // The digits are kept, because nothing is converted to floating point.
    assert_eq!(order.seller_comment.as_deref(), Some("12.50"));
    assert_eq!(order.ship_express_id.as_deref(), Some("12345678901234567890123"));
    assert_eq!(order.ship_express_name.as_deref(), Some("true"));
    assert_eq!(order.buyer_user_id.as_deref(), Some(&7));
}

#[test]
fn ids_of_twenty_digits_survive_as_text() {
    for id in ["12345678901234567890", "98765432109876543210", "-1", "0.10", "1E5"] {
        assert_eq!(msg_id(&format!(r#"{{"msg_id":{id}}}"#)).unwrap().as_deref(), Some(id));
    }
}

#[test]
fn a_number_beyond_any_float_is_its_characters() {
    for number in ["1e400", "-0.1E310", &"9".repeat(400)] {
        let id = msg_id(&format!(r#"{{"msg_id":{number}}}"#)).unwrap();
        assert_eq!(id.as_deref(), Some(number));
    }
}

#[test]
fn a_code_that_is_a_number_is_the_same_code() {
    let body = r#"{"status":"fail","code":2003,"desc":null}"#;
    let error = unbind(200, body);
    assert_eq!(
        (error.kind(), error.code(), error.message()),
        (ErrorKind::Business, Some("2003"), None)
    );
}

#[test]
fn what_would_lose_something_is_a_decode_error_with_its_path() {
    for (data, path) in [
        (r#"{"shopOrderId":12.5}"#, "shopOrderId"),
        (r#"{"shopOrderId":9223372036854775808}"#, "shopOrderId"),
        (r#"{"number":"many"}"#, "number"),
        (r#"{"isRate":"perhaps"}"#, "isRate"),
        (r#"{"createdStr":"2023-02-30 00:00:00"}"#, "createdStr"),
        (r#"{"createdStr":"1677657520"}"#, "createdStr"),
        (r#"{"sellerComment":{"a":1}}"#, "sellerComment"),
        (r#"{"itemOrderInfos":[{},{"price":"1.5"}]}"#, "itemOrderInfos[1].price"),
        (
            r#"{"itemOrderInfos":[{"skuAttributes":[{"key":[]}]}]}"#,
            "itemOrderInfos[0].skuAttributes[0].key",
        ),
        (r#"{"itemOrderInfos":"some"}"#, "itemOrderInfos"),
        (r#"{"extraMap":{"tariff":"six"}}"#, "extraMap.tariff"),
    ] {
        let error = trade_data(data).unwrap_err();
        assert_eq!(
            (error.kind(), error.field_path()),
            (ErrorKind::Decode, Some(path)),
            "{data}: {error}"
        );
        assert!(error.to_string().contains(path));
    }
}

#[test]
fn nothing_in_many_spellings_is_an_empty_list() {
    for nothing in ["null", "\"\"", "[]", "{}"] {
        let data = format!(r#"{{"itemOrderInfos":{nothing},"orderTags":{nothing},"number":1}}"#);
        let order = trade_data(&data).unwrap();
        assert_eq!((order.item_order_infos.len(), order.order_tags.len()), (0, 0), "{nothing}");
        assert_eq!(order.number, Some(1));
    }
}

#[test]
fn null_and_empty_are_absent() {
    let order = trade_data(
        r#"{"orderStatus":"","shipType":null,"shopOrderPrice":"","createdStr":"","payTimeStr":null,
            "cardInfo":null,"isRate":"","sellerComment":null}"#,
    )
    .unwrap();
    assert_eq!((order.order_status, order.ship_type, order.shop_order_price), (None, None, None));
    assert_eq!((order.created_str, order.pay_time_str, order.is_rate), (None, None, None));
    assert_eq!((order.card_info, order.seller_comment), (None, None));
}

#[test]
fn a_value_that_no_document_lists_is_kept_and_round_trips() {
    let body =
        r#"{"orderStatus":"ORDER_FROZEN","shipType":9,"itemOrderInfos":[{"refundStatus":"在途"}]}"#;
    let order = trade_data(body).unwrap();
    let status = order.order_status.unwrap();
    assert_eq!((status.as_str(), status.is_known()), ("ORDER_FROZEN", false));
    assert_eq!(OrderStatus::from(status.as_str()), status);
    assert_eq!(order.ship_type.unwrap().as_str(), "9");
    assert_eq!(order.item_order_infos[0].refund_status, Some(RefundStatus::from("在途")));
}

#[test]
fn unknown_members_are_passed_over() {
    let order =
        trade_data(r#"{"new":{"deep":[1,{"a":"b"}]},"number":3,"newer":1e400,"x":"\ud83d\ude00"}"#);
    assert_eq!(order.unwrap().number, Some(3));
}

#[test]
fn a_hundred_thousand_brackets_are_an_error_and_no_crash() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let answer = format!(r#"{{"gome_pusher_order_synchronize_response":{{"result":{deep}}}}}"#);
    assert!(order(&answer).is_err());
    assert_eq!(unbind(200, &deep).kind(), ErrorKind::Envelope);
    assert_eq!(trade(&"{\"result\":".repeat(100_000)).unwrap_err().kind(), ErrorKind::NotJson);
    let closed = format!("{}1{}", "{\"result\":".repeat(100_000), "}".repeat(100_000));
    assert!(trade(&closed).is_err());
    // Unknown members may be nested to any depth.
    let order = trade_data(&format!(r#"{{"new":{deep},"number":3}}"#));
    assert_eq!(order.unwrap().number, Some(3));
}

#[test]
fn an_answer_larger_than_allowed_is_not_read() {
    let body = sample("shopex/answers/unbind.json");
    let with = |limit: usize| {
        shopex::blocking::Client::builder(crate::clients::shopex_credentials())
            .transport(Recorder::answering(body.clone()))
            .clock(clock(0))
            .max_response_bytes(limit)
            .build()
            .unwrap()
            .matrix_unbind(&MatrixUnbind::new("1"))
    };
    with(body.len()).unwrap();
    let error = with(body.len() - 1).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(error.to_string().contains("max_response_bytes"));
}
