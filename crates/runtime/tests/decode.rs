//! Decoding: which differences are tolerated, which are not, and how errors describe them.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use gatespec_runtime::decode::from_text;
use gatespec_runtime::{
    DateTime, Decimal, Decode, DecodeError, Decoded, Fen, ListStyle, Private, RawJson, Spelling,
    TimeFormat, Value,
};

gatespec_runtime::open_enum! {
    /// A state.
    pub(crate) enum State {
        /// Paid.
        Paid = "PAID",
    }
}

const EAST: TimeFormat<'_> =
    TimeFormat::Pattern { pattern: "yyyy-MM-dd HH:mm:ss", offset: 8 * 3600 };
const NEVER: Option<&str> = Some("1970-01-01 08:00:00");

#[derive(Debug, Default, PartialEq)]
struct Order {
    id: i64,
    title: Option<String>,
    price: Option<Fen>,
    total: Option<Decimal>,
    paid: Option<bool>,
    at: Option<DateTime>,
    state: Option<State>,
    card: Option<Private<String>>,
    pin: Option<Private<i64>>,
    items: Vec<Item>,
    tags: Vec<String>,
    ids: Vec<i64>,
    extra: BTreeMap<String, String>,
    json: Option<RawJson>,
    inner: Option<Item>,
    boxed: Option<Box<Order>>,
    skipped: (),
    others: BTreeMap<String, String>,
}

#[derive(Debug, Default, PartialEq)]
struct Item {
    sku: String,
    price: Option<i64>,
}

gatespec_runtime::record! {
    struct Order {
        id: "id" Integer;
        title: "title" Text;
        price: "price" Integer;
        total: "total" Decimal(2);
        paid: "paid" Flag(Spelling { yes: "Y", no: "N" });
        at: "at" Time(EAST, NEVER);
        state: "state" Choice(State);
        card: "card" Text { sensitive: true };
        pin: "pin" Integer { sensitive: true };
        items: "items" Record(Item) { list: Some(ListStyle::Json) };
        tags: "tags" Text { list: Some(ListStyle::Delimited(",")) };
        ids: "ids" Integer { list: Some(ListStyle::Inside("id")) };
        extra: "extra" Map(Text);
        json: "json" Json;
        inner: "inner" Record(Item) { json_text: true };
        boxed: "boxed" Record(Order);
        skipped: "skipped" Json;
        ..others;
    }
}

gatespec_runtime::record! {
    struct Item {
        sku: "sku" Text always;
        price: "price" Integer;
    }
}

fn order(text: &str) -> Result<Order, DecodeError> {
    let mut order = Order::default();
    from_text(text, &mut |value| {
        order = Order::default();
        value.record(&mut order)
    })?;
    Ok(order)
}

fn refused(text: &str) -> String {
    order(text).unwrap_err().to_string()
}

#[test]
fn well_typed_values_arrive() {
    let order = order(
        r#"{"id":91341793022324,"title":"短袖","price":1230,"total":"12.50","paid":true,
            "at":"2023-01-01 00:00:00","state":"PAID","card":"6222","items":[{"sku":"a","price":1}],
            "tags":"x,y","ids":{"id":[1,2]},"extra":{"a":"1"},"json":{"z":[1]},
            "inner":"{\"sku\":\"b\"}","boxed":{"id":2}}"#,
    )
    .unwrap();
    assert_eq!(order.id, 91_341_793_022_324);
    assert_eq!(order.price, Some(Fen(1230)));
    assert_eq!(order.total.unwrap().to_string(), "12.50");
    assert_eq!(order.paid, Some(true));
    assert_eq!(order.at.unwrap().unix_seconds(), 1_672_502_400);
    assert_eq!(order.state, Some(State::Paid));
    assert_eq!(**order.card.as_ref().unwrap(), "6222");
    assert_eq!(order.items, [Item { sku: "a".into(), price: Some(1) }]);
    assert_eq!(order.tags, ["x", "y"]);
    assert_eq!(order.ids, [1, 2]);
    assert_eq!(order.extra["a"], "1");
    assert_eq!(order.json.unwrap().value()["z"][0], 1);
    assert_eq!(order.inner.unwrap().sku, "b");
    assert_eq!(order.boxed.unwrap().id, 2);
}

