//! Calls that are retried, and calls that must not be.

use std::collections::HashSet;
use std::sync::Mutex;
use std::time::Duration;

use gatespec_runtime::Class::{Authentication, Duplicate, Quota, Retry};
use gatespec_runtime::Clock as _;
use gatespec_runtime::ErrorKind::{Business, Closed, Connect, Gateway, Http, Token};
use gatespec_runtime::client::RetryPolicy;

use super::{done, filled, page};
use crate::ask::Ask;
use crate::case::{Act, Case, Handler, Place, case};
use crate::expected::{fails, gives};
use crate::gateways::{self, TOKEN};
use crate::server::{Received, Reply};

/// The content of Gome's sample, as `serde_json` writes it.
const ACCEPTED: &str = r#"{"success":true,"id":12345678901234567890,"fee":12.50}"#;

pub(super) fn cases() -> Vec<Case> {
    let mut all = safe_or_not();
    all.extend(throttled());
    all.extend(signed_anew());
    all.extend(tokens());
    all
}

fn safe_or_not() -> Vec<Case> {
    let lost = || vec![Act::Hear];
    let good = || vec![Act::Hear, Act::Say(filled().bytes())];
    vec![
        case("a page with 502, then an answer, where a repeat is safe")
            .ask(Ask::Fill)
            .answers_each([page(502), page(502), filled()])
            .retries(3)
            .ends(gives("message m-1").heard(3).waits_times(2)),
        case("a lost answer, then an answer, where a repeat is safe")
            .ask(Ask::Fill)
            .connections([lost(), good()])
            .retries(3)
            .ends(gives("message m-1").heard(2).waits_times(1)),
        case("lost answers, as many as attempts")
            .ask(Ask::Fill)
            .connections([lost()])
            .retries(3)
            .ends(fails(Closed, Retry).attempts(3).heard(3).waits_times(2).says("(attempt 3)")),
        case("a page with 502 where no document says that a repeat is safe")
            .answers_each([page(502), done()])
            .retries(3)
            .ends(fails(Http, Retry).status(502).heard(1)),
        case("a lost answer where no document says that a repeat is safe")
            .connections([lost(), good()])
            .retries(3)
            .ends(fails(Closed, Retry).heard(1)),
        case("no TLS, then TLS, whatever the method")
            .place(Place::Secure)
            .acts([Act::Sniff])
            .retries(2)
            .ends(fails(gatespec_runtime::ErrorKind::Tls, Retry).attempts(2).waits_times(1)),
        case("a port where nobody listens, whatever the method")
            .at("http://127.0.0.1:1")
            .retries(4)
            .ends(fails(Connect, Retry).attempts(4).waits_times(3)),
        case("a page with 502, then an answer, in real time")
            .ask(Ask::Fill)
            .answers_each([page(502), filled()])
            .limits(|limits| {
                let moment = Duration::from_millis(1);
                limits.retry = Some(RetryPolicy::new().backoff(moment, moment));
                limits.real_time = true;
            })
            .ends(gives("message m-1").heard(2)),
        case("a refusal that does not pass")
            .ask(Ask::Fill)
            .answers(&Reply::json(403, include_str!("../../../wire/shopex/answers/refused.json")))
            .retries(3)
            .ends(fails(Gateway, Authentication).status(403).code("0040301").heard(1)),
    ]
}

