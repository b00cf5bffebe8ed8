//! The excerpt of a failed answer shows enough to find the fault, but no values and no secrets.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod platforms;

use gatespec_runtime::envelope::{excerpt, read};
use gatespec_runtime::{
    BySpec, CredentialSet, DecryptError, Decryptor, Failure, MethodInfo, Question, Reply, Sealed,
};

use platforms::{method, mogujie, shopex};

const BIND: MethodInfo<'static> = method("matrix.bindurl", &shopex::GATEWAY);
const TRADE: MethodInfo<'static> = method("xiaodian.trade.get", &mogujie::GATEWAY);

/// A secret with special characters of URLs, JSON and HTML.
const SECRET: &str = "SENTINEL/+a=&<\"z";

fn credentials() -> CredentialSet {
    CredentialSet::from_iter([("app_key", "visible-key"), ("secret", SECRET), ("pin", "abc")])
}

fn shown(body: impl AsRef<[u8]>) -> String {
    let credentials = credentials();
    let (method, name, decryptor) = (&BIND, BIND.name, &BySpec);
    excerpt(
        body.as_ref(),
        &Question { method, name, credentials: &credentials, decryptor, sent: None },
    )
}

#[test]
fn of_json_names_and_structure_show() {
    for (body, expected) in [
        (
            r#"{"status":"succ","data":{"id":7,"price":-1.5e3,"ok":true,"none":null,"note":""}}"#,
            r#"{"status":"…","data":{"id":N,"price":N,"ok":bool,"none":null,"note":""}}"#,
        ),
        ("\u{feff} [ {\"a\" : 1} , {\"b\":[\"]\",{}]} ] \n", r#"[{"a":N},…]"#),
        (
            r#"{"tags":["x","y"],"empty":[],"nested":[[1,2],[3]]}"#,
            r#"{"tags":["…",…],"empty":[],"nested":[[N,…],…]}"#,
        ),
        // A name that is not an identifier may be personal data.
        (
            r#"{"\u77ed\n":"x","a\"b":1,"13800000000":2,"a-1.b_$":3}"#,
            r#"{"…":"…","…":N,"…":N,"a-1.b_$":N}"#,
        ),
        (r#""a text""#, r#""…""#),
        ("12", "N"),
        ("true", "bool"),
        ("", ""),
        // The answer is cut off.
        (r#"{"status":"succ","data":{"name":"张"#, r#"{"status":"…","data":{"name":"…"#),
        (r#"{"status":"succ","da"#, r#"{"status":"…","…"#),
        (r#"{"list":[{"a":"#, r#"{"list":[{"a":"#),
        (r#"{"list":["a","b"#, r#"{"list":["…",…"#),
        (r#"{"a":"\"#, r#"{"a":"…"#),
        // The answer is malformed.
        (r#"{"a":"x":"y","b" "z"}"#, r#"{"a":"…":"…","…""…"}"#),
        (r"{status: succ, 'name': 'x, y'}", "{?:?,?:?,?}"),
        ("{\"a\":NaN}<html>x</html>", r#"{"a":?}?"#),
        ("[1}]", "[N}]"),
    ] {
        assert_eq!(shown(body), expected, "{body}");
    }
}

#[test]
fn a_page_is_quoted_until_json_begins() {
    assert_eq!(shown("<html>502 Bad Gateway</html>"), "<html>502 Bad Gateway</html>");
    assert_eq!(shown("很".repeat(300)), "很".repeat(200));
    assert_eq!(shown("\u{1b}[31mred\r\n"), "\\u{1b}[31mred");
    assert_eq!(shown(b"\xb3\xc9\xb9\xa6 ok"), "\u{fffd}\u{279}\u{fffd} ok");
    assert_eq!(
        shown("<b>Warning</b>: x in [y] { z }\n{ \"name\": \"张三\", \"id\": 1"),
        "<b>Warning</b>: x in [y] { z }\n{\"name\":\"…\",\"id\":N"
    );
    assert_eq!(shown(r#"callback([{"name":"张三"}])"#), r#"callback([{"name":"…"}]?"#);
}

#[test]
fn a_skeleton_is_short() {
    let members: Vec<_> = (0..1000).map(|at| format!(r#""name{at}":"value""#)).collect();
    let long = shown(format!("{{{}}}", members.join(",")));
    assert!(long.chars().count() < 320 && long.ends_with('…'), "{long}");
    let name = "n".repeat(5000);
    assert_eq!(shown(format!(r#"{{"{name}":1}}"#)), format!(r#"{{"{}…":N}}"#, "n".repeat(40)));
    assert!(shown("[".repeat(1_000_000)).chars().count() < 320);
    assert!(shown(" ?".repeat(1_000_000)).chars().count() <= 200);
}

/// No value is shown, wherever the answer is cut or damaged.
#[test]
fn damage_brings_no_value_to_light() {
    let whole = r#"{"data":{"name":"SENTINEL \"SENTINEL\" SENTINEL","n":[77177,"SENTINEL",{"x":"SENTINEL"}],"短":"SENTINEL\\"},"more":77177}"#;
    let safe = |body: &[u8]| {
        let text = shown(body);
        assert!(!text.contains("77177"), "{text}");
        text
    };
    for at in 0..whole.len() {
        assert!(!safe(&whole.as_bytes()[..at]).contains("SENTINEL"));
        // After a missing or extra quote, a text can look like a name. A number cannot.
        for byte in [b'{', b'}', b'[', b']', b',', b':', b' ', b'x'] {
            let mut damaged = whole.as_bytes().to_vec();
            damaged[at] = byte;
            safe(&damaged);
        }
    }
}

#[test]
fn a_secret_that_a_page_repeats_is_masked() {
    for (page, expected) in [
        (format!("<p>token {SECRET} is wrong"), "<p>token <secret> is wrong"),
        ("?sign=1&token=SENTINEL%2F%2Ba%3D%26%3C%22z&x".into(), "?sign=1&token=<secret>&x"),
        ("<p>SENTINEL/+a=&amp;&lt;&quot;z</p>".into(), "<p><secret></p>"),
        ("app_key visible-key pin abc".into(), "app_key visible-key pin abc"),
    ] {
        assert_eq!(shown(page), expected);
    }
    // Half a secret is never shown at the end of the excerpt.
    for before in 180..205 {
        let page = format!("{}{SECRET}", "x".repeat(before));
        assert!(!shown(page).contains('S'), "{before}");
    }
    let json =
        format!("{{{}:1}}", serde_json::to_string(&format!("{}{SECRET}", "x".repeat(38))).unwrap());
    assert_eq!(shown(json), r#"{"…":N}"#);
}

#[derive(Default)]
struct Data {
    id: Option<i64>,
}

gatespec_runtime::record! {
    struct Data {
        id: "id" Integer;
    }
}

fn ask(method: &MethodInfo<'_>, body: &str, decryptor: &dyn Decryptor) -> Result<Reply, Failure> {
    let credentials = credentials();
    let question =
        Question { method, name: method.name, credentials: &credentials, decryptor, sent: None };
    let mut data = Data::default();
    read(&question, 200, body.as_bytes(), &mut |value| {
        data = Data::default();
        value.record(&mut data)
    })
}

/// A gateway that repeats a secret in its answer must not cause a program to print the secret.
#[test]
fn a_secret_that_an_answer_repeats_is_masked_wherever_it_ends_up() {
    struct Talkative;
    impl Decryptor for Talkative {
        fn decrypt(&self, _: &Sealed<'_>) -> Result<Vec<u8>, DecryptError> {
            Err(DecryptError::Other(format!("no key {SECRET}")))
        }
    }
    let quoted = serde_json::to_string(SECRET).unwrap();
    let inner = &quoted[1..quoted.len() - 1];
    let long = format!("{}{inner}", "x".repeat(30));
    let sealed = r#"{"success":true,"dataEncrypted":true,"result":{"data":"QUJD"}}"#.to_owned();
    for (method, body, expected) in [
        (
            &BIND,
            format!(r#"{{"status":"fail","code":"7-{inner}","desc":"token {inner} is bad"}}"#),
            "code 7-<secret>: token <secret> is bad",
        ),
        (
            &BIND,
            format!(r#"{{"error":{{"code":"1","message":"sign {inner}"}},"result":"error"}}"#),
            "sign <secret>",
        ),
        (
            &BIND,
            format!(r#"{{"status":"succ","data":{{"id":{quoted}}}}}"#),
            r#"id: expected a 64-bit integer, found the text "<secret>""#,
        ),
        (&BIND, format!(r#"{{"status":"succ","data":{{"id":"{long}"}}}}"#), r#"<secret>"…"#),
        (&BIND, format!(r#"{{{quoted}:1}}"#), "its members are <secret>"),
        (&BIND, format!("<p>{SECRET}</p>"), "the answer is not JSON"),
        (&TRADE, sealed, "no key <secret>"),
    ] {
        let failure = ask(method, &body, &Talkative).unwrap_err();
        let text = format!("{failure}\n{failure:?}");
        assert!(text.contains(expected) && !text.contains("SENTI"), "{text}");
    }
    let body = format!(
        r#"{{"status":"succ","code":{quoted},"desc":"hello {inner}","data":{{{quoted}:1}}}}"#
    );
    let reply = ask(&BIND, &body, &BySpec).unwrap();
    assert_eq!(
        (reply.code.as_deref(), reply.message.as_deref()),
        (Some("<secret>"), Some("hello <secret>"))
    );
    assert_eq!(reply.bends[0].to_string(), "<secret>: a field that the spec does not list");
}

#[test]
fn bends_of_an_answer_begin_at_its_data() {
    let body =
        "\u{feff} {\"status\":\"succ\",\"code\":1,\"data\":{\"id\":\"7\",\"new\":0},\"more\":1}";
    let reply = ask(&BIND, body, &BySpec).unwrap();
    let bends: Vec<_> = reply.bends.iter().map(ToString::to_string).collect();
    assert_eq!(
        bends,
        [
            "a byte order mark before the answer",
            "white space before the answer",
            "id: a text instead of a number",
            "new: a field that the spec does not list",
        ]
    );
}
