//! Tests that only one caller at a time asks the provider, and that all waiting callers share its
//! answer.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::VecDeque;
use std::error::Error as _;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};

use gatespec_protocol::credentials::CredentialSet;
use gatespec_protocol::datetime::DateTime;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::{BlockingTokenProvider, Keeper, Token, TokenError, TokenFailure, TokenProvider};
use crate::client::ready::poll_once;
use crate::client::transport::BoxFuture;

/// Returns prepared answers in order, and records the refused tokens that are passed to it.
#[derive(Default)]
struct Scripted {
    answers: Mutex<VecDeque<Result<Token, &'static str>>>,
    refused: Mutex<Vec<Option<String>>>,
}

impl Scripted {
    fn new(answers: impl IntoIterator<Item = Result<Token, &'static str>>) -> Arc<Scripted> {
        let answers = Mutex::new(answers.into_iter().collect());
        Arc::new(Scripted { answers, ..Scripted::default() })
    }

    fn answer(&self, refused: Option<&Token>) -> Result<Token, TokenError> {
        self.refused.lock().unwrap().push(refused.map(|token| token.text().to_owned()));
        let next = self.answers.lock().unwrap().pop_front();
        next.unwrap_or(Err("asked too often")).map_err(Into::into)
    }

    /// The refused token of each request to the provider.
    fn asked(&self) -> Vec<Option<String>> {
        self.refused.lock().unwrap().clone()
    }
}

impl TokenProvider for Scripted {
    fn token<'a>(&'a self, refused: Option<&'a Token>) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move { self.answer(refused) })
    }
}

impl BlockingTokenProvider for Scripted {
    fn token(&self, refused: Option<&Token>) -> Result<Token, TokenError> {
        self.answer(refused)
    }
}

impl Keeper {
    fn current(&self, now: DateTime) -> Result<Token, TokenFailure> {
        poll_once(self.get(None, now))
    }

    fn renew(&self, refused: &Token, now: DateTime) -> Result<Token, TokenFailure> {
        poll_once(self.get(Some(refused), now))
    }
}

fn blocking(credentials: &CredentialSet, provider: Arc<dyn BlockingTokenProvider>) -> Keeper {
    Keeper::new("token", credentials, provider.into())
}

fn asynchronous(token: &str, provider: Arc<dyn TokenProvider>) -> Arc<Keeper> {
    Arc::new(Keeper::new("token", &holding(token), provider.into()))
}

fn at(seconds: i64) -> DateTime {
    DateTime::from_unix_seconds(seconds).unwrap()
}

fn holding(token: &str) -> CredentialSet {
    [("secret", "s"), ("token", token)].into_iter().collect()
}

fn text<E>(outcome: Result<Token, E>) -> Option<String> {
    outcome.ok().map(|token| token.text().to_owned())
}

#[test]
fn a_first_token_is_used_without_asking_and_an_empty_one_is_none() {
    let provider = Scripted::new([Ok(Token::new("asked"))]);
    let keeper = blocking(&holding("first"), provider.clone());
    assert_eq!(text(keeper.current(at(0))).unwrap(), "first");
    assert!(provider.asked().is_empty());

    let keeper = blocking(&holding(""), provider.clone());
    assert_eq!(text(keeper.current(at(0))).unwrap(), "asked");
    assert_eq!(text(keeper.current(at(1 << 37))).unwrap(), "asked", "of unknown life");
    assert_eq!(provider.asked(), [None]);
}

#[test]
fn a_token_is_renewed_a_minute_before_it_expires() {
    let provider =
        Scripted::new([Ok(Token::new("one").expires_at(at(1000))), Ok(Token::new("two"))]);
    let keeper = blocking(&CredentialSet::new(), provider.clone());
    for (now, expected) in [(0, "one"), (939, "one"), (940, "two"), (9999, "two")] {
        assert_eq!(text(keeper.current(at(now))).unwrap(), expected, "at {now}");
    }
    assert_eq!(provider.asked(), [None, None], "it was not refused, it grew old");
}

#[test]
fn a_short_lived_token_serves_half_its_life() {
    let short = |text: &str, expiry| Ok(Token::new(text).expires_at(at(expiry)));
    let provider = Scripted::new([short("one", 30), short("two", 45)]);
    let keeper = blocking(&CredentialSet::new(), provider.clone());
    for (now, expected) in [(0, "one"), (14, "one"), (15, "two"), (29, "two")] {
        assert_eq!(text(keeper.current(at(now))).unwrap(), expected, "at {now}");
    }
    assert_eq!(provider.asked().len(), 2);
}

