//! Clients of `reqwest-middleware` against a server on this machine.

#![cfg(feature = "reqwest_middleware05")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod platforms;

use std::error::Error as _;
use std::fmt;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread::JoinHandle;

use gatespec_runtime::client::{Client, ClientBuilder};
use gatespec_runtime::{CredentialSet, Error};
use platforms::ping::{Ping, Shop};
use reqwest_middleware::{ClientWithMiddleware, Middleware, Next};

type Outcome = reqwest_middleware::Result<reqwest::Response>;

/// The request of all tests.
const PING: Ping = Ping("b");

/// Starts a server that answers one request. Returns its URL, and a thread that returns the
/// request.
fn serve() -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = String::new();
        while !asked.ends_with("a=b") {
            let mut buffer = [0; 1024];
            let count = stream.read(&mut buffer).unwrap();
            asked.push_str(str::from_utf8(&buffer[..count]).unwrap());
        }
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"data\":\"x\"}";
        stream.write_all(answer.as_bytes()).unwrap();
        asked
    });
    (url, server)
}

fn plain() -> reqwest::Client {
    // Fails if another test of this process has installed it.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

fn client(middleware: impl Middleware) -> ClientBuilder<Client> {
    let client = reqwest_middleware::ClientBuilder::new(plain()).with(middleware).build();
    ClientBuilder::new::<Shop>(CredentialSet::new()).reqwest_middleware(client)
}

struct Marks;

#[async_trait::async_trait]
impl Middleware for Marks {
    async fn handle(
        &self,
        mut request: reqwest::Request,
        extensions: &mut http::Extensions,
        next: Next<'_>,
    ) -> Outcome {
        request.headers_mut().insert("mark", "m".parse().unwrap());
        next.run(request, extensions).await
    }
}

/// Wraps errors in an error of its own, as middleware that retries does.
struct GivesUp;

#[derive(Debug)]
struct GaveUp(reqwest_middleware::Error);

impl fmt::Display for GaveUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "gave up on {}", self.0)
    }
}

impl std::error::Error for GaveUp {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

#[async_trait::async_trait]
impl Middleware for GivesUp {
    async fn handle(
        &self,
        request: reqwest::Request,
        extensions: &mut http::Extensions,
        next: Next<'_>,
    ) -> Outcome {
        let met = next.run(request, extensions).await;
        met.map_err(|error| reqwest_middleware::Error::middleware(GaveUp(error)))
    }
}

/// Fails each request with an error that contains its URL.
struct Refuses;

#[async_trait::async_trait]
impl Middleware for Refuses {
    async fn handle(
        &self,
        request: reqwest::Request,
        _: &mut http::Extensions,
        _: Next<'_>,
    ) -> Outcome {
        let error = std::io::Error::other(format!("no budget for {}", request.url()));
        Err(reqwest_middleware::Error::middleware(error))
    }
}

/// Returns the texts of an error and its sources. Asserts that they contain no URL.
fn story(error: &Error) -> String {
    let mut text = format!("{error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(" < {error} {error:?}"));
        cause = error.source();
    }
    assert!(!text.contains("secret-path") && !text.contains("://"), "{text}");
    text
}

#[tokio::test]
async fn a_call_goes_through_the_middleware() {
    let (url, server) = serve();
    let client = client(Marks).base_url(url).build().unwrap();
    assert_eq!(client.data(&PING).await.unwrap(), "x");
    let asked = server.join().unwrap();
    assert!(asked.contains("\r\nmark: m\r\n"), "{asked}");
}

#[tokio::test]
async fn a_client_without_middleware_is_one_too() {
    let (url, server) = serve();
    let bare = ClientBuilder::<Client>::new::<Shop>(CredentialSet::new())
        .reqwest_middleware(ClientWithMiddleware::from(plain()));
    assert_eq!(bare.base_url(url).build().unwrap().data(&PING).await.unwrap(), "x");
    server.join().unwrap();
}

#[tokio::test]
async fn errors_of_reqwest_keep_their_kinds() {
    // No program listens on port 1.
    for (client, words) in [(client(Marks), ""), (client(GivesUp), "gave up on ")] {
        let client = client.base_url("http://127.0.0.1:1/secret-path").build().unwrap();
        let error = client.data(&PING).await.unwrap_err();
        let story = story(&error);
        assert!(
            story.starts_with("shop ping: the gateway's host refused the connection <"),
            "{story}"
        );
        assert!(story.contains(words), "{story}");
    }
}

#[tokio::test]
async fn a_failed_handshake_is_told_apart_even_when_a_middleware_has_wrapped_it() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/secret-path", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 1024]).unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
    });
    let client = client(GivesUp).base_url(url).build().unwrap();
    let story = story(&client.data(&PING).await.unwrap_err());
    assert!(story.starts_with("shop ping: no trusted connection to the gateway < "), "{story}");
    server.join().unwrap();
}

#[tokio::test]
async fn an_error_of_a_middlewares_own_is_the_source() {
    let client = client(Refuses).base_url("http://127.0.0.1:1/secret-path").build().unwrap();
    let error = client.data(&PING).await.unwrap_err();
    let story = story(&error);
    assert!(story.contains("lost in transit < no budget for …"), "{story}");
}
