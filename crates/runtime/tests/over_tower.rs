//! Real `tower` layers around a transport.

#![cfg(feature = "tower05")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod platforms;

use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use gatespec_runtime::client::{Client, ClientBuilder};
use gatespec_runtime::{BoxFuture, CredentialSet, Error, Transport, TransportError};
use http::{Request, Response};
use platforms::ping::{Ping, Shop};
use tower::ServiceBuilder;
use tower::timeout::TimeoutLayer;
use tower::util::{BoxCloneService, MapErrLayer, MapRequestLayer};

/// The request of all tests.
const PING: Ping = Ping("b");

/// A transport that answers, fails or never completes. It records the header `trail` of each
/// request.
#[derive(Default)]
struct Inner {
    fails: Option<fn() -> TransportError>,
    hangs: bool,
    trails: Mutex<Vec<String>>,
}

impl Transport for Inner {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let trail = request.headers().get("trail").map(|trail| trail.to_str().unwrap().to_owned());
        self.trails.lock().unwrap().extend(trail);
        Box::pin(async move {
            match (self.hangs, self.fails) {
                (true, _) => std::future::pending().await,
                (_, Some(error)) => Err(error()),
                _ => Ok(Response::new(Bytes::from_static(br#"{"data":"x"}"#))),
            }
        })
    }
}

fn builder(inner: &Arc<Inner>) -> ClientBuilder<Client> {
    ClientBuilder::new::<Shop>(CredentialSet::new()).transport(inner.clone())
}

/// Returns a function that appends a letter to the header `trail`.
fn leaves(letter: char) -> impl Fn(Request<Bytes>) -> Request<Bytes> + Clone + Send + Sync {
    move |mut request| {
        let headers = request.headers_mut();
        let before = headers.get("trail").map_or("", |trail| trail.to_str().unwrap());
        let after = format!("{before}{letter}").parse().unwrap();
        headers.insert("trail", after);
        request
    }
}

async fn ping(builder: ClientBuilder<Client>) -> Result<(), Error> {
    builder.build()?.data(&PING).await.map(drop)
}

#[tokio::test]
async fn a_later_layer_goes_around_the_earlier_ones() {
    let inner = Arc::new(Inner::default());
    let layered = builder(&inner)
        .layer(MapRequestLayer::new(leaves('c')))
        .layer(
            ServiceBuilder::new()
                .layer(MapRequestLayer::new(leaves('a')))
                .layer(MapRequestLayer::new(leaves('b'))),
        )
        .build()
        .unwrap();
    layered.data(&PING).await.unwrap();
    layered.clone().data(&PING).await.unwrap();
    assert_eq!(*inner.trails.lock().unwrap(), ["abc", "abc"]);
}

#[tokio::test]
async fn a_service_that_threads_cannot_share_fits() {
    let inner = Arc::new(Inner::default());
    let boxed =
        builder(&inner).layer(MapRequestLayer::new(leaves('a'))).layer(BoxCloneService::layer());
    ping(boxed).await.unwrap();
    assert_eq!(*inner.trails.lock().unwrap(), ["a"]);
}

#[tokio::test]
async fn an_error_of_the_transport_keeps_its_kind_through_the_layers() {
    for (fails, text) in [
        ((|| TransportError::connect("refused")) as fn() -> TransportError, "no connection"),
        (|| TransportError::timeout("slow"), "no answer in time"),
        (|| TransportError::too_large(7), "larger than 7 bytes"),
    ] {
        let inner = Arc::new(Inner { fails: Some(fails), ..Inner::default() });
        // A timeout layer boxes all errors.
        let layered = builder(&inner)
            .layer(TimeoutLayer::new(Duration::from_secs(1)))
            .layer(MapRequestLayer::new(leaves('a')));
        let error = ping(layered).await.unwrap_err();
        assert!(error.to_string().contains(text), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_layers_own_error_is_the_source() {
    let inner = Arc::new(Inner { hangs: true, ..Inner::default() });
    let layered = builder(&inner).layer(TimeoutLayer::new(Duration::from_secs(3600)));
    let error = ping(layered).await.unwrap_err();
    assert_eq!(error.to_string(), "shop ping: the request or its answer was lost in transit");
    assert_eq!(error.source().unwrap().to_string(), "request timed out");
}

#[tokio::test]
async fn a_layer_may_make_an_error_of_another_kind() {
    let inner =
        Arc::new(Inner { fails: Some(|| TransportError::new("circuit open")), ..Inner::default() });
    let layered = builder(&inner).layer(MapErrLayer::new(TransportError::connect));
    let error = ping(layered).await.unwrap_err();
    assert_eq!(error.to_string(), "shop ping: no connection to the gateway");
}
