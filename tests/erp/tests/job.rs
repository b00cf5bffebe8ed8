//! The job against a mock of the gateway, which fails as scripted, and against a double of the
//! client.

mod heard;

use std::error::Error;
use std::fs;

use gatespec_clients::shopex::{
    BlockingApi, Credentials, MatrixAuthstatus, MatrixAuthstatusResponse,
    MatrixFillMultipleResponse, SPEC, blocking::Client,
};
use gatespec_clients::{Cursor, ErrorKind, FailedWindow};
use gatespec_erp::{Store, is_authorised, synchronise};
use gatespec_mock::{Entry, Fault, Mock, Step};
use heard::Heard;
use serde_json::json;

const NODES: [&str; 2] = ["15000000", "15000001"];

#[test]
fn two_shops_are_back_filled_in_spite_of_a_failure() -> Result<(), Box<dyn Error>> {
    let mock = Mock::of(SPEC).start()?;
    mock.answer("shopex", "matrix.authstatus", json!({ "is_expired": false }))?;
    // The third call fails: the first shop stops there, and the second one is not affected.
    let fine = || Step::data(json!({ "msg_id": "42" }));
    let steps = [fine(), fine(), Step::from(Fault::Status(503))];
    mock.script("shopex", "matrix.fill.multiple", steps)?;
    let credentials = mock.credentials("shopex").ok_or("the mock serves shopex")?;
    let url = mock.url("shopex").ok_or("the mock serves shopex")?;
    let client = Client::builder_with(credentials).base_url(url).build()?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("shops.json");

    let heard = Heard::default();
    heard.during(|| -> Result<(), Box<dyn Error>> {
        let mut store = Store::open(&file)?;
        for node in NODES {
            assert!(is_authorised(&client, node)?);
        }
        let failure = synchronise(&client, &mut store, NODES[0]).err().ok_or("a call fails")?;
        let failure: Box<FailedWindow> = failure.downcast()?;
        let (error, window) = (failure.error, failure.window.index);
        assert_eq!((error.kind(), error.status(), window), (ErrorKind::Http, Some(503), 2));
        assert_eq!(store.shop(NODES[0]).answers.len(), 2);
        synchronise(&client, &mut store, NODES[1])?;
        // Another run of the program sends only what is missing.
        synchronise(&client, &mut Store::open(&file)?, NODES[0])
    })?;

    let mut store = Store::open(&file)?;
    for node in NODES {
        let shop = store.shop(node);
        assert_eq!(shop.answers.len(), 5);
        let cursor: Cursor = shop.cursor.as_deref().ok_or("a cursor")?.parse()?;
        assert!(cursor.is_complete());
        let answer: MatrixFillMultipleResponse = serde_json::from_value(shop.answers[0].clone())?;
        // The script gave this answer to the first shop; the second one got the sample of the
        // document.
        assert_eq!(answer.msg_id.as_deref() == Some("42"), node == NODES[0]);
    }
    // The file contains a cursor for each shop.
    let text = fs::read_to_string(&file)?;
    let [first, second] = NODES.map(|node| store.shop(node).cursor.clone());
    assert!(first != second && text.contains(NODES[0]) && text.contains(NODES[1]));
    assert!(mock.received().iter().all(Entry::is_accepted));
    assert_heard(&heard);
    Ok(())
}

/// Asserts what was reported: five windows per shop, one of which failed once, and two other calls.
fn assert_heard(heard: &Heard) {
    let calls = |outcome| heard.count(&["gatespec_calls_total", "matrix.fill.multiple", outcome]);
    assert_eq!((calls("Ok"), calls("Http")), (10, 1));
    assert_eq!(heard.count(&["gatespec_attempts_total", "matrix.authstatus"]), 2);
    let warnings = heard.warnings();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    let expected = [
        ("platform", "shopex"),
        ("method", "matrix.fill.multiple"),
        ("status", "503"),
        ("attempts", "1"),
    ];
    for (name, text) in expected {
        let found = warnings[0].get(name).map(|found| found.trim_matches('"'));
        assert_eq!(found, Some(text), "{name}: {warnings:?}");
    }
}

/// A double of the client that returns the given result.
struct Double(Result<bool, ErrorKind>);

impl BlockingApi for Double {
    fn matrix_authstatus(
        &self,
        _: &MatrixAuthstatus,
    ) -> Result<MatrixAuthstatusResponse, gatespec_clients::Error> {
        let mut answer = MatrixAuthstatusResponse::default();
        answer.is_expired = Some(self.0.map_err(gatespec_clients::Error::fake)?);
        Ok(answer)
    }
}

#[test]
fn the_program_is_tested_without_a_gateway() -> Result<(), Box<dyn Error>> {
    assert!(is_authorised(&Double(Ok(false)), NODES[0])?);
    assert!(!is_authorised(&Double(Ok(true)), NODES[0])?);
    let failure = is_authorised(&Double(Err(ErrorKind::Closed)), NODES[0]).err();
    assert_eq!(failure.map(|failure| failure.kind()), Some(ErrorKind::Closed));
    Ok(())
}

/// This crate has no feature for TLS, which none of its tests needs.
#[test]
fn an_https_address_without_tls_is_refused_when_the_client_is_built() {
    let failure = Client::new(Credentials::new("key", "0123456789abcdef")).err();
    let failure = failure.map(|failure| (failure.kind(), failure.to_string()));
    let (kind, text) = failure.unwrap_or((ErrorKind::Closed, String::new()));
    assert_eq!(kind, ErrorKind::Config);
    assert!(text.contains("`rustls_ring`"), "{text}");
}
