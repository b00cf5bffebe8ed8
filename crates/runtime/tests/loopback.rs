//! The default transports against a server on this machine.

#![cfg(any(feature = "reqwest", feature = "blocking"))]
#![allow(clippy::unwrap_used, reason = "tests")]

mod platforms;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread::JoinHandle;
use std::time::Duration;

use gatespec_runtime::{CredentialSet, ErrorKind};
use platforms::ping::{Ping, Shop};

/// The request of all tests.
const PING: Ping = Ping("短 b");

/// Starts a server that answers one request. Returns its URL, and a thread that returns the
/// request.
fn serve(answer: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = Vec::new();
        let mut buffer = [0; 1024];
        while !String::from_utf8_lossy(&asked).contains("a=%E7") {
            let count = stream.read(&mut buffer).unwrap();
            asked.extend_from_slice(&buffer[..count]);
        }
        // The client may have closed the connection.
        let _ = stream.write_all(answer.as_bytes());
        String::from_utf8(asked).unwrap()
    });
    (url, server)
}

const GOOD: &str =
    "HTTP/1.1 200 OK\r\nX-Request-Id: r\r\nContent-Length: 12\r\n\r\n{\"data\":\"x\"}";
const MOVED: &str = "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n";
const LONG: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n{\"data\":\"xxxxxxxxxxxxxxxxxx";

fn asked(server: JoinHandle<String>) {
    let asked = server.join().unwrap();
    assert!(asked.starts_with("POST / HTTP/1.1\r\n"), "{asked}");
    assert!(asked.ends_with("\r\n\r\na=%E7%9F%AD+b"), "{asked}");
    assert!(asked.contains("content-type: application/x-www-form-urlencoded; charset=UTF-8\r\n"));
}

#[cfg(feature = "blocking")]
mod blocking {
    use super::*;
    use gatespec_runtime::client::blocking::{Client, ClientBuilder};

    fn client(url: &str) -> ClientBuilder<Client> {
        ClientBuilder::new::<Shop>(CredentialSet::new()).base_url(url)
    }

    #[test]
    fn a_call_is_carried() {
        let (url, server) = serve(GOOD);
        let answer = client(&url).build().unwrap().send(&PING).unwrap();
        assert_eq!((answer.data.as_str(), answer.request_id()), ("x", Some("r")));
        asked(server);
    }

    #[test]
    fn redirects_are_not_followed() {
        let (url, server) = serve(MOVED);
        let error = client(&url).build().unwrap().data(&PING).unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Http, Some(302)));
        asked(server);
    }

    #[test]
    fn large_answers_are_cut_off() {
        let (url, server) = serve(LONG);
        let error = client(&url).max_response_bytes(10).build().unwrap().data(&PING).unwrap_err();
        assert!(error.to_string().contains("larger than 10 bytes"), "{error}");
        asked(server);
    }

    #[test]
    fn no_connection_is_told_without_the_url() {
        let error =
            client("http://127.0.0.1:1/secret-path").build().unwrap().data(&PING).unwrap_err();
        assert_eq!(error.to_string(), "shop ping: the gateway's host refused the connection");
        let mut cause: Option<&dyn std::error::Error> = Some(&error);
        while let Some(error) = cause {
            assert!(!error.to_string().contains("secret-path"));
            cause = error.source();
        }
    }

    #[test]
    fn silence_ends_in_time() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let builder = client(&url).attempt_timeout(Duration::from_millis(50));
        let error = builder.build().unwrap().data(&PING).unwrap_err();
        assert_eq!(error.to_string(), "shop ping: no answer in time");
    }
}

#[cfg(feature = "reqwest")]
mod not_blocking {
    use super::*;
    use gatespec_runtime::client::{Client, ClientBuilder};

    fn client(url: &str) -> ClientBuilder<Client> {
        ClientBuilder::new::<Shop>(CredentialSet::new()).base_url(url)
    }

    fn run<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
    }

    #[test]
    fn a_call_is_carried() {
        let (url, server) = serve(GOOD);
        let client = client(&url).build().unwrap();
        let answer = run(client.send(&PING)).unwrap();
        assert_eq!((answer.data.as_str(), answer.request_id()), ("x", Some("r")));
        asked(server);
    }

    #[test]
    fn a_connection_is_kept_as_long_as_asked() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = std::thread::spawn(move || {
            // Serves one request on each connection, and keeps both connections open.
            let mut open = Vec::new();
            while open.len() < 2 {
                let (mut stream, _) = listener.accept().unwrap();
                let mut asked = Vec::new();
                while !String::from_utf8_lossy(&asked).contains("a=%E7") {
                    let mut buffer = [0; 1024];
                    let count = stream.read(&mut buffer).unwrap();
                    asked.extend_from_slice(&buffer[..count]);
                }
                stream.write_all(GOOD.as_bytes()).unwrap();
                open.push(stream);
            }
            open
        });
        let client = client(&url).idle_timeout(Duration::ZERO).build().unwrap();
        run(async {
            client.data(&PING).await.unwrap();
            client.data(&PING).await.unwrap();
        });
        assert_eq!(server.join().unwrap().len(), 2);
    }

    /// The I/O of connections runs on separate threads, so a flooded connection cannot block the
    /// timers of the caller's executor.
    #[test]
    fn the_callers_executor_needs_no_sockets() {
        let (url, server) = serve(GOOD);
        let client = client(&url).build().unwrap();
        let executor = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        assert_eq!(executor.block_on(client.data(&PING)).unwrap(), "x");
        asked(server);
    }

    #[test]
    fn redirects_are_not_followed() {
        let (url, server) = serve(MOVED);
        let client = client(&url).build().unwrap();
        let error = run(client.data(&PING)).unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Http, Some(302)));
        asked(server);
    }

    #[test]
    fn large_answers_are_cut_off() {
        let (url, server) = serve(LONG);
        let client = client(&url).max_response_bytes(10).build().unwrap();
        let error = run(client.data(&PING)).unwrap_err();
        assert!(error.to_string().contains("larger than 10 bytes"), "{error}");
        asked(server);
    }

    #[test]
    fn silence_ends_in_time() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let client = client(&url).attempt_timeout(Duration::from_millis(50)).build().unwrap();
        let error = run(client.data(&PING)).unwrap_err();
        assert_eq!(error.to_string(), "shop ping: no answer in time");
    }

    #[cfg(feature = "reqwest013")]
    #[test]
    fn a_client_of_the_callers_carries() {
        let (url, server) = serve(GOOD);
        // Fails if another test of this process has installed it.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = client(&url).reqwest(reqwest::Client::new()).build().unwrap();
        assert_eq!(run(client.data(&PING)).unwrap(), "x");
        asked(server);
    }
}
