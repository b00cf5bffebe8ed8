//! Requests that violate a rule are sent with validation turned off. The mock refuses them with the
//! platform's own code, and names the rule.

use gatespec_clients::gome::{
    self, GomePusherOrderSynchronize, GomeState, GoodsType, OrderDeliveryVo, OrderGoodsVo,
    OrderSyncRequest,
};
use gatespec_clients::mogujie::{self, OauthToken, oauth_token::GrantType};
use gatespec_clients::shopex::{
    self, FillType, MatrixBindurl, MatrixFillMultiple, MatrixFillSingle, MatrixUnbind, RefundStatus,
};
use gatespec_mock::{Mock, Outcome};
use gatespec_runtime::{Decimal, Error, Validate};
use gatespec_tests::platforms::invented::acme::{self, OrderList, OrderRemark};
use gatespec_tests::platforms::invented::quay::{
    self, ParcelBook, ParcelEvents, ParcelFind, State,
};

use crate::clients::credentials;
use crate::{invented, last, refusal, shipped};

/// The client's error for a request that violates one rule. Also asserts which reason the mock
/// states.
macro_rules! breaks {
    ($mock:ident, $client:ident, $request:expr, $rule:literal, $code:literal) => {{
        let request = $request;
        let rules: Vec<_> = request.violations().iter().map(|one| one.rule()).collect();
        assert_eq!(rules, [$rule], "the request breaks the one rule that it is to break");
        let error = $client.call(&request).validate(false).send().unwrap_err();
        refused(&$mock, &error, $rule, $code);
    }};
}

fn refused(mock: &Mock, error: &Error, rule: &str, code: &str) {
    assert_eq!(error.code(), Some(code), "{rule}: {error}");
    let entry = last(mock);
    let meaning = match rule.split(':').next() {
        Some("required" | "at_least_one") => "missing_parameter",
        _ => "bad_parameter",
    };
    assert_eq!(refusal(&entry), (meaning, code), "{rule}");
    let Outcome::Refused { reason, .. } = &entry.outcome else { panic!("{entry:?}") };
    assert!(reason.contains(rule), "{rule}: {reason}");
}

#[test]
fn shopex_refuses_what_breaks_a_rule() {
    let mock = shipped();
    let client = shopex::blocking::Client::builder(credentials::shopex(&mock))
        .base_url(mock.url("shopex").unwrap())
        .build()
        .unwrap();
    let time = |day| shopex::datetime(2023, 1, day, 0, 0, 0).unwrap();
    let orders = |from, to| MatrixFillMultiple::new("1", FillType::Order, time(from), time(to));
    let refund = || MatrixFillMultiple::new("1", FillType::Refund, time(1), time(2));
    breaks!(mock, client, MatrixUnbind::new(""), "required:node_id", "0040005");
    breaks!(mock, client, MatrixBindurl::new("", "http://a"), "required:code", "0040005");
    breaks!(mock, client, MatrixBindurl::new("a", ""), "required:callback_url", "0040005");
    breaks!(mock, client, refund(), "required:refund_status", "0040005");
    let single = |kind| MatrixFillSingle::new("1", kind);
    breaks!(mock, client, single(FillType::Refund), "required:refund_status", "0040005");
    breaks!(mock, client, single(FillType::from("")), "required:fill_type", "0040005");
    // No code for a wrong value is known, so the mock uses the general code.
    breaks!(mock, client, orders(1, 9), "span:start_time,end_time", "0040000");
    breaks!(mock, client, orders(2, 1), "not_after:start_time,end_time", "0040000");
    breaks!(mock, client, single(FillType::from("presale")), "enumeration:fill_type", "0040000");
    let partly = single(FillType::Order).refund_status(RefundStatus::from("partly"));
    breaks!(mock, client, partly, "enumeration:refund_status", "0040000");
    let empty = single(FillType::Order).service_ids(["", "S1"]);
    breaks!(mock, client, empty, "delimiter:service_ids", "0040000");
}

