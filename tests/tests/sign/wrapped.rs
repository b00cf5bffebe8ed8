//! Formulas that wrap names and values with the secret: `HEX(digest(secret + pairs + secret))`.

use crate::causes::explained;
use crate::foreign::*;
use crate::tool::Asked;

/// Twelve names, with capitals, digits and `_` in positions that affect sorting.
const NAMES: [&str; 12] = [
    "Zeta",
    "a1",
    "aB",
    "a_c",
    "access_token",
    "alpha",
    "app_key",
    "format",
    "method",
    "sign_method",
    "timestamp",
    "version",
];

fn value(name: &str) -> &str {
    match name {
        "Zeta" => "v1",
        "a1" => "v2",
        "aB" => "v4",
        "a_c" => "v3",
        "alpha" => "v0",
        "access_token" => "TESTACCESSTOKEN",
        "app_key" => "10011",
        "format" => "json",
        "method" => "xiaodian.item.get",
        "sign_method" => "md5",
        "timestamp" => "1367819523",
        "version" => "1.0",
        other => panic!("{other}"),
    }
}

fn twelve() -> Asked {
    Asked::shipped(&["mogujie", "xiaodian.item.get", "--raw", "--clock", "1367819523"])
        .with(&["Zeta=v1", "a1=v2", "a_c=v3", "aB=v4", "alpha=v0"])
        .with(&["--app-key", "10011", "--token", "TESTACCESSTOKEN"])
        .secret("TESTAPPSECRET")
}

fn wrapped(names: &[&str]) -> String {
    let text: String = names.iter().map(|name| format!("{name}{}", value(name))).collect();
    upper(md5(format!("TESTAPPSECRET{text}TESTAPPSECRET")))
}

#[test]
fn the_official_example_is_right() {
    let official = Asked::shipped(&["mogujie", "xiaodian.item.get", "itemId=95i27", "--raw"])
        .with(&["--clock", "1367819523", "--app-key", "10011", "--token", "TESTACCESSTOKEN"])
        .secret("TESTAPPSECRET")
        .with(&["--against", "34619030B487EC1B49B9EF564A877925"]);
    assert_eq!(official.run().code, Some(0), "{:?}", official.run());
    assert_eq!(twelve().with(&["--against", &wrapped(&NAMES)]).run().code, Some(0));
}

#[test]
fn orders_of_twelve_parameters() {
    let ignoring_case = [
        "a1",
        "a_c",
        "aB",
        "access_token",
        "alpha",
        "app_key",
        "format",
        "method",
        "sign_method",
        "timestamp",
        "version",
        "Zeta",
    ];
    let mut by_icu = ignoring_case;
    by_icu.swap(0, 1);
    let mut without_punctuation = ignoring_case;
    without_punctuation.swap(1, 2);
    let as_typed = [
        "access_token",
        "app_key",
        "format",
        "method",
        "sign_method",
        "timestamp",
        "version",
        "Zeta",
        "a1",
        "a_c",
        "aB",
        "alpha",
    ];
    let mut by_value = NAMES;
    by_value.sort_by_key(|name| value(name));
    explained(
        &twelve(),
        vec![
            ("sorted_ignoring_case", wrapped(&ignoring_case)),
            ("sorted_by_locale", wrapped(&by_icu)),
            ("sorted_by_locale", wrapped(&without_punctuation)),
            ("not_sorted", wrapped(&as_typed)),
            ("sorted_by_value", wrapped(&by_value)),
        ],
    );
}

