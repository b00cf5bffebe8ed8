//! The faults of the mock, and what the generated client makes of them.

use std::time::Duration;

use gatespec_clients::gome::{self, GomePusherOrderSynchronize, OrderSyncRequest};
use gatespec_clients::mogujie::{self, OpenApiOrderDetailReqDto, XiaodianTradeGet};
use gatespec_clients::shopex::{self, MatrixAuthstatus, MatrixUnbind};
use gatespec_mock::{Fault, Mock, Step};
use gatespec_runtime::client::RetryPolicy;
use gatespec_runtime::{Class, DateTime, Error, ErrorKind};
use gatespec_tests::harness::workspace;
use serde_json::json;

use crate::clients::credentials;
use crate::{last, refusal, shipped};

const STATUS: &str = "matrix.authstatus";
const TRADE: &str = "xiaodian.trade.get";
const SYNCHRONIZE: &str = "gome.pusher.order.synchronize";

fn shopex_client(mock: &Mock) -> shopex::blocking::Client {
    shopex::blocking::Client::builder(credentials::shopex(mock))
        .base_url(mock.url("shopex").unwrap())
        .build()
        .unwrap()
}

fn mogujie_client(mock: &Mock) -> mogujie::blocking::Client {
    mogujie::blocking::Client::builder(credentials::mogujie(mock))
        .base_url(mock.url("mogujie").unwrap())
        .build()
        .unwrap()
}

fn status() -> MatrixAuthstatus {
    MatrixAuthstatus::new("15000000")
}

fn order() -> XiaodianTradeGet {
    XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(7))
}

/// The error of a ShopEx call with this fault.
fn shopex_error(fault: Fault) -> Error {
    let mock = shipped();
    mock.script("shopex", STATUS, [fault]).unwrap();
    let error = shopex_client(&mock).matrix_authstatus(&status()).unwrap_err();
    let entry = last(&mock);
    assert!(entry.is_accepted() && entry.faults == [fault], "{entry}");
    error
}

#[test]
fn a_call_that_was_refused_for_a_moment_may_come_again_the_same() {
    // The clock is fixed, so the window of 90 seconds never ends between two calls.
    let clock = DateTime::from_unix_seconds(1_672_502_400).unwrap();
    let mock = Mock::builder(workspace("specs")).clock(clock).start().unwrap();
    let client = gome::blocking::Client::builder(credentials::gome(&mock))
        .base_url(mock.url("gome").unwrap())
        .build()
        .unwrap();
    // Gome's protocol has no timestamp, so the second call has the same signature as the first.
    let request = GomePusherOrderSynchronize::new().request(OrderSyncRequest::new().order_id("1"));
    mock.script("gome", SYNCHRONIZE, [Fault::Throttled]).unwrap();
    client.gome_pusher_order_synchronize(&request).unwrap_err();
    client.gome_pusher_order_synchronize(&request).unwrap();
    client.gome_pusher_order_synchronize(&request).unwrap_err();
    assert_eq!(refusal(&last(&mock)), ("duplicate", "8999"));
}

#[test]
fn an_answer_that_is_late_runs_into_the_limit() {
    let mock = shipped();
    mock.script("shopex", STATUS, [Fault::Delay(Duration::from_secs(600))]).unwrap();
    let client = shopex_client(&mock);
    let (request, limit) = (status(), Duration::from_millis(200));
    let error = client.call(&request).attempt_timeout(limit).send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AttemptTimeout);
}

#[test]
fn a_connection_that_breaks_is_told_from_an_answer_that_is_cut() {
    let reset = shopex_error(Fault::Reset);
    assert_eq!((reset.kind(), reset.class()), (ErrorKind::Closed, Class::Retry));
    let cut = shopex_error(Fault::Truncate);
    assert_eq!((cut.kind(), cut.class()), (ErrorKind::Truncated, Class::Retry));
}

#[test]
fn a_status_and_a_page_that_are_no_answer() {
    let error = shopex_error(Fault::Status(503));
    assert_eq!((error.kind(), error.status()), (ErrorKind::Http, Some(503)));
    let error = shopex_error(Fault::Html);
    assert_eq!((error.kind(), error.status()), (ErrorKind::NotJson, Some(200)));
}

