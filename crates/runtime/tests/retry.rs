//! Tests when a call is retried, how long it waits, and that each attempt has a new signature. They
//! use a scripted transport and virtual time.

#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod platforms;

use std::collections::HashSet;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use gatespec_runtime::client::{
    BlockingTimer, Client, ClientBuilder, Decision, Fault, RateLimit, Reached, RetryPolicy,
    TimeLimit, Timer, blocking,
};
use gatespec_runtime::{
    BlockingTransport, BoxFuture, Checker, Class, Clock, CredentialSet, DateTime, Encode, Error,
    ErrorKind, Gateway, MethodInfo, Operation, Platform, Repeat, Transport, TransportError,
    Validate, Wire, Writer,
};

/// A method. `SAFE` says whether a retry is safe.
struct Ask<const SAFE: bool>;

impl<const SAFE: bool> Encode for Ask<SAFE> {
    fn encode(&self, out: &mut Writer<'_>) {
        out.put("node_id", Wire::Text("15000000"));
    }
}

impl<const SAFE: bool> Validate for Ask<SAFE> {
    fn check(&self, _: &mut Checker<'_>) {}
}

impl<const SAFE: bool> Operation for Ask<SAFE> {
    type Platform = Shopex;
    type Response = ();
    const METHOD: MethodInfo<'static> = MethodInfo {
        repeat: if SAFE { Repeat::Safe } else { Repeat::Unsafe },
        ..MethodInfo::new("matrix.unbind", &platforms::shopex::GATEWAY)
    };
}

struct Shopex;

impl Platform for Shopex {
    const ID: &'static str = "shopex";
    const GATEWAYS: &'static [&'static Gateway<'static>] =
        &[&platforms::shopex::GATEWAY, &platforms::gome::GATEWAY];
}

/// A method of the other gateway, which refuses duplicates for 90 seconds.
struct Push;

impl Encode for Push {
    fn encode(&self, _: &mut Writer<'_>) {}
}

impl Validate for Push {
    fn check(&self, _: &mut Checker<'_>) {}
}

impl Operation for Push {
    type Platform = Shopex;
    type Response = ();
    const METHOD: MethodInfo<'static> =
        MethodInfo::new("gome.pusher.order.synchronize", &platforms::gome::GATEWAY);
}

/// Time that advances only while a client waits.
#[derive(Default)]
struct Virtual {
    now: Mutex<Duration>,
    waits: Mutex<Vec<Duration>>,
}

impl Virtual {
    fn pass(&self, wait: Duration) {
        *self.now.lock().unwrap() += wait;
    }

    fn wait(&self, wait: Duration) {
        self.waits.lock().unwrap().push(wait);
        self.pass(wait);
    }

    fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }

    fn elapsed(&self) -> Duration {
        *self.now.lock().unwrap()
    }
}

impl Timer for Virtual {
    fn now(&self) -> Duration {
        self.elapsed()
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.wait(wait) })
    }
}

impl BlockingTimer for Virtual {
    fn now(&self) -> Duration {
        self.elapsed()
    }

    fn sleep(&self, wait: Duration) {
        self.wait(wait);
    }
}

/// A clock that follows the virtual time.
struct Follows(Arc<Virtual>);

impl Clock for Follows {
    fn now(&self) -> DateTime {
        let passed = i64::try_from(self.0.elapsed().as_secs()).unwrap();
        DateTime::from_unix_seconds(1_672_502_400 + passed).unwrap()
    }
}

type Outcome = Result<http::Response<Bytes>, TransportError>;

/// A transport that plays one step for each attempt, and then the last step repeatedly. It refuses
/// repeated signatures.
struct Script {
    steps: Mutex<Vec<fn() -> Outcome>>,
    signatures: Mutex<HashSet<Vec<u8>>>,
    limits: Mutex<Vec<Duration>>,
    time: Arc<Virtual>,
    /// How long each attempt takes.
    takes: Duration,
}

