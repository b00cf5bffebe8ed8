//! No output contains a secret, and no secret is accepted as an argument.

use crate::tool::{Call, ORDER, Run, TRADE, answering, fill, mock};
use gatespec_mock::{Fault, Mock};
use gatespec_tests::harness::{each, workspace};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

const SECRET: &str = "Sentinel/Secret+0123=89abcdef";
const TOKEN: &str = "Sentinel/Token+0123=456789";

/// Asserts that the output contains neither secret in any encoding.
fn hides(run: &Run) {
    let said = format!("{}{}", run.out, run.err).to_lowercase();
    for secret in [SECRET, TOKEN] {
        let once = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
        let twice = utf8_percent_encode(&once, NON_ALPHANUMERIC).to_string();
        for form in [secret, &once, &twice, &secret[..15]] {
            assert!(!said.contains(&form.to_lowercase()), "{form}\n{said}");
        }
    }
}

fn gateway() -> Mock {
    let credentials = [
        ("shopex", "secret", SECRET),
        ("mogujie", "secret", SECRET),
        ("mogujie", "access_token", TOKEN),
        ("gome", "secret", SECRET),
        ("gome", "token", TOKEN),
    ];
    let builder = Mock::builder(workspace("specs"));
    let set = |builder: gatespec_mock::Builder, (platform, name, text): (&str, &str, &str)| {
        builder.credential(platform, name, text)
    };
    credentials.into_iter().fold(builder, set).start().unwrap()
}

#[test]
fn no_failure_and_no_dry_run_shows_the_secret_or_the_token() {
    let mock = gateway();
    let long = fill("start_time=2023-01-01 00:00:00", "end_time=2023-02-01 00:00:00");
    for words in [&TRADE[..], &ORDER, &long] {
        let faults = Fault::ALL.map(|fault| (fault.to_string(), Some(fault)));
        let plain = ("nothing".to_owned(), None);
        each(faults.into_iter().chain([plain]), |_, fault| {
            mock.clear_scripts();
            mock.script(words[0], words[1], *fault).unwrap();
            for format in ["text", "json"] {
                hides(&Call::of(&mock, words).with(&["--format", format, "--timeout", "2"]).run());
            }
        });
        for format in ["text", "json"] {
            hides(&Call::of(&mock, words).with(&["--format", format, "--dry-run"]).run());
        }
        let broken =
            [("GATESPEC_SECRET", format!(" {SECRET} ")), ("GATESPEC_TOKEN", format!("{TOKEN}x"))];
        for (variable, value) in broken {
            let run = Call::of(&mock, words).env(variable, &value).run();
            hides(&run);
            assert!(words[0] != "gome" || run.code != Some(0), "it is refused: {run:?}");
        }
    }
}

#[test]
fn a_secret_in_the_place_of_a_value_is_hidden() {
    let mock = gateway();
    let node = format!("node_id={SECRET}");
    for words in [vec!["--dry-run"], vec!["--dry-run", "--format", "text"], vec!["--clock", "1"]] {
        let run = Call::of(&mock, &["shopex", "matrix.unbind", &node]).with(&words).run();
        hides(&run);
    }
}

/// The gateway repeats what it received.
#[test]
fn an_answer_that_repeats_the_secret_is_not_shown_in_an_error() {
    let bodies = [
        ("no JSON", format!("<p>wrong secret {SECRET} or token {TOKEN}</p>")),
        (
            "a refusal",
            json!({"error_response": {"code": "8225", "msg": format!("{SECRET} {TOKEN}")}})
                .to_string(),
        ),
        ("another shape", json!({ SECRET: TOKEN }).to_string()),
    ];
    for status in ["200 OK", "500 Oops"] {
        each(bodies.clone().map(|(name, body)| (name.to_owned(), body)), |_, body| {
            let url = answering(status, body.clone());
            let call = Call::to(&url, &ORDER).env("GATESPEC_SECRET", SECRET);
            for format in ["text", "json"] {
                let run =
                    call.clone().env("GATESPEC_TOKEN", TOKEN).with(&["--format", format]).run();
                assert_ne!(run.code, Some(0), "{run:?}");
                hides(&run);
            }
        });
    }
}

#[test]
fn a_secret_is_no_argument() {
    let mock = mock();
    let cases: [&[&str]; 4] = [
        &["--secret", "SENTINEL"],
        &["secret=SENTINEL"],
        &["--credential", "secret=SENTINEL"],
        &["--credential", "token=SENTINEL"],
    ];
    for words in cases {
        let run = Call::of(&mock, &ORDER).with(words).run();
        assert_eq!((run.code, &*run.out), (Some(2), ""), "{run:?}");
        // The secret is already in the shell's history. It must not get into a log too.
        assert!(!run.err.contains("SENTINEL"), "{words:?}: {}", run.err);
    }
    assert_eq!(mock.received(), []);
}

#[test]
fn a_secret_that_ends_with_a_blank_is_told_of_and_not_shown() {
    let run = Call::anywhere(&TRADE).env("GATESPEC_SECRET", "SENTINEL ").with(&["--dry-run"]).run();
    assert!(run.err.contains("note: `secret` begins or ends with white space"), "{}", run.err);
    assert!(!run.err.contains("SENTINEL"));
}
