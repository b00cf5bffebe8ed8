//! Values that a programming language converted implicitly before they were signed.

use crate::causes::explained;
use crate::foreign::*;
use crate::tool::{Asked, ids};

const SECRET: &str = "boat-secret";

fn asked(case: &str, values: &[&str]) -> Asked {
    Asked::own(&["pier", "boat.note", "--app-key", "k", "--clock", "1672502400", "--case", case])
        .with(values)
        .secret(SECRET)
}

/// The signature of `plain` over all pairs, sorted by name.
fn sign(others: &[(&str, &str)]) -> String {
    let all = [pairs(others), pairs(&[("app_key", "k"), ("ts", "1672502400")])].concat();
    lower(md5(format!("{}&key={SECRET}", join(&sorted(all), "=", "&"))))
}

/// The output of `node -e 'String(x)'`, PHP's `(string)`, `Map.of(…).toString()`, Python's `str`,
/// Go's `fmt.Sprint` and Ruby's `to_s` for this record.
#[test]
fn a_record_that_the_language_turned_into_text() {
    let asked = asked("plain", &[r#"note={"words":"low","tide":null}"#]);
    let named = ["[object Object]", "Array", "{words=low, tide=null}"];
    let others = [
        "{'words': 'low', 'tide': None}",
        "map[tide:<nil> words:low]",
        r#"{"words"=>"low", "tide"=>nil}"#,
        r#"{"words" => "low", "tide" => nil}"#,
        // From .NET: `new Dictionary<string, object>().ToString()`, and the same with `string`
        // values.
        "System.Collections.Generic.Dictionary`2[System.String,System.Object]",
        "System.Collections.Generic.Dictionary`2[System.String,System.String]",
    ];
    let rows = named.iter().chain(&others).map(|text| ("record_as_text", sign(&[("note", text)])));
    explained(&asked, rows.collect());
}

#[test]
fn a_parameter_that_was_not_sent_was_signed_as_a_word() {
    let asked = asked("plain", &["boat=Gull"]);
    let row = |name, word| ("null_as_text", sign(&[("boat", "Gull"), (name, word)]));
    let rows = [
        ("note", "null"),
        ("berth", "None"),
        ("berth", "undefined"),
        ("note", "nil"),
        ("note", "NULL"),
        ("berth", "(null)"),
    ];
    explained(&asked, rows.map(|(name, word)| row(name, word)).to_vec());
    let all = [("boat", "Gull"), ("berth", "null"), ("note", "null")];
    explained(&asked, vec![("null_as_text", sign(&all))]);
}

#[test]
fn a_value_that_was_decoded_before_signing() {
    explained(
        &asked("plain", &["boat=Gull+2"]),
        vec![("plus_as_space", sign(&[("boat", "Gull 2")]))],
    );
    explained(
        &asked("plain", &["boat=50%25+%E7%9F%AD%zz%"]),
        vec![
            ("decoded_before_signing", sign(&[("boat", "50% 短%zz%")])),
            ("plus_as_space", sign(&[("boat", "50%25 %E7%9F%AD%zz%")])),
        ],
    );
}

/// For `createHash('md5').update('…中文…', 'binary')`, Node 8 hashes `中文` as the bytes `0x2d 0x87`.
#[test]
fn characters_of_which_only_the_low_byte_was_signed() {
    let text =
        ["app_key=k&boat=".as_bytes(), &[0x2d, 0x87], b"&ts=1672502400&key=", SECRET.as_bytes()];
    explained(&asked("plain", &["boat=中文"]), vec![("low_bytes", lower(md5(text.concat())))]);
}

/// The bytes of .NET's `Encoding.Unicode.GetBytes` and of Java's
/// `getBytes(StandardCharsets.UTF_16BE)`.
#[test]
fn texts_that_were_digested_as_utf_16() {
    let text = format!("app_key=k&boat=Gull&ts=1672502400&key={SECRET}");
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let rows = [little, big].map(|bytes| ("utf16_digested", lower(md5(bytes))));
    explained(&asked("plain", &["boat=Gull"]), rows.to_vec());
}

/// The texts of Python's `str(float(…))`, of Go's `fmt.Sprint(float64(1700000123))` and of Java's
/// `String.valueOf(1700000123d)`.
#[test]
fn whole_numbers_that_were_floats() {
    let asked = asked("plain", &["berth=1700000123"]);
    let texts = ["1700000123.0", "1.700000123e+09", "1.700000123E9"];
    let rows = texts.map(|text| ("number_as_float", sign(&[("berth", text)])));
    explained(&asked, rows.to_vec());
}

/// The names begin alike: if whole pairs are sorted as texts, the values can decide the order.
#[test]
fn pairs_that_were_sorted_as_texts() {
    let asked = asked("close", &["boat=z", "berth=1"]).reworded(&[
        "pier",
        "boat.other",
        "--raw",
        "boat=b1",
        "boata=0",
        "--app-key",
        "k",
        "--clock",
        "1672502400",
        "--case",
        "close",
    ]);
    let text = format!("app_keykboata0boatb1ts1672502400{SECRET}");
    let found = asked.clone().with(&["--against", &lower(md5(text))]).json();
    assert_eq!(ids(&found["diagnosis"]), ["sorted_by_pair"]);
    assert!(found["diagnosis"]["causes"][0]["what"].as_str().unwrap().contains("encoded pairs"));
    let text = format!("app_keykboatb1boata0ts1672502400{SECRET}");
    assert_eq!(asked.with(&["--against", &lower(md5(text))]).run().code, Some(0));
}

/// The formula prescribes Python's `base64.b64encode(hashlib.md5(…).hexdigest().encode())`.
#[test]
fn digests_whose_digits_were_encoded_again() {
    let text = format!("app_key=k&boat=Gull&ts=1672502400&key={SECRET}");
    let asked = asked("wrapped", &["boat=Gull"]);
    let right = base64(lower(md5(&text)));
    let run = asked.clone().with(&["--against", &right]).run();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.out.contains("16 bytes"), "the digest has 16 bytes: {}", run.out);
    explained(
        &asked,
        vec![
            ("base64_of_bytes", base64(md5(&text))),
            ("hex_for_base64", lower(md5(&text))),
            ("hex_case", base64(upper(md5(&text)))),
            ("base64_changed", right.trim_end_matches('=').to_owned()),
        ],
    );
    for (foreign, said) in [
        (
            base64(lower(sha256("another text"))),
            "is 32 bytes, a SHA-256; the formula gives 16 bytes, an MD5",
        ),
        (base64(sha1("another text")), "is 20 bytes, a SHA-1; the formula gives 16 bytes, an MD5"),
    ] {
        let found = asked.clone().with(&["--against", &foreign]).json();
        assert!(found["diagnosis"]["hint"].as_str().unwrap().contains(said), "{found}");
    }
    let found = asked.with(&["--against", &base64(lower(md5("another text")))]).json();
    assert!(found["diagnosis"]["hint"].is_null(), "{found}");
}

/// A web page or a mail program took `&ts` and `&note` for the beginnings of HTML entities.
#[test]
fn names_that_html_read_as_entities_are_put_back() {
    let sign = sign(&[("boat", "Gull"), ("note", "{}")]);
    for shown in ["¬e={}", "%C2%ACe={}", "&amp;note={}"] {
        let request = format!("app_key=k&boat=Gull{shown}&ts=1672502400&sign={sign}");
        let asked = Asked::own(&["pier", "boat.note", "--from", &request]).secret(SECRET);
        let run = asked.run();
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.err.contains("was `&note` before HTML"), "{run:?}");
    }
}
