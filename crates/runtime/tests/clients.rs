//! Clients of a platform module that is like a generated one, with canned answers.

#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod platforms;

use std::error::Error as _;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use gatespec_runtime::{
    BlockingTransport, BoxFuture, Class, DateTime, ErrorKind, Transport, TransportError,
};

use module::{Client, Credentials, Unbind, blocking};

/// A module like a generated one.
mod module {
    // Names that a spec may use must not disturb the macro.
    #[expect(dead_code, reason = "only its name matters")]
    mod hostile {
        pub(super) struct Option;
        pub(super) struct Result;
        pub(super) struct String;
        pub(super) struct Some;
        pub(super) struct Send;
        pub(super) struct Error;
    }
    #[allow(unused_imports, reason = "only their names matter")]
    use hostile::{Error, Option, Result, Send, Some, String};

    use ::gatespec_runtime as rt;

    /// The platform.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct Platform;

    impl rt::Platform for Platform {
        const ID: &'static str = "shopex";
        const GATEWAYS: &'static [&'static rt::Gateway<'static>] =
            &[&crate::platforms::shopex::GATEWAY, &UNDISCLOSED];
    }

    const UNDISCLOSED: rt::Gateway<'static> = rt::Gateway {
        name: "token",
        base_url: "",
        public: &[crate::platforms::public(
            "X-Key",
            rt::Location::Header,
            rt::Source::Credential("app_key"),
        )],
        credentials: &[crate::platforms::credential("app_key", false)],
        ..crate::platforms::EMPTY
    };

    /// The credentials.
    #[derive(Debug)]
    pub(crate) struct Credentials(pub(crate) &'static str, pub(crate) &'static str);

    impl ::core::convert::From<Credentials> for rt::CredentialSet {
        fn from(credentials: Credentials) -> Self {
            [("app_key", credentials.0), ("secret", credentials.1)].into_iter().collect()
        }
    }

    rt::clients! { platform: Platform, credentials: Credentials }

    /// A request.
    #[derive(Debug)]
    pub(crate) struct Unbind(pub(crate) &'static str);

    impl rt::Encode for Unbind {
        fn encode(&self, out: &mut rt::Writer<'_>) {
            out.put("node_id", rt::Wire::Text(self.0));
        }
    }

    impl rt::Validate for Unbind {
        fn check(&self, cx: &mut rt::Checker<'_>) {
            if self.0.is_empty() {
                cx.report("required", "node_id", "must be given and must not be empty".to_owned());
            } else if self.0.len() > 9 {
                cx.report("length", "node_id", "must have 1 to 9 characters".to_owned());
            }
        }
    }

    impl rt::Operation for Unbind {
        type Platform = Platform;
        type Response = ::std::vec::Vec<::std::string::String>;
        const METHOD: rt::MethodInfo<'static> = rt::MethodInfo {
            returns: true,
            ..rt::MethodInfo::new("matrix.unbind", &crate::platforms::shopex::GATEWAY)
        };
        const RETURNS: rt::record::Field<'static> = rt::record::Field {
            list: ::core::option::Option::Some(rt::ListStyle::Json),
            ..rt::record::Field::BARE
        };
    }

    impl Client {
        pub(crate) async fn matrix_unbind(
            &self,
            request: &Unbind,
        ) -> ::core::result::Result<::std::vec::Vec<::std::string::String>, rt::Error> {
            self.data(request).await
        }
    }

    impl blocking::Client {
        pub(crate) fn matrix_unbind(
            &self,
            request: &Unbind,
        ) -> ::core::result::Result<::std::vec::Vec<::std::string::String>, rt::Error> {
            self.data(request)
        }
    }

    /// A request to a gateway whose URL is not public. The key is sent in a header.
    #[derive(Debug)]
    pub(crate) struct Token;

    impl rt::Encode for Token {
        fn encode(&self, _: &mut rt::Writer<'_>) {}
    }

    impl rt::Validate for Token {
        fn check(&self, _: &mut rt::Checker<'_>) {}
    }

    impl rt::Operation for Token {
        type Platform = Platform;
        type Response = ();
        const METHOD: rt::MethodInfo<'static> = rt::MethodInfo::new("token", &UNDISCLOSED);
    }
}

/// A transport that always returns the same answer, and records the requests.
struct Canned {
    status: u16,
    body: &'static str,
    asked: Mutex<Vec<http::Request<Bytes>>>,
}

impl Canned {
    fn new(status: u16, body: &'static str) -> Arc<Canned> {
        Arc::new(Canned { status, body, asked: Mutex::new(Vec::new()) })
    }

    fn answer(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        self.asked.lock().unwrap().push(request);
        let mut response = http::Response::new(Bytes::from_static(self.body.as_bytes()));
        *response.status_mut() = self.status.try_into().unwrap();
        response.headers_mut().insert("x-request-id", "r-1".parse().unwrap());
        Ok(response)
    }

    fn sent(&self) -> String {
        let asked = self.asked.lock().unwrap();
        String::from_utf8(asked.last().unwrap().body().to_vec()).unwrap()
    }
}

impl BlockingTransport for Canned {
    fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        self.answer(request)
    }
}

