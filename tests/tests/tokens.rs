//! Tokens that are renewed and rejected during calls: at most one request for a token at a time,
//! and at most one retry per call.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use gatespec_clients::mogujie::{
    self, Credentials, OauthToken, OpenApiOrderDetailReqDto, XiaodianTradeGet,
    oauth_token::GrantType,
};
use gatespec_runtime::client::{BlockingTokenProvider, Token, TokenError, TokenProvider};
use gatespec_runtime::{
    BlockingTransport, BoxFuture, Class, Clock, DateTime, ErrorKind, Transport, TransportError,
};

const ORDER: &str = r#"{"status":{"code":"0000000","msg":""},"result":{"data":{"number":3}},
    "dataEncrypted":false,"success":true}"#;
const REFUSED: &str = r#"{"status":{"code":"0000001","msg":"token失效"},"result":{"data":{}},
    "dataEncrypted":false,"success":false}"#;

/// A gateway that accepts only the provider's token, and counts its answers.
#[derive(Default)]
struct Gateway {
    served: AtomicUsize,
    refused: AtomicUsize,
}

impl Gateway {
    fn answer(&self, request: &http::Request<Bytes>) -> http::Response<Bytes> {
        let form = form_urlencoded::parse(request.body());
        let token = form.into_iter().find(|(name, _)| name == "access_token").unwrap().1;
        let (count, body) = match token.starts_with("good") {
            true => (&self.served, ORDER),
            false => (&self.refused, REFUSED),
        };
        count.fetch_add(1, Ordering::SeqCst);
        http::Response::new(Bytes::from_static(body.as_bytes()))
    }

    fn counts(&self) -> (usize, usize) {
        (self.served.load(Ordering::SeqCst), self.refused.load(Ordering::SeqCst))
    }
}

impl Transport for Gateway {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            Ok(self.answer(&request))
        })
    }
}

impl BlockingTransport for Gateway {
    fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        Ok(self.answer(&request))
    }
}

/// A provider that returns these tokens one after another, and then repeats the last one. Records
/// the rejected tokens.
struct Provider {
    tokens: Vec<&'static str>,
    asked: Mutex<Vec<Option<String>>>,
}

impl Provider {
    fn new(tokens: &[&'static str]) -> Arc<Provider> {
        Arc::new(Provider { tokens: tokens.to_vec(), asked: Mutex::default() })
    }

    fn give(&self, refused: Option<&Token>) -> Result<Token, TokenError> {
        let mut asked = self.asked.lock().unwrap();
        let token = self.tokens[asked.len().min(self.tokens.len() - 1)];
        asked.push(refused.map(|token| token.text().to_owned()));
        match token {
            "" => Err("the token endpoint is down".into()),
            token => Ok(Token::new(token)),
        }
    }

    fn asked(&self) -> Vec<Option<String>> {
        self.asked.lock().unwrap().clone()
    }
}

impl TokenProvider for Provider {
    fn token<'a>(&'a self, refused: Option<&'a Token>) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move {
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
            self.give(refused)
        })
    }
}

impl BlockingTokenProvider for Provider {
    fn token(&self, refused: Option<&Token>) -> Result<Token, TokenError> {
        std::thread::yield_now();
        self.give(refused)
    }
}

fn credentials(token: &str) -> Credentials {
    Credentials::new("10011", "TESTAPPSECRET-16-and-more", token)
}

fn request() -> XiaodianTradeGet {
    XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(100_000_000_000_002))
}

fn client(token: &str, gateway: &Arc<Gateway>, provider: &Arc<Provider>) -> mogujie::Client {
    mogujie::Client::builder(credentials(token))
        .transport(Arc::clone(gateway) as _)
        .token_provider("access_token", Arc::clone(provider) as _)
        .build()
        .unwrap()
}

