//! HTTP by hand, so that nothing between a test and the mock corrects mistakes.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use gatespec_mock::Mock;

/// An answer.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Got {
    /// The value of a header; empty if it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// Sends bytes, and reads until the connection is closed. `None` if no answer arrived.
pub(crate) fn exchange(mock: &Mock, bytes: &[u8]) -> Option<Got> {
    let mut stream = TcpStream::connect(("127.0.0.1", mock.port())).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    // The mock may refuse a request before it has read all of it.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    read(&answer)
}

/// Parses an answer.
pub(crate) fn read(answer: &[u8]) -> Option<Got> {
    let text = String::from_utf8(answer.to_vec()).unwrap();
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Some(Got { status, head: head.to_owned(), body: body.to_owned() })
}

/// A request with `content-length` and `connection: close`.
pub(crate) fn request(verb: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut text = format!("{verb} {target} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    [text.as_bytes(), body].concat()
}

/// Sends a form by POST.
pub(crate) fn form(mock: &Mock, target: &str, body: &str) -> Got {
    let headers = [("content-type", "application/x-www-form-urlencoded; charset=UTF-8")];
    exchange(mock, &request("POST", target, &headers, body.as_bytes())).unwrap()
}
