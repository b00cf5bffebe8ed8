//! The sources of parameters, and the messages for wrong ones.

use crate::tool::{Call, UNBIND, mock};
use gatespec_tests::harness::each;
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

const FILL: [&str; 2] = ["shopex", "matrix.fill.single"];
const ORDER: [&str; 2] = ["gome", "gome.pusher.order.synchronize"];

/// Writes a file and returns its path.
fn file(root: &TempDir, name: &str, text: &str) -> String {
    let path = root.path().join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn values_come_from_words_files_json_and_the_standard_input() {
    let root = TempDir::new().unwrap();
    let whole = r#"{"node_id":"15000000","fill_type":"order","tids":["A 1","短袖"]}"#;
    let part = r#"{"node_id":"15000000","fill_type":"refund","tids":["A 1","短袖"]}"#;
    let (whole_file, part_file) = (file(&root, "whole", whole), file(&root, "part", part));
    let node = format!("node_id=@{}", file(&root, "node", "15000000\n"));
    let tids = format!("tids=@{}", file(&root, "tids", "A 1|短袖"));
    let ways: [(&str, Vec<&str>, &str); 7] = [
        ("words", vec!["node_id=15000000", "fill_type=order", "tids=A 1|短袖"], ""),
        ("files of values", vec![&node, "fill_type=order", &tids], ""),
        ("a file", vec!["--json", &whole_file], ""),
        ("the input", vec!["--json", "-"], whole),
        ("a file and a word, which goes first", vec!["--json", &part_file, "fill_type=order"], ""),
        ("the input and a word", vec!["fill_type=order", "--json", "-"], part),
        ("a list as JSON", vec!["--json", "-", r#"tids=["A 1","短袖"]"#], whole),
    ];
    each(
        ways.map(|(name, words, input)| (name.to_owned(), (words, input))),
        |_, (words, input)| {
            let mock = mock();
            let run = Call::of(&mock, &FILL).with(words).input(input).run();
            assert_eq!(run.code, Some(0), "{run:?}");
            let sent = &mock.received()[0].request;
            let tids = json!(["A 1", "短袖"]);
            assert_eq!(sent, &json!({ "node_id": "15000000", "fill_type": "order", "tids": tids }));
        },
    );
}

#[test]
fn a_text_that_begins_with_an_at_sign_is_written_with_two() {
    let mock = mock();
    let run = Call::of(&mock, &["shopex", "matrix.unbind", "node_id=@@x"]).run();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(mock.received()[0].request["node_id"], "@x");
}

#[test]
fn a_record_is_json_on_the_command_line_and_in_the_json() {
    let record =
        r#"{"orderId":"1","orderPrice":"99.90","orderType":0,"deliveryList":[{"subOrderId":"2"}]}"#;
    let ways = [
        ("a word", format!("request={record}"), String::new()),
        ("an object", "--json=-".to_owned(), format!(r#"{{"request":{record}}}"#)),
    ];
    each(ways.map(|(name, word, input)| (name.to_owned(), (word, input))), |_, (word, input)| {
        let mock = mock();
        let run = Call::of(&mock, &ORDER).with(&[word]).input(input).run();
        assert_eq!(run.code, Some(0), "{run:?}");
        let sent = &mock.received()[0].request["request"];
        assert_eq!(
            (&sent["orderPrice"], &sent["deliveryList"]),
            (&json!("99.90"), &json!([{ "subOrderId": "2" }]))
        );
    });
}

/// JSON whose type differs from the spec's is accepted if nothing is lost.
#[test]
fn numbers_and_texts_of_json_are_read_by_the_type_of_the_spec() {
    let cases: [(&str, &[&str], &str, &str, Value); 4] = [
        (
            "a number for a text",
            &UNBIND[..2],
            r#"{"node_id":15000000}"#,
            "/node_id",
            json!("15000000"),
        ),
        (
            "a text for a number",
            &["mogujie", "xiaodian.trade.get"],
            r#"{"openApiOrderDetailReqDto":{"shopOrderId":"7"}}"#,
            "/openApiOrderDetailReqDto/shopOrderId",
            json!(7),
        ),
        (
            "a number with its digits",
            &ORDER,
            r#"{"request":{"orderPrice":99.90}}"#,
            "/request/orderPrice",
            json!("99.90"),
        ),
        (
            "null is not given",
            &FILL,
            r#"{"node_id":"1","fill_type":"order","tids":null}"#,
            "/tids",
            Value::Null,
        ),
    ];
    each(
        cases.map(|(name, words, input, at, value)| (name.to_owned(), (words, input, at, value))),
        |_, case| {
            let (words, input, at, value) = case;
            let mock = mock();
            let run = Call::of(&mock, words).with(&["--json", "-"]).input(input).run();
            assert_eq!(run.code, Some(0), "{run:?}");
            let sent = &mock.received()[0].request;
            assert_eq!(sent.pointer(at).unwrap_or(&Value::Null), value, "{sent}");
        },
    );
}

#[test]
fn what_cannot_be_read_is_told_and_nothing_is_sent() {
    let cases: [(&str, &[&str], &str, &str); 15] = [
        (
            "a boolean for a text",
            &["--json", "-"],
            r#"{"node_id":true}"#,
            "`node_id`: `true` is a boolean; expected a text; if you mean the text, write \"true\"",
        ),
        ("not JSON", &["--json", "-"], "{node_id: 1}", "--json: not JSON: "),
        ("nothing", &["--json", "-"], "", "--json: the input is empty"),
        (
            "no object",
            &["--json", "-"],
            "[1]",
            "--json: JSON, but not an object; write {\"parameter\": value, …}",
        ),
        (
            "twice in the JSON",
            &["--json", "-"],
            r#"{"node_id":"1","node_id":"2"}"#,
            "`node_id` is given twice",
        ),
        ("twice in words", &["node_id=1", "node_id=2"], "", "`node_id` is given twice"),
        ("misspelt", &["nod_id=1"], "", "no parameter `nod_id`; did you mean `node_id`?"),
        ("misspelt in the JSON", &["--json", "-"], r#"{"nodeid":"1"}"#, "did you mean `node_id`?"),
        (
            "a name that speaks to a terminal",
            &["--json", "-"],
            r#"{"a\u001b[31mb":"1"}"#,
            "`a\\u{1b}[31mb`",
        ),
        ("no value", &["node_id"], "", "`node_id` is not a parameter: write NAME=VALUE"),
        (
            "no file",
            &["node_id=@/no/such/file"],
            "",
            "the value of `node_id`: cannot read /no/such/file",
        ),
        ("no file of JSON", &["--json", "/no/such/file"], "", "--json: cannot read /no/such/file"),
        ("a record for a text", &["--json", "-"], r#"{"node_id":{"a":1}}"#, "`node_id`"),
        (
            "the secret",
            &["secret=x"],
            "",
            "`secret` is a secret and cannot be given as an argument; set GATESPEC_SECRET",
        ),
        ("the signature", &["node_id=1", "sign=00"], "", "`sign` is computed"),
    ];
    let mock = mock();
    each(
        cases.map(|(name, words, input, said)| (name.to_owned(), (words, input, said))),
        |_, case| {
            let (words, input, said) = case;
            let run = Call::of(&mock, &UNBIND[..2]).with(words).input(input).run();
            assert_eq!((run.code, &*run.out), (Some(2), ""), "{run:?}");
            assert!(run.err.starts_with("error: ") && run.err.contains(said), "{}", run.err);
        },
    );
    assert_eq!(mock.received(), []);
}

#[test]
fn every_mistake_is_told_at_once() {
    let run = Call::anywhere(&["shopex", "matrix.unbind", "nod_id=1", "code=2"]).run();
    assert_eq!(run.code, Some(2));
    assert_eq!(run.err.matches("has no parameter").count(), 2, "{}", run.err);
}
