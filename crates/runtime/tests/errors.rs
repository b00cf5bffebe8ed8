//! What errors say about answers, and how the gateway corrects the client's clock.

#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod platforms;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use gatespec_runtime::client::blocking::{Client, ClientBuilder};
use gatespec_runtime::{
    BlockingTransport, Checker, Class, CredentialSet, DateTime, Encode, Envelope, Error, ErrorCode,
    ErrorKind, Expected, FailureShape, Gateway, Location, Meaning, MethodInfo, Operation, Origin,
    Platform, Predicate, RetryAfter, Source, TimeFormat, TransportError, Validate, Writer,
};

const FAILURE: FailureShape<'static> = FailureShape {
    origin: Origin::Business,
    when: &[],
    code: &["code"],
    message: &["msg"],
    sub_code: &[],
    sub_message: &[],
    request_id: &[],
};

const GATEWAY: Gateway<'static> = Gateway {
    public: &[platforms::public("time", Location::Form, Source::Clock(TimeFormat::UnixSeconds))],
    envelope: Envelope {
        success: &[Predicate { path: "code", is: Expected::OneOf(&["0"]) }],
        code: "code",
        message: "msg",
        failures: &[FAILURE],
        ..platforms::EMPTY.envelope
    },
    errors: &[
        ErrorCode {
            means: Some(Meaning::StaleClock),
            ..ErrorCode::new("17", Class::Caller, "The clock is off.")
        },
        ErrorCode {
            retry_after: RetryAfter::Seconds(5),
            ..ErrorCode::new("18", Class::Quota, "Too often.")
        },
    ],
    ..platforms::EMPTY
};

struct Tick;

impl Platform for Tick {
    const ID: &'static str = "tick";
    const GATEWAYS: &'static [&'static Gateway<'static>] = &[&GATEWAY];
}

