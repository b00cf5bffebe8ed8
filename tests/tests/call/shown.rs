//! Output for people: complete snapshots, to be reviewed line by line.

use crate::tool::{Call, ORDER, Run, STATUS, TRADE, UNBIND, answering, fill, mock, success};
use gatespec_mock::{Fault, Mock, Step};
use gatespec_tests::harness::{snapshot, workspace};
use serde_json::json;

/// Standard output and standard error, without the port number, which differs in each run.
fn screen(mock: &Mock, words: &[&str], more: &[&str]) -> String {
    let run = Call::of(mock, words).with(&["--format", "text"]).with(more).run();
    let shown = format!("{}{}", run.out, run.err);
    shown.replace(&format!(":{}", mock.port()), ":PORT")
}

fn matches(name: &str, text: &str) {
    snapshot(&workspace("tests/tests/call"), name, text);
}

#[test]
fn an_order_is_shown_field_by_field_with_what_the_values_mean() {
    matches("order", &screen(&mock(), &TRADE, &[]));
}

#[test]
fn answers_are_short_where_there_is_little_to_say() {
    let mock = mock();
    let all = [&UNBIND[..], &STATUS, &ORDER].map(|words| screen(&mock, words, &[]));
    matches("short", &all.join("\n"));
}

#[test]
fn a_request_is_shown_as_it_would_be_sent() {
    let fixed = ["--dry-run", "--clock", "1672502400"];
    let mock = mock();
    let all = [&UNBIND[..], &TRADE, &ORDER].map(|words| screen(&mock, words, &fixed));
    matches("dry_run", &all.join("\n"));
}

#[test]
fn failures_say_what_happened_and_what_to_do() {
    let mock = mock();
    let month = fill("start_time=2022-12-01 00:00:00", "end_time=2023-01-01 00:00:00");
    let now = |words: &[&str], step: Step| {
        mock.script(words[0], words[1], [step]).unwrap();
        screen(&mock, words, &[])
    };
    let all = [
        screen(&mock, &["shopex", "matrix.unbind"], &[]),
        now(&STATUS, Fault::Throttled.into()),
        now(&STATUS, Fault::Status(503).into()),
        now(&STATUS, Fault::Html.into()),
        now(&STATUS, Fault::Truncate.into()),
        now(&STATUS, Step::data(json!({ "is_expired": "perhaps" }))),
        now(&TRADE, Fault::ExpiredToken.into()),
        screen(&mock, &month, &["--without-rule", "span"]),
        screen(&mock, &ORDER, &["--token", "another"]),
    ];
    matches("failures", &all.join("\n"));
}

#[test]
fn colours_can_be_forced() {
    let mock = mock();
    let call = Call::of(&mock, &STATUS).with(&["--format", "text"]);
    let coloured = call.clone().env("CLICOLOR_FORCE", "1").run().out;
    matches("colours", &coloured.replace('\u{1b}', "␛"));
    assert!(!call.run().out.contains('\u{1b}'), "and are not there elsewhere");
}

/// JSON is the default if the output is not a terminal.
#[test]
fn json_is_the_default_elsewhere() {
    let run = Call::of(&mock(), &STATUS).run();
    assert!(run.out.starts_with('{') && !run.out.contains('\u{1b}'), "{}", run.out);
}

/// Escape sequences, a carriage return, the one-byte form of ESC [, and a mark that reverses the
/// direction of text.
const HOSTILE: &str = "a\u{1b}[2J\u{1b}]0;owned\u{7}\r\n\u{9b}31m\u{202e}b\u{7f}";

/// Asserts that no output contains control characters.
fn is_tame(run: &Run) {
    for (text, ours) in [(&run.out, "\n"), (&run.err, "\n")] {
        let wild = text.replace(ours, "");
        let wild = wild.chars().find(|c| c.is_control() || *c == '\u{202e}');
        assert_eq!(wild, None, "{run:?}");
    }
}

#[test]
fn an_answer_cannot_speak_to_the_terminal() {
    let hostile = success(&json!({ "msg_id": HOSTILE, HOSTILE: 1 }));
    let refusal = json!({"result": "error", "error": {"code": HOSTILE, "message": HOSTILE}});
    let business = json!({"status": HOSTILE, "code": HOSTILE, "desc": HOSTILE});
    let words = ["shopex", "matrix.fill.single", "node_id=1", "fill_type=order"];
    for body in [hostile, refusal.to_string(), business.to_string(), HOSTILE.to_owned()] {
        let url = answering("200 OK", body);
        for format in ["text", "json"] {
            is_tame(&Call::to(&url, &words).with(&["--format", format]).run());
        }
    }
    let mock = mock();
    mock.script(ORDER[0], ORDER[1], [Step::data(json!({ HOSTILE: [HOSTILE] }))]).unwrap();
    let run = Call::of(&mock, &ORDER).run();
    is_tame(&run);
    assert_eq!(run.data(), json!({ HOSTILE: [HOSTILE] }), "and JSON keeps every letter");
}