fn blocking_client(
    token: &str,
    gateway: &Arc<Gateway>,
    provider: &Arc<Provider>,
) -> mogujie::blocking::Client {
    mogujie::blocking::Client::builder(credentials(token))
        .transport(Arc::clone(gateway) as _)
        .token_provider("access_token", Arc::clone(provider) as _)
        .build()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_calls_with_an_expired_token_cause_one_refresh() {
    let (gateway, provider) = (Arc::default(), Provider::new(&["good"]));
    let client = client("old", &gateway, &provider);
    let mut calls = Vec::new();
    for _ in 0..1000 {
        let client = client.clone();
        calls.push(tokio::spawn(async move { client.xiaodian_trade_get(&request()).await }));
    }
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().number, Some(3));
    }
    assert_eq!(provider.asked(), [Some("old".to_owned())]);
    assert_eq!(gateway.counts().0, 1000);
}

#[test]
fn threads_share_one_refresh_too() {
    let (gateway, provider) = (Arc::default(), Provider::new(&["good"]));
    let client = blocking_client("old", &gateway, &provider);
    std::thread::scope(|scope| {
        for _ in 0..64 {
            scope.spawn(|| assert!(client.xiaodian_trade_get(&request()).is_ok()));
        }
    });
    assert_eq!((provider.asked().len(), gateway.counts().0), (1, 64));
}

#[tokio::test]
async fn without_a_first_token_the_provider_is_asked_before_the_call() {
    let (gateway, provider) = (Arc::default(), Provider::new(&["good"]));
    let client = client("", &gateway, &provider);
    let answer = client.send(&request()).await.unwrap();
    assert_eq!((answer.attempts(), gateway.counts()), (1, (1, 0)));
    client.send(&request()).await.unwrap();
    assert_eq!(provider.asked(), [None]);
}

/// A clock that the test sets.
struct Moving(Mutex<DateTime>);

impl Moving {
    fn at(&self, seconds: i64) {
        *self.0.lock().unwrap() = DateTime::from_unix_seconds(1_672_502_400 + seconds).unwrap();
    }
}

impl Clock for Moving {
    fn now(&self) -> DateTime {
        *self.0.lock().unwrap()
    }
}

/// A provider whose tokens expire 90 seconds after the clock's first time.
struct Short(AtomicUsize);

impl TokenProvider for Short {
    fn token<'a>(&'a self, _: Option<&'a Token>) -> BoxFuture<'a, Result<Token, TokenError>> {
        let count = self.0.fetch_add(1, Ordering::SeqCst);
        let expiry = DateTime::from_unix_seconds(1_672_502_400 + 90).unwrap();
        Box::pin(async move { Ok(Token::new(format!("good{count}")).expires_at(expiry)) })
    }
}

/// A token is renewed one minute before it expires, or halfway through its lifetime if that is as
/// short as here.
#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    for (later, questions) in [(0, 1), (44, 1), (46, 2)] {
        let short = Arc::new(Short(AtomicUsize::new(0)));
        let clock = Arc::new(Moving(Mutex::default()));
        let client = mogujie::Client::builder(credentials(""))
            .clock(Arc::clone(&clock) as _)
            .transport(Arc::new(Gateway::default()))
            .token_provider("access_token", Arc::clone(&short) as _)
            .build()
            .unwrap();
        clock.at(0);
        client.send(&request()).await.unwrap();
        clock.at(later);
        client.send(&request()).await.unwrap();
        assert_eq!(short.0.load(Ordering::SeqCst), questions, "after {later} s");
    }
}

#[tokio::test]
async fn a_call_is_repeated_once_and_no_more() {
    let (gateway, provider) = (Arc::default(), Provider::new(&["bad", "worse"]));
    let error = client("old", &gateway, &provider).send(&request()).await.unwrap_err();
    assert_eq!((error.kind(), error.class()), (ErrorKind::Business, Class::Authentication));
    assert_eq!((error.code(), error.attempts()), (Some("0000001"), 2));
    assert_eq!(provider.asked(), [Some("old".to_owned())]);
    // The next call knows that the token "bad" was rejected.
    let again = blocking_client("old", &gateway, &provider);
    assert!(again.send(&request()).is_err());
}

