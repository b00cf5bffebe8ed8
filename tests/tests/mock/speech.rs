//! HTTP in the style of various clients: the mock understands each request, or answers with what is
//! wrong.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

use gatespec_mock::Mock;
use gatespec_tests::harness::workspace;

use crate::wire::{exchange, form, request};
use crate::{last, shipped};

const TOKENS: &str = "app_key=10011&app_secret=test-secret-0123456789abcdef\
                      &grant_type=refresh_token&refresh_token=x";

/// Sends bytes, closes the stream for writing, and returns the answer.
fn raw(mock: &Mock, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", mock.port())).unwrap();
    stream.write_all(bytes).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_call_may_come_in_any_form_of_http_1() {
    let mock = shipped();
    let length = TOKENS.len();
    let plain = format!("host: localhost\r\ncontent-length: {length}\r\n\r\n{TOKENS}");
    let (first, rest) = TOKENS.split_at(10);
    let left = rest.len();
    let calls = [
        format!("POST /mogujie/oauth/token HTTP/1.1\r\n{plain}"),
        format!("POST /mogujie/oauth/token HTTP/1.0\r\ncontent-length: {length}\r\n\r\n{TOKENS}"),
        format!("POST http://mock.example/mogujie/oauth/token HTTP/1.1\r\n{plain}"),
        format!("POST /mogujie/oauth/token HTTP/1.1\r\nexpect: 100-continue\r\n{plain}"),
        format!(
            "POST /mogujie/oauth/token HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n\
             a\r\n{first}\r\n{left:x}\r\n{rest}\r\n0\r\n\r\n"
        ),
        format!("POST /mogujie/oauth/token?{TOKENS} HTTP/1.1\r\nhost: localhost\r\n\r\n"),
    ];
    for call in &calls {
        let answer = raw(&mock, call.as_bytes());
        assert!(answer.contains("\"statusCode\":\"0000000\""), "{call}\n\n{answer}");
        assert!(last(&mock).is_accepted());
    }
    // The requests are pipelined: all are sent before the first answer arrives.
    let answers = raw(&mock, format!("{0}{0}{0}", calls[0]).as_bytes());
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 3, "{answers}");
}

#[test]
fn a_mock_that_ends_waits_for_no_delay() {
    let (lines, log) = std::sync::mpsc::channel();
    let mock = Mock::builder(workspace("specs"))
        .log(move |line| drop(lines.send(line.to_owned())))
        .start()
        .unwrap();
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("x-gatespec-misbehave", "delay=60000"),
    ];
    let mut stream = TcpStream::connect(("127.0.0.1", mock.port())).unwrap();
    let call = request("POST", "/mogujie/oauth/token", &headers, TOKENS.as_bytes());
    stream.write_all(&call).unwrap();
    // The line is logged when the answer is decided, before the delay.
    assert!(log.recv().unwrap().contains("[delay=60"));
    mock.shutdown();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("\"statusCode\":\"0000000\""), "{answer}");
}

#[test]
fn an_answer_to_head_has_no_body() {
    let mock = shipped();
    let page = raw(&mock, b"HEAD / HTTP/1.1\r\nhost: localhost\r\n\r\n");
    assert!(page.starts_with("HTTP/1.1 200 ") && page.ends_with("\r\n\r\n"), "{page}");
    let call =
        raw(&mock, b"HEAD /shopex/router?method=matrix.unbind HTTP/1.1\r\nhost: localhost\r\n\r\n");
    assert!(call.starts_with("HTTP/1.1 404 ") && call.ends_with("\r\n\r\n"), "{call}");
}

#[test]
fn nothing_that_came_becomes_a_header() {
    let mock = shipped();
    let got = form(&mock, "/shopex/router", "method=%0d%0ax-evil:%201%0d%0a%0d%0a%e7%9f%ad");
    assert_eq!((got.status, got.header("x-evil")), (404, ""));
    let reason = got.header("x-gatespec-reason");
    assert!(reason.is_ascii() && reason.contains("x-evil"), "{reason}");
}

#[test]
fn the_page_loads_nothing_and_runs_nothing() {
    let mock = shipped();
    let page = exchange(&mock, &request("GET", "/", &[], b"")).unwrap();
    let policy = page.header("content-security-policy");
    assert_eq!(policy, "default-src 'none'; style-src 'unsafe-inline'");
    for part in ["<script", "<link", "<img", "src=", "@import", "url("] {
        assert!(!page.body.contains(part), "{part}");
    }
}