#[test]
fn gome_refuses_what_breaks_a_rule() {
    let mock = shipped();
    let client = gome::blocking::Client::builder(credentials::gome(&mock))
        .base_url(mock.url("gome").unwrap())
        .build()
        .unwrap();
    let order = |order| GomePusherOrderSynchronize::new().request(order);
    let delivery = |delivery| order(OrderSyncRequest::new().delivery_list(vec![delivery]));
    // The platform has a code for an empty field, but none for a wrong value.
    let state = OrderDeliveryVo::new().gome_state(GomeState::from("co"));
    breaks!(mock, client, delivery(state), "enumeration:gomeState", "9000");
    let goods = OrderGoodsVo::new().goods_type(GoodsType::from("3"));
    let goods = OrderDeliveryVo::new().goods_lists(vec![goods]);
    breaks!(mock, client, delivery(goods), "enumeration:goodsType", "9000");
    let price = OrderSyncRequest::new().order_price("99.901".parse().unwrap());
    breaks!(mock, client, order(price), "scale:orderPrice", "9000");
}

#[test]
fn mogujie_refuses_what_breaks_a_rule() {
    let mock = shipped();
    let client = mogujie::blocking::Client::builder(credentials::mogujie(&mock))
        .base_url(mock.url("mogujie").unwrap())
        .gateway_url("oauth", mock.gateway_url("mogujie", "oauth").unwrap())
        .build()
        .unwrap();
    // The token gateway's codes for these mistakes are unknown. The mock does not invent codes,
    // which might have another meaning in reality.
    for (grant, rule) in [
        (GrantType::AuthorizationCode, "required:code"),
        (GrantType::RefreshToken, "required:refresh_token"),
    ] {
        let request = OauthToken::new(grant);
        let error = client.call(&request).validate(false).send().unwrap_err();
        refused(&mock, &error, rule, "missing_parameter");
    }
    let grant = OauthToken::new(GrantType::from("password"));
    let error = client.call(&grant).validate(false).send().unwrap_err();
    refused(&mock, &error, "enumeration:grant_type", "bad_parameter");
    let order = mogujie::XiaodianTradeGet::new(mogujie::OpenApiOrderDetailReqDto::new(7));
    let without = client.call(&order).without_parameter("openApiOrderDetailReqDto");
    let error = without.validate(false).send().unwrap_err();
    refused(&mock, &error, "required:openApiOrderDetailReqDto", "1010001");
}

#[test]
fn the_invented_platforms_refuse_what_breaks_a_rule() {
    let mock = invented();
    let client = acme::blocking::Client::builder(credentials::acme(&mock))
        .base_url(mock.url("acme").unwrap())
        .build()
        .unwrap();
    let remark = |number: &str| OrderRemark::new(number).text("x");
    breaks!(mock, client, remark("AB-1"), "pattern:order_no", "1100");
    breaks!(mock, client, remark("AC-0001").text("短".repeat(51)), "length:text", "1100");
    breaks!(mock, client, remark("AC-0001").score(6), "range:score", "1100");
    let tags = remark("AC-0001").tags(["a", "b", "c", "d"]);
    breaks!(mock, client, tags, "items:tags", "1100");
    breaks!(mock, client, OrderRemark::new("AC-0001"), "at_least_one:text,score", "1100");
    let day = |day| acme::datetime(2023, 1, day, 0, 0, 0).unwrap();
    breaks!(mock, client, OrderList::new(day(1), day(9)), "span:since,until", "1100");
    breaks!(mock, client, OrderList::new(day(2), day(1)), "not_after:since,until", "1100");

    let client = quay::blocking::Client::builder(credentials::quay(&mock))
        .base_url(mock.url("quay").unwrap())
        .build()
        .unwrap();
    breaks!(mock, client, ParcelFind::new(), "required:depot", "missing_parameter");
    let states = ParcelFind::new().depot("H").state(vec![State::In; 4]);
    breaks!(mock, client, states, "items:state", "bad_parameter");
    let state = ParcelFind::new().depot("H").state(vec![State::from("lost")]);
    breaks!(mock, client, state, "enumeration:state", "bad_parameter");
    breaks!(mock, client, ParcelEvents::new("P").page(0), "range:page", "bad_parameter");
    let book = ParcelBook::new("H", "x").fragile(true);
    breaks!(mock, client, book, "required:worth", "missing_parameter");
    let book = ParcelBook::new("H", "x".repeat(41));
    breaks!(mock, client, book, "length:goods", "bad_parameter");
    let book = ParcelBook::new("H", "x").worth(Decimal::new(12_345, 3));
    breaks!(mock, client, book, "scale:worth", "bad_parameter");
}