#[test]
fn a_provider_that_fails_is_an_error_of_its_own() {
    let (gateway, provider) = (Arc::default(), Provider::new(&[""]));
    let error = blocking_client("old", &gateway, &provider).send(&request()).unwrap_err();
    assert_eq!((error.kind(), error.class()), (ErrorKind::Token, Class::Authentication));
    let text = error.to_string();
    assert!(text.ends_with("the token provider returned no `access_token`"), "{text}");
    let cause = std::error::Error::source(&error).unwrap();
    assert_eq!(cause.to_string(), "the token endpoint is down");
    assert!(!format!("{error:?} {text}").contains("old"));
}

#[tokio::test]
async fn another_shop_has_a_token_or_a_provider_of_its_own() {
    let gateway = Arc::default();
    let (here, there) = (Provider::new(&["good1"]), Provider::new(&["good2"]));
    let client = client("", &gateway, &here);
    client.with_access_token("good3").send(&request()).await.unwrap();
    assert!(client.with_access_token("bad").send(&request()).await.is_err());
    client.with_credentials(credentials("good4")).send(&request()).await.unwrap();
    assert_eq!(here.asked(), []);
    let other = client.with_token_provider("access_token", Arc::clone(&there) as _).unwrap();
    other.send(&request()).await.unwrap();
    assert_eq!((here.asked().len(), there.asked().len()), (0, 1));
    let unknown = client.with_token_provider("session", there).unwrap_err();
    assert_eq!(unknown.kind(), ErrorKind::Config);
    assert!(unknown.to_string().contains("access_token, app_key, secret"), "{unknown}");
}

/// The provider makes this very call to get a token, so the call must not wait for the provider.
#[tokio::test]
async fn the_call_that_renews_a_token_needs_none() {
    struct Endpoint;
    impl Transport for Endpoint {
        fn send(
            &self,
            request: http::Request<Bytes>,
        ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
            assert!(!request.uri().to_string().contains("access_token"));
            let body = r#"{"statusCode":"0000000","access_token":"good","refresh_token":"r"}"#;
            Box::pin(async { Ok(http::Response::new(Bytes::from_static(body.as_bytes()))) })
        }
    }
    let provider = Provider::new(&["good"]);
    let client = mogujie::Client::builder(credentials(""))
        .transport(Arc::new(Endpoint))
        .token_provider("access_token", Arc::clone(&provider) as _)
        .build()
        .unwrap();
    let reply = client
        .oauth_token(&OauthToken::new(GrantType::RefreshToken).refresh_token("r"))
        .await
        .unwrap();
    assert_eq!(reply.access_token.as_str(), "good");
    assert_eq!(provider.asked(), []);
}

/// A provider that never returns.
struct Silent;

impl TokenProvider for Silent {
    fn token<'a>(&'a self, _: Option<&'a Token>) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_provider_that_never_answers_is_bounded_by_the_time_of_the_call() {
    let client = mogujie::Client::builder(credentials(""))
        .transport(Arc::new(Gateway::default()))
        .token_provider("access_token", Arc::new(Silent))
        .timeout(Duration::from_millis(20))
        .build()
        .unwrap();
    let error = client.send(&request()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Deadline, 0));
}

/// A sensitive field of a request is not a credential, but it is masked in the same way.
#[test]
fn a_refresh_token_that_an_answer_repeats_does_not_show() {
    struct Echo;
    impl BlockingTransport for Echo {
        fn send(
            &self,
            request: http::Request<Bytes>,
        ) -> Result<http::Response<Bytes>, TransportError> {
            let mut form = form_urlencoded::parse(request.body());
            let token = form.find(|(name, _)| name == "refresh_token").unwrap().1;
            let body = format!(r#"{{"statusCode":"0000010","errorMsg":"{token} is over"}}"#);
            Ok(http::Response::new(body.into()))
        }
    }
    let client = mogujie::blocking::Client::builder(credentials(""))
        .transport(Arc::new(Echo))
        .build()
        .unwrap();
    let renewal = OauthToken::new(GrantType::RefreshToken).refresh_token("SENTINEL-REFRESH");
    let error = client.oauth_token(&renewal).unwrap_err();
    let shown = format!("{error} {error:?} {:?} {:?}", error.message(), error.body_excerpt());
    assert!(shown.contains("<secret> is over") && !shown.contains("SENTINEL"), "{shown}");
}
