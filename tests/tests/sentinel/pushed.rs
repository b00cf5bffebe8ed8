//! Received calls with a token and an order.

use gatespec_clients::gome::{self, GomePusherOrderSynchronize, OrderSyncRequest};
use gatespec_runtime::incoming::{Incoming, IncomingError, Limits, Raw, Seen as _, SeenInMemory};
use gatespec_runtime::{Gateway, Meaning, Operation, Platform, Receives, Refused};

use crate::clients;
use crate::recorder::Recorder;
use crate::shown::{self, PERSON, TOKEN};

pub(crate) fn show() {
    let order = OrderSyncRequest::new().order_id("1").buyer_id(PERSON).buyer_name(PERSON);
    let order = GomePusherOrderSynchronize::new().request(order);
    let client = gome::blocking::Client::builder(clients::gome());
    let client = client.transport(Recorder::answering("{}")).build().unwrap();
    let prepared = client.call(&order).prepare().unwrap();
    let body = prepared.body().to_vec();
    let receiver = gome::Receiver::new(clients::gome()).unwrap();
    shown::debug(&receiver);

    let request = |body: &[u8]| {
        let request = http::Request::post("/router");
        let request =
            prepared.headers().fold(request, |request, (name, value)| request.header(name, value));
        request.body(body.to_vec()).unwrap()
    };
    let received = receiver.verify(&request(&body)).unwrap();
    shown::debug(&received);
    assert_eq!(received.credential("token"), Some(TOKEN));
    shown::explanation(&received.explain().unwrap());
    let order: GomePusherOrderSynchronize = received.decode().unwrap();
    shown::debug(&order);
    refused(received.refuse(Meaning::Unavailable, "later"));

    // One call has a wrong signature, the other the token of another shop.
    let text = String::from_utf8(body.clone()).unwrap();
    refused(
        receiver.verify(&request(text.replace("SENTINEL", "SENTINEL2").as_bytes())).unwrap_err(),
    );
    let other = gome::Credentials::new(crate::shown::SECRET, "another token");
    let stranger = gome::Receiver::new(other).unwrap();
    refused(stranger.verify(&request(&body)).unwrap_err());
    // Requests that cannot be read.
    for broken in
        [format!("{text}&$sign=SENTINEL"), format!("{TOKEN}%%&{PERSON}=%ff"), String::new()]
    {
        if let Err(error) = receiver.verify(&request(broken.as_bytes())) {
            refused(error);
        }
    }

    let gateway: &Gateway<'static> = gome::Platform::GATEWAYS[0];
    let content_type = "application/x-www-form-urlencoded; charset=UTF-8".as_bytes();
    let headers = [("content-type", content_type), ("x-token", TOKEN.as_bytes())];
    let raw = Raw { verb: "POST", path: "/", query: "a=SENTINEL", headers: &headers, body: &body };
    shown::debug(&raw);
    let incoming =
        Incoming::read(gateway, gome::Platform::methods(), &raw, &Limits::default()).unwrap();
    shown::debug(&incoming);
    let seen = SeenInMemory::new(9);
    seen.is_first(&incoming.fingerprint(), gatespec_runtime::DateTime::now(), PAUSE).unwrap();
    shown::debug(&seen);
    assert_eq!(GomePusherOrderSynchronize::METHOD.name, received.method());
}

const PAUSE: std::time::Duration = std::time::Duration::from_secs(90);

fn refused(refused: Refused) {
    shown::cause(&refused);
    if let Some(error) = refused.error() {
        shown::cause::<IncomingError>(error);
    }
    if let Some(explanation) = refused.explain() {
        shown::explanation(&explanation);
    }
    let response = refused.into_response();
    shown::clean(String::from_utf8_lossy(response.body()));
}