impl Script {
    fn play(&self, request: &http::Request<Bytes>) -> Outcome {
        let TimeLimit(limit) = *request.extensions().get().unwrap();
        self.limits.lock().unwrap().push(limit);
        self.time.pass(self.takes.min(limit));
        if self.takes >= limit {
            return Err(TransportError::timeout("too slow"));
        }
        if !self.signatures.lock().unwrap().insert(request.body().to_vec()) {
            return refused("0040301", "this signature has been used");
        }
        let mut steps = self.steps.lock().unwrap();
        if steps.len() > 1 { steps.remove(0)() } else { steps[0]() }
    }
}

impl BlockingTransport for Script {
    fn send(&self, request: http::Request<Bytes>) -> Outcome {
        self.play(&request)
    }
}

impl Transport for Script {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Outcome> {
        Box::pin(async move { self.play(&request) })
    }
}

fn answer(status: u16, body: String) -> Outcome {
    let mut response = http::Response::new(Bytes::from(body));
    *response.status_mut() = status.try_into().unwrap();
    Ok(response)
}

fn refused(code: &str, message: &str) -> Outcome {
    let body = format!(r#"{{"error":{{"code":"{code}","message":"{message}"}},"result":"error"}}"#);
    answer(403, body)
}

fn good() -> Outcome {
    answer(200, r#"{"status":"succ","data":{}}"#.to_owned())
}

fn lost() -> Outcome {
    Err(TransportError::new("reset"))
}

fn no_connection() -> Outcome {
    Err(TransportError::connect("refused"))
}

fn throttled() -> Outcome {
    refused("0040311", "over limit, wait 30 s")
}

fn duplicate() -> Outcome {
    answer(200, r#"{"error_response":{"code":8999,"msg":"duplicate"}}"#.to_owned())
}

fn out_of_order() -> Outcome {
    answer(503, "<html>back soon</html>".to_owned())
}

fn later() -> Outcome {
    let mut response = answer(429, "slow down".to_owned()).unwrap();
    response.headers_mut().insert("retry-after", "7".parse().unwrap());
    Ok(response)
}

/// Runs a call with the async and the blocking client, which must behave alike.
struct Run {
    policy: RetryPolicy,
    takes: Duration,
    timeout: Option<Duration>,
}

struct Seen {
    outcome: Result<(), Error>,
    waits: Vec<Duration>,
    limits: Vec<Duration>,
    attempts: usize,
    elapsed: Duration,
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

impl Run {
    fn new(policy: RetryPolicy) -> Run {
        Run { policy, takes: Duration::ZERO, timeout: None }
    }

    fn play<O: Operation>(&self, request: &O, steps: &[fn() -> Outcome]) -> Seen {
        let (one, script) = self.script(steps);
        let builder = self.set(ClientBuilder::<Client>::new::<Shopex>(credentials()), &one);
        let client = builder.timer(Arc::clone(&one) as _).transport(Arc::clone(&script) as _);
        let outcome = ready(client.build().unwrap().data(request)).map(drop);
        let asynchronous = seen(outcome, &one, &script);

        let (one, script) = self.script(steps);
        let builder = blocking::ClientBuilder::<blocking::Client>::new::<Shopex>(credentials());
        let mut builder = builder.clock(Arc::new(Follows(Arc::clone(&one)))).entropy(ENTROPY());
        builder = builder.retry(self.policy.clone());
        if let Some(timeout) = self.timeout {
            builder = builder.timeout(timeout);
        }
        let client = builder.timer(Arc::clone(&one) as _).transport(Arc::clone(&script) as _);
        let outcome = client.build().unwrap().data(request).map(drop);
        let blocking = seen(outcome, &one, &script);

        let text = |seen: &Seen| format!("{:?}", seen.outcome);
        assert_eq!(text(&asynchronous), text(&blocking));
        assert_eq!(asynchronous.waits, blocking.waits);
        assert_eq!(asynchronous.limits, blocking.limits);
        asynchronous
    }

    fn script(&self, steps: &[fn() -> Outcome]) -> (Arc<Virtual>, Arc<Script>) {
        let time = Arc::new(Virtual::default());
        let script = Script {
            steps: Mutex::new(steps.to_vec()),
            signatures: Mutex::default(),
            limits: Mutex::default(),
            time: Arc::clone(&time),
            takes: self.takes,
        };
        (time, Arc::new(script))
    }

    fn set(&self, builder: ClientBuilder<Client>, time: &Arc<Virtual>) -> ClientBuilder<Client> {
        let builder = builder.clock(Arc::new(Follows(Arc::clone(time)))).entropy(ENTROPY());
        let builder = builder.retry(self.policy.clone());
        match self.timeout {
            Some(timeout) => builder.timeout(timeout),
            None => builder,
        }
    }
}

const ENTROPY: fn() -> Arc<[u8; 16]> = || Arc::new([7; 16]);

fn credentials() -> CredentialSet {
    let all = [("app_key", "testkey"), ("secret", platforms::shopex::SECRET), ("token", "t")];
    all.into_iter().collect()
}

fn seen(outcome: Result<(), Error>, time: &Virtual, script: &Script) -> Seen {
    let limits = script.limits.lock().unwrap().clone();
    Seen { outcome, waits: time.waits(), attempts: limits.len(), limits, elapsed: time.elapsed() }
}

/// Runs a future that waits only for virtual time.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

const SAFE: Ask<true> = Ask;
const UNSAFE: Ask<false> = Ask;

#[test]
fn a_lost_answer_is_asked_for_again_only_if_a_repeat_does_no_harm() {
    let policy = RetryPolicy::new().backoff(seconds(1), seconds(1));
    let run = Run::new(policy);
    let seen = run.play(&SAFE, &[lost, out_of_order, good]);
    assert!(seen.outcome.is_ok());
    assert_eq!(seen.attempts, 3);

    let seen = run.play(&UNSAFE, &[lost, good]);
    let error = seen.outcome.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), seen.attempts), (ErrorKind::Transport, 1, 1));
}

/// A request is not written if the gateway closes the idle connection first.
#[test]
fn what_was_not_written_is_repeated_whatever_the_method() {
    let policy = RetryPolicy::new().backoff(seconds(1), seconds(1));
    let unsent: fn() -> Outcome = || Err(TransportError::unsent("closed"));
    let seen = Run::new(policy.clone()).play(&UNSAFE, &[unsent, good]);
    assert!(seen.outcome.is_ok() && seen.attempts == 2, "{:?}", seen.outcome);
    let closed: fn() -> Outcome = || Err(TransportError::closed("closed"));
    let seen = Run::new(policy).play(&UNSAFE, &[closed, good]);
    assert_eq!((seen.outcome.unwrap_err().kind(), seen.attempts), (ErrorKind::Closed, 1));
}

#[test]
fn what_was_not_sent_is_sent_again_whatever_the_method() {
    let policy = RetryPolicy::new().backoff(seconds(1), seconds(1));
    let seen = Run::new(policy).play(&UNSAFE, &[no_connection, no_connection, good]);
    assert!(seen.outcome.is_ok());
    assert_eq!(seen.attempts, 3);
}

#[test]
fn every_attempt_has_a_signature_of_its_own() {
    // Within one second, the timestamp and therefore the signature would stay the same.
    let short = Duration::from_millis(1);
    let policy = RetryPolicy::new().attempts(6).backoff(short, short);
    let seen = Run::new(policy).play(&SAFE, &[lost, lost, lost, lost, lost, good]);
    assert!(seen.outcome.is_ok(), "{:?}", seen.outcome);
    assert_eq!(seen.attempts, 6);
    assert_eq!(seen.waits, [seconds(1); 5]);
}

#[test]
fn a_throttled_call_waits_as_long_as_the_message_says() {
    let seen = Run::new(RetryPolicy::new()).play(&UNSAFE, &[throttled, throttled, good]);
    assert!(seen.outcome.is_ok());
    assert_eq!(seen.waits, [seconds(30), seconds(30)]);
}

#[test]
fn the_header_of_a_throttling_proxy_counts() {
    let seen = Run::new(RetryPolicy::new()).play(&SAFE, &[later, good]);
    assert!(seen.outcome.is_ok());
    assert_eq!(seen.waits, [seconds(7)]);
}

#[test]
fn a_duplicate_waits_until_its_window_is_over() {
    // The documents do not say whether this method may be repeated.
    let seen = Run::new(RetryPolicy::new()).play(&Push, &[duplicate, good]);
    assert_eq!(seen.outcome.unwrap_err().retry_after(), Some(seconds(90)));
    assert_eq!(seen.attempts, 1);

    let seen = Run::new(RetryPolicy::new().assume_safe(true)).play(&Push, &[duplicate, good]);
    assert_eq!(seen.waits, [seconds(90)]);
}

#[test]
fn a_wait_longer_than_allowed_fails_at_once() {
    let policy = RetryPolicy::new().longest_wait(seconds(29));
    let seen = Run::new(policy).play(&SAFE, &[throttled, good]);
    let error = seen.outcome.unwrap_err();
    assert_eq!((error.kind(), error.class()), (ErrorKind::Gateway, Class::Quota));
    assert_eq!(error.retry_after(), Some(seconds(30)));
    assert_eq!(seen.waits, []);
}

#[test]
fn attempts_are_counted_and_the_last_error_is_told() {
    let policy = RetryPolicy::new().attempts(4).backoff(seconds(1), seconds(1));
    let seen = Run::new(policy).play(&SAFE, &[lost]);
    let error = seen.outcome.unwrap_err();
    assert_eq!((error.attempts(), seen.attempts), (4, 4));
    assert!(error.to_string().ends_with("lost in transit (attempt 4)"), "{error}");
    // Zero attempts count as one.
    assert_eq!(Run::new(RetryPolicy::new().attempts(0)).play(&SAFE, &[lost]).attempts, 1);
}

#[test]
fn waits_double_up_to_the_cap_and_scatter_upwards() {
    let policy = RetryPolicy::new().attempts(6).backoff(seconds(1), seconds(5));
    let seen = Run::new(policy).play(&SAFE, &[lost]);
    let least = [1, 2, 4, 5, 5].map(seconds);
    assert_eq!(seen.waits.len(), least.len());
    for (wait, least) in seen.waits.iter().zip(least) {
        assert!(
            (least..=least * 2).contains(wait),
            "{wait:?} is not within {least:?} and twice it"
        );
    }
}

#[test]
fn an_attempt_has_what_is_left_of_the_call() {
    let mut run = Run::new(RetryPolicy::new().attempts(9).backoff(seconds(1), seconds(1)));
    (run.takes, run.timeout) = (seconds(12), Some(seconds(38)));
    let seen = run.play(&SAFE, &[lost]);
    let error = seen.outcome.unwrap_err();
    assert!(seen.elapsed <= seconds(38), "{:?}", seen.elapsed);
    assert_eq!(seen.limits[0], seconds(30));
    assert!(seen.limits.last().unwrap() <= &seconds(12), "{:?}", seen.limits);
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Deadline, 3));
    assert!(error.to_string().contains("within the time for the whole call"), "{error}");
}