#[test]
fn a_renewal_ahead_of_time_may_fail_while_the_token_lives() {
    let provider = Scripted::new([
        Ok(Token::new("one").expires_at(at(1000))),
        Err("down"),
        Err("still down"),
        Ok(Token::new("two")),
    ]);
    let keeper = blocking(&CredentialSet::new(), provider.clone());
    assert_eq!(text(keeper.current(at(0))).unwrap(), "one");
    assert_eq!(text(keeper.current(at(950))).unwrap(), "one");
    let failure = keeper.current(at(1000)).unwrap_err();
    assert_eq!(failure.source().unwrap().to_string(), "still down");
    assert_eq!(text(keeper.current(at(1001))).unwrap(), "two", "a failure is not remembered");
}

#[test]
fn a_refused_token_is_renewed_once_however_many_calls_held_it() {
    let provider = Scripted::new([Ok(Token::new("two"))]);
    let keeper = blocking(&holding("one"), provider.clone());
    let one = keeper.current(at(0)).unwrap();
    for _ in 0..3 {
        assert_eq!(text(keeper.renew(&one, at(0))).unwrap(), "two");
    }
    assert_eq!(provider.asked(), [Some("one".to_owned())]);
}

#[test]
fn a_refused_token_is_never_given_out_again() {
    let provider = Scripted::new([Err("down"), Ok(Token::new("two"))]);
    let keeper = blocking(&holding("one"), provider.clone());
    let one = keeper.current(at(0)).unwrap();
    let failure = keeper.renew(&one, at(0)).unwrap_err();
    assert_eq!(failure.to_string(), "the token provider returned no `token`");
    assert_eq!(text(keeper.current(at(0))).unwrap(), "two", "the next call asks at once");
    assert_eq!(provider.asked(), [Some("one".to_owned()), Some("one".to_owned())]);
}

#[test]
fn the_refused_token_or_an_empty_one_is_no_answer() {
    let provider = Scripted::new([Ok(Token::new("one")), Ok(Token::new(""))]);
    let keeper = blocking(&holding("one"), provider);
    let one = keeper.current(at(0)).unwrap();
    assert_eq!(
        keeper.renew(&one, at(0)).unwrap_err().to_string(),
        "the gateway refused `token`, but the token provider returned the same value again"
    );
    let empty = keeper.renew(&one, at(0)).unwrap_err();
    assert_eq!(empty.to_string(), "the token provider returned an empty `token`");
}

#[test]
fn a_token_stands_beside_the_other_credentials() {
    let credentials = holding("one");
    let keeper = blocking(&credentials, Scripted::new([]));
    let two = keeper.put_into(&credentials, &Token::new("two"));
    assert_eq!((two.get("token"), two.get("secret")), (Some("two"), Some("s")));
    assert_eq!(credentials.get("token"), Some("one"));
}

#[test]
fn nothing_shows_a_token() {
    let token = Token::new("SENTINEL").expires_at(at(0));
    assert_eq!(format!("{token:?}"), "Token { expiry: Some(1970-01-01T00:00:00Z), .. }");
    let keeper = blocking(&holding("SENTINEL"), Scripted::new([Ok(token)]));
    let refused = keeper.current(at(0)).unwrap();
    let failure = keeper.renew(&refused, at(0)).unwrap_err();
    let shown = format!("{failure:?} {failure} {refused:?}");
    assert!(!shown.contains("SENTINEL"), "{shown}");
}

/// Answers only when released, so that callers queue up.
struct Gated {
    open: Notify,
    script: Arc<Scripted>,
}

impl Gated {
    fn new(answers: impl IntoIterator<Item = Result<Token, &'static str>>) -> Arc<Gated> {
        let script = Scripted::new(answers);
        Arc::new(Gated { open: Notify::new(), script })
    }
}

impl TokenProvider for Gated {
    fn token<'a>(&'a self, refused: Option<&'a Token>) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move {
            self.open.notified().await;
            self.script.answer(refused)
        })
    }
}

type Call = JoinHandle<Result<Token, TokenFailure>>;

