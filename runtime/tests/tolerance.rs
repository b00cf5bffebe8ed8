//! What bends and what is refused: a table of types, what arrives, and what becomes of it.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::fmt::Debug;

use gatespec_runtime::decode::from_text;
use gatespec_runtime::{
    DateTime, Decimal, Decode, Decoded, Fen, Json, ListStyle, Private, Spelling, TimeFormat, Value,
};

gatespec_runtime::open_enum! {
    /// A state.
    pub(crate) enum State {
        /// Paid.
        Paid = "PAID",
        /// Sent.
        Sent = "7",
    }
}

#[derive(Debug, Default, Clone, PartialEq)]
struct Item {
    sku: String,
    price: Option<Fen>,
}

impl Decode for Item {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        match name {
            "sku" => value.text(&mut self.sku),
            "price" => value.fen(&mut self.price),
            _ => value.unknown(),
        }
    }

    fn always(&self) -> &'static [&'static str] {
        &["sku"]
    }
}

const DAY: TimeFormat<'_> = TimeFormat::Pattern { pattern: "yyyyMMdd", offset: 8 * 3600 };
const YN: Spelling<'_> = Spelling { yes: "Y", no: "N" };
const ONE_TWO: Spelling<'_> = Spelling { yes: "1", no: "2" };
const ONE_ZERO: Spelling<'_> = Spelling { yes: "1", no: "0" };

/// The member `x` of a record, read as a type of the spec.
struct Read<'k> {
    kind: &'k str,
    shown: String,
}

impl Read<'_> {
    fn show<T: Default + Debug>(&mut self, read: impl FnOnce(&mut T) -> Decoded) -> Decoded {
        let mut into = T::default();
        read(&mut into)?;
        self.shown = format!("{into:?}").replace("Some(", "").replace(')', "");
        Ok(())
    }

    fn one(&mut self, value: Value<'_>) -> Decoded {
        match self.kind {
            "text" => self.show(|into: &mut Option<String>| value.text(into)),
            "integer" => self.show(|into: &mut Option<i64>| value.integer(into)),
            "integer as text" => self.show(|into: &mut Option<i64>| value.quoted().integer(into)),
            "fen" => self.show(|into: &mut Option<Fen>| value.fen(into)),
            "decimal" => self.show(|into: &mut Option<Decimal>| value.decimal(into)),
            "decimal as number" => {
                self.show(|into: &mut Option<Decimal>| value.bare().decimal(into))
            }
            "yuan" => self.show(|into: &mut Option<Decimal>| value.amount(into, 2)),
            "yuan as number" => {
                self.show(|into: &mut Option<Decimal>| value.bare().amount(into, 2))
            }
            "flag" => self.show(|into: &mut Option<bool>| value.flag(into, Spelling::WORDS)),
            "flag Y/N" => self.show(|into: &mut Option<bool>| value.flag(into, YN)),
            "flag 1/2" => self.show(|into: &mut Option<bool>| value.flag(into, ONE_TWO)),
            "flag 1/0" => self.show(|into: &mut Option<bool>| value.flag(into, ONE_ZERO)),
            "day" => {
                self.show(|into: &mut Option<DateTime>| value.time(into, DAY, Some("19700101")))
            }
            "seconds" => self.show(|into: &mut Option<DateTime>| {
                value.time(into, TimeFormat::UnixSeconds, None)
            }),
            "seconds as text" => self.show(|into: &mut Option<DateTime>| {
                value.quoted().time(into, TimeFormat::UnixSeconds, None)
            }),
            "state" => self.show(|into: &mut Option<State>| value.choice(into)),
            "state of numbers" => self.show(|into: &mut Option<State>| value.bare().choice(into)),
            "pin" => self.show(|into: &mut Option<Private<i64>>| value.integer(into)),
            "json" => self.show(|into: &mut Option<Json>| value.json(into)),
            "record" => self.show(|into: &mut Option<Item>| value.record(into)),
            "record in text" => {
                self.show(|into: &mut Option<Item>| value.json_text(|value| value.record(into)))
            }
            "map" => self.show(|into: &mut BTreeMap<String, i64>| {
                value.map(into, |value, into| value.integer(into))
            }),
            kind => self.list(kind, value),
        }
    }

    fn list(&mut self, kind: &str, value: Value<'_>) -> Decoded {
        let (style, single) = match kind.split_once(", or one") {
            Some((style, _)) => (style, true),
            None => (kind, false),
        };
        let (what, style) = style.split_once(' ').unwrap();
        let style = match style {
            "list" => ListStyle::Json,
            "in text" => ListStyle::JsonText,
            "delimited" => ListStyle::Delimited("|"),
            _ => ListStyle::Inside("item"),
        };
        match (what, single) {
            ("items", false) => self.show(|into: &mut Vec<Item>| {
                value.list(into, style, |value, into| value.record(into))
            }),
            ("items", true) => self.show(|into: &mut Vec<Item>| {
                value.list_or_one(into, style, |value, into| value.record(into))
            }),
            ("texts", false) => self.show(|into: &mut Vec<String>| {
                value.list(into, style, |value, into| value.text(into))
            }),
            ("texts", true) => self.show(|into: &mut Vec<String>| {
                value.list_or_one(into, style, |value, into| value.text(into))
            }),
            ("flags", _) => self.show(|into: &mut Vec<bool>| {
                value.list(into, style, |value, into| value.flag(into, Spelling::WORDS))
            }),
            ("yuans", _) => self.show(|into: &mut Vec<Decimal>| {
                value.list_or_one(into, style, |value, into| value.bare().amount(into, 2))
            }),
            (_, _) => self.show(|into: &mut Vec<i64>| {
                value.list(into, style, |value, into| value.integer(into))
            }),
        }
    }
}

