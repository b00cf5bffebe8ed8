//! What the network does to a call.

use std::error::Error as _;
use std::time::Duration;

use gatespec_clients::shopex::{self, MatrixUnbind};
use gatespec_runtime::{Class, Error, ErrorKind, TransportError};

use crate::block_on;
use crate::server::{Reply, Server};

fn unbind(url: &str, timeout: Duration, limit: usize) -> [Error; 2] {
    let credentials = || shopex::Credentials::new("testkey", "0123456789abcdef");
    let request = MatrixUnbind::new("15000000");
    let client = shopex::Client::builder(credentials())
        .base_url(url)
        .attempt_timeout(timeout)
        .connect_timeout(PATIENT)
        .max_response_bytes(limit)
        .build()
        .unwrap();
    let blocking = shopex::blocking::Client::builder(credentials())
        .base_url(url)
        .attempt_timeout(timeout)
        .connect_timeout(PATIENT)
        .max_response_bytes(limit)
        .build()
        .unwrap();
    [
        block_on(client.matrix_unbind(&request)).unwrap_err(),
        blocking.matrix_unbind(&request).unwrap_err(),
    ]
}

const PATIENT: Duration = Duration::from_secs(20);
const ROOM: usize = 1 << 20;

/// A 302 would turn a signed POST into a GET.
#[test]
fn a_redirect_is_not_followed() {
    for status in [301, 302, 307] {
        let target = Server::start(|_| Reply::json(200, "{\"status\":\"succ\",\"code\":\"1000\"}"));
        let elsewhere = format!("{}/router", target.url());
        let server = Server::start(move |_| {
            Reply::Answer(status, vec![("Location", elsewhere.clone())], Vec::new())
        });
        for error in unbind(server.url(), PATIENT, ROOM) {
            assert_eq!((error.kind(), error.status()), (ErrorKind::Http, Some(status)));
        }
        assert_eq!((server.seen().len(), target.seen().len()), (2, 0));
    }
}

#[test]
fn a_server_that_says_nothing_is_a_timeout() {
    let server = Server::start(|_| Reply::Silence);
    for error in unbind(server.url(), Duration::from_millis(200), ROOM) {
        assert_eq!((error.kind(), error.class()), (ErrorKind::AttemptTimeout, Class::Retry));
        assert!(error.to_string().contains("no answer in time"), "{error}");
        assert!(
            error.signed_text().is_some(),
            "the request was signed and may have been acted upon"
        );
        assert_eq!(error.status(), None);
    }
}

#[test]
fn an_answer_that_stops_in_the_middle_is_a_timeout() {
    let server = Server::start(|_| Reply::Stall);
    for error in unbind(server.url(), Duration::from_millis(300), ROOM) {
        assert_eq!(error.kind(), ErrorKind::AttemptTimeout);
        assert!(error.to_string().contains("no answer in time"), "{error}");
    }
}

#[test]
fn a_port_where_nobody_listens_is_a_connection_error() {
    // A free port could be taken by the next test; this one is nobody's.
    for error in unbind("http://127.0.0.1:1", PATIENT, ROOM) {
        assert_eq!((error.kind(), error.class()), (ErrorKind::Connect, Class::Retry));
        assert!(error.to_string().contains("no connection"), "{error}");
        assert!(error.source().is_some());
    }
}

#[test]
fn an_answer_that_breaks_off_is_a_transport_error() {
    let server = Server::start(|_| Reply::BreakOff);
    for error in unbind(server.url(), PATIENT, ROOM) {
        assert_eq!(error.kind(), ErrorKind::Truncated, "{error}");
    }
}

#[test]
fn an_answer_that_is_too_large_is_given_up() {
    let server = Server::start(|_| Reply::json(200, vec![b' '; 100_000]));
    for error in unbind(server.url(), PATIENT, 50_000) {
        assert_eq!(error.kind(), ErrorKind::TooLarge);
        assert!(error.to_string().contains("50000"), "{error}");
    }
}

#[test]
fn an_address_that_is_none_is_a_config_error() {
    let build = |url: &str| {
        let credentials = shopex::Credentials::new("testkey", "0123456789abcdef");
        shopex::Client::builder(credentials).base_url(url).build()
    };
    for url in
        ["", "apigateway.shopex.cn", "/router", "ftp://apigateway.shopex.cn", "http://", "测试"]
    {
        assert_eq!(build(url).unwrap_err().kind(), ErrorKind::Config, "{url}");
    }
    build("http://127.0.0.1:1/with/a/path/").unwrap();
}

#[test]
fn a_base_address_may_end_in_a_slash() {
    let server = Server::start(crate::gateways::shopex);
    let url = format!("{}/", server.url());
    let [error, _] = unbind(&url, PATIENT, ROOM);
    // The gateway answered, so the path was the right one.
    assert_eq!((error.kind(), error.code()), (ErrorKind::Gateway, Some("0040302")));
}

#[test]
fn a_gateways_status_and_id_arrive() {
    let server = Server::start(|_| {
        let headers = vec![("X-Request-Id", "r-9".to_owned()), ("Retry-After", "3".to_owned())];
        Reply::Answer(503, headers, b"<html>busy</html>".to_vec())
    });
    for error in unbind(server.url(), PATIENT, ROOM) {
        assert_eq!((error.status(), error.request_id()), (Some(503), Some("r-9")));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
    }
}

#[test]
fn a_transports_own_error_says_which_it_is() {
    let cause = || std::io::Error::other("cut");
    assert_eq!(TransportError::connect(cause()).kind(), ErrorKind::Connect);
    assert_eq!(TransportError::timeout(cause()).kind(), ErrorKind::AttemptTimeout);
    let other = TransportError::new(cause());
    assert_eq!(other.kind(), ErrorKind::Transport);
    assert_eq!(other.source().unwrap().to_string(), "cut");
}
