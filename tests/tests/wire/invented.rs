//! The invented platforms, which use what the three shipped ones do not: JSON bodies, headers,
//! HMAC, base64, parameters in paths, nested queries, carriers, two signature methods.

use std::sync::Arc;

use gatespec_runtime::{DateTime, Decimal};
use gatespec_tests::platforms::invented::acme::order_list::Line;
use gatespec_tests::platforms::invented::acme::{self, OrderList, OrderRemark};
use gatespec_tests::platforms::invented::quay::{
    self, Box, ParcelBook, ParcelEvents, ParcelFind, State,
};

use crate::recorder::{Recorder, block_on, file};

/// 2023-01-01 00:00:00.007 at UTC+8.
fn now() -> Arc<DateTime> {
    Arc::new(DateTime::from_unix_millis(1_672_502_400_007).unwrap())
}

fn acme_credentials() -> acme::Credentials {
    acme::Credentials::new("k1", "0123456789abcdef", "s1gn")
}

fn acme(recorder: &Arc<Recorder>, credentials: acme::Credentials) -> acme::Client {
    let bytes: [u8; 16] = std::array::from_fn(|at| if at % 2 == 0 { 0 } else { 0xff });
    let builder = acme::Client::builder(credentials).transport(recorder.clone());
    builder.clock(now()).entropy(Arc::new(bytes)).build().unwrap()
}

fn quay(recorder: &Arc<Recorder>) -> quay::blocking::Client {
    let credentials = quay::Credentials::new("k9", "quay-secret");
    let builder = quay::blocking::Client::builder(credentials).transport(recorder.clone());
    builder.clock(now()).build().unwrap()
}

fn week() -> OrderList {
    let day = |day| acme::datetime(2023, 1, day, 0, 0, 0).unwrap();
    OrderList::new(day(1), day(8))
}

fn orders() -> OrderList {
    week()
        .states(["paid", "sent"])
        .at_least(Decimal::new(125, 1))
        .lines(vec![Line::new().sku("短袖").qty(2), Line::new().sku("b/1").qty(1)])
}

const REPLY: &str =
    r#"{"order_list_reply":{"ret":"0","enc":"N","sealed":{"orders":{"order":[]}}}}"#;

#[test]
fn a_json_body_is_signed_in_a_header() {
    let recorder = Recorder::answering(REPLY);
    let client = acme(&recorder, acme_credentials().token("t0k"));
    block_on(client.order_list(&orders())).unwrap();
    assert_eq!(recorder.only(), file("acme/order-list.http"));
}

#[test]
fn an_empty_text_travels_and_an_absent_token_does_not() {
    let recorder = Recorder::answering(REPLY);
    let client = acme(&recorder, acme_credentials());
    block_on(client.order_list(&week().cursor(""))).unwrap();
    assert_eq!(recorder.only(), file("acme/order-list-tokenless.http"));
}

#[test]
fn the_caller_chooses_the_way_to_sign() {
    let recorder = Recorder::answering(REPLY);
    let client = acme(&recorder, acme_credentials()).with_token("t0k");
    block_on(client.call(&orders()).signature_method("A1").send()).unwrap();
    assert_eq!(recorder.only(), file("acme/order-list-a1.http"));
}

#[test]
fn a_method_has_a_verb_a_version_and_no_token_of_its_own() {
    let recorder = Recorder::answering(r#"{"order_remark_reply":{"ret":0}}"#);
    let client = acme(&recorder, acme_credentials().token("t0k"));
    let remark = OrderRemark::new("AC-0007").text("请放门口 (thanks)").urgent(true).score(5);
    block_on(client.order_remark(&remark)).unwrap();
    assert_eq!(recorder.only(), file("acme/order-remark.http"));
}

#[test]
fn a_query_nests_with_brackets_and_repeats_names() {
    let recorder = Recorder::answering(r#"{"ok":1,"result":[]}"#);
    let find = ParcelFind::new()
        .depot("H-1")
        .owner("")
        .state(vec![State::Out, State::In])
        .open(true)
        .worth_at_least(Decimal::new(125, 1))
        .since(quay::datetime(2023, 1, 1, 0, 0, 0).unwrap())
        .box_(Box::new().width(20).depth(3));
    quay(&recorder).parcel_find(&find).unwrap();
    assert_eq!(recorder.only(), file("quay/parcel-find.http"));
}

#[test]
fn the_caller_fills_an_argument() {
    let recorder = Recorder::answering(r#"{"ok":1,"result":[]}"#);
    let find = ParcelFind::new().depot("H-1").owner("张三 (甲)");
    quay(&recorder).call(&find).argument("lang", "zh").send().unwrap();
    assert_eq!(recorder.only(), file("quay/parcel-find-lang.http"));
}

#[test]
fn a_hole_of_the_path_is_escaped_in_the_url_and_not_in_the_signature() {
    for (id, page, name) in [
        ("P-7", Some(2), "quay/parcel-events.http"),
        ("P/7 甲?", None, "quay/parcel-events-hostile.http"),
    ] {
        let recorder = Recorder::answering(r#"{"ok":1,"result":{"events":[]}}"#);
        let mut events = ParcelEvents::new(id);
        events.page = page;
        quay(&recorder).parcel_events(&events).unwrap();
        assert_eq!(recorder.only(), file(name));
    }
}

#[test]
fn a_form_carries_the_business_fields_as_one_json() {
    let book =
        ParcelBook::new("H-1", "茶叶 50g").worth(Decimal::new(125, 1)).fragile(true).pieces(2);
    let recorder = Recorder::answering(r#"{"ok":1,"result":{"parcel_id":"P-8"}}"#);
    let client = quay(&recorder);
    assert_eq!(client.parcel_book(&book).unwrap().parcel_id, "P-8");
    client.call(&book).carrier("data").send().unwrap();
    let expected = [file("quay/parcel-book.http"), file("quay/parcel-book-carrier.http")];
    assert_eq!(recorder.sent(), expected);
}
