//! Retries of calls that are safe to repeat. The waits are real, since the command has no option
//! for a virtual clock.

use crate::tool::{Call, ORDER, Run, STATUS, UNBIND, mock, respond, server, success};
use gatespec_mock::{Entry, Fault, Mock, Step};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

fn tried(mock: &Mock, words: &[&str], attempts: &str, step: impl Into<Step>) -> Run {
    mock.script(words[0], words[1], [step.into(), Step::normal()]).unwrap();
    Call::of(mock, words).with(&["--attempts", attempts]).run()
}

fn signatures(mock: &Mock) -> BTreeSet<String> {
    let sign = |entry: &Entry| {
        let mut public = entry.public.iter();
        public.find(|(name, _)| name == "sign").map(|(_, value)| value.clone()).unwrap()
    };
    mock.received().iter().map(sign).collect()
}

#[test]
fn what_may_pass_is_tried_again_under_a_fresh_signature() {
    for fault in [Fault::Unavailable, Fault::Status(503), Fault::Reset] {
        let mock = mock();
        let run = tried(&mock, &STATUS, "3", fault);
        assert_eq!(run.code, Some(0), "{fault}: {run:?}");
        assert_eq!(run.line()["attempts"], json!(2), "{fault}");
        assert_eq!(mock.received().len(), 2, "{fault}");
        assert!(mock.received().iter().all(Entry::is_accepted), "{fault}");
        assert_eq!(signatures(&mock).len(), 2, "{fault}");
    }
}

/// A rate limiter rejects a call before the gateway acts on it, so a retry is safe.
#[test]
fn too_many_calls_are_tried_again_whatever_the_method() {
    let refusal = r#"{"result":"error","error":{"code":"0040311","message":"wait 1 s"}}"#;
    let answers = [("403 Forbidden", refusal.to_owned()), ("200 OK", success(&json!(null)))];
    let calls = AtomicUsize::new(0);
    let url = server(move |stream| {
        let (status, body) = &answers[calls.fetch_add(1, Ordering::Relaxed).min(1)];
        respond(stream, status, body);
    });
    let run = Call::to(&url, &UNBIND).with(&["--attempts", "2"]).run();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(run.line()["attempts"], json!(2));
}

#[test]
fn one_attempt_is_made_unless_more_are_asked_for() {
    let mock = mock();
    assert_eq!(tried(&mock, &STATUS, "1", Fault::Status(503)).code, Some(4));
    assert_eq!(mock.received().len(), 1);
}

/// The failed call may have had its effect, and no document says that it can be repeated.
#[test]
fn what_may_do_harm_is_not_tried_again() {
    for words in [&UNBIND, &ORDER] {
        let mock = mock();
        let run = tried(&mock, words, "3", Fault::Reset);
        assert_eq!(run.code, Some(4), "{run:?}");
        assert_eq!(mock.received().len(), 1);
        assert!(run.err.contains("may have processed the call"), "{}", run.err);
    }
}

#[test]
fn the_last_failure_is_told_with_the_number_of_attempts() {
    let mock = mock();
    mock.script(STATUS[0], STATUS[1], [Fault::Status(503), Fault::Status(503)]).unwrap();
    let run = Call::of(&mock, &STATUS).with(&["--attempts", "2"]).run();
    assert_eq!((run.code, &run.line()["error"]["attempts"]), (Some(4), &json!(2)));
    assert!(run.err.contains("(attempt 2)"), "{}", run.err);
}