#[test]
fn nobody_waits_past_the_deadline() {
    let mut run = Run::new(RetryPolicy::new());
    run.timeout = Some(seconds(30));
    let seen = run.play(&SAFE, &[throttled, good]);
    assert_eq!(seen.outcome.unwrap_err().code(), Some("0040311"));
    assert_eq!(seen.waits, []);
}

#[test]
fn hostile_waits_overflow_nothing() {
    let forever = || refused("0040311", "wait 18446744073709551615 s");
    let longest = RetryPolicy::new()
        .attempts(u32::MAX)
        .backoff(Duration::MAX, Duration::MAX)
        .longest_wait(Duration::MAX);
    let seen = Run::new(longest).play(&SAFE, &[forever, good]);
    assert_eq!(seen.attempts, 1);
}

#[test]
fn without_a_policy_a_call_is_one_attempt() {
    let time = Arc::new(Virtual::default());
    let (_, script) = Run::new(RetryPolicy::new()).script(&[lost, good]);
    let builder = blocking::ClientBuilder::<blocking::Client>::new::<Shopex>(credentials())
        .clock(Arc::new(Follows(Arc::clone(&time))))
        .timer(Arc::clone(&time) as _)
        .transport(Arc::clone(&script) as _);
    let client = builder.build().unwrap();
    assert_eq!(client.data(&SAFE).unwrap_err().attempts(), 1);
    time.pass(seconds(1));
    // A call can override the settings of its client.
    assert!(client.call(&SAFE).retry(RetryPolicy::new()).send().is_ok());
}

