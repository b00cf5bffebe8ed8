//! Requests that no ordinary client sends. Each gets an answer or a closed connection, and the mock
//! continues to serve.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use gatespec_mock::Mock;

use crate::wire::{exchange, form, read, request};
use crate::{last, refusal, shipped};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// A request (its description, headers and body), and the expected refusal (its meaning and HTTP
/// status).
type Case<'c> = (&'c str, &'c [(&'c str, &'c str)], &'c str, &'c str, u16);

/// Asserts that the mock still works: it refuses a call only because of its wrong signature.
fn alive(mock: &Mock) {
    let body = "app_key=10011&method=matrix.unbind&node_id=1&sign_time=1972502400&sign=0";
    let got = form(mock, "/shopex/router", body);
    assert_eq!(got.header("x-gatespec-refused"), "bad_signature", "{got:?}");
}

#[test]
fn what_is_no_call_is_refused_in_the_platforms_own_words() {
    let mock = shipped();
    let long = "x".repeat(100_000);
    let many: String = (0..100_000).map(|number| format!("p{number}=1&")).collect();
    let cases: [Case<'_>; 14] = [
        // The method is missing or unreadable.
        ("an empty body", &[FORM], "", "missing_parameter", 404),
        ("binary", &[FORM], "\u{0}\u{1}\u{2}", "missing_parameter", 404),
        ("JSON", &[("content-type", "application/json")], "{\"method\":1}", "bad_parameter", 400),
        ("a method alone", &[FORM], "method=matrix.unbind", "missing_parameter", 404),
        ("no such method", &[FORM], "method=matrix.nothing", "unknown_method", 404),
        ("a long method", &[FORM], &format!("method={long}"), "unknown_method", 404),
        ("a broken escape", &[FORM], "method=%zz", "bad_parameter", 400),
        ("a cut escape", &[FORM], "method=matrix.unbind&a=%", "bad_parameter", 400),
        ("no UTF-8", &[FORM], "method=matrix.unbind&a=%ff", "bad_parameter", 400),
        ("two signatures", &[FORM], "method=matrix.unbind&sign=1&sign=2", "bad_parameter", 400),
        (
            "two methods",
            &[FORM],
            "method=matrix.unbind&method=matrix.bindurl",
            "bad_parameter",
            400,
        ),
        ("too many", &[FORM], &format!("method=matrix.unbind&{many}"), "too_large", 400),
        (
            "multipart",
            &[("content-type", "multipart/form-data; boundary=x")],
            "--x\r\n\r\n--x--",
            "bad_parameter",
            400,
        ),
        (
            "another charset",
            &[("content-type", "application/x-www-form-urlencoded; charset=GBK")],
            "method=matrix.unbind",
            "bad_parameter",
            400,
        ),
    ];
    for (what, headers, body, meaning, status) in cases {
        let got = exchange(&mock, &request("POST", "/shopex/router", headers, body.as_bytes()));
        let got = got.unwrap_or_else(|| panic!("{what}: no answer"));
        assert_eq!((refusal(&last(&mock)).0, got.status), (meaning, status), "{what}: {got:?}");
        assert_eq!(got.json()["result"], "error", "{what}: {got:?}");
    }
    alive(&mock);
}

#[test]
fn a_clock_that_is_no_number_and_a_parameter_that_is_empty() {
    let mock = shipped();
    for (body, expected) in [
        ("sign_time=yesterday&sign=0", ("bad_clock", "0040307")),
        ("sign_time=99999999999999999999&sign=0", ("bad_clock", "0040307")),
        ("sign_time=&sign=0", ("missing_parameter", "0040005")),
        ("sign_time=1972502400&sign=", ("missing_parameter", "0040005")),
    ] {
        let body = format!("app_key=10011&method=matrix.unbind&node_id=1&{body}");
        form(&mock, "/shopex/router", &body);
        assert_eq!(refusal(&last(&mock)), expected, "{body}");
    }
}

#[test]
fn other_paths_are_no_gateways() {
    let mock = shipped();
    for path in ["/nowhere", "/shopexx", "//", "/favicon.ico", "/%2e%2e/etc"] {
        let got = form(&mock, path, "method=matrix.unbind");
        assert_eq!(got.status, 404, "{path}");
        assert!(got.body.contains("/gome/router, "), "{}", got.body);
    }
    for path in ["/shopex", "/shopex/router/x", "/mogujie/other", "/gome/other"] {
        let (method, public) = ("matrix.unbind", "app_key=10011&sign_time=1972502400&sign=0");
        let body = match path.split('/').nth(1) {
            Some("shopex") => format!("method={method}&{public}&node_id=1"),
            Some("mogujie") => "method=xiaodian.trade.get&sign=0".to_owned(),
            _ => "$method=gome.pusher.order.synchronize&$sign=0".to_owned(),
        };
        form(&mock, path, &body);
        assert_eq!(refusal(&last(&mock)).0, "unknown_method", "{path}");
    }
}

