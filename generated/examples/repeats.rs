//! A shop's endpoint in two processes that share a store in Redis: each of them refuses a call that
//! the other has accepted.
//!
//! `cargo run -p gatespec-clients --example repeats redis://127.0.0.1/`

#![expect(clippy::print_stdout, reason = "an example shows what happens")]

use gatespec_clients::gome::{self, GomePusherOrderSynchronize, OrderSyncRequest};
use gatespec_clients::runtime::incoming::{Seen, SeenError};
use gatespec_clients::runtime::{DateTime, Prepared};
use std::sync::Arc;
use std::time::Duration;

/// The accepted calls, in Redis.
struct Shared(redis::Client);

impl Seen for Shared {
    fn is_first(&self, call: &[u8; 32], _: DateTime, keep: Duration) -> Result<bool, SeenError> {
        // Sets the key only if it is absent, with an expiry: of two processes, only one succeeds.
        let millis = u64::try_from(keep.as_millis())?;
        let mut set = redis::cmd("SET");
        set.arg(&call[..]).arg(1).arg("NX").arg("PX").arg(millis);
        let done: Option<String> = set.query(&mut self.0.get_connection()?)?;
        Ok(done.is_some())
    }

    fn forget(&self, call: &[u8; 32]) -> Result<(), SeenError> {
        Ok(redis::cmd("DEL").arg(&call[..]).exec(&mut self.0.get_connection()?)?)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).unwrap_or_else(|| "redis://127.0.0.1/".to_owned());
    let credentials = gome::Credentials::new("testsecret", "testtoken");
    // Gome's calls contain no timestamp, so a copy of a call would always be accepted.
    let day = Duration::from_secs(24 * 60 * 60);
    let process = || -> Result<gome::Receiver, Box<dyn std::error::Error>> {
        let store = Arc::new(Shared(redis::Client::open(&*url)?));
        Ok(gome::Receiver::new(credentials.clone())?.refuse_repeats(store, day))
    };
    let processes = [process()?, process()?];

    let pusher =
        gome::Client::builder(credentials.clone()).base_url("http://shop.example").build()?;
    for number in ["10000000001", "10000000002"] {
        let order = OrderSyncRequest::new().order_id(number);
        let push = GomePusherOrderSynchronize::new().request(order);
        let request = sent(&pusher.call(&push).prepare()?)?;
        for process in &processes {
            match process.verify(&request) {
                Ok(_) => println!("order {number} is taken"),
                Err(refused) => println!("{refused}"),
            }
        }
    }
    Ok(())
}

/// Converts a prepared request to the HTTP request that is sent.
fn sent(prepared: &Prepared<'_>) -> http::Result<http::Request<Vec<u8>>> {
    let url = prepared.url("http://shop.example");
    let mut request = http::Request::builder().method(prepared.verb().as_str()).uri(url);
    for (name, value) in prepared.headers() {
        request = request.header(name, value);
    }
    request.body(prepared.body().to_vec())
}
