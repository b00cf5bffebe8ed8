//! Answers that deviate from the spec but can be decoded.

use crate::tool::{Call, STATUS, TRADE, mock};
use gatespec_mock::{Fault, Mock, Step};
use gatespec_tests::harness::each;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The data and the bends of the answer to a call, with this fault of the mock.
fn answered(mock: &Mock, words: &[&str], step: impl Into<Step>) -> (Value, Vec<Value>) {
    mock.script(words[0], words[1], [step.into()]).unwrap();
    let run = Call::of(mock, words).run();
    let data = run.data();
    (data, run.line()["bends"].as_array().unwrap().clone())
}

fn kinds(bends: &[Value]) -> BTreeSet<&str> {
    bends.iter().map(|bend| bend["kind"].as_str().unwrap()).collect()
}

fn fields(bends: &[Value]) -> BTreeSet<&str> {
    bends.iter().map(|bend| bend["field"].as_str().unwrap()).collect()
}

#[test]
fn numbers_as_texts_and_texts_as_numbers_are_read_as_the_spec_says() {
    let mock = mock();
    let (data, usual) = answered(&mock, &TRADE, Step::normal());
    // Even without a fault, two fields of the sample bend.
    assert_eq!(fields(&usual), BTreeSet::from(["itemOrderInfos[].refundStatus", "stageStatus"]));
    let (flipped, bends) = answered(&mock, &TRADE, Fault::Flip);
    assert_eq!(flipped, data);
    let named = ["shopOrderPrice", "payOrderId", "itemOrderInfos[].price", "shipExpense"];
    let fields = fields(&bends);
    for field in named.iter().chain(["receiverPhone", "processResponseDTO.marketTag"].iter()) {
        assert!(fields.contains(field), "{field} bends: {bends:?}");
    }
    assert!(kinds(&bends).len() > kinds(&usual).len(), "{bends:?}");
}

#[test]
fn what_is_empty_is_absent() {
    let mock = mock();
    let faults = [Fault::Null, Fault::EmptyText, Fault::EmptyList, Fault::EmptyObject];
    each(faults.map(|fault| (fault.to_string(), fault)), |_, &fault| {
        mock.script(STATUS[0], STATUS[1], [fault]).unwrap();
        let run = Call::of(&mock, &STATUS).run();
        // Empty values may replace times and flags, but not lists and objects.
        match fault {
            Fault::Null | Fault::EmptyText => assert_eq!(run.data(), json!({})),
            _ => assert_eq!(run.code, Some(7), "{run:?}"),
        }
    });
    let (data, bends) = answered(&mock, &STATUS, Fault::EmptyText);
    assert_eq!((data, fields(&bends)), (json!({}), BTreeSet::from(["expire_in", "is_expired"])));
}

#[test]
fn a_value_that_no_document_lists_is_kept_and_marked() {
    let mock = mock();
    let (data, bends) = answered(&mock, &TRADE, Fault::UnknownValue);
    let kept = data["orderStatus"].as_str().unwrap().to_owned();
    assert!(!kept.starts_with("ORDER_"), "{kept}");
    for field in ["orderStatus", "shipType", "shopOrderType", "itemOrderInfos[].orderStatus"] {
        assert!(fields(&bends).contains(field), "{field}: {bends:?}");
    }
    mock.script(TRADE[0], TRADE[1], [Fault::UnknownValue]).unwrap();
    let text = Call::of(&mock, &TRADE).with(&["--format", "text"]).run().out;
    let line = format!("{kept} (the spec does not list it)\n");
    assert!(text.contains(&line), "{line}{text}");
}

#[test]
fn text_names_what_bends() {
    let mock = mock();
    mock.script(STATUS[0], STATUS[1], [Step::data(json!({ "is_expired": "true" }))]).unwrap();
    let text = Call::of(&mock, &STATUS).with(&["--format", "text"]).run().out;
    assert!(text.contains("  is_expired  true\n"), "{text}");
    assert!(text.contains("not as the spec says  is_expired: "), "{text}");
}