impl Encode for Tick {
    fn encode(&self, _: &mut Writer<'_>) {}
}

impl Validate for Tick {
    fn check(&self, _: &mut Checker<'_>) {}
}

impl Operation for Tick {
    type Platform = Tick;
    type Response = ();
    const METHOD: MethodInfo<'static> = MethodInfo::new("tick.tock", &GATEWAY);
}

/// 2023-11-14 22:13:20 UTC.
const NOW: i64 = 1_700_000_000;

type Headers = &'static [(&'static str, &'static str)];

/// A transport that returns these answers in order, and then the last one repeatedly. It records
/// the bodies of the requests.
struct Answers(Mutex<Vec<(u16, Headers, String)>>, Mutex<Vec<String>>);

impl BlockingTransport for Answers {
    fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        self.1.lock().unwrap().push(String::from_utf8(request.into_body().to_vec()).unwrap());
        let mut answers = self.0.lock().unwrap();
        let (status, headers, body) =
            if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
        let mut response = http::Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        Ok(response.body(Bytes::from(body)).unwrap())
    }
}

fn answers(all: &[(u16, Headers, &str)]) -> Arc<Answers> {
    let all = all.iter().map(|(status, headers, body)| (*status, *headers, (*body).to_owned()));
    Arc::new(Answers(Mutex::new(all.collect()), Mutex::default()))
}

fn client(answers: &Arc<Answers>) -> ClientBuilder<Client> {
    let clock = DateTime::from_unix_seconds(NOW).unwrap();
    let builder = ClientBuilder::new::<Tick>(CredentialSet::new()).clock(Arc::new(clock));
    builder.transport(Arc::clone(answers) as _)
}

fn fails(status: u16, headers: Headers, body: &str) -> Error {
    client(&answers(&[(status, headers, body)])).build().unwrap().data(&Tick).unwrap_err()
}

#[test]
fn a_page_is_a_failure_of_http_first() {
    let error = fails(503, &[], "the shop is closed");
    assert_eq!(error.kind(), ErrorKind::Http);
    let text = error.to_string();
    assert!(
        text.starts_with(
            "tick tick.tock: HTTP 503 (Service Unavailable), and the answer is not JSON"
        ),
        "{text}"
    );
}

#[test]
fn a_redirect_says_where_to() {
    let to: Headers = &[("location", "https://elsewhere.example/gate\u{7f}")];
    assert!(http::HeaderValue::from_str(to[0].1).is_err(), "HTTP itself refuses controls");
    let to: Headers = &[("location", "https://elsewhere.example/gate")];
    for body in ["", "<html>moved</html>", "{}", r#"{"other":1}"#] {
        let error = fails(307, to, body);
        assert_eq!(error.location(), Some("https://elsewhere.example/gate"));
        let text = "tick tick.tock: redirected to https://elsewhere.example/gate (HTTP 307), which is \
                    not followed";
        assert_eq!(error.to_string(), text);
    }
    assert_eq!(fails(200, to, "page").location(), None);
}

#[test]
fn the_wait_may_be_a_date() {
    for (headers, wait) in [
        // The date is compared with the `Date` header, which is the gateway's clock.
        (
            &[
                ("retry-after", "Tue, 14 Nov 2023 20:02:07 GMT"),
                ("date", "Tue, 14 Nov 2023 20:00:00 GMT"),
            ][..],
            Some(127),
        ),
        // Without a `Date` header, the date is compared with the client's clock.
        (&[("retry-after", "Tue, 14 Nov 2023 22:14:20 GMT")], Some(60)),
        (&[("retry-after", "Tuesday, 14-Nov-23 22:14:20 GMT")], Some(60)),
        (&[("retry-after", "Tue Nov 14 22:14:20 2023")], Some(60)),
        // The date is in the past.
        (&[("retry-after", "Tue, 14 Nov 2023 22:13:19 GMT")], Some(0)),
        (&[("retry-after", " 9 ")], Some(9)),
        (&[("retry-after", "soon")], None),
        (&[("date", "Tue, 14 Nov 2023 20:00:00 GMT")], None),
    ] {
        let error = fails(503, headers, "");
        assert_eq!(error.retry_after(), wait.map(Duration::from_secs), "{headers:?}");
    }
}

#[test]
fn the_longer_wait_counts() {
    let throttled = r#"{"code":18,"msg":"slow down"}"#;
    for (header, wait) in [("3", 5), ("8", 8)] {
        let headers: Headers = Box::leak(Box::new([("retry-after", header)]));
        assert_eq!(fails(200, headers, throttled).retry_after(), Some(Duration::from_secs(wait)));
    }
}

const STALE: &str = r#"{"code":17,"msg":"stale"}"#;
const LATER: Headers = &[("date", "Tue, 14 Nov 2023 22:43:20 GMT")];
const EARLIER: Headers = &[("date", "Tue, 14 Nov 2023 22:13:10 GMT")];

#[test]
fn a_stale_clock_says_by_how_much() {
    let error = fails(200, LATER, STALE);
    assert_eq!(error.clock_offset(), Some(1800));
    let text = error.to_string();
    assert!(
        text.ends_with("; the clock is off by 1800 s (Date of the answer): it is slow"),
        "{text}"
    );
    let error = fails(403, EARLIER, STALE);
    assert_eq!(error.clock_offset(), Some(-10));
    assert!(error.to_string().ends_with("it is fast"), "{error}");
    // Other refusals say nothing about the clock, and without a `Date` header the offset is
    // unknown.
    for (headers, body) in [(LATER, r#"{"code":18}"#), (&[], STALE)] {
        assert_eq!(fails(200, headers, body).clock_offset(), None);
    }
}

#[test]
fn the_gateway_corrects_the_clock_if_it_may() {
    let good = r#"{"code":0}"#;
    let script = answers(&[(200, LATER, STALE), (200, &[], good)]);
    let client = client(&script).correct_clock(Duration::from_secs(3600)).build().unwrap();
    assert_eq!(client.send(&Tick).unwrap().attempts(), 2);
    client.data(&Tick).unwrap();
    assert_eq!(
        *script.1.lock().unwrap(),
        ["time=1700000000", "time=1700001800", "time=1700001800"]
    );
}

#[test]
fn a_correction_is_bounded_and_made_once() {
    let script = answers(&[(200, LATER, STALE)]);
    for (at_most, attempts) in [(None, 1), (Some(1799), 1), (Some(1800), 2)] {
        let mut builder = client(&script);
        if let Some(seconds) = at_most {
            builder = builder.correct_clock(Duration::from_secs(seconds));
        }
        let error = builder.build().unwrap().data(&Tick).unwrap_err();
        assert_eq!(error.attempts(), attempts, "{at_most:?}");
    }
}

#[test]
fn what_a_gateway_writes_is_cut_and_steers_no_terminal() {
    let long = "长".repeat(2000);
    let body = format!(r#"{{"code":"{long}","msg":"\u001b[2J\u202e{long}"}}"#);
    let text = fails(200, &[], &body).to_string();
    assert!(text.contains(r"\u{1b}[2J\u{202e}"), "{text}");
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
    assert!(text.matches('长').count() <= 500, "{text}");
}

/// A method that returns a map of counts. The keys of the map can be personal data.
struct Counts;

impl Encode for Counts {
    fn encode(&self, _: &mut Writer<'_>) {}
}

impl Validate for Counts {
    fn check(&self, _: &mut Checker<'_>) {}
}

impl Operation for Counts {
    type Platform = Tick;
    type Response = std::collections::BTreeMap<String, i64>;
    const METHOD: MethodInfo<'static> = MethodInfo {
        returns: true,
        data: Some("data"),
        ..MethodInfo::new("tick.counts", &GATEWAY)
    };
}

#[test]
fn a_key_of_a_map_is_not_in_the_path_of_an_error() {
    for (key, path) in [("13900000000", "…"), ("张三", "…"), ("left_over", "left_over")] {
        let body = format!(r#"{{"code":0,"data":{{"{key}":[1]}}}}"#);
        let client = client(&answers(&[(200, &[], &body)])).build().unwrap();
        let error = client.data(&Counts).unwrap_err();
        assert_eq!(error.field_path(), Some(path), "{error}");
    }
}

#[test]
fn members_that_may_be_personal_are_not_named() {
    let body = r#"{"13800000000":1,"王某":2,"errcode":40,"x y":3}"#;
    let text = fails(200, &[], body).to_string();
    assert!(text.ends_with("its members are …, …, errcode, …"), "{text}");
    let many: Vec<_> = (0..100).map(|number| format!(r#""m{number}":1"#)).collect();
    let text = fails(200, &[], &format!("{{{}}}", many.join(","))).to_string();
    assert!(text.ends_with("m7, 92 more"), "{text}");
}
