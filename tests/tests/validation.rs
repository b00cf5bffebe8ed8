//! The documented rules: generated requests can be checked against them, and clients enforce them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_tests::{recorder, shipped::clients};
use std::time::Duration;

use gatespec_clients::gome::{
    Channel, GomePusherOrderSynchronize, GomeState, GoodsType, OrderDeliveryVo, OrderGoodsVo,
    OrderSyncRequest, OrderType,
};
use gatespec_clients::shopex::{
    self, FillType, MatrixBindurl, MatrixFillMultiple, MatrixFillSingle, MatrixUnbind, RefundStatus,
};
use gatespec_runtime::{DateTime, ErrorKind, Validate, Violation};

use recorder::{Recorder, block_on};

const DAY: Duration = Duration::from_secs(86_400);
const SECOND: Duration = Duration::from_secs(1);

fn start() -> DateTime {
    shopex::datetime(2023, 1, 1, 0, 0, 0).unwrap()
}

fn orders(start: DateTime, end: DateTime) -> MatrixFillMultiple {
    MatrixFillMultiple::new("15000000", FillType::Order, start, end)
}

/// The ids of the violated rules.
fn rules(request: &dyn Validate) -> Vec<String> {
    request.violations().iter().map(Violation::rule).collect()
}

#[test]
fn seven_days_exactly_pass() {
    assert!(orders(start(), start() + 7 * DAY).violations().is_empty());
    assert!(orders(start(), start()).violations().is_empty());
    assert!(orders(start(), start() + SECOND).violations().is_empty());
}

#[test]
fn one_second_more_than_seven_days_is_refused() {
    let request = orders(start(), start() + 7 * DAY + SECOND);
    let [violation] = &request.violations()[..] else { panic!("one violation was expected") };
    assert_eq!(violation.rule(), "span:start_time,end_time");
    assert_eq!(violation.kind(), "span");
    assert_eq!(violation.name(), "start_time,end_time");
    assert!(violation.message().contains("7 days"), "{violation}");
}

#[test]
fn a_start_after_its_end_is_refused() {
    let request = orders(start() + SECOND, start());
    assert_eq!(rules(&request), ["not_after:start_time,end_time"]);
    // These times are in the wrong order and also too far apart: two rules, two violations.
    let request = orders(start() + 7 * DAY + SECOND, start());
    assert_eq!(rules(&request), ["not_after:start_time,end_time", "span:start_time,end_time"]);
}

#[test]
fn a_refund_needs_its_kind_and_an_order_does_not() {
    let of = |fill_type| MatrixFillMultiple::new("15000000", fill_type, start(), start() + DAY);
    for free in [FillType::Order, FillType::Fxorder, FillType::Exchange] {
        assert!(of(free.clone()).violations().is_empty());
        // The field is allowed but not required. The document's example contains it.
        assert!(of(free).refund_status(RefundStatus::Refund).violations().is_empty());
    }
    let refused = of(FillType::Refund);
    let [violation] = &refused.violations()[..] else { panic!("one violation was expected") };
    assert_eq!(
        (violation.rule(), violation.path()),
        ("required:refund_status".into(), "refund_status")
    );
    for part in ["fill_type", "refund"] {
        assert!(violation.message().contains(part), "{violation}");
    }
    assert!(refused.refund_status(RefundStatus::Aftersale).violations().is_empty());
    let single = |fill_type| MatrixFillSingle::new("15000000", fill_type);
    assert_eq!(rules(&single(FillType::Refund)), ["required:refund_status"]);
    assert!(single(FillType::Order).violations().is_empty());
}

#[test]
fn three_mistakes_are_three_violations() {
    let request = MatrixFillMultiple::new("", FillType::Refund, start(), start() + 8 * DAY);
    let found: Vec<_> = request
        .violations()
        .iter()
        .map(|violation| {
            (violation.rule(), violation.path().to_owned(), violation.name().to_owned())
        })
        .collect();
    let expected = [
        ("required:node_id", "node_id"),
        ("required:refund_status", "refund_status"),
        ("span:start_time,end_time", "start_time,end_time"),
    ];
    assert_eq!(found, expected.map(|(rule, at)| (rule.into(), at.into(), at.into())));
    // One error reports all three violations.
    let recorder = Recorder::answering("{}");
    let error = clients::shopex_clients(&recorder).1.matrix_fill_multiple(&request).unwrap_err();
    for (rule, _) in expected {
        assert!(error.to_string().contains(rule), "{error}");
    }
}

#[test]
fn required_texts_must_not_be_empty() {
    assert_eq!(rules(&MatrixUnbind::new("")), ["required:node_id"]);
    assert_eq!(rules(&MatrixBindurl::new("", "")), ["required:code", "required:callback_url"]);
    // A space is a valid text: the document does not forbid it.
    assert!(MatrixUnbind::new(" ").violations().is_empty());
    // An empty value of an enumeration counts as absent.
    assert_eq!(rules(&MatrixFillSingle::new("1", FillType::from(""))), ["required:fill_type"]);
}