#[test]
fn a_huge_body_is_refused_before_it_has_come() {
    let mock = shipped();
    let head = "POST /gome/router HTTP/1.1\r\nhost: localhost\r\ncontent-length: 104857600\r\n\r\n";
    let got = exchange(&mock, head.as_bytes()).unwrap();
    assert_eq!((got.status, got.header("connection")), (413, "close"));
    assert_eq!(got.json()["error_response"]["code"], "8249");
    // A body without a declared length.
    let mut stream = TcpStream::connect(("127.0.0.1", mock.port())).unwrap();
    let head =
        "POST /gome/router HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = [b"10000\r\n", vec![b'x'; 0x10000].as_slice(), b"\r\n"].concat();
    let mut sent = 0;
    while sent < 100 << 20 && stream.write_all(&chunk).is_ok() {
        sent += chunk.len();
    }
    assert!(sent < 30 << 20, "{sent} bytes were taken");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(read(&answer).is_none_or(|got| got.status == 413));
    alive(&mock);
}

#[test]
fn what_is_no_http_is_answered_or_closed() {
    let mock = shipped();
    for bytes in [
        b"\r\n\r\n\r\n".as_slice(),
        b"GET\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"POST /shopex/router HTTP/1.1\r\ncontent-length: x\r\n\r\n",
        b"POST /shopex/router HTTP/1.1\r\ncontent-length: 10\r\ncontent-length: 20\r\n\r\n",
        b"POST /shopex/router HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"POST /shopex/router HTTP/9.9\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(("127.0.0.1", mock.port())).unwrap();
        let _ = stream.write_all(bytes);
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        if let Some(got) = read(&answer) {
            assert!(got.status >= 400, "{got:?}");
        }
    }
    let huge = format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "x".repeat(1 << 20));
    if let Some(got) = exchange(&mock, huge.as_bytes()) {
        assert_eq!(got.status, 431);
    }
    alive(&mock);
}

/// The time that intentionally slow clients exceed. It is ample for a valid request, even on a busy
/// machine.
const PATIENCE: Duration = Duration::from_secs(2);

#[test]
fn whoever_is_slow_keeps_nobody_waiting_and_is_closed_out() {
    let mock = Mock::builder(gatespec_tests::harness::workspace("specs"))
        .patience(PATIENCE)
        .start()
        .unwrap();
    let open = |bytes: &[u8]| {
        let mut stream = TcpStream::connect(("127.0.0.1", mock.port())).unwrap();
        stream.write_all(bytes).unwrap();
        stream
    };
    let head =
        b"POST /shopex/router HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nmethod=";
    // Headers that never end, and a body that never ends.
    let mut headers: Vec<_> =
        (0..100).map(|_| open(b"POST /shopex/router HTTP/1.1\r\nx: ")).collect();
    let mut bodies: Vec<_> = (0..100).map(|_| open(head)).collect();
    alive(&mock);
    for stream in headers.iter_mut().chain(&mut bodies) {
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        assert!(read(&answer).is_none_or(|got| got.status == 408), "{answer:?}");
    }
    alive(&mock);
}

#[test]
fn whoever_reads_no_answer_is_closed_out() {
    let mock = Mock::builder(gatespec_tests::harness::workspace("specs"))
        .patience(PATIENCE)
        .start()
        .unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", mock.port())).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(30))).unwrap();
    let many = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(100);
    let error = loop {
        if let Err(error) = stream.write_all(&many) {
            break error;
        }
    };
    let closed = [ErrorKind::ConnectionReset, ErrorKind::BrokenPipe];
    assert!(closed.contains(&error.kind()), "{error:?}");
    alive(&mock);
}

#[test]
fn a_header_that_asks_for_nothing_known_is_told_what_there_is() {
    let mock = shipped();
    let body = "app_key=10011&app_secret=test-secret-0123456789abcdef&grant_type=refresh_token&\
                refresh_token=x";
    let call = |text: &str| {
        let headers = [FORM, ("x-gatespec-misbehave", text)];
        exchange(&mock, &request("POST", "/mogujie/oauth/token", &headers, body.as_bytes()))
            .unwrap()
    };
    let got = call("slowly");
    assert_eq!(got.status, 400);
    assert!(got.body.contains("\"slowly\"") && got.body.contains("empty-list"), "{}", got.body);
    let got = call("status=502, delay=1");
    assert_eq!((got.status, got.header("x-gatespec-misbehaved")), (502, "status=502, delay=1"));
    assert_eq!(call("").status, 200);
}