#[test]
fn orders_of_numbers_and_of_whole_pairs() {
    let asked = Asked::shipped(&["mogujie", "xiaodian.item.get", "--raw", "--clock", "1367819523"])
        .with(&["item=9", "item2=x", "item10=y", "--app-key", "10011"])
        .with(&["--token", "TESTACCESSTOKEN"])
        .secret("TESTAPPSECRET");
    let sign = |items: &str| {
        let text = format!(
            "access_tokenTESTACCESSTOKENapp_key10011formatjson{items}methodxiaodian.item.getsign_methodmd5\
             timestamp1367819523version1.0"
        );
        upper(md5(format!("TESTAPPSECRET{text}TESTAPPSECRET")))
    };
    assert_eq!(asked.clone().with(&["--against", &sign("item9item10yitem2x")]).run().code, Some(0));
    explained(
        &asked,
        vec![
            ("sorted_by_number", sign("item9item2xitem10y")),
            ("sorted_by_pair", sign("item10yitem2xitem9")),
        ],
    );
}

/// The search is limited in signatures, not in seconds. A debug build computes over 20,000
/// signatures per second.
#[test]
fn nothing_that_is_known_fits_and_the_search_stays_small() {
    let found = twelve().with(&["--against", &"0".repeat(32)]).json();
    let diagnosis = &found["diagnosis"];
    assert_eq!(diagnosis["same"], false);
    assert_eq!(diagnosis["causes"].as_array().unwrap().len(), 0);
    let tried = diagnosis["tried"].as_u64().unwrap();
    assert!((5_000..25_000).contains(&tried), "{tried}");
    let text = twelve().with(&["--against", &"0".repeat(32)]).run();
    assert_eq!(text.code, Some(1));
    assert!(text.out.contains(&tried.to_string()), "{}", text.out);
    assert!(text.out.contains("--against-string"), "{}", text.out);
}

#[test]
fn a_length_that_no_digest_of_the_formula_has_is_said() {
    let hint = |sign: &str| {
        twelve().with(&["--against", sign]).json()["diagnosis"]["hint"].as_str().unwrap().to_owned()
    };
    assert!(hint(&"ab".repeat(64)).contains("SHA-512"));
    assert!(hint("not a signature!").contains("neither hexadecimal nor base64"));
    for (sign, says) in [
        ("34619030B487", "has 12 hexadecimal digits; the formula gives 32"),
        ("AB", "has 2 hexadecimal digits; the formula gives 32"),
        ("34619030B487EC1B49B9EF56", "has 24 hexadecimal digits; the formula gives 32"),
        ("34619030B487EC1B49B9EF564A87792", "has 31 hexadecimal digits; the formula gives 32"),
    ] {
        assert!(hint(sign).contains(says), "{sign}: {}", hint(sign));
    }
}

const ORDER: &str = r#"{"orderId":"1","buyerName":"短袖/<b>=","orderPrice":"99.90","submittedDate":"2023-01-01 10:00:00"}"#;

/// A request that sends an order, with Chinese text, as JSON in a single parameter.
fn order() -> Asked {
    Asked::shipped(&["gome", "gome.pusher.order.synchronize"])
        .with(&[
            r#"request={"orderId":"1","buyerName":"短袖/<b>=","orderPrice":99.9,"submittedDate":"2023-01-01 10:00:00"}"#,
        ])
        .with(&["--app-key", "testapp", "--token", "testtoken"])
        .secret("testsecret")
}

fn carried(json: &str) -> String {
    carried_with("testtoken", json)
}

fn carried_with(token: &str, json: &str) -> String {
    let text = format!(
        "testsecret$apptestapp$methodgome.pusher.order.synchronize$token{token}$v1.0.0request{json}testsecret"
    );
    upper(sha1(text))
}