/// Each row has the facts of a fault, and whether the call is retried in three cases: the spec says
/// that a retry is safe, says nothing about it, or says that it is unsafe.
#[test]
fn the_decision_in_a_table() {
    let table = [
        (Reached::Nothing, Class::Retry, [true, true, true]),
        (Reached::Unknown, Class::Retry, [true, false, false]),
        (Reached::Unknown, Class::Quota, [true, true, true]),
        (Reached::Unknown, Class::Unknown, [false, false, false]),
        (Reached::Refused, Class::Retry, [true, false, false]),
        (Reached::Refused, Class::Quota, [true, true, true]),
        (Reached::Refused, Class::Duplicate, [true, false, false]),
        (Reached::Refused, Class::Caller, [false, false, false]),
        (Reached::Refused, Class::Authentication, [false, false, false]),
        (Reached::Refused, Class::Fatal, [false, false, false]),
        (Reached::Refused, Class::Unknown, [false, false, false]),
    ];
    let policy = RetryPolicy::new();
    for (reached, class, expected) in table {
        let again = [Repeat::Safe, Repeat::Unknown, Repeat::Unsafe].map(|repeat| {
            let fault = Fault { reached, class, repeat, retry_after: None };
            let decision = policy.decide(&fault, 1, seconds(1), None);
            let last = policy.decide(&fault, 3, seconds(1), None);
            assert_eq!(last, Decision::GiveUp);
            decision == Decision::Wait(seconds(1))
        });
        assert_eq!(again, expected, "{reached:?} {class:?}");
    }
}

