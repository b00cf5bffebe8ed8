//! Receivers with the credentials and clocks of the known requests, and requests as HTTP.

use std::sync::Arc;

use gatespec_clients::{gome, mogujie, shopex};
use gatespec_runtime::{DateTime, Prepared, Received, Receiver, Receives, Refused};
use gatespec_tests::platforms::invented::{acme, quay};
use http::Request;

use crate::clients;

fn at<P: Receives>(credentials: P::Credentials, millis: i64) -> Receiver<P> {
    let clock = DateTime::from_unix_millis(millis).unwrap();
    Receiver::new(credentials).unwrap().clock(Arc::new(clock))
}

pub(crate) fn shopex() -> shopex::Receiver {
    at(clients::shopex_credentials(), 1_672_502_400_000)
}

pub(crate) fn mogujie() -> mogujie::Receiver {
    at(clients::mogujie_credentials(), 1_367_819_523_000)
}

pub(crate) fn gome() -> gome::Receiver {
    at(clients::gome_credentials(), 0)
}

pub(crate) fn acme() -> acme::Receiver {
    let credentials = acme::Credentials::new("k1", "0123456789abcdef", "s1gn").token("t0k");
    at(credentials, 1_672_502_400_007).mounted_at("/api")
}

pub(crate) fn quay() -> quay::Receiver {
    at(quay::Credentials::new("k9", "quay-secret"), 1_672_502_400_007)
}

/// Reads a request in the notation of `wire/`.
pub(crate) fn request(text: &str) -> Request<Vec<u8>> {
    let (head, body) = text.split_once("\n\n").unwrap();
    let mut lines = head.lines();
    let (verb, url) = lines.next().unwrap().split_once(' ').unwrap();
    let mut request = Request::builder().method(verb).uri(url);
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        request = request.header(name, value);
    }
    request.body(body.strip_suffix('\n').unwrap_or(body).as_bytes().to_vec()).unwrap()
}

/// A form with these pairs.
pub(crate) fn form(url: &str, pairs: &[(&str, &str)]) -> Request<Vec<u8>> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let content_type = "application/x-www-form-urlencoded; charset=UTF-8";
    let request = Request::builder().method("POST").uri(url).header("content-type", content_type);
    request.body(body.into_bytes()).unwrap()
}

/// The request that a client would send.
pub(crate) fn sent(prepared: &Prepared<'_>, base: &str) -> Request<Vec<u8>> {
    let mut request = Request::builder().method(prepared.verb().as_str()).uri(prepared.url(base));
    for (name, value) in prepared.headers() {
        request = request.header(name, value);
    }
    request.body(prepared.body().to_vec()).unwrap()
}

/// The reason for a refusal, in one word.
pub(crate) fn reason(outcome: &Result<Received, Refused>) -> &'static str {
    match outcome {
        Ok(_) => "taken",
        Err(refused) => refused.meaning().as_str(),
    }
}
