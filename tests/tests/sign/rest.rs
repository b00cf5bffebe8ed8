//! An HMAC-MD5 over lines, with all parameters in the query. Covers empty texts that are not sent,
//! booleans, amounts, repeated names, and records in brackets.

use crate::causes::explained;
use crate::foreign::*;
use crate::tool::Asked;

fn asked() -> Asked {
    Asked::invented(&[
        "quay",
        "parcel.find",
        "depot=H 1",
        "owner=",
        "open=true",
        "worth_at_least=12.5",
    ])
    .with(&["state=[\"out\",\"in\"]", "since=2023-01-01T00:00:00+08:00"])
    .with(&["box={\"width\":20,\"depth\":3}", "--app-key", "k9", "--clock", "1672502400.007"])
    .secret("quay-secret")
}

fn all() -> Pairs {
    pairs(&[
        ("box[depth]", "3"),
        ("box[width]", "20"),
        ("depot", "H 1"),
        ("key", "k9"),
        ("open", "1"),
        ("since", "2023-01-01T00:00:00+08:00"),
        ("state", "out"),
        ("state", "in"),
        ("svc", "parcel"),
        ("ts", "1672502400007"),
        ("worth_at_least", "12.50"),
    ])
}

fn text_of(pairs: Pairs, encode: fn(&str) -> String) -> String {
    let encoded: Pairs = pairs.into_iter().map(|(name, value)| (name, encode(&value))).collect();
    format!("GET\n/parcel\nquay-action=parcel.find\n{}", join(&encoded, "=", "&"))
}

fn sign(pairs: Pairs) -> String {
    lower(hmac_md5("quay-secret", text_of(pairs, rfc3986)))
}

fn change(name: &str, value: &str) -> String {
    let change = |(known, old): (String, String)| {
        let value = if known == name { value.to_owned() } else { old };
        (known, value)
    };
    sign(all().into_iter().map(change).collect())
}

#[test]
fn the_code_of_this_test_signs_as_the_platform_does() {
    let run = asked().with(&["--against", &sign(all())]).run();
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn values_in_other_forms() {
    let state = |pairs: &[(&str, &str)]| {
        let mut others: Pairs = all().into_iter().filter(|(name, _)| name != "state").collect();
        others.extend(self::pairs(pairs));
        sign(sorted(others))
    };
    let one_box = {
        let mut others: Pairs =
            all().into_iter().filter(|(name, _)| !name.starts_with("box")).collect();
        others.extend(pairs(&[("box", r#"{"width":20,"depth":3}"#)]));
        let mut others: Pairs = others.into_iter().filter(|(name, _)| name != "state").collect();
        others.extend(pairs(&[("state", "out"), ("state", "in")]));
        sign(sorted(others))
    };
    explained(
        &asked(),
        vec![
            ("empty_kept", sign(sorted(with(all(), "owner", "")))),
            ("null_as_text", sign(sorted(with(all(), "owner", "null")))),
            ("boolean_spelling", change("open", "true")),
            ("boolean_spelling", change("open", "True")),
            ("boolean_spelling", change("open", "Y")),
            ("amount_format", change("worth_at_least", "12.5")),
            ("amount_format", change("worth_at_least", "1250")),
            ("clock_unit", change("ts", "1672502400")),
            ("repeated_name", state(&[("state", "out")])),
            ("repeated_name", state(&[("state", "in")])),
            ("repeated_name", state(&[("state", "out,in")])),
            ("nested_form", one_box),
        ],
    );
}

#[test]
fn encodings_of_values() {
    explained(
        &asked(),
        vec![
            ("space_as_plus", lower(hmac_md5("quay-secret", text_of(all(), form)))),
            ("not_encoded", lower(hmac_md5("quay-secret", text_of(all(), as_is)))),
        ],
    );
}

#[test]
fn the_method_and_the_path_left_out() {
    let sign = |text: String| lower(hmac_md5("quay-secret", text));
    let text = text_of(all(), rfc3986);
    explained(
        &asked(),
        vec![
            ("part_missing", sign(text.replace("quay-action=parcel.find\n", ""))),
            ("path", sign(text.replace("/parcel\n", "parcel\n"))),
            ("verb", sign(text.replace("GET\n", "get\n"))),
            ("other_digest", lower(md5(format!("{text}quay-secret")))),
        ],
    );
}

#[test]
fn blanks_at_the_ends_of_values() {
    let asked = Asked::invented(&["quay", "parcel.find", "depot= H-1 ", "--app-key", "k9"])
        .with(&["--clock", "1672502400.007"])
        .secret("quay-secret");
    let pairs = |depot: &str| {
        pairs(&[("depot", depot), ("key", "k9"), ("svc", "parcel"), ("ts", "1672502400007")])
    };
    assert_eq!(asked.clone().with(&["--against", &sign(pairs(" H-1 "))]).run().code, Some(0));
    assert_eq!(asked.causes(&sign(pairs("H-1"))), ["value_trimmed"]);
}
