//! Users who misuse the command, and servers that misbehave.

use crate::tool::{Call, STATUS, UNBIND, answering, fill, mock, server, spans};
use gatespec_tests::harness::{each, workspace};
use std::process::Stdio;
use std::{fs, io};
use tempfile::TempDir;

#[test]
fn a_server_that_does_not_speak_as_it_should_is_told_of() {
    let endless = |stream: &mut dyn io::Write| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while stream.write_all(b"10000\r\n").is_ok() {
            if stream.write_all(&[b'x'; 0x10000]).and_then(|()| stream.write_all(b"\r\n")).is_err()
            {
                break;
            }
        }
    };
    let huge = |stream: &mut dyn io::Write| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{");
    };
    let junk = |stream: &mut dyn io::Write| {
        let _ = stream.write_all(b"\x00\xff not HTTP\r\n\r\n");
    };
    let cases = [
        ("an endless answer", server(endless), 7),
        ("a length that is too large", server(huge), 7),
        ("no HTTP", server(junk), 4),
        (
            "a redirect, which is not followed",
            answering("302 Found\r\nLocation: /", "<a>moved</a>"),
            4,
        ),
        ("nothing", answering("200 OK", ""), 7),
        ("broken JSON", answering("200 OK", r#"{"status":"succ","co"#), 7),
        ("a list", answering("200 OK", "[[[[]]]]"), 7),
        ("deep JSON", answering("200 OK", "[".repeat(100_000)), 7),
        (
            "text that is not UTF-8",
            server(|stream| {
                let _ =
                    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\"\xff\xfe\"");
            }),
            7,
        ),
    ];
    each(cases.map(|(name, url, code)| (name.to_owned(), (url, code))), |_, (url, code)| {
        for format in ["text", "json"] {
            let run = Call::to(url, &STATUS).with(&["--format", format]).run();
            assert_eq!(run.code, Some(*code), "{run:?}");
            assert!(run.err.contains("what to do") && run.err.len() < 2000, "{}", run.err);
        }
    });
}

#[test]
fn huge_values_are_sent_or_told_of() {
    let mock = mock();
    let long = "x".repeat(1 << 20);
    let root = TempDir::new().unwrap();
    let file = root.path().join("long");
    fs::write(&file, &long).unwrap();
    let word = format!("node_id=@{}", file.display());
    let run = Call::of(&mock, &["shopex", "matrix.unbind", &word]).run();
    assert_eq!(run.code, Some(0), "{}", run.err);
    let many: Vec<String> = (0..20_000).map(|at| format!("p{at}=1")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let run = Call::of(&mock, &UNBIND).with(&many[..100]).run();
    assert_eq!(run.code, Some(2));
    let numbers = ["1e400", "99999999999999999999", "-1", "1.5", "0x10", ""];
    for number in numbers {
        let word = format!(r#"openApiOrderDetailReqDto={{"shopOrderId":"{number}"}}"#);
        let run = Call::of(&mock, &["mogujie", "xiaodian.trade.get", &word]).run();
        assert!(matches!(run.code, Some(0 | 2 | 3)), "{number}: {run:?}");
        assert_eq!(run.code == Some(0), number == "-1", "{number}: {run:?}");
    }
    for time in ["2023-02-30 00:00:00", "2023-01-01", "now", "99999-01-01 00:00:00"] {
        let start = format!("start_time={time}");
        let run = Call::of(&mock, &fill(&start, "end_time=2023-01-02 00:00:00")).run();
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.err.contains("`start_time`"), "{}", run.err);
    }
}

/// A range of eight thousand years has many windows, but they take no memory.
#[test]
fn a_range_of_thousands_of_years_stops_at_its_first_failure() {
    let words = fill("start_time=1000-01-01 00:00:00", "end_time=9000-01-01 00:00:00");
    let run = Call::to(&answering("503 Busy", "no"), &words).run();
    assert_eq!(run.code, Some(4));
    assert!(run.err.contains("windows"), "{}", run.err);
    assert!(run.out.len() < 5000);
}

/// The reader closes the pipe, as `| head -1` does.
#[test]
fn a_reader_who_leaves_is_no_error() {
    let mock = mock();
    let month = fill("start_time=2023-01-01 00:00:00", "end_time=2023-02-01 00:00:00");
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let mut command = Call::of(&mock, &month).command();
    let done = command.stdin(Stdio::null()).stdout(writer).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!((done.status.code(), said.contains("panicked")), (Some(0), false), "{said}");
    assert_eq!(spans(&mock).len(), 5);
}

/// A full disk is an error, because the answer is lost.
#[test]
#[cfg(target_os = "linux")]
fn an_answer_that_cannot_be_written_gives_1_and_ends_a_range() {
    let mock = mock();
    let month = fill("start_time=2023-01-01 00:00:00", "end_time=2023-02-01 00:00:00");
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = Call::of(&mock, &month).command();
    let done = command.stdin(Stdio::null()).stdout(full).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("cannot write the output"), "{said}");
    assert_eq!(spans(&mock).len(), 1);
}

#[test]
fn it_needs_no_home_no_input_and_no_folder_of_its_own() {
    let mock = mock();
    let call = Call::of(&mock, &UNBIND);
    let mut bare = call.command();
    bare.env_remove("HOME").env_remove("PATH").env_remove("TERM").stdin(Stdio::null());
    assert!(bare.output().unwrap().status.success());
    let specs = workspace("specs");
    let elsewhere = TempDir::new().unwrap();
    for (folder, specs) in [
        (elsewhere.path(), specs.display().to_string()),
        (&*workspace("specs/shopex"), "..".to_owned()),
        (&*workspace(""), "./specs/".to_owned()),
    ] {
        let call = call.clone().with(&["--specs", &specs]);
        let mut command = call.command();
        command.current_dir(folder);
        assert_eq!(call.run_as(command).code, Some(0), "{specs}");
    }
    // The shipped specs are built into the command.
    let mut anywhere = call.command();
    anywhere.current_dir(elsewhere.path());
    assert_eq!(call.run_as(anywhere).code, Some(0));
}

#[test]
fn a_value_may_hold_anything() {
    let mock = mock();
    for value in
        ["a=b", "=", " ", "&x=1", "%00", "短袖", "a\u{1b}[31m", "\u{1f600}", "\\", "\"", "-"]
    {
        let word = format!("node_id={value}");
        let run = Call::of(&mock, &["shopex", "matrix.unbind", &word]).run();
        assert_eq!(run.code, Some(0), "{value:?}: {run:?}");
        let last = mock.received().pop().unwrap();
        assert_eq!(last.request["node_id"], value, "{value:?}");
    }
}
