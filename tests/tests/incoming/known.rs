//! Every known request in `wire/`, signed by Python.

use std::collections::BTreeSet;
use std::path::Path;

use gatespec_clients::gome::GomePusherOrderSynchronize;
use gatespec_clients::mogujie::XiaodianTradeGet;
use gatespec_clients::shopex::{
    MatrixAuthstatus, MatrixBindurl, MatrixFillMultiple, MatrixFillSingle, MatrixUnbind,
};
use gatespec_runtime::{Blank, Operation, Receiver, Receives, Record};
use gatespec_tests::corpus::entries;
use gatespec_tests::platforms::invented::acme::{OrderList, OrderRemark};
use gatespec_tests::platforms::invented::quay::{ParcelBook, ParcelEvents, ParcelFind};

use crate::gates::{self, reason, request};
use crate::recorder::file;

/// The expected outcome for a file: of the call, and of decoding its fields.
struct Case {
    name: String,
    call: &'static str,
    fields: &'static str,
}

fn case<P: Receives, O>(
    gate: &Receiver<P>,
    name: &str,
    (call, fields): (&'static str, &'static str),
) -> Case
where
    O: Operation<Platform = P> + Record + Blank,
{
    let outcome = gate.verify(&request(&file(name)));
    let decoded = match &outcome {
        Ok(call) => {
            call.decode::<O>().map_or_else(|refused| refused.meaning().as_str(), |_| "taken")
        }
        Err(_) => "",
    };
    assert_eq!((reason(&outcome), decoded), (call, fields), "{name}: {outcome:?}");
    Case { name: name.to_owned(), call, fields }
}

const TAKEN: (&str, &str) = ("taken", "taken");

fn shopex() -> Vec<Case> {
    let gate = gates::shopex();
    let unbind = |name, becomes| case::<_, MatrixUnbind>(&gate, name, becomes);
    let single = |name, becomes| case::<_, MatrixFillSingle>(&gate, name, becomes);
    let multiple = |name, becomes| case::<_, MatrixFillMultiple>(&gate, name, becomes);
    vec![
        case::<_, MatrixAuthstatus>(&gate, "shopex/authstatus.http", TAKEN),
        case::<_, MatrixBindurl>(&gate, "shopex/bindurl.http", TAKEN),
        case::<_, MatrixBindurl>(&gate, "shopex/bindurl-hostile.http", TAKEN),
        multiple("shopex/fill-multiple-orders.http", TAKEN),
        multiple("shopex/fill-multiple-vector-b.http", TAKEN),
        single("shopex/fill-single-delimiter.http", TAKEN),
        single("shopex/fill-single-orders.http", TAKEN),
        single("shopex/fill-single-refund.http", TAKEN),
        single("shopex/fill-single-unknown.http", ("taken", "bad_parameter")),
        unbind("shopex/unbind-empty.http", ("taken", "missing_parameter")),
        unbind("shopex/unbind-extra.http", TAKEN),
        unbind("shopex/unbind-http.http", TAKEN),
        unbind("shopex/unbind-path.http", ("bad_signature", "")),
        unbind("shopex/unbind-renamed.http", ("unknown_method", "")),
        unbind("shopex/unbind-replaced.http", ("unknown_app", "")),
        unbind("shopex/unbind-vector-a.http", TAKEN),
        unbind("shopex/unbind-without.http", ("taken", "missing_parameter")),
    ]
}

/// Asserts that an unsigned call is refused, because it proves nothing about its sender.
fn unsigned<P: Receives>(gate: &Receiver<P>, name: &str) -> Case {
    let call = reason(&gate.verify(&request(&file(name))));
    assert_eq!(call, "missing_parameter", "{name}");
    Case { name: name.to_owned(), call, fields: "" }
}