/// Starts `count` tasks that want a token in place of `refused`, and returns once all of them are
/// waiting.
async fn pile_up(count: usize, keeper: &Arc<Keeper>, refused: &Token) -> Vec<Call> {
    let waiting = Arc::new(AtomicUsize::new(0));
    let tasks = (0..count).map(|_| {
        let (keeper, refused, waiting) = (keeper.clone(), refused.clone(), waiting.clone());
        tokio::spawn(async move {
            let mut call = pin!(keeper.get(Some(&refused), at(0)));
            let mut is_first = true;
            poll_fn(|cx| {
                let poll = call.as_mut().poll(cx);
                waiting.fetch_add(usize::from(std::mem::take(&mut is_first)), Ordering::SeqCst);
                poll
            })
            .await
        })
    });
    let tasks = tasks.collect();
    while waiting.load(Ordering::SeqCst) < count {
        tokio::task::yield_now().await;
    }
    tasks
}

async fn outcomes(tasks: Vec<Call>) -> Vec<Result<Token, TokenFailure>> {
    let mut all = Vec::new();
    for task in tasks {
        all.push(task.await.unwrap());
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_tasks_with_a_refused_token_ask_once() {
    let provider = Gated::new([Ok(Token::new("two"))]);
    let keeper = asynchronous("one", provider.clone());
    let one = keeper.get(None, at(0)).await.unwrap();
    let tasks = pile_up(1000, &keeper, &one).await;
    provider.open.notify_one();
    let outcomes = outcomes(tasks).await;
    assert!(outcomes.into_iter().all(|outcome| text(outcome).unwrap() == "two"));
    assert_eq!(provider.script.asked(), [Some("one".to_owned())]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tasks_that_waited_together_share_the_failure() {
    let provider = Gated::new([Err("down"), Ok(Token::new("two"))]);
    let keeper = asynchronous("one", provider.clone());
    let one = keeper.get(None, at(0)).await.unwrap();
    let tasks = pile_up(1000, &keeper, &one).await;
    provider.open.notify_one();
    for outcome in outcomes(tasks).await {
        assert_eq!(outcome.unwrap_err().source().unwrap().to_string(), "down");
    }
    assert_eq!(provider.script.asked().len(), 1);
    provider.open.notify_one();
    assert_eq!(text(keeper.get(None, at(0)).await).unwrap(), "two", "who comes later asks anew");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_next_task_takes_over_when_the_one_that_asks_is_dropped() {
    let provider = Gated::new([Ok(Token::new("two"))]);
    let keeper = asynchronous("one", provider.clone());
    let one = keeper.get(None, at(0)).await.unwrap();
    let [first] = pile_up(1, &keeper, &one).await.try_into().unwrap();
    let [second] = pile_up(1, &keeper, &one).await.try_into().unwrap();
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    provider.open.notify_one();
    assert_eq!(text(second.await.unwrap()).unwrap(), "two");
    assert_eq!(
        provider.script.asked().len(),
        1,
        "only the question of the second task is answered; the first was dropped"
    );
}

#[test]
fn sixty_four_threads_with_a_refused_token_ask_once() {
    let provider = Scripted::new([Ok(Token::new("two"))]);
    let keeper = blocking(&holding("one"), provider.clone());
    let one = keeper.current(at(0)).unwrap();
    let start = Barrier::new(64);
    std::thread::scope(|scope| {
        let call = || {
            start.wait();
            text(keeper.renew(&one, at(0)))
        };
        let threads: Vec<_> = (0..64).map(|_| scope.spawn(call)).collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap().unwrap(), "two");
        }
    });
    assert_eq!(provider.asked(), [Some("one".to_owned())]);
}

/// Panics at its first call.
struct Panicking(AtomicUsize);

impl BlockingTokenProvider for Panicking {
    fn token(&self, _: Option<&Token>) -> Result<Token, TokenError> {
        match self.0.fetch_add(1, Ordering::SeqCst) {
            0 => panic!("the provider is broken"),
            _ => Ok(Token::new("two")),
        }
    }
}

#[test]
fn a_provider_that_panics_once_harms_one_call() {
    let provider = Arc::new(Panicking(AtomicUsize::new(0)));
    let keeper = blocking(&CredentialSet::new(), provider);
    std::thread::scope(|scope| {
        assert!(scope.spawn(|| keeper.current(at(0))).join().is_err());
    });
    assert_eq!(text(keeper.current(at(0))).unwrap(), "two");
}
