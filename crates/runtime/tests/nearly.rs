//! Answers that are nearly correct: a placeholder in place of data, and malformed JSON.

#![allow(clippy::unwrap_used, reason = "tests")]

mod platforms;

use gatespec_runtime::{
    BySpec, CredentialSet, Envelope, Failure, Gateway, MethodInfo, Question, Record, Reply,
};

use platforms::{answered, method, mogujie};

#[derive(Debug, Default, PartialEq)]
struct Data {
    url: Option<String>,
}

gatespec_runtime::record! {
    struct Data {
        url: "url" Text;
    }
}

/// Data with a required number.
#[derive(Debug, Default, PartialEq)]
struct Numbered {
    id: i64,
}

gatespec_runtime::record! {
    struct Numbered {
        id: "id" Integer always;
    }
}

fn ask<T: Record + Default>(
    method: &MethodInfo<'_>,
    status: u16,
    body: &str,
) -> Result<(T, Reply), Failure> {
    let credentials = &CredentialSet::new();
    let question =
        Question { method, name: method.name, credentials, decryptor: &BySpec, sent: None };
    answered(&question, status, body.as_bytes())
}

fn lenient(method: &MethodInfo<'_>, status: u16, body: &str) -> Result<(Data, Reply), Failure> {
    ask(method, status, body)
}

/// A method that returns data or nothing.
fn returning(returns: bool) -> MethodInfo<'static> {
    MethodInfo { returns, ..method("order.get", &mogujie::GATEWAY) }
}

#[test]
fn null_in_place_of_the_data_is_empty_where_the_success_is_stated() {
    let kinds = |body: &str| {
        let (data, reply) = lenient(&returning(true), 200, body)?;
        assert_eq!(data, Data::default());
        Ok(reply.bends.iter().map(|bend| bend.kind.name()).collect::<Vec<_>>())
    };
    for nothing in ["null", "\"\"", "[]", "false", "0"] {
        let body = format!("{{\"success\":true,\"result\":{{\"data\":{nothing}}}}}");
        assert_eq!(kinds(&body), Ok(vec!["stand_in"]), "{body}");
        let failed = body.replace("true", "false");
        assert!(!matches!(kinds(&failed), Ok(_) | Err(Failure::Decode(_))), "{failed}");
    }
    // Required members of the data are never invented.
    let body = r#"{"success":true,"result":{"data":null}}"#;
    let read = ask::<Numbered>(&returning(true), 200, body);
    assert!(matches!(read, Err(Failure::Decode(_) | Failure::Envelope(_))), "{read:?}");
    let absent = r#"{"success":true,"result":{}}"#;
    assert!(matches!(kinds(absent), Err(Failure::Envelope(_))));
}

#[test]
fn json_that_is_not_quite_json_is_read() {
    let bends = |body: &str| {
        let (data, reply) = lenient(&returning(true), 200, body).unwrap();
        let kinds: Vec<_> = reply.bends.iter().map(|bend| bend.kind.name()).collect();
        (data.url.unwrap(), kinds.join(" "))
    };
    let body =
        |text: &str| format!("{{\"success\":true,\"result\":{{\"data\":{{\"url\":\"{text}\"}}}}}}");
    for (raw, text, kinds) in [
        ("a\tb", "a\tb", "control_character"),
        ("a\u{1}\r\nb", "a\u{1}\r\nb", "control_character"),
        ("\\ud83dx", "\u{fffd}x", "lost_character"),
        ("\\ude00\u{2}", "\u{fffd}\u{2}", "lost_character control_character"),
        ("\\ud83d\\ude00", "\u{1f600}", ""),
    ] {
        assert_eq!(bends(&body(raw)), (text.to_owned(), kinds.to_owned()), "{raw:?}");
    }
    let marked = format!("\u{feff}\u{feff}{}", body("a\tb"));
    assert_eq!(bends(&marked), ("a\tb".into(), "byte_order_mark control_character".into()));
    // Replacing a control character in a member that the spec does not list loses nothing.
    let other = body("a").replace("\"success\"", "\"nick\":\"x\ny\",\"success\"");
    assert_eq!(bends(&other), ("a".into(), "control_character".into()));
    let broken = body("a\tb").replace("}}}", "}}");
    assert!(matches!(lenient(&returning(true), 200, &broken), Err(Failure::NotJson { .. })));
}

#[test]
fn an_answer_without_a_body_is_the_success_of_a_method_that_returns_nothing() {
    for (returns, status, is_success) in
        [(false, 204, true), (false, 200, false), (true, 204, false), (false, 500, false)]
    {
        let read = lenient(&returning(returns), status, "");
        assert_eq!(read.is_ok(), is_success, "{returns} {status}");
    }
    const BARE: Gateway<'static> = Gateway { envelope: Envelope::BARE, ..mogujie::GATEWAY };
    assert!(lenient(&MethodInfo::new("order.close", &BARE), 200, "").is_ok());
}
