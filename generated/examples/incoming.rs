//! A shop's endpoint: verifies and decodes what platforms push, and answers in each platform's own
//! envelope. It runs on loopback, and the generated clients sign the pushed calls.
//!
//! No document says how a pushed call is signed; it is inferred that the platform uses the same
//! formula as for calls that it receives. Gome's document mentions pushed orders; for ShopEx,
//! pushed calls are invented.
//!
//! `cargo run -p gatespec-clients --example incoming`

#![expect(clippy::print_stdout, reason = "an example shows what happens")]

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::routing::post;
use bytes::Bytes;
use gatespec_clients::gome::{self, GomePusherOrderSynchronize, OrderSyncRequest};
use gatespec_clients::runtime::{Meaning, Operation, Received, Refused};
use gatespec_clients::shopex::{self, MatrixUnbind};
use serde_json::json;

type Response = http::Response<Bytes>;

/// Handles a verified call from Gome.
fn gome_call(call: &Received) -> Result<Response, Refused> {
    match call.method() {
        GomePusherOrderSynchronize::NAME => {
            let push: GomePusherOrderSynchronize = call.decode()?;
            let order = push.request.unwrap_or_default();
            println!("gome pushed order {:?} of {:?}", order.order_id, order.buyer_name);
            call.succeed(json!({ "taken": true }))
        }
        other => Err(call.refuse(Meaning::UnknownMethod, format!("{other} is not served here"))),
    }
}

/// Handles a verified call from ShopEx.
fn shopex_call(call: &Received) -> Result<Response, Refused> {
    let unbind: MatrixUnbind = call.decode()?;
    println!("shopex released node {}", unbind.node_id);
    call.succeed(json!(null))
}

// The rest connects the handlers to the web framework: it converts bodies to bytes and back.

async fn gome(State(gate): State<gome::Receiver>, request: Request) -> axum::response::Response {
    let outcome = gate.verify(&whole(request).await).and_then(|call| gome_call(&call));
    answer(outcome)
}

async fn shopex(
    State(gate): State<shopex::Receiver>,
    request: Request,
) -> axum::response::Response {
    let outcome = gate.verify(&whole(request).await).and_then(|call| shopex_call(&call));
    answer(outcome)
}

async fn whole(request: Request) -> http::Request<Bytes> {
    let (parts, body) = request.into_parts();
    // A body that is too large or incomplete becomes empty, and is then refused.
    let bytes = axum::body::to_bytes(body, 2 * 1024 * 1024).await.unwrap_or_default();
    http::Request::from_parts(parts, bytes)
}

fn answer(outcome: Result<Response, Refused>) -> axum::response::Response {
    if let Err(refused) = &outcome {
        println!("{refused}");
    }
    outcome.unwrap_or_else(Refused::into_response).map(Body::from)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let credentials = gome::Credentials::new("testsecret", "testtoken");
    let keys = shopex::Credentials::new("testkey", "0123456789abcdef0123456789abcdef");
    let gate = shopex::Receiver::new(keys.clone())?.mounted_at("/push/shopex");
    let app = Router::new()
        .route("/push/gome", post(gome).with_state(gome::Receiver::new(credentials.clone())?))
        .route("/push/shopex/router", post(shopex).with_state(gate));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let server = tokio::spawn(async { axum::serve(listener, app).await });

    let pusher = gome::Client::builder(credentials).base_url(format!("{url}/push/gome")).build()?;
    let order = OrderSyncRequest::new().order_id("10000000001").buyer_name("张三");
    let push = GomePusherOrderSynchronize::new().request(order);
    println!("answered: {}\n", pusher.gome_pusher_order_synchronize(&push).await?);

    // Changes one digit of the signature.
    let mut sign = pusher.call(&push).prepare()?.signature().unwrap_or_default().to_owned();
    let last = if sign.pop() == Some('0') { '1' } else { '0' };
    sign.push(last);
    match pusher.call(&push).parameter("$sign", sign).send().await {
        Ok(_) => println!("a forged call was taken"),
        Err(error) => println!("answered: {error}\n"),
    }

    let caller = shopex::Client::builder(keys).base_url(format!("{url}/push/shopex")).build()?;
    caller.matrix_unbind(&MatrixUnbind::new("15000000")).await?;
    let stranger = caller.with_credential("app_key", "another");
    if let Err(error) = stranger.matrix_unbind(&MatrixUnbind::new("15000000")).await {
        println!("answered: {error}");
    }
    server.abort();
    Ok(())
}