#[test]
fn text_and_numbers_stand_for_each_other() {
    let order = order(
        r#"{"id":"12","title":12,"price":"1230","total":12,"at":"","paid":"N","state":7,
            "tags":5,"ids":[1,"2"],"extra":{"a":1,"b":true,"c":null},"inner":{"sku":3}}"#,
    )
    .unwrap();
    assert_eq!((order.id, order.title.as_deref()), (12, Some("12")));
    assert_eq!((order.price, order.total), (Some(Fen(1230)), Some(12.into())));
    assert_eq!((order.at, order.paid), (None, Some(false)));
    assert_eq!(order.state, Some(State::from("7")));
    assert_eq!((order.tags, order.ids), (vec!["5".to_owned()], vec![1, 2]));
    let extra: Vec<_> = order.extra.into_iter().collect();
    assert_eq!(extra, [("a".into(), "1".into()), ("b".into(), "true".into())]);
    assert_eq!(order.inner.unwrap().sku, "3");
}

#[test]
fn numbers_keep_every_digit() {
    for (text, total) in [
        ("12.50", "12.50"),
        ("0.1", "0.1"),
        ("12345678901234567890", "12345678901234567890"),
        ("1234567890123456789012345.678", "1234567890123456789012345.678"),
        ("1.5e3", "1500"),
        ("15e-1", "1.5"),
        ("\" 12.50 \"", "12.50"),
        ("-0.000", "0.000"),
    ] {
        let order = order(&format!(r#"{{"total":{text}}}"#)).unwrap();
        assert_eq!(order.total.unwrap(), total.parse().unwrap(), "{text}");
    }
    // A number in place of a text keeps all its digits.
    for digits in ["12.50", "1e3", "12345678901234567890", "0.10"] {
        let order = order(&format!(r#"{{"title":{digits},"others":{digits}}}"#)).unwrap();
        // With `arbitrary_precision`, serde_json adds a `+` sign to exponents.
        assert_eq!(order.title.unwrap().replace('+', ""), digits);
        assert_eq!(order.others["others"].replace('+', ""), digits);
    }
    for whole in ["12.0", "\"12.00\"", "1.2e1", "12"] {
        assert_eq!(order(&format!(r#"{{"id":{whole}}}"#)).unwrap().id, 12, "{whole}");
    }
}

#[test]
fn what_loses_something_is_refused() {
    let number = "expected a 64-bit integer, found the number";
    assert_eq!(refused(r#"{"id":12.5}"#), format!("id: {number} 12.5"));
    assert_eq!(refused(r#"{"price":0.5}"#), format!("price: {number} 0.5"));
    assert_eq!(
        refused(r#"{"id":9223372036854775808}"#),
        format!("id: {number} 9223372036854775808")
    );
    assert_eq!(
        refused(r#"{"id":12345678901234567890123}"#),
        format!("id: {number} 12345678901234567890123")
    );
    assert!(refused(r#"{"id":"12a"}"#).ends_with(r#"found the text "12a""#));
    assert!(refused(r#"{"id":true}"#).ends_with("found true"));
    assert!(refused(r#"{"total":1e40}"#).starts_with("total: expected a decimal of at most 28"));
    assert!(refused(r#"{"total":1.00000000000000000000000000000001}"#).starts_with("total: "));
    assert!(refused(r#"{"total":"1 2"}"#).starts_with("total: "));
    assert_eq!(
        refused(r#"{"paid":"perhaps"}"#),
        r#"paid: expected a boolean ("Y" or "N"), found the text "perhaps""#
    );
    assert_eq!(
        refused(r#"{"at":"2023-01-01"}"#),
        r#"at: expected a date-time as yyyy-MM-dd HH:mm:ss, found the text "2023-01-01""#
    );
    assert!(refused(r#"{"title":{}}"#).ends_with("expected text, found an object"));
    assert!(refused(r#"{"title":[]}"#).ends_with("expected text, found a list"));
}

#[test]
fn paths_lead_to_the_mistake() {
    assert!(
        refused(r#"{"items":[{"sku":"a"},{"sku":"b","price":"x"}]}"#)
            .starts_with("items[1].price: ")
    );
    assert!(refused(r#"{"boxed":{"boxed":{"id":[]}}}"#).starts_with("boxed.boxed.id: "));
    assert!(refused(r#"{"ids":{"id":[1,"x"]}}"#).starts_with("ids.id[1]: "));
    assert!(refused(r#"{"extra":{"k.1":[]}}"#).starts_with("extra.k.1: "));
    assert!(refused(r#"{"inner":"{\"sku\":\"a\",\"price\":{}}"}"#).starts_with("inner.price: "));
    // The preceding float causes an exact pass, which reports the same paths.
    assert!(
        refused(r#"{"total":1.5,"items":[{"sku":"a","price":0.5}]}"#)
            .starts_with("items[0].price: ")
    );
}

#[test]
fn what_must_be_there_is_missed() {
    let missing = "items[0].sku: expected a value, found nothing";
    assert_eq!(refused(r#"{"items":[{}]}"#), missing);
    assert_eq!(refused(r#"{"items":[{"sku":null,"price":1}]}"#), missing);
    assert_eq!(order(r#"{"items":[{"sku":""}]}"#).unwrap().items.len(), 1);
}

#[test]
fn nothing_is_nothing_in_all_its_spellings() {
    let empty = Order::default();
    for text in [
        "{}",
        r#"{"id":null,"title":null,"price":null,"total":"","paid":"","at":null,"state":"",
            "items":null,"tags":"","ids":"","extra":null,"json":null,"inner":"","boxed":null,"x":null}"#,
        r#"{"items":[],"tags":[],"ids":{},"extra":[],"inner":null,"boxed":""}"#,
        r#"{"items":"","tags":{},"ids":[],"extra":{},"boxed":[]}"#,
        r#"{"items":{},"ids":{"id":null},"extra":"","items":false}"#,
    ] {
        assert_eq!(order(text).unwrap(), empty, "{text}");
    }
}

#[test]
fn what_only_looks_empty_is_refused() {
    assert!(refused(r#"{"items":{"a":1}}"#).contains("expected a list, found an object"));
    assert!(refused(r#"{"items":"a"}"#).contains("expected a list, found the text"));
    assert!(refused(r#"{"extra":[1]}"#).contains("expected an object, found a list"));
    assert!(refused(r#"{"boxed":[1]}"#).contains("expected an object, found a list"));
    assert!(refused(r#"{"inner":"x"}"#).contains("not JSON"));
}

#[test]
fn sentinels_are_absent() {
    for text in ["1970-01-01 08:00:00", "0000-00-00 00:00:00"] {
        assert_eq!(order(&format!(r#"{{"at":"{text}"}}"#)).unwrap().at, None);
    }
}

#[test]
fn private_values_never_show() {
    for text in [r#"{"pin":"SENTINEL"}"#, r#"{"card":{"SENTINEL":1}}"#, r#"{"pin":77.5}"#] {
        let error = order(text).unwrap_err();
        assert_eq!(error.found(), "a private value", "{text}");
        assert!(!format!("{error} {error:?}").contains("SENTINEL"));
    }
}

#[test]
fn long_texts_are_cut_in_messages() {
    let error = refused(&format!(r#"{{"id":"{}"}}"#, "短".repeat(500)));
    assert!(error.chars().count() < 110 && error.ends_with('…'), "{error}");
}

#[test]
fn marks_and_white_space_around_are_tolerated() {
    assert_eq!(order("\u{feff} \r\n{\"id\":1}\n ").unwrap().id, 1);
}

#[test]
fn broken_texts_are_named() {
    for text in
        ["", "<html>", "{", r#"{"id":1"#, r#"{"id":1}x"#, r#"{"id":01}"#, r#"{"title":"\ud800"}"#]
    {
        let error = order(text).unwrap_err();
        assert_eq!(error.expected(), None, "{text}");
        assert!(error.to_string().contains("not JSON: "), "{error}");
    }
    assert_eq!(refused("[1]"), "[0]: expected an object, found a list");
}

#[test]
fn depth_is_limited() {
    let deep = format!(r#"{{"skipped":{}{}}}"#, "[".repeat(1000), "]".repeat(1000));
    assert!(order(&deep).is_ok(), "skipping takes no stack");
    let deep = "{\"boxed\":".repeat(1000) + "{}" + &"}".repeat(1000);
    assert!(order(&deep).unwrap_err().found().contains("recursion limit"));
    let deep = deep.replacen("{\"boxed\":", "{\"total\":1.5,\"boxed\":", 1);
    assert!(order(&deep).unwrap_err().found().contains("recursion limit"));
    let deep = format!(r#"{{"json":{}{}}}"#, "[".repeat(1000), "]".repeat(1000));
    assert!(order(&deep).is_err());
}

#[test]
fn escaped_names_are_read() {
    assert_eq!(order(r#"{"\u0069d":5,"\u77ed":"x"}"#).unwrap().others["短"], "x");
}

/// A record that is only known at run time.
struct Dynamic(Vec<String>);

impl Decode for Dynamic {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        if name == "bad" {
            return value.refuse("something else", "this");
        }
        // A value that is not read is skipped.
        self.0.push(name.to_owned());
        Ok(())
    }
}

#[test]
fn records_can_be_known_at_run_time() {
    let mut record = Dynamic(Vec::new());
    from_text(r#"{"a":[1,{"x":2}],"b":2}"#, &mut |value| value.members(&mut record)).unwrap();
    assert_eq!(record.0, ["a", "b"]);
    let error = from_text(r#"{"bad":1}"#, &mut |value| value.members(&mut record)).unwrap_err();
    assert_eq!(error.to_string(), "bad: expected something else, found this");
}
