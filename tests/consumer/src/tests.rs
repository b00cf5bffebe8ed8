//! The generated client computes the same signature as `vectors.py`, and reads numbers without
//! losing digits. The build lane runs these tests again with `serde_json/arbitrary_precision`.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use gatespec_runtime::{
    BlockingTransport, BoxFuture, DateTime, Decimal, Error, ErrorKind, Transport, TransportError,
    Validate, Violation,
};

use crate::gateways::harbor::boat_hire::Flag;
use crate::gateways::harbor::{self, BoatHire, BoatHireResponse};

/// The output of `vectors.py`.
const SIGN: &str = "eb62bac148f9383a26dc775312e1707574cb6fcb9e5302a1d00f0d28c08e0410";
const BODY: &str = r#"{"boat":"海鸥 \"7\"","days":3,"deposit":"12.50","crew":["甲","b"],"from":"2023-01-01 08:00:00"}"#;

/// A transport that stores the last request and always gives the same answer.
struct Canned(String, Mutex<String>);

impl Canned {
    fn new(data: &str) -> Arc<Canned> {
        Arc::new(Canned(format!(r#"{{"ok":true,"data":{data}}}"#), Mutex::default()))
    }

    fn answer(&self, request: &http::Request<Bytes>) -> http::Response<Bytes> {
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        *self.1.lock().unwrap() = format!("{} {}\n{body}", request.method(), request.uri());
        http::Response::new(self.0.clone().into())
    }
}

impl Transport for Canned {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move { Ok(self.answer(&request)) })
    }
}

impl BlockingTransport for Canned {
    fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        Ok(self.answer(&request))
    }
}

fn credentials() -> harbor::Credentials {
    harbor::Credentials::new("c1", "harb0ur")
}

fn hire() -> BoatHire {
    BoatHire::new("海鸥 \"7\"")
        .days(3)
        .deposit(Decimal::new(125, 1))
        .crew(["甲", "b"])
        .from(harbor::datetime(2023, 1, 1, 8, 0, 0).unwrap())
}

fn read(data: &str) -> Result<BoatHireResponse, Error> {
    let client = harbor::blocking::Client::builder(credentials()).transport(Canned::new(data));
    client.build().unwrap().boat_hire(&hire())
}

/// The output of a future that is ready when it is first polled.
fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the transport does not wait"),
    }
}

#[test]
fn the_generated_client_signs_as_the_rule_says() {
    let canned = Canned::new(r#"{"hire_id":"H-1"}"#);
    let clock = Arc::new(DateTime::from_unix_millis(1_672_502_400_007).unwrap());
    let client = harbor::Client::builder(credentials()).transport(canned.clone()).clock(clock);
    let client = client.build().unwrap();
    assert_eq!(ready(client.boat_hire(&hire())).unwrap().hire_id, "H-1");
    let url = "https://api.harbor.example/open?action=boat.hire&at=1672502400007&client_id=c1";
    assert_eq!(*canned.1.lock().unwrap(), format!("POST {url}&sign={SIGN}\n{BODY}"));
}

#[test]
fn numbers_are_read_to_the_last_digit() {
    let answer = read(
        r#"{"hire_id":12345678901234567890123,"deposit":12.50,"knots":0.1234567890123456789012345678,
            "berth":4.0,"flag":"blue","crew":[12.50,7]}"#,
    )
    .unwrap();
    assert_eq!(answer.hire_id, "12345678901234567890123");
    // The number of decimals is kept too: the text is 12.50, not 12.5.
    assert_eq!(answer.deposit.unwrap().to_string(), "12.50");
    assert_eq!(answer.knots.unwrap().to_string(), "0.1234567890123456789012345678");
    assert_eq!((answer.berth, answer.flag), (Some(4), Some(Flag::Blue)));
    assert_eq!(answer.crew, ["12.50", "7"]);
}

#[test]
fn what_no_field_can_hold_is_an_error() {
    for (member, path) in [
        (r#""berth":4.5"#, "berth"),
        (r#""berth":9223372036854775808"#, "berth"),
        (r#""knots":"fast""#, "knots"),
        (r#""deposit":1e400"#, "deposit"),
    ] {
        let error = read(&format!(r#"{{"hire_id":"H-1",{member}}}"#)).unwrap_err();
        assert_eq!((error.kind(), error.field_path()), (ErrorKind::Decode, Some(path)));
    }
    let error = read(r#"{"berth":1}"#).unwrap_err();
    assert_eq!((error.kind(), error.field_path()), (ErrorKind::Decode, Some("hire_id")));
}

#[test]
fn any_json_keeps_its_numbers() {
    let log =
        read(r#"{"hire_id":"H-1","log":{"id":12345678901234567890,"n":[1,2.5]}}"#).unwrap().log;
    assert_eq!(log.unwrap().to_string(), r#"{"id":12345678901234567890,"n":[1,2.5]}"#);
    #[cfg(feature = "exact")]
    {
        let log = read(r#"{"hire_id":"H-1","log":[12.50,12345678901234567890123]}"#).unwrap().log;
        assert_eq!(log.unwrap().to_string(), "[12.50,12345678901234567890123]");
    }
}

#[test]
fn rules_are_generated_too() {
    let rules: Vec<_> =
        BoatHire::new("").days(31).violations().iter().map(Violation::rule).collect();
    assert_eq!(rules, ["required:boat", "range:days"]);
}
