//! Exit codes, with the JSON on standard output and the message on standard error.

use crate::tool::{Call, ORDER, Run, STATUS, TRADE, UNBIND, answering, fill, mock, success};
use gatespec_mock::{Fault, Mock, Step};
use gatespec_tests::harness::each;
use serde_json::json;
use socket2::{Domain, Socket, Type};
use std::fs;
use std::net::SocketAddr;
use std::time::Duration;
use tempfile::TempDir;

/// Asserts that a call failed with this exit code, this kind of error in its line of JSON, and a
/// message that contains `words`.
fn failed(run: &Run, code: i32, kind: &str, words: &str) {
    assert_eq!(run.code, Some(code), "{run:?}");
    let line = run.line();
    assert_eq!((&line["error"]["kind"], &line["data"]), (&json!(kind), &json!(null)), "{run:?}");
    assert!(run.err.contains(words) && run.err.contains("\n  what to do  "), "{}", run.err);
}

#[test]
fn a_command_line_that_asks_for_what_cannot_be_done_gives_2() {
    let root = TempDir::new().unwrap();
    let sent = [&UNBIND[..], &["--url", "http://127.0.0.1:9"]].concat();
    let of = |words: &[&'static str]| [&sent[..], words].concat();
    let cases: Vec<(&str, Vec<&str>, &str)> = vec![
        ("an unknown flag", of(&["--nonsense"]), "unexpected argument '--nonsense'"),
        ("no method", vec!["shopex"], "name a method of `shopex` after the platform"),
        (
            "a platform",
            vec!["shopx", "matrix.unbind"],
            "no platform `shopx`; did you mean `shopex`?",
        ),
        ("a method", vec!["shopex", "matrix.unbin"], "did you mean `matrix.unbind`?"),
        ("another's method", vec!["gome", "matrix.unbind"], "it is a method of `shopex`"),
        (
            "an environment",
            [&UNBIND[..], &["--environment", "prodution"]].concat(),
            "did you mean `production`?",
        ),
        (
            "an unlike one",
            [&UNBIND[..], &["--environment", "x"]].concat(),
            "the known names are production, production_http, sandbox",
        ),
        (
            "an undisclosed address",
            [&UNBIND[..], &["--environment", "sandbox"]].concat(),
            "--url URL",
        ),
        (
            "an address and an environment",
            of(&["--environment", "production"]),
            "cannot be used with",
        ),
        (
            "no URL",
            [&UNBIND[..], &["--url", "nonsense"]].concat(),
            "has no scheme: write `https://` or `http://`",
        ),
        (
            "another scheme",
            [&UNBIND[..], &["--url", "ftp://x"]].concat(),
            "begins with `ftp://`: write `https://` or `http://`",
        ),
        (
            "a fragment",
            [&UNBIND[..], &["--url", "http://h/x#f"]].concat(),
            "has a fragment, which is never sent to a server: write `http://h/x`",
        ),
        (
            "a query",
            [&UNBIND[..], &["--url", "http://h/x?a=b"]].concat(),
            "has a query, which no signature would cover: write `http://h/x`",
        ),
        (
            "no such port",
            [&UNBIND[..], &["--url", "http://h:99999"]].concat(),
            "has the invalid port `99999`: write a number from 1 to 65535",
        ),
        ("no time", of(&["--timeout", "0"]), "write a number of seconds greater than 0"),
        ("endless time", of(&["--timeout", "1e30"]), "write a number of seconds greater than 0"),
        ("no attempt", of(&["--attempts", "0"]), "--attempts"),
        ("a cursor of nothing", of(&["--cursor", "x"]), "--cursor"),
        ("a signature method", of(&["--case", "x"]), "has only one signature method"),
        ("a clock", of(&["--clock", "now"]), "--clock takes Unix seconds"),
    ];
    each(
        cases.into_iter().map(|(name, words, said)| (name.to_owned(), (words, said))),
        |_, (words, said)| {
            let run = Call::anywhere(words).run();
            assert_eq!((run.code, &*run.out), (Some(2), ""), "{run:?}");
            assert!(run.err.starts_with("error: ") && run.err.contains(said), "{}", run.err);
        },
    );
    let missing = Call::anywhere(&sent).without_env("GATESPEC_APP_KEY").run();
    assert_eq!(missing.code, Some(2));
    assert!(missing.err.contains("`app_key` is missing: write --app-key KEY"), "{}", missing.err);
    let empty = root.path().join("secret");
    fs::write(&empty, "\n").unwrap();
    let empty = Call::anywhere(&sent).with(&["--secret-file", &empty.display().to_string()]).run();
    assert!(empty.err.contains("`secret` is empty"), "{}", empty.err);
}

#[test]
fn a_broken_spec_gives_1() {
    let root = TempDir::new().unwrap();
    fs::create_dir(root.path().join("shopex")).unwrap();
    fs::write(root.path().join("shopex/platform.yaml"), "platform: [").unwrap();
    for folder in [root.path().display().to_string(), "/no/such/folder".to_owned()] {
        let run = Call::anywhere(&UNBIND).with(&["--specs", &folder]).run();
        assert_eq!((run.code, &*run.out), (Some(1), ""), "{run:?}");
        assert!(run.err.contains("error"), "{}", run.err);
    }
}

/// One wrong request for each kind of rule that occurs in the shipped specs.
#[test]
fn a_request_that_breaks_a_rule_gives_3_and_is_not_sent() {
    let week = "start_time=2023-01-01 00:00:00";
    let cases: Vec<(&str, Vec<&str>, &str)> = vec![
        ("required", vec!["shopex", "matrix.unbind"], "node_id"),
        ("required", vec!["shopex", "matrix.unbind", "node_id="], "node_id"),
        (
            "required",
            vec!["mogujie", "xiaodian.trade.get", "openApiOrderDetailReqDto={}"],
            "openApiOrderDetailReqDto.shopOrderId",
        ),
        (
            "required",
            vec!["shopex", "matrix.fill.single", "node_id=1", "fill_type=refund"],
            "refund_status",
        ),
        ("required", vec!["mogujie", "oauth.token", "grant_type=refresh_token"], "refresh_token"),
        (
            "enumeration",
            vec!["shopex", "matrix.fill.single", "node_id=1", "fill_type=orders"],
            "fill_type",
        ),
        (
            "enumeration",
            vec![
                ORDER[0],
                ORDER[1],
                r#"request={"deliveryList":[{"goodsLists":[{"goodsType":"9"}]}]}"#,
            ],
            "request.deliveryList[0].goodsLists[0].goodsType",
        ),
        (
            "delimiter",
            vec!["shopex", "matrix.fill.single", "node_id=1", "fill_type=order", r#"tids=["a|b"]"#],
            "tids",
        ),
        (
            "scale",
            vec![ORDER[0], ORDER[1], r#"request={"orderPrice":"9.999"}"#],
            "request.orderPrice",
        ),
        (
            "not_after",
            [&fill(week, "end_time=2022-12-31 23:59:59")[..], &[]].concat(),
            "start_time",
        ),
    ];
    let mock = mock();
    each(cases.iter().map(|case| (case.1.join(" "), case)), |_, (rule, words, path)| {
        let run = Call::of(&mock, words).run();
        failed(&run, 3, "Validation", "not sent: the request breaks a rule");
        let violation = &run.line()["error"]["violations"][0];
        assert!(
            violation["rule"].as_str().unwrap().starts_with(&format!("{rule}:")),
            "{violation}"
        );
        assert!(violation["path"].as_str().unwrap().contains(path), "{violation}");
        assert!(run.err.contains(path) && run.err.contains("--without-rule"), "{}", run.err);
        // A dry run is validated as well.
        assert_eq!(Call::of(&mock, words).with(&["--dry-run"]).run().code, Some(3));
    });
    assert_eq!(mock.received(), []);
}

/// If the caller turns a rule off, the platform itself checks the request.
#[test]
fn a_rule_that_is_left_out_is_refused_by_the_platform() {
    let mock = mock();
    for rule in ["required", "required:node_id"] {
        let run = Call::of(&mock, &UNBIND[..2]).with(&["--without-rule", rule]).run();
        failed(&run, 5, "Gateway", "0040005");
    }
}

#[test]
fn an_answer_that_does_not_come_gives_4() {
    let scripted =
        |fault: Fault| move |mock: &Mock| mock.script(STATUS[0], STATUS[1], [fault]).unwrap();
    let late = Fault::Delay(Duration::from_secs(600));
    let cases = [
        ("a reset", scripted(Fault::Reset), "Closed"),
        ("half a body", scripted(Fault::Truncate), "Truncated"),
        ("too late", scripted(late), "AttemptTimeout"),
        ("a proxy's error", scripted(Fault::Status(503)), "Http"),
    ];
    each(
        cases.map(|(name, script, kind)| (name.to_owned(), (script, kind))),
        |_, (script, kind)| {
            let mock = mock();
            script(&mock);
            let limit = if *kind == "AttemptTimeout" { "0.2" } else { "30" };
            let run = Call::of(&mock, &STATUS).with(&["--timeout", limit]).run();
            failed(&run, 4, kind, "no answer from the platform");
        },
    );
}

#[test]
fn an_address_where_nobody_is_gives_4() {
    // The port is bound so that no other process takes it, but nothing listens there.
    let bound = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    bound.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
    let port = bound.local_addr().unwrap().as_socket().unwrap().port();
    let refused = format!("http://127.0.0.1:{port}");
    let run = Call::to(&refused, &STATUS).run();
    failed(&run, 4, "Connect", "check the address (--url, --environment), the network");
    let run = Call::to("http://nobody.invalid", &STATUS).run();
    failed(&run, 4, "Dns", "the gateway's host has no address");
    // The server does not speak TLS.
    let run = Call::to(&answering("200 OK", "").replace("http:", "https:"), &STATUS).run();
    failed(&run, 4, "Tls", "no trusted connection");
    let run = Call::to(&answering("302 Found\r\nLocation: /elsewhere", ""), &STATUS).run();
    failed(&run, 4, "Http", "HTTP 302");
}

#[test]
fn a_refusal_of_the_gateway_gives_5() {
    let mock = mock();
    let run = Call::of(&mock, &UNBIND).env("GATESPEC_SECRET", "another").run();
    failed(&run, 5, "Gateway", "0040301");
    assert!(run.err.contains("gatespec sign"), "{}", run.err);
    assert!(run.err.contains("signed      <secret>&POST&%2Frouter&&&"), "{}", run.err);
}

#[test]
fn a_refusal_of_the_service_gives_6() {
    let mock = mock();
    assert_eq!(Call::of(&mock, &ORDER).run().code, Some(0));
    let run = Call::of(&mock, &ORDER).run();
    failed(&run, 6, "Business", "8999");
    let error = &run.line()["error"];
    assert_eq!((&error["code"], &error["retry_after_seconds"]), (&json!("8999"), &json!(90)));
    assert!(run.err.contains("again after 90 s"), "{}", run.err);
    mock.script(TRADE[0], TRADE[1], [Fault::ExpiredToken]).unwrap();
    failed(&Call::of(&mock, &TRADE).run(), 6, "Business", "the token is no longer valid: renew it");
}

#[test]
fn an_answer_that_the_spec_does_not_know_gives_7() {
    let mock = mock();
    mock.script(STATUS[0], STATUS[1], [Fault::Html]).unwrap();
    failed(&Call::of(&mock, &STATUS).run(), 7, "NotJson", "not what the spec says");
    mock.script(STATUS[0], STATUS[1], [Step::data(json!({ "is_expired": "perhaps" }))]).unwrap();
    let run = Call::of(&mock, &STATUS).run();
    failed(&run, 7, "Decode", "is_expired");
    assert_eq!(run.line()["error"]["field"], "is_expired");
    let sealed = json!({
        "status": { "code": "0000000", "msg": "" }, "success": true, "dataEncrypted": true,
        "result": { "data": "AAAA" },
    });
    let url = answering("200 OK", sealed.to_string());
    failed(
        &Call::to(&url, &TRADE).env("GATESPEC_APP_KEY", "1").run(),
        7,
        "Decrypt",
        "cannot open the data",
    );
    let url = answering("200 OK", r#"{"news":"we have moved"}"#);
    failed(&Call::to(&url, &STATUS).run(), 7, "Envelope", "not what the spec says");
    let url = answering("200 OK", success(&json!("x".repeat(11 << 20))));
    failed(&Call::to(&url, &STATUS).run(), 7, "TooLarge", "larger than 10485760 bytes");
}

#[test]
fn a_rule_that_is_left_out_to_no_purpose_is_told_of() {
    let mock = mock();
    for rule in ["requird", "required", "span"] {
        let run = Call::of(&mock, &UNBIND).with(&["--without-rule", rule]).run();
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(
            run.err.starts_with(&format!("note: the request does not break a rule `{rule}`")),
            "{}",
            run.err
        );
    }
}

/// The help lists all exit codes that are tested here.
#[test]
fn the_help_states_every_exit_code() {
    let help = Call::anywhere(&["--help"]).run();
    assert_eq!(help.code, Some(0));
    let (_, codes) = help.out.split_once("Exit codes: ").unwrap();
    for code in 0..=7 {
        assert!(codes.contains(&format!("{code} ")), "{code} is not explained: {codes}");
    }
}