#[test]
fn an_undocumented_value_in_a_request_is_a_violation_and_no_panic() {
    let request = MatrixFillSingle::new("15000000", FillType::from("presale"))
        .refund_status(RefundStatus::from("partly"));
    let violations = request.violations();
    assert_eq!(rules(&request), ["enumeration:fill_type", "enumeration:refund_status"]);
    assert!(violations[0].message().contains("\"presale\""), "{}", violations[0]);
    for value in ["order", "fxorder", "refund", "exchange"] {
        assert!(violations[0].message().contains(value), "{}", violations[0]);
    }
}

#[test]
fn a_bar_within_a_number_is_a_violation() {
    let request = MatrixFillSingle::new("15000000", FillType::Order)
        .tids(["A1", "A|2"])
        .service_ids(["", "S1"]);
    let at: Vec<_> = request
        .violations()
        .iter()
        .map(|violation| (violation.rule(), violation.path().to_owned()))
        .collect();
    let expected = [("delimiter:tids", "tids[1]"), ("delimiter:service_ids", "service_ids[0]")];
    assert_eq!(at, expected.map(|(rule, path)| (rule.into(), path.into())));
}

/// A request with three deliveries. The last one has goods of an undocumented type.
fn nested() -> GomePusherOrderSynchronize {
    let goods = |kind| OrderGoodsVo::new().goods_type(kind);
    let bad = OrderDeliveryVo::new()
        .goods_lists(vec![goods(GoodsType::from("3")), goods(GoodsType::Gift)])
        .gome_state(GomeState::from("co"));
    let good =
        OrderDeliveryVo::new().channel_no(Channel::H5).goods_lists(vec![goods(GoodsType::Main)]);
    let deliveries = vec![good.clone(), good, bad];
    GomePusherOrderSynchronize::new().request(OrderSyncRequest::new().delivery_list(deliveries))
}

#[test]
fn nested_records_are_checked_with_their_paths() {
    let violations = nested().violations();
    let at: Vec<_> =
        violations.iter().map(|violation| (violation.path(), violation.name())).collect();
    assert_eq!(
        at,
        [
            ("request.deliveryList[2].gomeState", "gomeState"),
            ("request.deliveryList[2].goodsLists[0].goodsType", "goodsType"),
        ]
    );
    // If the record is validated alone, paths are relative to it.
    let alone = nested().request.unwrap().violations();
    assert_eq!(alone[1].path(), "deliveryList[2].goodsLists[0].goodsType");
    assert_eq!(alone[1].rule(), "enumeration:goodsType");
}

#[test]
fn yuan_with_three_decimals_is_a_violation_and_trailing_zeros_are_none() {
    let order = |price: &str| OrderSyncRequest::new().order_price(price.parse().unwrap());
    assert_eq!(rules(&order("99.901")), ["scale:orderPrice"]);
    for fine in ["99.9", "99.90", "99.900", "0", "-1.50"] {
        assert!(order(fine).violations().is_empty(), "{fine}");
    }
}

#[test]
fn every_row_of_gome_is_optional() {
    assert!(GomePusherOrderSynchronize::new().violations().is_empty());
    let empty = OrderSyncRequest::new().delivery_list(vec![OrderDeliveryVo::new()]);
    assert!(GomePusherOrderSynchronize::new().request(empty).violations().is_empty());
    assert!(OrderSyncRequest::new().order_type(OrderType::GroupBuy).violations().is_empty());
}

#[test]
fn sending_checks_first_and_nothing_reaches_the_transport() {
    let recorder = Recorder::answering("{}");
    let (client, blocking) = clients::shopex_clients(&recorder);
    let request = MatrixUnbind::new("");
    let errors = [
        block_on(client.matrix_unbind(&request)).unwrap_err(),
        block_on(client.send(&request)).unwrap_err(),
        block_on(client.call(&request).send()).unwrap_err(),
        client.call(&request).prepare().unwrap_err(),
        blocking.matrix_unbind(&request).unwrap_err(),
        blocking.send(&request).unwrap_err(),
        blocking.call(&request).send().unwrap_err(),
    ];
    for error in errors {
        assert_eq!((error.kind(), error.method()), (ErrorKind::Validation, "matrix.unbind"));
        assert_eq!(error.violations(), request.violations());
        assert_eq!((error.status(), error.signed_text()), (None, None));
        assert!(error.to_string().contains("node_id"), "{error}");
    }
    let recorder_of_gome = Recorder::answering("{}");
    let client = clients::gome_clients(&recorder_of_gome).0;
    let error = block_on(client.gome_pusher_order_synchronize(&nested())).unwrap_err();
    assert_eq!(error.violations().len(), 2);
    assert!(recorder.sent().is_empty() && recorder_of_gome.sent().is_empty());
}

#[test]
fn a_rule_that_is_off_for_a_client_is_off_for_its_calls() {
    let recorder = Recorder::answering(recorder::file("shopex/answers/fill.json"));
    let client = |rule: &str| {
        shopex::blocking::Client::builder(clients::shopex_credentials())
            .without_rule(rule)
            .transport(recorder.clone())
            .build()
            .unwrap()
    };
    let long = orders(start(), start() + 8 * DAY);
    for off in ["span", "span:start_time,end_time"] {
        client(off).matrix_fill_multiple(&long).unwrap();
    }
    for other in ["not_after", "span:end_time,start_time", "required"] {
        let error = client(other).matrix_fill_multiple(&long).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Validation, "{other}");
    }
    assert_eq!(recorder.sent().len(), 2);
}