#[test]
fn json_that_was_written_once_more() {
    assert_eq!(order().with(&["--against", &carried(ORDER)]).run().code, Some(0));
    let ascii = ORDER.replace("短袖", "\\u77ed\\u8896");
    let spaced = ORDER.replace(",\"", ", \"").replace("\":", "\": ");
    let spaced_ascii = spaced.replace("短袖", "\\u77ed\\u8896");
    let html = ORDER.replace('<', "\\u003c").replace('>', "\\u003e");
    let pretty = ORDER
        .replace(",\"", ",\n  \"")
        .replace("\":", "\": ")
        .replace('{', "{\n  ")
        .replace('}', "\n}");
    let dotnet = ORDER.replace("短袖", "\\u77ED\\u8896").replace('<', "\\u003C");
    let dotnet = dotnet.replace('>', "\\u003E");
    let php = pretty.replace("\n  ", "\n    ").replace("短袖/", "\\u77ed\\u8896\\/");
    let sorted = r#"{"buyerName":"短袖/<b>=","orderId":"1","orderPrice":"99.90","submittedDate":"2023-01-01 10:00:00"}"#;
    explained(
        &order(),
        vec![
            ("json_spaced", carried(&spaced_ascii)),
            ("json_spaced", carried(&spaced)),
            ("json_ascii", carried(&ascii)),
            ("json_slashes", carried(&ascii.replace('/', "\\/"))),
            ("json_slashes", carried(&ORDER.replace('/', "\\/"))),
            ("json_html", carried(&html)),
            // The texts of Java's `new Gson().toJson(order)`, .NET's
            // `JsonSerializer.Serialize(order)` and PHP's `JSON_PRETTY_PRINT`.
            ("json_html", carried(&html.replace('=', "\\u003d"))),
            ("json_html", carried(&dotnet)),
            ("json_pretty", carried(&php)),
            ("json_sorted", carried(sorted)),
            ("json_pretty", carried(&pretty)),
            ("amount_format", carried(&ORDER.replace("99.90", "99.9"))),
            ("amount_format", carried(&ORDER.replace("99.90", "9990"))),
            ("number_bare", carried(&ORDER.replace("\"99.90\"", "99.90").replace("\"1\"", "1"))),
        ],
    );
}

#[test]
fn chinese_in_other_charsets() {
    let gbk = |text: &str| -> Vec<u8> {
        let (before, after) = text.split_once("短袖").unwrap();
        [before.as_bytes(), b"\xb6\xcc\xd0\xe4", after.as_bytes()].concat()
    };
    let text = |json: &str| {
        format!(
            "testsecret$apptestapp$methodgome.pusher.order.synchronize$tokentesttoken$v1.0.0request{json}\
             testsecret"
        )
    };
    let latin: String = "短袖".bytes().map(char::from).collect();
    explained(
        &order(),
        vec![
            ("other_charset", upper(sha1(gbk(&text(ORDER))))),
            ("misread_text", carried(&ORDER.replace("短袖", &latin))),
            ("misread_text", carried(&ORDER.replace("短袖", "??"))),
            (
                "html_entities",
                carried(&{
                    let text = ORDER.replace('<', "&lt;").replace('>', "&gt;");
                    text.replace('"', "&quot;")
                }),
            ),
        ],
    );
    // The buyer's name is sensitive, so neither it nor the difference is shown.
    let run = order().with(&["--against", &upper(sha1(gbk(&text(ORDER))))]).run();
    assert!(
        run.out.contains("differ in a masked value") && !run.out.contains("短袖"),
        "{}",
        run.out
    );
}

#[test]
fn tokens_with_blanks() {
    explained(
        &order(),
        vec![
            ("token_blank", carried_with("testtoken\n", ORDER)),
            ("token_blank", carried_with("testtoken ", ORDER)),
            ("token_blank", carried_with("testtoken\r", ORDER)),
        ],
    );
}

#[test]
fn the_token_in_the_place_of_the_secret() {
    let swapped = carried(ORDER);
    let asked = order().env("GATESPEC_TOKEN", "testtoken").secret("testtoken");
    assert_eq!(asked.causes(&swapped), [""; 0], "the right secret is not known here");
    let text = format!(
        "testtoken$apptestapp$methodgome.pusher.order.synchronize$tokentesttoken$v1.0.0request{ORDER}testtoken"
    );
    explained(&order(), vec![("other_credential", upper(sha1(text)))]);
}
