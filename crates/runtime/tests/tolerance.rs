//! Tables of types, received values and results: which differences are tolerated as bends, and
//! which are refused.

#![allow(clippy::unwrap_used, reason = "tests")]

mod reading;

use reading::read;

/// The type, the received JSON, the decoded value, and the bends with their fields.
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
        ("day", r#""20230101""#, "2023-01-01T00:00:00+08:00", ""),
        ("day", "20230101", "2023-01-01T00:00:00+08:00", "x number_for_text"),
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
        ("json", r#""{}""#, r#""{}""#, ""),
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
        ("items list", "false", "[]", "x stand_in"),
        ("items list", "0", "[]", "x stand_in"),
        ("record", "false", "None", "x stand_in"),
        ("record", "0", "None", "x stand_in"),
        ("map", "false", "{}", "x stand_in"),
        ("map", "0", "{}", "x stand_in"),
        (
            "record",
            "\"{\\\"sku\\\":\\\"a\\\",\\\"price\\\":5,\\\"n\\\":\\\"\\u0001\\\"}\"",
            A,
            "x json_in_text, x control_character, x.n unknown_field",
        ),
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
    const INTEGER: &str = "expected a 64-bit integer, found";
    const NOTHING: &str = "expected at least one item, found nothing";
    const NUMBERED: &str = "expected a list, found an object with numbered members, which PHP \
                            writes for a list with gaps in its indices (`array_values` closes them)";
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
        ("private texts", r#""SENTINEL""#, "x: expected a list, found a private value".into()),
        ("private texts", r#"["a",{}]"#, "x[1]: expected text, found a private value".into()),
        ("private map", r#""SENTINEL""#, "x: expected an object, found a private value".into()),
        ("private json in text", "77", "x: expected JSON in a text, found a private value".into()),
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
        ("items list", "1", "x: expected a list, found the number 1".into()),
        ("items list", r#"[{"sku":"a"},null]"#, format!("x[1]: {NOTHING}")),
        ("items list", r#"[{"sku":"a"},""]"#, format!("x[1]: {NOTHING}")),
        ("texts list", r#"["a",null,"b"]"#, format!("x[1]: {NOTHING}")),
        ("integers delimited", r#""1||2""#, format!("x[1]: {NOTHING}")),
        ("items list", r#"{"0":{"sku":"a"},"2":{"sku":"b"}}"#, format!("x: {NUMBERED}")),
        ("texts list", r#"{"1":"a"}"#, format!("x: {NUMBERED}")),
        ("record", "true", "x: expected an object, found true".into()),
        ("record", "1", "x: expected an object, found the number 1".into()),
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