/// Builds a client with retries that makes at most one attempt per minute.
fn one_a_minute(
    time: &Arc<Virtual>,
    script: &Arc<Script>,
) -> blocking::ClientBuilder<blocking::Client> {
    blocking::ClientBuilder::new::<Shopex>(credentials())
        .clock(Arc::new(Follows(Arc::clone(time))))
        .timer(Arc::clone(time) as _)
        .transport(Arc::clone(script) as _)
        .rate_limit(RateLimit::per_minute(1))
        .retry(RetryPolicy::new())
}

#[test]
fn a_rate_limit_counts_every_attempt_of_every_clone() {
    let time = Arc::new(Virtual::default());
    let (_, script) = Run::new(RetryPolicy::new()).script(&[lost, good]);
    let client = one_a_minute(&time, &script).build().unwrap();
    client.data(&SAFE).unwrap();
    assert_eq!(time.elapsed(), seconds(60));
    client.clone().data(&SAFE).unwrap();
    assert_eq!(time.elapsed(), seconds(120));
    // A call that gets no slot before its deadline fails at once, and takes no slot.
    let late = client.call(&SAFE).timeout(seconds(59)).send().unwrap_err();
    assert_eq!((late.kind(), late.attempts()), (ErrorKind::Deadline, 0));
    assert_eq!(time.elapsed(), seconds(120));
}

#[test]
fn who_runs_out_of_time_is_told_what_failed_before() {
    let time = Arc::new(Virtual::default());
    let (_, script) = Run::new(RetryPolicy::new()).script(&[throttled_for_a_second, good]);
    let client = one_a_minute(&time, &script).timeout(seconds(30)).build().unwrap();
    let error = client.data(&SAFE).unwrap_err();
    assert_eq!((error.code(), error.attempts()), (Some("0040311"), 1));
}

fn throttled_for_a_second() -> Outcome {
    refused("0040311", "wait 1 s")
}
