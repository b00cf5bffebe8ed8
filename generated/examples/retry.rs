//! Retries a call: first a proxy fails, then the gateway throttles the call, and then it answers.
//! The client signs each attempt again, and waits as long as the gateway's message says. Needs no
//! network: a stand-in on this machine answers.
//!
//! `cargo run -p gatespec-clients --example retry`

#![expect(clippy::print_stdout, reason = "an example shows what happens")]

mod loopback;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use gatespec_clients::RetryPolicy;
use gatespec_clients::shopex::{Client, Credentials, MatrixAuthstatus, MatrixUnbind};

use loopback::{Loopback, Request};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let gateway = Loopback::start(moody())?;
    let client = Client::builder(Credentials::new("testkey", "0123456789abcdef"))
        .base_url(gateway.url())
        .retry(RetryPolicy::new().attempts(4).longest_wait(Duration::from_secs(60)))
        .timeout(Duration::from_secs(120))
        .build()?;

    // According to the spec, asking for the status can be repeated safely.
    let answer = client.send(&MatrixAuthstatus::new("15000000")).await?;
    println!("answered at attempt {}", answer.attempts());

    // The spec does not say so about unbinding, which is therefore retried only if it certainly had
    // no effect.
    match client.matrix_unbind(&MatrixUnbind::new("15000000")).await {
        Ok(_) => println!("unbound"),
        Err(error) => println!("{:?} at attempt {}: {error}", error.kind(), error.attempts()),
    }
    Ok(())
}

/// A gateway that fails in two ways before it answers, and that refuses a repeated signature.
fn moody() -> impl Fn(&Request) -> (u16, String) {
    let seen = Mutex::new(BTreeSet::new());
    move |request| {
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.insert(request.param("sign").to_owned()) {
            return (403, refusal("0040301", "this signature has been used"));
        }
        let (status, body) = match (request.param("method"), seen.len()) {
            ("matrix.authstatus", 1) => (502, "<html>Bad Gateway</html>".to_owned()),
            ("matrix.authstatus", 2) => (403, refusal("0040311", "over limit, wait 1 s")),
            ("matrix.authstatus", _) => {
                let data = r#"{"expire_in":"2030-01-01 00:00:00","is_expired":false}"#;
                (200, format!(r#"{{"status":"succ","code":"1001","desc":"","data":{data}}}"#))
            }
            _ => (502, "<html>Bad Gateway</html>".to_owned()),
        };
        println!("the gateway answers {} with HTTP {status}", request.param("method"));
        (status, body)
    }
}

fn refusal(code: &str, message: &str) -> String {
    format!(r#"{{"error":{{"code":"{code}","message":"{message}"}},"result":"error"}}"#)
}