#[test]
fn throttling_has_the_platforms_own_code_and_wait() {
    let error = shopex_error(Fault::Throttled);
    assert_eq!((error.code(), error.class()), (Some("0040311"), Class::Quota));
    assert_eq!((error.status(), error.retry_after()), (Some(403), Some(Duration::from_secs(30))));

    let mock = shipped();
    mock.script("gome", SYNCHRONIZE, [Fault::Throttled]).unwrap();
    let client = gome::blocking::Client::builder(credentials::gome(&mock))
        .base_url(mock.url("gome").unwrap())
        .build()
        .unwrap();
    let request = GomePusherOrderSynchronize::new();
    let error = client.gome_pusher_order_synchronize(&request).unwrap_err();
    assert_eq!((error.code(), error.class()), (Some("10002"), Class::Quota));
}

#[test]
fn a_platform_without_a_code_for_too_many_calls_gets_none_that_means_something_else() {
    let mock = shipped();
    mock.script("mogujie", TRADE, [Fault::Throttled]).unwrap();
    let error = mogujie_client(&mock).xiaodian_trade_get(&order()).unwrap_err();
    assert_eq!((error.code(), error.class()), (Some("throttled"), Class::Unknown));
}

#[test]
fn tokens_expire_and_calls_repeat_on_demand() {
    let mock = shipped();
    mock.script("gome", SYNCHRONIZE, [Fault::ExpiredToken, Fault::Duplicate, Fault::Unavailable])
        .unwrap();
    mock.script("mogujie", TRADE, [Fault::ExpiredToken]).unwrap();
    let client = gome::blocking::Client::builder(credentials::gome(&mock))
        .base_url(mock.url("gome").unwrap())
        .build()
        .unwrap();
    let error = |number: u8| {
        let order = OrderSyncRequest::new().order_id(number.to_string());
        let request = GomePusherOrderSynchronize::new().request(order);
        client.gome_pusher_order_synchronize(&request).unwrap_err()
    };
    let expired = error(1);
    assert_eq!((expired.code(), expired.refresh()), (Some("20001"), Some("token")));
    assert_eq!((error(2).code(), error(3).code()), (Some("8999"), Some("10001")));
    let expired = mogujie_client(&mock).xiaodian_trade_get(&order()).unwrap_err();
    assert_eq!((expired.code(), expired.refresh()), (Some("0000001"), Some("access_token")));
}