fn others() -> Vec<Case> {
    let (mogujie, gome) = (gates::mogujie(), gates::gome());
    let (acme, quay) = (gates::acme(), gates::quay());
    let trade = |name, becomes| case::<_, XiaodianTradeGet>(&mogujie, name, becomes);
    let order = |name, becomes| case::<_, GomePusherOrderSynchronize>(&gome, name, becomes);
    vec![
        trade("mogujie/trade-get.http", TAKEN),
        trade("mogujie/trade-get-extra.http", TAKEN),
        trade("mogujie/trade-get-other-shop.http", ("bad_token", "")),
        trade("mogujie/trade-get-renamed.http", ("unknown_method", "")),
        trade("mogujie/trade-get-sample.http", TAKEN),
        trade("mogujie/trade-get-wrapper.http", ("taken", "missing_parameter")),
        trade("mogujie/trade-get-zeros.http", TAKEN),
        unsigned(&mogujie, "mogujie/token-grant.http"),
        unsigned(&mogujie, "mogujie/token-renewal.http"),
        order("gome/order-extra.http", TAKEN),
        order("gome/order-keyless.http", TAKEN),
        order("gome/order-nothing.http", TAKEN),
        order("gome/order-renamed.http", ("unknown_method", "")),
        order("gome/order-return.http", TAKEN),
        order("gome/order-sale.http", TAKEN),
        order("gome/order-vector.http", TAKEN),
        case::<_, OrderList>(&acme, "acme/order-list.http", TAKEN),
        case::<_, OrderList>(&acme, "acme/order-list-a1.http", TAKEN),
        case::<_, OrderList>(&acme, "acme/order-list-tokenless.http", TAKEN),
        case::<_, OrderRemark>(&acme, "acme/order-remark.http", TAKEN),
        case::<_, ParcelBook>(&quay, "quay/parcel-book.http", TAKEN),
        case::<_, ParcelBook>(
            &quay,
            "quay/parcel-book-carrier.http",
            ("taken", "missing_parameter"),
        ),
        case::<_, ParcelEvents>(&quay, "quay/parcel-events.http", TAKEN),
        case::<_, ParcelEvents>(&quay, "quay/parcel-events-hostile.http", TAKEN),
        case::<_, ParcelFind>(&quay, "quay/parcel-find.http", TAKEN),
        case::<_, ParcelFind>(&quay, "quay/parcel-find-lang.http", TAKEN),
    ]
}

#[test]
fn every_request_that_is_known_byte_for_byte_is_judged_as_it_must_be() {
    let cases: Vec<Case> = shopex().into_iter().chain(others()).collect();
    assert!(cases.iter().filter(|case| (case.call, case.fields) == TAKEN).count() >= 30);
    let judged: BTreeSet<String> = cases.into_iter().map(|case| case.name).collect();
    let wire = Path::new(env!("CARGO_MANIFEST_DIR")).join("wire");
    let mut files = BTreeSet::new();
    for folder in entries(&wire).unwrap().into_iter().filter(|path| path.is_dir()) {
        for path in entries(&folder).unwrap() {
            if path.extension().is_some_and(|extension| extension == "http") {
                files.insert(path.strip_prefix(&wire).unwrap().display().to_string());
            }
        }
    }
    assert_eq!(judged, files, "a known request is not judged here");
}

#[test]
fn another_signed_path_and_another_shop_can_be_meant() {
    let gate = gates::shopex().signed_path("/open/api router");
    case::<_, MatrixUnbind>(&gate, "shopex/unbind-path.http", TAKEN);
    let gate = gates::mogujie().any_shop();
    let name = "mogujie/trade-get-other-shop.http";
    case::<_, XiaodianTradeGet>(&gate, name, TAKEN);
    let call = gate.verify(&request(&file(name))).unwrap();
    assert_eq!(call.credential("access_token"), Some("OTHERTOKEN"));
}

#[test]
fn a_rule_can_be_left_out() {
    let gate = gates::shopex().without_rule("enumeration");
    case::<_, MatrixFillSingle>(&gate, "shopex/fill-single-unknown.http", TAKEN);
    let gate = gates::shopex().without_rule("required:node_id");
    case::<_, MatrixUnbind>(&gate, "shopex/unbind-empty.http", TAKEN);
}

#[test]
fn fields_arrive_as_they_were_sent() {
    let call = gates::quay().verify(&request(&file("quay/parcel-events-hostile.http"))).unwrap();
    assert_eq!(call.decode::<ParcelEvents>().unwrap().parcel_id, "P/7 甲?");
    let call = gates::acme().verify(&request(&file("acme/order-list-a1.http"))).unwrap();
    let list: OrderList = call.decode().unwrap();
    assert_eq!(list.states.unwrap(), ["paid", "sent"]);
    assert_eq!(list.lines.unwrap()[0].sku.as_deref(), Some("短袖"));
    let call = gates::gome().verify(&request(&file("gome/order-return.http"))).unwrap();
    let order: GomePusherOrderSynchronize = call.decode().unwrap();
    assert!(order.request.unwrap().delivery_list.is_some_and(|list| !list.is_empty()));
    let call =
        gates::shopex().verify(&request(&file("shopex/fill-single-delimiter.http"))).unwrap();
    assert_eq!(call.decode::<MatrixFillSingle>().unwrap().tids, ["A", "1", "A2"]);
}