impl Transport for Canned {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async { self.answer(request) })
    }
}

/// Runs a future that must be ready at its first poll.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

const KEYS: fn() -> Credentials = || Credentials("testkey", platforms::shopex::SECRET);
const GOOD: &str = r#"{"status":"succ","code":"1000","desc":"ok","data":["x"]}"#;

fn clock() -> Arc<DateTime> {
    Arc::new(DateTime::from_unix_seconds(1_672_502_400).unwrap())
}

fn client(transport: Arc<Canned>) -> blocking::Client {
    blocking::Client::builder(KEYS()).clock(clock()).transport(transport).build().unwrap()
}

#[test]
fn a_blocking_call_sends_the_signed_request_and_gives_the_answer() {
    let canned = Canned::new(200, GOOD);
    let client = client(Arc::clone(&canned));
    assert_eq!(client.matrix_unbind(&Unbind("15000000")).unwrap(), ["x"]);
    let answer = client.send(&Unbind("15000000")).unwrap();
    assert_eq!(answer.data, ["x"]);
    assert_eq!((answer.code(), answer.message()), (Some("1000"), Some("ok")));
    assert_eq!((answer.status(), answer.request_id()), (200, Some("r-1")));
    assert_eq!(answer.body(), GOOD);
    assert!(answer.signed_text().starts_with("<secret>&POST&%2Frouter&&&app_key"));
    assert!(canned.sent().ends_with("&sign=66DD494A3DEBB574561404CC73C3FF19"));
    let asked = canned.asked.lock().unwrap();
    assert_eq!(asked[0].uri(), "https://apigateway.shopex.cn/router");
    assert_eq!(asked[0].method(), http::Method::POST);
    let content = "application/x-www-form-urlencoded; charset=UTF-8";
    assert_eq!(asked[0].headers()["content-type"], content);
}

#[test]
fn the_async_client_is_the_same() {
    let canned = Canned::new(200, GOOD);
    let builder = Client::builder(KEYS()).clock(clock()).transport(Arc::clone(&canned) as _);
    let client = builder.base_url("http://localhost:1/x").build().unwrap();
    let copy = client.clone();
    let request = Unbind("15000000");
    let future = copy.matrix_unbind(&request);
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    assert_eq!(now(is_send(future)).unwrap(), ["x"]);
    assert!(canned.sent().ends_with("&sign=66DD494A3DEBB574561404CC73C3FF19"));
    assert_eq!(canned.asked.lock().unwrap()[0].uri(), "http://localhost:1/x/router");
    fn is_shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    is_shared(&client);
}