impl Decode for Read<'_> {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        if name == "x" { self.one(value) } else { value.unknown() }
    }
}

/// The value with its bends, or the error.
fn read(kind: &str, json: &str) -> Result<(String, String), String> {
    let mut target = Read { kind, shown: String::new() };
    let bends = from_text(&format!(r#"{{"x":{json}}}"#), &mut |value| {
        target = Read { kind, shown: String::new() };
        value.members(&mut target, &[])
    });
    let bends = bends.map_err(|error| error.to_string())?;
    let bends: Vec<_> =
        bends.iter().map(|bend| format!("{} {}", bend.field, bend.kind.name())).collect();
    Ok((target.shown, bends.join(", ")))
}

/// (type, what arrives, what becomes of it, where it bent)
type Row = (&'static str, &'static str, &'static str, &'static str);

#[test]
fn scalars_bend_where_nothing_is_lost() {
    const ROWS: &[Row] = &[
        ("text", r#""a""#, r#""a""#, ""),
        ("text", r#""""#, r#""""#, ""),
        ("text", "null", "None", ""),
        ("text", "12.50", r#""12.50""#, "x number_for_text"),
        ("text", "12345678901234567890123", r#""12345678901234567890123""#, "x number_for_text"),
        ("text", "true", r#""true""#, "x boolean_for_text"),
        ("integer", "12", "12", ""),
        ("integer", "12.0", "12", ""),
        ("integer", r#"" 12 ""#, "12", "x text_for_number"),
        ("integer", r#""12.00""#, "12", "x text_for_number"),
        ("integer", r#""""#, "None", "x stand_in"),
        ("integer", "null", "None", ""),
        ("integer", "-9223372036854775808", "-9223372036854775808", ""),
        ("integer as text", r#""12""#, "12", ""),
        ("integer as text", "12", "12", "x number_for_text"),
        ("fen", "1230", "Fen(1230", ""),
        ("fen", r#""1230""#, "Fen(1230", "x text_for_number"),
        ("decimal", r#""1.2345""#, "1.2345", ""),
        ("decimal", "1.2345", "1.2345", "x number_for_text"),
        ("decimal as number", "0.1", "0.1", ""),
        ("decimal as number", r#""0.1""#, "0.1", "x text_for_number"),
        ("yuan", r#""12.5""#, "12.5", ""),
        ("yuan", r#""12.500""#, "12.500", ""),
        ("yuan as number", "12.5", "12.5", ""),
        ("yuan as number", "1e3", "1000", ""),
        ("flag", "true", "true", ""),
        ("flag", r#""TRUE""#, "true", "x spelling"),
        ("flag", "0", "false", "x spelling"),
        ("flag", r#""1""#, "true", "x spelling"),
        ("flag", r#""n""#, "false", "x spelling"),
        ("flag", r#"" Yes ""#, "true", "x spelling"),
        ("flag", r#""""#, "None", "x stand_in"),
        ("flag Y/N", r#""Y""#, "true", ""),
        ("flag Y/N", r#""y""#, "true", "x spelling"),
        ("flag Y/N", "true", "true", "x spelling"),
        ("flag Y/N", "0", "false", "x spelling"),
        ("flag Y/N", r#""no""#, "false", "x spelling"),
        ("flag 1/2", r#""2""#, "false", ""),
        ("flag 1/2", "2", "false", "x spelling"),
        ("flag 1/2", r#""N""#, "false", "x spelling"),
        ("flag 1/0", r#""1""#, "true", ""),
        ("flag 1/0", "1", "true", "x spelling"),
        ("day", r#""20230101""#, "2022-12-31T16:00:00Z", ""),
        ("day", "20230101", "2022-12-31T16:00:00Z", "x number_for_text"),
        ("day", r#""19700101""#, "None", ""),
        ("day", r#""00000000""#, "None", "x stand_in"),
        ("day", r#""""#, "None", "x stand_in"),
        ("seconds", "1672502400", "2022-12-31T16:00:00Z", ""),
        ("seconds", r#""1672502400""#, "2022-12-31T16:00:00Z", "x text_for_number"),
        ("seconds as text", r#""1672502400""#, "2022-12-31T16:00:00Z", ""),
        ("seconds as text", "1672502400", "2022-12-31T16:00:00Z", "x number_for_text"),
        ("state", r#""PAID""#, "Paid", ""),
        ("state", r#""LOST""#, r#"Unknown("LOST""#, "x unknown_value"),
        ("state", "7", "Sent", "x number_for_text"),
        ("state", r#""""#, "None", "x stand_in"),
        ("state of numbers", "7", "Sent", ""),
        ("state of numbers", "8", r#"Unknown("8""#, "x unknown_value"),
        ("state of numbers", r#""7""#, "Sent", "x text_for_number"),
        ("pin", r#""7""#, "Private(…", "x text_for_number"),
        ("json", r#""{}""#, r#"String("{}""#, ""),
    ];
    for (kind, json, value, bends) in ROWS {
        let expected = Ok(((*value).to_owned(), (*bends).to_owned()));
        assert_eq!(read(kind, json), expected, "{json} as {kind}");
    }
}

#[test]
fn records_and_lists_bend_where_nothing_is_lost() {
    const A: &str = r#"Item { sku: "a", price: Fen(5 }"#;
    const IN: &str = r#""{\"sku\":\"a\",\"price\":5}""#;
    const LIST: &str = r#""[{\"sku\":\"a\",\"price\":5}]""#;
    const IT: &str = r#"{"sku":"a","price":5}"#;
    let listed = format!("[{A}]");
    let inside = format!(r#"{{"item":[{IT}]}}"#);
    let rows: Vec<(&str, &str, &str, &str)> = vec![
        ("record", IT, A, ""),
        ("record", IN, A, "x json_in_text"),
        ("record", r#"" \n{\"sku\":\"a\",\"price\":5} ""#, A, "x json_in_text"),
        ("record", r#""""#, "None", "x stand_in"),
        ("record", "[]", "None", "x stand_in"),
        ("record", "null", "None", ""),
        (
            "record",
            r#"{"sku":"a","price":"5","new":[1],"newer":null}"#,
            A,
            "x.price text_for_number, x.new unknown_field, x.newer unknown_field",
        ),
        ("record in text", IN, A, ""),
        ("record in text", IT, A, "x json_for_text"),
        ("record in text", r#""""#, "None", "x stand_in"),
        ("map", r#"{"a":1}"#, r#"{"a": 1}"#, ""),
        ("map", r#"{"a":"1","b":"2"}"#, r#"{"a": 1, "b": 2}"#, "x.* text_for_number"),
        ("map", r#""{\"a\":1}""#, r#"{"a": 1}"#, "x json_in_text"),
        ("map", r#""""#, "{}", "x stand_in"),
        ("map", "[]", "{}", "x stand_in"),
        ("map", "null", "{}", "x stand_in"),
        ("items list", "[]", "[]", ""),
        ("items list", "null", "[]", "x stand_in"),
        ("items list", r#""""#, "[]", "x stand_in"),
        ("items list", "{}", "[]", "x stand_in"),
        ("items list", LIST, &listed, "x json_in_text"),
        ("items list", r#"[{"sku":"a","price":5},null,""]"#, &listed, "x[] stand_in"),
        (
            "items list",
            r#"[{"sku":1,"n":0},{"sku":2,"n":0},{"sku":3,"price":"4"}]"#,
            r#"[Item { sku: "1", price: None }, Item { sku: "2", price: None }, Item { sku: "3", price: Fen(4 }]"#,
            "x[].sku number_for_text, x[].n unknown_field, x[].price text_for_number",
        ),
        ("items in text", LIST, &listed, ""),
        ("items in text", r#"[{"sku":"a","price":5}]"#, &listed, "x json_for_text"),
        ("items in text", r#""""#, "[]", "x stand_in"),
        ("items inside", &inside, &listed, ""),
        ("items inside", r#"{"item":null}"#, "[]", "x.item stand_in"),
        ("items inside", "{}", "[]", "x stand_in"),
        ("items inside", r#"[{"sku":"a","price":5}]"#, &listed, "x bare_list"),
        (
            "items inside",
            r#"{"total":1,"item":[{"sku":"a","price":5}]}"#,
            &listed,
            "x.total unknown_field",
        ),
        ("texts delimited", r#""a|b""#, r#"["a", "b"]"#, ""),
        ("texts delimited", r#""""#, "[]", ""),
        ("texts delimited", "5", r#"["5"]"#, "x number_for_text"),
        ("texts delimited", "1.50", r#"["1.50"]"#, "x number_for_text"),
        ("texts delimited", r#"["a","b"]"#, r#"["a", "b"]"#, "x json_for_text"),
        ("texts delimited", r#""[\"a\",\"b\"]""#, r#"["a", "b"]"#, "x json_in_text"),
        ("texts delimited", r#""[new]|b""#, r#"["[new]", "b"]"#, ""),
        ("texts delimited", "null", "[]", "x stand_in"),
        ("integers delimited", r#""1|2""#, "[1, 2]", ""),
        ("flags delimited", r#""true|false""#, "[true, false]", ""),
        ("flags delimited", r#""true|N""#, "[true, false]", "x[] spelling"),
        ("flags delimited", "true", "[true]", "x boolean_for_text"),
        ("items list, or one", r#"[{"sku":"a","price":5}]"#, &listed, ""),
        ("items list, or one", IT, &listed, "x one_for_list"),
        ("items list, or one", IN, &listed, "x one_for_list, x[] json_in_text"),
        ("items list, or one", LIST, &listed, "x json_in_text"),
        (
            "items list, or one",
            r#"{"sku":"a","price":"5"}"#,
            &listed,
            "x one_for_list, x[].price text_for_number",
        ),
        ("items list, or one", "{}", "[]", "x stand_in"),
        ("items list, or one", "null", "[]", "x stand_in"),
        ("items in text, or one", IN, &listed, "x one_for_list"),
        ("items in text, or one", IT, &listed, "x json_for_text, x one_for_list"),
        (
            "items inside, or one",
            r#"{"item":{"sku":"a","price":5}}"#,
            &listed,
            "x.item one_for_list",
        ),
        ("texts list, or one", r#""a""#, r#"["a"]"#, "x one_for_list"),
        ("texts list, or one", r#""[a]""#, r#"["[a]"]"#, "x one_for_list"),
        ("texts list, or one", "5", r#"["5"]"#, "x one_for_list, x[] number_for_text"),
        ("texts inside, or one", r#""a""#, r#"["a"]"#, "x one_for_list"),
        ("yuans list, or one", "12.5", "[12.5]", "x one_for_list"),
        ("yuans list, or one", "[12.5,0.1]", "[12.5, 0.1]", ""),
    ];
    for (kind, json, value, bends) in rows {
        let expected = Ok((value.to_owned(), bends.to_owned()));
        assert_eq!(read(kind, json), expected, "{json} as {kind}");
    }
}

#[test]
fn what_would_lie_is_refused_with_path_and_value() {
    const INTEGER: &str = "expected an integer of 64 bits, found";
    let rows: &[(&str, &str, String)] = &[
        ("integer", "12.5", format!("x: {INTEGER} the number 12.5")),
        ("integer", r#""12abc""#, format!(r#"x: {INTEGER} the text "12abc""#)),
        ("integer", "9223372036854775808", format!("x: {INTEGER} the number 9223372036854775808")),
        ("integer", r#""9223372036854775808""#, format!(r#"x: {INTEGER} the text "9223372036854775808""#)),
        ("integer", "1e30", format!("x: {INTEGER} the number 1e30")),
        ("integer", "true", format!("x: {INTEGER} true")),
        ("integer", "[]", format!("x: {INTEGER} a list")),
        ("fen", "0.5", format!("x: {INTEGER} the number 0.5")),
        ("fen", r#""12.30""#, format!(r#"x: {INTEGER} the text "12.30""#)),
        ("pin", r#""SENTINEL""#, format!("x: {INTEGER} a private value")),
        ("pin", "77.5", format!("x: {INTEGER} a private value")),
        ("yuan", r#""12.345""#, r#"x: expected an amount of at most 2 decimals, found the text "12.345""#.into()),
        ("yuan", "12.345", "x: expected an amount of at most 2 decimals, found the number 12.345".into()),
        ("yuan", r#""1e-3""#, r#"x: expected an amount of at most 2 decimals, found the text "1e-3""#.into()),
        ("yuan", "1e29", "x: expected a decimal of at most 28 digits, found the number 1e29".into()),
        ("yuan", r#""1,200.00""#, r#"x: expected a decimal of at most 28 digits, found the text "1,200.00""#.into()),
        ("decimal", r#""12元""#, r#"x: expected a decimal of at most 28 digits, found the text "12元""#.into()),
        ("decimal", "79228162514264337593543950336", "x: expected a decimal of at most 28 digits, found the number 79228162514264337593543950336".into()),
        ("yuans list, or one", "[1,12.345]", "x[1]: expected an amount of at most 2 decimals, found the number 12.345".into()),
        ("yuans list, or one", "12.345", "x: expected an amount of at most 2 decimals, found the number 12.345".into()),
        ("flag", "2", r#"x: expected a boolean ("true" or "false"), found the number 2"#.into()),
        ("flag", r#""on""#, r#"x: expected a boolean ("true" or "false"), found the text "on""#.into()),
        ("flag 1/2", "0", r#"x: expected a boolean ("1" or "2"), found the number 0"#.into()),
        ("flag 1/2", r#""0""#, r#"x: expected a boolean ("1" or "2"), found the text "0""#.into()),
        ("day", r#""2023-01-01""#, r#"x: expected a date-time as yyyyMMdd, found the text "2023-01-01""#.into()),
        ("state", "{}", "x: expected a value of an enumeration, found an object".into()),
        ("record", r#"{"price":1}"#, "x.sku: expected a value, found nothing".into()),
        ("record", r#""sku""#, r#"x: expected an object, found the text "sku""#.into()),
        ("record", r#""{sku}""#, r#"x: expected an object, found the text "{sku}""#.into()),
        ("record", r#""{\"sku\":[]}""#, "x.sku: expected text, found a list".into()),
        ("map", r#""[1]""#, "x[0]: expected an object, found a list".into()),
        ("map", r#"{"a":1.5}"#, format!("x.a: {INTEGER} the number 1.5")),
        ("items list", r#"{"sku":"a"}"#, "x: expected a list, found an object".into()),
        ("items list", r#""{\"sku\":\"a\"}""#, "x: expected a list, found an object".into()),
        ("items list", "true", "x: expected a list, found true".into()),
        ("items list", r#"[{"sku":"a"},{"sku":"b","price":0.5}]"#, format!("x[1].price: {INTEGER} the number 0.5")),
        ("items inside", r#"{"sku":"a"}"#, r#"x: expected an object with a list, found an object without "item""#.into()),
        ("items inside", r#"{"item":{"sku":"a"}}"#, "x.item: expected a list, found an object".into()),
        ("items list, or one", r#"{"price":1}"#, "x.sku: expected a value, found nothing".into()),
        ("items list, or one", "12.5", "x: expected an object, found the number 12.5".into()),
        ("integers delimited", r#""1|x""#, format!(r#"x[1]: {INTEGER} the text "x""#)),
        ("texts list", r#""[a""#, r#"x: expected a list, found the text "[a""#.into()),
    ];
    for (kind, json, error) in rows {
        assert_eq!(read(kind, json), Err(error.clone()), "{json} as {kind}");
    }
}

/// Fields that an answer always has are never made up.
#[test]
fn nothing_in_place_of_the_data_is_no_record_that_has_fields() {
    let item = |text: &str| {
        let mut item = Item::default();
        from_text(text, &mut |value| value.record(&mut item)).map_err(|error| error.to_string())
    };
    for nothing in ["{}", "[]", r#""""#] {
        assert_eq!(item(nothing), Err("sku: expected a value, found nothing".into()), "{nothing}");
    }
}

#[test]
fn what_stands_before_an_answer_is_no_part_of_it() {
    let bends = from_text("\u{feff}\r\n {\"x\":1} \n", &mut |value| {
        value.members(&mut Read { kind: "integer", shown: String::new() }, &[])
    });
    let bends: Vec<_> = bends.unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(bends, ["a byte order mark before the answer", "white space before the answer"]);
}

/// Both passes bend; only what the one that counts has seen is told.
#[test]
fn the_exact_pass_tells_its_bends_once() {
    let text = r#"{"x":[{"sku":1},{"sku":"b","price":2.0,"n":1}]}"#;
    let mut target = Read { kind: "items list", shown: String::new() };
    let bends = from_text(text, &mut |value| value.members(&mut target, &[])).unwrap();
    let bends: Vec<_> = bends.iter().map(|bend| bend.field.as_str()).collect();
    assert_eq!(bends, ["x[].sku", "x[].n"]);
}

#[test]
fn a_hostile_answer_bends_64_times_at_most() {
    let names: Vec<_> =
        (0..5000).map(|index| format!(r#""{index}{}":1"#, "n".repeat(90))).collect();
    let items = r#"{"sku":"a","price":"1"}"#;
    let text = format!(r#"{{{},"x":[{items},{items}]}}"#, names.join(","));
    let mut target = Read { kind: "items list", shown: String::new() };
    let bends = from_text(&text, &mut |value| value.members(&mut target, &[])).unwrap();
    assert!(bends.len() <= 64 && bends.iter().all(|bend| bend.field.chars().count() < 50));
    // Unknown fields do not crowd out the others.
    assert_eq!(bends.last().unwrap().field, "x[].price");
    let keys: Vec<_> = (0..5000).map(|index| format!(r#""{index}":"1""#)).collect();
    assert_eq!(read("map", &format!("{{{}}}", keys.join(","))).unwrap().1, "x.* text_for_number");
}

/// An exact pass reads lists and objects from their characters, level by level: not without end.
#[test]
fn depth_is_limited_in_the_exact_pass_too() {
    #[derive(Debug, Default)]
    struct Tree(Vec<Tree>, Option<Decimal>);
    impl Decode for Tree {
        fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
            match name {
                "of" => value
                    .list_or_one(&mut self.0, ListStyle::Json, |value, tree| value.record(tree)),
                "n" => value.decimal(&mut self.1),
                _ => value.unknown(),
            }
        }
    }
    let read = |depth: usize, open: &str, close: &str| {
        let text = format!("{{\"n\":1.5,{}{}}}", open.repeat(depth), close.repeat(depth));
        let text = text.replace("\"of\":}", "\"of\":null}");
        let mut tree = Tree::default();
        from_text(&text, &mut |value| {
            tree = Tree::default();
            value.record(&mut tree)
        })
    };
    assert!(read(100, "\"of\":{", "}").is_ok());
    for depth in [200, 20_000] {
        let error = read(depth, "\"of\":{", "}").unwrap_err();
        assert!(error.found().contains("recursion limit"), "{error}");
        assert!(read(depth, "\"of\":[{", "}]").unwrap_err().found().contains("recursion limit"));
    }
}
