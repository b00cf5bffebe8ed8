//! Answers and requests that a program stores: decoded from text without a client, and converted
//! through `serde` in both directions.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_clients::shopex::{FillType, MatrixAuthstatusResponse, MatrixFillMultiple, datetime};
use gatespec_clients::{
    DateTime, DecodeAnswer, Failure, Fen, FromJson, RawJson, Revealed, gome, mogujie, shopex,
};
use gatespec_language::diagnostic::Sink;
use gatespec_language::{analyse, source};
use gatespec_tests::harness::workspace;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::fmt::Debug;

/// The first sample of a success in the documents of a method.
fn sample(platform: &str, method: &str) -> String {
    let mut sink = Sink::default();
    let model = analyse(&source::load(&workspace("specs"), &mut sink), &mut sink).unwrap();
    let platform = model.platforms.iter().find(|one| one.id == platform).unwrap();
    let method = platform.methods.iter().find(|one| one.name == method).unwrap();
    let mut examples = method.response_examples.iter();
    examples.find(|one| one.success && one.credentials.is_empty()).unwrap().body.clone()
}

/// Asserts that a value is unchanged after it is written and read again, as text and as a tree.
fn comes_back<T>(value: &T)
where
    T: FromJson + gatespec_clients::runtime::Record + PartialEq + Debug,
    T: Serialize + DeserializeOwned,
{
    let text = serde_json::to_string(&Revealed(value)).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value);
    assert_eq!(&T::from_json(&text).unwrap(), value);
    let tree = serde_json::to_value(Revealed(value)).unwrap();
    assert_eq!(&serde_json::from_value::<T>(tree).unwrap(), value);
    // The same holds for a format other than JSON.
    let yaml = serde_yaml::to_string(&Revealed(value)).unwrap();
    assert_eq!(&serde_yaml::from_str::<T>(&yaml).unwrap(), value);
}

#[test]
fn the_samples_of_the_documents_are_stored_and_read_again() {
    let text = sample("shopex", "matrix.authstatus");
    let answer = shopex::MatrixAuthstatus::decode_answer(&text).unwrap();
    assert_eq!(answer.is_expired, Some(true));
    comes_back(&answer);
    comes_back(
        &mogujie::XiaodianTradeGet::decode_answer(&sample("mogujie", "xiaodian.trade.get"))
            .unwrap(),
    );
    let method = "gome.pusher.order.synchronize";
    let pushed = gome::GomePusherOrderSynchronize::decode_answer(&sample("gome", method));
    assert!(pushed.is_ok(), "{pushed:?}");
}

#[test]
fn a_refusal_that_was_stored_is_one() {
    let text = r#"{"result": "error", "error": {"code": "0040301", "message": "sign"}}"#;
    let Err(Failure::Refused(refusal)) = MatrixFillMultiple::decode_answer(text) else {
        panic!("it was read")
    };
    assert_eq!(refusal.code, "0040301");
    let broken = MatrixFillMultiple::decode_answer("<html>").unwrap_err();
    assert!(matches!(broken, Failure::NotJson { .. }), "{broken}");
}

#[test]
fn wire_names_and_the_platforms_formats_are_used() {
    let (from, to) =
        (datetime(2023, 1, 1, 0, 0, 0).unwrap(), datetime(2023, 1, 2, 0, 0, 0).unwrap());
    let request = MatrixFillMultiple::new("15000000", FillType::Order, from, to);
    let expected = json!({
        "node_id": "15000000",
        "fill_type": "order",
        "start_time": "2023-01-01 00:00:00",
        "end_time": "2023-01-02 00:00:00",
    });
    assert_eq!(serde_json::to_value(&request).unwrap(), expected);
    comes_back(&request);
}

#[test]
fn a_private_field_is_stored_only_if_that_is_said() {
    let trade = mogujie::XiaodianTradeGet::decode_answer(&sample("mogujie", "xiaodian.trade.get"));
    let error = serde_json::to_string(&trade.unwrap()).unwrap_err().to_string();
    assert!(error.ends_with("is private: serialise `Revealed(&value)`"), "{error}");
}

#[test]
fn times_money_enumerations_and_json_have_serde_of_their_own() {
    let time: DateTime = "2023-01-01T00:00:00+08:00".parse().unwrap();
    assert_eq!(serde_json::to_value(time).unwrap(), "2023-01-01T00:00:00+08:00");
    assert_eq!(serde_json::from_value::<DateTime>(json!("2022-12-31T16:00:00Z")).unwrap(), time);
    assert!(serde_json::from_value::<DateTime>(json!("2023-01-01")).is_err());
    assert_eq!(serde_json::to_value(Fen(1250)).unwrap(), 1250);
    assert_eq!(serde_json::from_value::<Fen>(json!(-5)).unwrap(), Fen(-5));
    for text in ["order", "of tomorrow"] {
        let kind: FillType = serde_json::from_value(json!(text)).unwrap();
        assert_eq!(serde_json::to_value(&kind).unwrap(), text);
    }
    let json: RawJson = r#"{"b":1.10,"a":[12345678901234567890123,null,"ü"]}"#.parse().unwrap();
    let text = serde_json::to_string(&json).unwrap();
    assert_eq!(
        (text.as_str(), serde_json::from_str(&text).unwrap()),
        (json.as_str(), json.clone())
    );
}

#[test]
fn what_is_not_of_its_type_is_refused_without_a_panic() {
    for text in [r#"{"is_expired": "perhaps"}"#, "12", "\"", "null", ""] {
        let read = serde_json::from_str::<MatrixAuthstatusResponse>(text);
        assert!(read.is_err() || text == "null", "{text}: {read:?}");
    }
    let deep = format!("{}1{}", "[".repeat(500), "]".repeat(500));
    assert!(serde_yaml::from_str::<RawJson>(&deep).is_err());
    assert!(serde_json::from_str::<RawJson>(&deep).is_err());
}