#[test]
fn violations_are_all_told_and_nothing_is_sent() {
    let canned = Canned::new(200, GOOD);
    let client = client(Arc::clone(&canned));
    let error = client.data(&Unbind("1234567890")).unwrap_err();
    assert_eq!((error.kind(), error.class()), (ErrorKind::Validation, Class::Caller));
    assert_eq!(error.violations().len(), 1);
    assert_eq!(
        error.to_string(),
        "shopex matrix.unbind: the request was not sent, because `node_id` must have 1 to 9 \
         characters (rule length:node_id)"
    );
    assert!(canned.asked.lock().unwrap().is_empty());
    let long = Unbind("1234567890");
    assert!(client.call(&long).validate(false).send().is_ok());
    assert!(client.call(&long).without_rule("length:node_id").send().is_ok());
    assert!(client.call(&long).without_rule("length").send().is_ok());
    assert!(client.call(&long).without_rule("length:other").send().is_err());
}

#[test]
fn refusals_say_everything_that_is_known() {
    let body = r#"{"error":{"code":"0040311","message":"over limit, wait 30 s"},"result":"error"}"#;
    let error = client(Canned::new(403, body)).data(&Unbind("1")).unwrap_err();
    assert_eq!((error.kind(), error.class()), (ErrorKind::Gateway, Class::Quota));
    assert_eq!((error.code(), error.message()), (Some("0040311"), Some("over limit, wait 30 s")));
    assert_eq!((error.status(), error.method()), (Some(403), "matrix.unbind"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    assert_eq!(error.request_id(), Some("r-1"));
    assert!(error.signed_text().unwrap().starts_with("<secret>&POST"));
    assert_eq!(
        error.to_string(),
        "shopex matrix.unbind: the gateway refused the call with code 0040311: over limit, wait \
         30 s: Over the limit (HTTP 403)"
    );
}

#[test]
fn every_kind_of_failure_is_told_apart() {
    let kind = |status, body| {
        let error = client(Canned::new(status, body)).data(&Unbind("1")).unwrap_err();
        (
            error.kind(),
            error.body_excerpt().map(str::to_owned),
            error.field_path().map(str::to_owned),
        )
    };
    let business = r#"{"status":"fail","code":"7","desc":"no","data":{}}"#;
    let skeleton = r#"{"status":"…","code":"…","desc":"…","data":{}}"#.to_owned();
    assert_eq!(kind(200, business), (ErrorKind::Business, Some(skeleton), None));
    let page = |kind| (kind, Some("<html>".to_owned()), None);
    assert_eq!(kind(502, " <html>"), page(ErrorKind::Http));
    assert_eq!(kind(200, " <html>"), page(ErrorKind::NotJson));
    assert_eq!(kind(200, "{}"), (ErrorKind::Envelope, Some("{}".to_owned()), None));
    let wrong = r#"{"status":"succ","data":["a",{}]}"#;
    let skeleton = r#"{"status":"…","data":["…",…]}"#.to_owned();
    assert_eq!(kind(200, wrong), (ErrorKind::Decode, Some(skeleton), Some("[1]".to_owned())));
}

#[test]
fn transports_can_fail() {
    struct Broken(fn() -> TransportError);
    impl BlockingTransport for Broken {
        fn send(&self, _: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
            Err(self.0())
        }
    }
    let fail = |make| {
        let builder = blocking::Client::builder(KEYS()).transport(Arc::new(Broken(make)));
        builder.build().unwrap().data(&Unbind("1")).unwrap_err()
    };
    let error = fail(|| TransportError::timeout("slow"));
    assert_eq!((error.kind(), error.class()), (ErrorKind::AttemptTimeout, Class::Retry));
    assert_eq!(error.to_string(), "shopex matrix.unbind: no answer in time");
    assert_eq!(error.source().unwrap().to_string(), "slow");
    let error = fail(|| TransportError::connect("refused"));
    assert_eq!(error.to_string(), "shopex matrix.unbind: no connection to the gateway");
}

#[test]
fn answers_have_a_largest_size() {
    let builder = blocking::Client::builder(KEYS()).transport(Canned::new(200, GOOD));
    let error = builder.max_response_bytes(10).build().unwrap().data(&Unbind("1")).unwrap_err();
    assert!(error.to_string().contains("larger than 10 bytes"), "{error}");
}

#[test]
fn what_cannot_work_is_refused_when_the_client_is_built() {
    let canned = || Canned::new(200, GOOD);
    let config = |result: Result<blocking::Client, gatespec_runtime::Error>| {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        error.to_string()
    };
    let builder = || blocking::Client::builder(KEYS()).transport(canned());
    let empty = blocking::Client::builder(Credentials("k", "")).transport(canned()).build();
    assert_eq!(config(empty), "shopex: credential `secret` is missing or empty");
    assert_eq!(
        config(builder().base_url("gateway").build()),
        "shopex: the URL of gateway `main` has no scheme: write `https://` or `http://` before the host"
    );
    for (url, problem) in [
        ("http://h/x#f", "has a fragment, which is never sent to a server: write `http://h/x`"),
        ("http://h:99999", "has the invalid port `99999`: write a number from 1 to 65535"),
    ] {
        let expected = format!("shopex: the URL of gateway `main` {problem}");
        assert_eq!(config(builder().base_url(url).build()), expected);
    }
    assert_eq!(
        config(builder().gateway_url("other", "https://x").build()),
        "shopex: there is no gateway `other`"
    );
    let client = builder().build().unwrap();
    let undisclosed = client.data(&module::Token).unwrap_err();
    assert_eq!(
        undisclosed.to_string(),
        "shopex token: the URL of gateway `token` is not public; set it with \
         `gateway_url(\"token\", …)`"
    );
}

#[cfg(not(feature = "blocking"))]
#[test]
fn without_a_transport_the_feature_is_named() {
    let error = blocking::Client::new(KEYS()).unwrap_err();
    assert!(error.to_string().contains("enable the feature `blocking`"), "{error}");
}

#[test]
fn calls_can_be_changed() {
    let canned = Canned::new(200, GOOD);
    let builder = blocking::Client::builder(KEYS()).transport(Arc::clone(&canned) as _);
    let client = builder
        .clock(clock())
        .method_name("matrix.unbind", "matrix.unbind2")
        .parameter("tag", "SENTINEL")
        .build()
        .unwrap();
    client.call(&Unbind("1")).parameter("x", "y").without_parameter("node_id").send().unwrap();
    assert!(canned.sent().starts_with(
        "app_key=testkey&method=matrix.unbind2&sign_time=1672502400&tag=SENTINEL&x=y&sign="
    ));
    let call = client.call(&Unbind("1")).parameter("x", "y").method_name("own");
    assert!(!format!("{call:?}").contains("SENTINEL"));
    let prepared = call.prepare().unwrap();
    assert_eq!(prepared.method_name(), "own");
    assert_eq!(canned.asked.lock().unwrap().len(), 1, "preparing sends nothing");
}

#[test]
fn a_credential_that_no_header_can_hold_is_an_error_without_its_text() {
    let canned = Canned::new(200, GOOD);
    let client = blocking::Client::builder(Credentials("SENTINEL\n", "b"))
        .transport(Arc::clone(&canned) as _)
        .gateway_url("token", "https://gateway.example")
        .build()
        .unwrap();
    let error = client.data(&module::Token).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(error.to_string(), "shopex token: invalid name or value of header `X-Key`");
    assert!(!format!("{error:?}").contains("SENTINEL"), "{error:?}");
    assert!(canned.asked.lock().unwrap().is_empty());
}

#[test]
fn nothing_shows_a_secret() {
    let secret = platforms::shopex::SECRET;
    let builder = blocking::Client::builder(KEYS()).transport(Canned::new(200, GOOD));
    let shown = format!("{builder:?}");
    let client = builder.build().unwrap();
    let answer = client.send(&Unbind("1")).unwrap();
    let call = client.call(&Unbind("1"));
    let shown = format!("{shown} {client:?} {call:?} {answer:?} {}", answer.signed_text());
    assert!(!shown.contains(secret), "{shown}");
    let failing = client_of(Canned::new(500, "oops"));
    let error = failing.data(&Unbind("1")).unwrap_err();
    let shown = format!("{error:?} {error} {}", error.signed_text().unwrap());
    assert!(!shown.contains(secret), "{shown}");
}

fn client_of(canned: Arc<Canned>) -> blocking::Client {
    client(canned)
}