#[test]
fn numbers_and_texts_may_change_places() {
    let mock = shipped();
    mock.script("mogujie", TRADE, [Step::normal(), Fault::Flip.into()]).unwrap();
    let client = mogujie_client(&mock);
    let request = order();
    let (plain, flipped) = (client.send(&request).unwrap(), client.send(&request).unwrap());
    assert!(flipped.body().contains(r#""shopOrderId":"7""#), "{}", flipped.body());
    assert!(flipped.body().contains(r#""shipExpense":0"#), "{}", flipped.body());
    assert_eq!(plain.into_data(), flipped.into_data());
}

#[test]
fn what_stands_for_nothing_is_nothing_or_an_error_that_says_where() {
    let mock = shipped();
    let client = mogujie_client(&mock);
    let request = order();
    for fault in [Fault::Null, Fault::EmptyText] {
        mock.script("mogujie", TRADE, [fault]).unwrap();
        let answer = client.xiaodian_trade_get(&request).unwrap();
        assert_eq!((answer.shop_order_id, answer.item_order_infos.len()), (None, 0), "{fault}");
    }
    for fault in [Fault::EmptyList, Fault::EmptyObject] {
        mock.script("mogujie", TRADE, [fault]).unwrap();
        match client.xiaodian_trade_get(&request) {
            Ok(answer) => assert_eq!(answer.shop_order_id, None, "{fault}"),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Decode, "{fault}");
                assert!(error.field_path().is_some(), "{fault}: {error}");
            }
        }
    }
}

#[test]
fn a_value_that_no_document_lists_is_kept() {
    let mock = shipped();
    mock.script("mogujie", TRADE, [Fault::UnknownValue]).unwrap();
    let answer = mogujie_client(&mock).xiaodian_trade_get(&order()).unwrap();
    let (status, shipped_by) = (answer.order_status.as_ref(), answer.ship_type.as_ref());
    assert_eq!(status.unwrap().as_str(), "UNKNOWN_TO_ALL_DOCUMENTS");
    assert!(!status.unwrap().is_known() && !shipped_by.unwrap().is_known());
    let item = &answer.item_order_infos[0];
    assert!(item.refund_status.as_ref().is_some_and(|status| !status.is_known()));
}

#[test]
fn encrypted_data_is_opened() {
    let mock = shipped();
    mock.script("mogujie", TRADE, [Step::normal(), Fault::Encrypted.into()]).unwrap();
    let client = mogujie_client(&mock);
    let request = order();
    let (plain, sealed) = (client.send(&request).unwrap(), client.send(&request).unwrap());
    assert!(plain.body().contains("测试") && !sealed.body().contains("测试"));
    assert_eq!(plain.into_data(), sealed.into_data());
}

#[test]
fn a_script_ends_and_can_hold_data() {
    let mock = shipped();
    let data = json!({"expire_in": "2030-01-01 00:00:00", "is_expired": false});
    mock.script("shopex", STATUS, [Step::data(data), Step::from(Fault::Status(500))]).unwrap();
    let client = shopex_client(&mock);
    assert_eq!(client.matrix_authstatus(&status()).unwrap().is_expired, Some(false));
    assert_eq!(client.matrix_authstatus(&status()).unwrap_err().status(), Some(500));
    assert_eq!(client.matrix_authstatus(&status()).unwrap().is_expired, Some(true));
}

#[test]
fn a_call_that_is_wrong_takes_no_step_of_a_script() {
    let mock = shipped();
    mock.script("shopex", STATUS, [Fault::Html]).unwrap();
    let client = shopex_client(&mock);
    let wrong = MatrixAuthstatus::new("");
    let error = client.call(&wrong).validate(false).send().unwrap_err();
    assert_eq!(error.code(), Some("0040005"));
    assert_eq!(client.matrix_authstatus(&status()).unwrap_err().kind(), ErrorKind::NotJson);
}

#[test]
fn a_client_that_tries_again_gets_through() {
    let mock = shipped();
    mock.script("shopex", STATUS, [Fault::Reset, Fault::Status(502), Fault::Truncate]).unwrap();
    let client = shopex_client(&mock);
    let request = status();
    let policy = RetryPolicy::new().attempts(4).backoff(Duration::ZERO, Duration::ZERO);
    let answer = client.call(&request).retry(policy).send().unwrap();
    assert_eq!(answer.attempts(), 4);
    assert_eq!(mock.counts().misbehaved, 3);
}

#[test]
fn chance_depends_on_the_seed_alone() {
    let faults = |seed| {
        let mock = Mock::builder(workspace("specs"))
            .seed(seed)
            .misbehave(0.5, [Fault::Html, Fault::Status(500), Fault::Throttled])
            .start()
            .unwrap();
        let client = shopex_client(&mock);
        for _ in 0..40 {
            let _ = client.matrix_authstatus(&status());
        }
        mock.received().into_iter().map(|entry| entry.faults).collect::<Vec<_>>()
    };
    let (first, again, other) = (faults(7), faults(7), faults(8));
    assert_eq!(first, again);
    assert_ne!(first, other);
    let misbehaved = first.iter().filter(|faults| !faults.is_empty()).count();
    assert!((8..=32).contains(&misbehaved), "{misbehaved} of 40");
}

#[test]
fn a_script_for_a_method_that_does_not_exist_is_refused_with_those_that_do() {
    let mock = shipped();
    let error = mock.script("gome", "gome.pusher.order", [Fault::Html]).unwrap_err();
    assert!(error.to_string().contains("gome.pusher.order.synchronize"), "{error}");
    let error = mock.script("shopx", STATUS, [Fault::Html]).unwrap_err();
    assert!(error.to_string().contains("gome, mogujie, shopex"), "{error}");
}

#[test]
fn a_fault_that_changes_nothing_is_not_said_to_have_happened() {
    let mock = shipped();
    // These faults change nothing here: the answer's only value is null, and it has no enumeration
    // and no encryption.
    let idle = [Fault::Null, Fault::Flip, Fault::UnknownValue, Fault::Encrypted];
    let client = shopex_client(&mock);
    for fault in idle {
        mock.script("shopex", "matrix.unbind", [fault]).unwrap();
        client.matrix_unbind(&MatrixUnbind::new("15000000")).unwrap();
        assert_eq!(last(&mock).faults, [], "{fault}");
    }
    mock.script("shopex", "matrix.unbind", [Step::from(Fault::Flip).and(Fault::Status(500))])
        .unwrap();
    client.matrix_unbind(&MatrixUnbind::new("15000000")).unwrap_err();
    assert_eq!(last(&mock).faults, [Fault::Status(500)]);
    assert_eq!(mock.counts().misbehaved, 1);
}