fn throttled() -> Vec<Case> {
    let limited = || Reply::json(403, include_str!("../../../wire/shopex/answers/limited.json"));
    let over = || Reply::json(200, r#"{"error_response":{"code":10002,"msg":"too often"}}"#);
    let accepted = || Reply::json(200, include_str!("../../../wire/gome/answers/accepted.json"));
    vec![
        case("a throttled call waits as long as the message says")
            // A rate limiter rejects a call before the gateway acts on it, so every method can be
            // retried.
            .answers_each([limited(), limited(), done()])
            .retries(3)
            .ends(gives("done").heard(3).waits(&[17, 17])),
        case("a throttled call that may not wait so long")
            .answers_each([limited(), done()])
            .limits(|limits| {
                let policy = RetryPolicy::new().longest_wait(Duration::from_secs(16));
                limits.retry = Some(policy);
            })
            .ends(fails(Gateway, Quota).status(403).code("0040311").retry_after(17).heard(1)),
        case("a page with 429 waits as long as the header says")
            .answers_each([page(429).header("Retry-After", "7"), done()])
            .retries(3)
            .ends(gives("done").heard(2).waits(&[7])),
        case("a throttled call whose code says no time")
            .ask(Ask::Order)
            .answers_each([over(), accepted()])
            .retries(3)
            .ends(gives(ACCEPTED).heard(2).waits_times(1)),
    ]
}

/// A gateway that sends these replies first, and refuses a request that it has received before.
fn once(
    first: impl IntoIterator<Item = Reply>,
    refusal: Reply,
    gateway: impl Fn(&Received) -> Reply + Send + Sync + 'static,
) -> Handler {
    let first = Mutex::new(first.into_iter().collect::<Vec<_>>().into_iter());
    let heard = Mutex::new(HashSet::new());
    Box::new(move |received| {
        if !heard.lock().unwrap().insert(received.body.clone()) {
            return refusal.clone();
        }
        let next = first.lock().unwrap().next();
        next.unwrap_or_else(|| gateway(received))
    })
}

fn signed_anew() -> Vec<Case> {
    let busy = || [page(503), page(503).header("Retry-After", "0"), page(504)];
    // The policy has no wait between attempts, but the timestamp has a precision of one second, so
    // within one second the signature is the same.
    let eager = |case: Case| {
        case.limits(|limits| {
            let policy = RetryPolicy::new().attempts(4).backoff(Duration::ZERO, Duration::ZERO);
            limits.retry = Some(policy);
        })
    };
    let used = || {
        Reply::json(403, r#"{"error":{"code":"0040301","message":"sign used"},"result":"error"}"#)
    };
    let twice = || {
        Reply::json(
            200,
            r#"{"status":{"code":"9999999","msg":"Sign used"},"result":{"data":{}},"success":false}"#,
        )
    };
    vec![
        eager(case("ShopEx refuses a repeated signature, and gets fresh ones"))
            .ask(Ask::Fill)
            .gateway(move |_| once(busy(), used(), gateways::shopex))
            .ends(gives("message 6552D79AAC1000148DF23FB0CC2325D3").heard(4).waits(&[1, 1, 1])),
        eager(case("Mogujie refuses a repeated signature, and gets fresh ones"))
            .ask(Ask::Trade)
            .gateway(move |_| once(busy(), twice(), gateways::mogujie))
            .ends(gives("status ORDER_PAID, number 1, items 1").heard(4).waits(&[1, 1, 1])),
        // Gome signs neither a timestamp nor a nonce, so the same order always has the same
        // signature. The gateway distinguishes a retry from a duplicate only because it forgets the
        // request after 90 seconds.
        case("Gome refuses a repeated signature for ninety seconds")
            .ask(Ask::Order)
            .gateway(|time| {
                let heard = Mutex::new(Vec::new());
                Box::new(move |received| {
                    let mut heard = heard.lock().unwrap();
                    let now = time.now();
                    let recent = heard.iter().any(|(body, at): &(Vec<u8>, _)| {
                        *body == received.body && now.distance(*at) < Duration::from_secs(90)
                    });
                    heard.push((received.body.clone(), now));
                    match (recent, heard.len()) {
                        (true, _) => Reply::json(
                            200,
                            include_str!("../../../wire/gome/answers/duplicate.json"),
                        ),
                        (false, 1) => page(502),
                        (false, _) => gateways::gome()(received),
                    }
                })
            })
            .limits(|limits| {
                let second = Duration::from_secs(1);
                let policy = RetryPolicy::new().backoff(second, second).assume_safe(true);
                limits.retry = Some(policy);
            })
            .ends(gives(ACCEPTED).heard(3).waits_times(2)),
        case("Gome's duplicate where no document says that a repeat is safe")
            .ask(Ask::Order)
            .json(include_str!("../../../wire/gome/answers/duplicate.json"))
            .retries(3)
            .ends(fails(Business, Duplicate).status(200).code("8999").retry_after(90).heard(1)),
    ]
}

fn tokens() -> Vec<Case> {
    let refused = || fails(Business, Authentication).status(200).code("0000001");
    let gateway = |case: Case| case.gateway(|_| Box::new(gateways::mogujie));
    vec![
        gateway(case("a token that the gateway refuses, and a good one"))
            .ask(Ask::TradeWith(&["EXPIRED", TOKEN]))
            .ends(gives("status ORDER_PAID, number 1, items 1").heard(2)),
        gateway(case("a token that the gateway refuses, and another"))
            .ask(Ask::TradeWith(&["EXPIRED", "EXPIRED TOO"]))
            .ends(refused().refresh("access_token").attempts(2).heard(2)),
        gateway(case("a token that the gateway refuses, and no other"))
            .ask(Ask::TradeWith(&["EXPIRED", ""]))
            .ends(fails(Token, Authentication).attempts(1).heard(1)),
    ]
}
