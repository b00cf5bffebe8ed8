//! Formulas that encode like a form, escape JSON, write values as JSON, or have a literal before
//! the secret.

use crate::causes::explained;
use crate::foreign::*;
use crate::tool::Asked;

const AT: &str = "1672502400";

fn asked(values: &[&str], case: &str) -> Asked {
    Asked::own(&["pier", "boat.note", "--app-key", "k", "--clock", AT, "--case", case])
        .with(values)
        .secret("pier-secret")
}

fn signed(text: impl AsRef<[u8]>) -> String {
    lower(md5(text))
}

fn right(asked: &Asked, sign: &str) {
    assert_eq!(asked.clone().with(&["--against", sign]).run().code, Some(0));
}

/// The expected texts come from Node's `encodeURI(t)` and .NET's `HttpUtility.UrlEncode(t)`.
#[test]
fn a_formula_that_encodes_as_a_form() {
    let asked = asked(&["boat=a b/(c)~"], "encoded");
    let sign = |boat: &str| signed(format!("app_key%3Dk%26boat%3D{boat}%26ts%3D{AT}pier-secret"));
    right(&asked, &sign("a+b%2F%28c%29%7E"));
    let uri = signed(format!("app_key=k&boat=a%20b/(c)~&ts={AT}pier-secret"));
    let dotnet = signed(format!("app_key%3dk%26boat%3da+b%2f(c)%7e%26ts%3d{AT}pier-secret"));
    explained(
        &asked,
        vec![
            ("rfc3986", sign("a%20b%2F%28c%29~")),
            ("encode_uri", uri),
            ("dotnet_urlencode", dotnet),
        ],
    );
}

#[test]
fn the_simplest_explanation_comes_first() {
    // Here, `encodeURI` and no encoding give the same text.
    let plain = signed(format!("app_key=k&boat=a&ts={AT}pier-secret"));
    let found = asked(&["boat=a"], "encoded").with(&["--against", &plain]).json();
    assert_eq!(found["diagnosis"]["causes"][0]["id"], "not_encoded", "{found}");
    let also = found["diagnosis"]["also"].as_array().unwrap();
    assert!(also.iter().any(|cause| cause["id"] == "encode_uri"), "{found}");
}

#[test]
fn a_name_in_front_of_the_secret() {
    let typed = |end: &str| signed(format!("app_key=\"k\"&boat=\"a b\"&ts=\"{AT}\"{end}"));
    let asked = asked(&["boat=a b"], "typed");
    right(&asked, &typed("pier-secret"));
    explained(
        &asked,
        vec![
            ("secret_with_key", typed("&key=pier-secret")),
            ("secret_with_key", typed("&secret=pier-secret")),
            ("secret_with_key", typed("&app_secret=pier-secret")),
            ("secret_with_key+hex_case", typed("&key=pier-secret").to_uppercase()),
        ],
    );
    let plain = signed(format!("app_key=k&boat=a b&ts={AT}&key=pier-secret"));
    let encoded = self::asked(&["boat=a b"], "encoded");
    let mut named = encoded.causes(&plain);
    named.sort();
    assert_eq!(named, ["not_encoded", "secret_with_key"]);
}

#[test]
fn a_field_that_was_left_empty() {
    let asked = asked(&["boat=a"], "plain");
    let sign = |text: &str| signed(format!("app_key=k&{text}&ts={AT}&key=pier-secret"));
    explained(
        &asked,
        vec![
            ("absent_as_empty", sign("berth=&boat=a")),
            ("absent_as_empty", sign("boat=a&note=")),
            ("absent_as_empty", sign("berth=&boat=a&note=")),
            ("absent_as_empty+hex_case", sign("berth=&boat=a").to_uppercase()),
        ],
    );
}

#[test]
fn names_and_values_between_secrets() {
    let text = format!("pier-secretapp_keykboata bts{AT}pier-secret");
    for case in ["plain", "encoded", "typed"] {
        let asked = asked(&["boat=a b"], case);
        explained(
            &asked,
            vec![
                ("pairs_between_secrets", signed(&text)),
                ("pairs_between_secrets+hex_case", upper(md5(&text))),
            ],
        );
    }
}

#[test]
fn a_literal_and_the_secret_behind_it() {
    let asked = asked(&["boat=a b"], "plain");
    let sign = |text: &str| signed(text.replace('@', AT));
    right(&asked, &sign("app_key=k&boat=a b&ts=@&key=pier-secret"));
    explained(
        &asked,
        vec![
            ("block_encoded", sign("app_key%3Dk%26boat%3Da+b%26ts%3D@&key=pier-secret")),
            ("encoded_before_signing", sign("app_key=k&boat=a+b&ts=@&key=pier-secret")),
            ("secret_moved", sign("pier-secretapp_key=k&boat=a b&ts=@&key=")),
            ("secret_added", sign("pier-secretapp_key=k&boat=a b&ts=@&key=pier-secret")),
            ("secret_empty", sign("app_key=k&boat=a b&ts=@&key=")),
            ("secret_missing", sign("app_key=k&boat=a b&ts=@")),
            ("part_missing", sign("app_key=k&boat=a b&ts=@pier-secret")),
            ("case_changed", sign("APP_KEY=k&BOAT=a b&TS=@&key=pier-secret")),
            ("separator_at_end", sign("app_key=k&boat=a b&ts=@&&key=pier-secret")),
            ("separator_at_end", sign("&app_key=k&boat=a b&ts=@&key=pier-secret")),
        ],
    );
}

#[test]
fn json_that_is_escaped() {
    let asked = asked(&[r#"note={"words":"短"}"#], "plain");
    let sign = |note: &str| signed(format!("app_key=k&note={note}&ts={AT}&key=pier-secret"));
    right(&asked, &sign(r#"{"words":"\u77ed","tide":null}"#));
    let empty = self::asked(&[r#"note={"words":""}"#], "plain");
    explained(
        &asked,
        vec![
            ("json_compact", sign(r#"{"words":"短","tide":null}"#)),
            ("json_nulls_dropped", sign(r#"{"words":"\u77ed"}"#)),
        ],
    );
    explained(&empty, vec![("json_empties_dropped", sign("{}"))]);
}

#[test]
fn chinese_that_is_escaped() {
    let asked = asked(&["boat=短"], "plain");
    let text = format!("app_key=k&boat=\\u77ed&ts={AT}&key=pier-secret");
    explained(&asked, vec![("escaped_text", signed(text))]);
}

#[test]
fn values_as_json() {
    let asked = asked(&["boat=7", "berth=5"], "typed");
    let sign = |berth: &str, boat: &str| {
        signed(format!("app_key=\"k\"&berth={berth}&boat={boat}&ts=\"{AT}\"pier-secret"))
    };
    right(&asked, &sign("5", "\"7\""));
    explained(&asked, vec![("number_quoted", sign("\"5\"", "\"7\""))]);
}
