//! Repeated calls, which are refused by means of a store that receivers share.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use gatespec_clients::shopex::{self, MatrixUnbind};
use gatespec_runtime::incoming::{IncomingError, Seen, SeenError, SeenInMemory};
use gatespec_runtime::{DateTime, Meaning, Receiver, Receives};
use http::Request;

use crate::gates::{self, form};
use crate::signing::{self, Pairs};

const MINUTE: Duration = Duration::from_secs(60);
/// The time in the signed ShopEx calls.
const SIGNED: i64 = 1_672_502_400;

fn at<P: Receives>(gate: Receiver<P>, seconds: i64) -> Receiver<P> {
    gate.clock(Arc::new(DateTime::from_unix_seconds(seconds).unwrap()))
}

/// A ShopEx call about a node. Its parameters are in the order of their names or in reverse.
fn shopex(node: &str, backwards: bool) -> Request<Vec<u8>> {
    let own = [
        ("app_key", "testkey"),
        ("method", "matrix.unbind"),
        ("node_id", node),
        ("sign_time", "1672502400"),
    ];
    let owned: Pairs = own.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let secret = crate::clients::SHOPEX_SECRET;
    let sign = signing::shopex(secret, "POST", "/router", &Pairs::new(), &owned);
    let mut all = [&own[..], &[("sign", &sign)]].concat();
    if backwards {
        all.reverse();
    }
    form("http://shop.example/router", &all)
}

fn gome() -> Request<Vec<u8>> {
    let own = [
        ("$app", "testapp"),
        ("$method", "gome.pusher.order.synchronize"),
        ("$token", "testtoken"),
        ("$v", "1.0.0"),
        ("request", r#"{"orderId":"1"}"#),
    ];
    let owned: Pairs = own.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let sign = signing::gome("testsecret", &owned);
    form("http://shop.example/router", &[&own[..], &[("$sign", &sign)]].concat())
}

#[test]
fn a_call_that_comes_again_is_refused_by_every_receiver_that_shares_the_store() {
    let store: Arc<SeenInMemory> = Arc::new(SeenInMemory::new(100));
    let gate = || gates::shopex().refuse_repeats(Arc::clone(&store) as Arc<dyn Seen>, MINUTE);
    let first = gate().verify(&shopex("1", false)).unwrap();
    first.decode::<MatrixUnbind>().unwrap();
    for again in [shopex("1", false), shopex("1", true)] {
        let refused = gate().verify(&again).unwrap_err();
        assert_eq!(refused.error(), Some(&IncomingError::Duplicate));
        assert_eq!(refused.meaning(), Meaning::Duplicate);
        assert_eq!(
            refused.to_string(),
            "shopex matrix.unbind: the call is refused: the same request was received a moment ago"
        );
    }
    gate().verify(&shopex("2", false)).unwrap();
    // Without a store, calls are not recorded.
    gates::shopex().verify(&shopex("1", false)).unwrap();
    // After a call is forgotten, it is accepted once more.
    first.forget().unwrap();
    gate().verify(&shopex("1", false)).unwrap();
    gate().verify(&shopex("1", false)).unwrap_err();
}

#[test]
fn only_genuine_calls_are_remembered() {
    let store = Arc::new(SeenInMemory::new(100));
    let gate = gates::shopex().refuse_repeats(Arc::clone(&store) as Arc<dyn Seen>, MINUTE);
    let mut forged = shopex("1", false);
    let body = String::from_utf8(forged.body().clone()).unwrap().replace("node_id=1", "node_id=2");
    *forged.body_mut() = body.into_bytes();
    for _ in 0..2 {
        let refused = gate.verify(&forged).unwrap_err();
        assert_eq!(refused.error(), Some(&IncomingError::BadSignature));
    }
    assert!(store.is_empty());
}

/// ShopEx allows a clock to be wrong by 25 hours. A call whose clock is ahead by that much is valid
/// for 50 hours.
#[test]
fn a_call_is_remembered_as_long_as_its_clock_lets_it_pass() {
    const WINDOW: i64 = 25 * 3600;
    let store: Arc<dyn Seen> = Arc::new(SeenInMemory::new(100));
    let gate = |seconds| at(gates::shopex().refuse_repeats(Arc::clone(&store), MINUTE), seconds);
    gate(SIGNED - WINDOW).verify(&shopex("1", false)).unwrap();
    let duplicate = Some(IncomingError::Duplicate);
    for now in [SIGNED - WINDOW + 120, SIGNED, SIGNED + WINDOW] {
        let refused = gate(now).verify(&shopex("1", false)).unwrap_err();
        assert_eq!(refused.error().cloned(), duplicate, "{now}");
    }
    let stale = gate(SIGNED + WINDOW + 1).verify(&shopex("1", false)).unwrap_err();
    assert_eq!(stale.meaning(), Meaning::StaleClock);
}

/// Gome's calls have no timestamp, and Gome has a code for a repeated call.
#[test]
fn without_a_clock_a_call_is_remembered_for_as_long_as_was_asked() {
    let store: Arc<dyn Seen> = Arc::new(SeenInMemory::new(100));
    let gate = |seconds| at(gates::gome().refuse_repeats(Arc::clone(&store), MINUTE), seconds);
    gate(0).verify(&gome()).unwrap();
    let refused = gate(59).verify(&gome()).unwrap_err();
    assert_eq!(refused.code(), "8999");
    let answer = String::from_utf8(refused.into_response().into_body().to_vec()).unwrap();
    assert!(answer.contains("8999"), "{answer}");
    gate(60).verify(&gome()).unwrap();
}

/// A store that cannot be reached.
#[derive(Default)]
struct Gone(AtomicUsize);

impl Seen for Gone {
    fn is_first(&self, _: &[u8; 32], _: DateTime, _: Duration) -> Result<bool, SeenError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Err("redis at 10.0.0.7 refused the connection".into())
    }

    fn forget(&self, _: &[u8; 32]) -> Result<(), SeenError> {
        Err("gone".into())
    }
}

#[test]
fn a_call_is_not_taken_while_the_store_cannot_say() {
    let gate = gates::gome().refuse_repeats(Arc::new(Gone::default()), MINUTE);
    let refused = gate.verify(&gome()).unwrap_err();
    assert_eq!((refused.meaning(), refused.error()), (Meaning::Unavailable, None));
    // This text is for our log. The caller does not learn where our store is.
    assert_eq!(
        refused.to_string(),
        "gome gome.pusher.order.synchronize: the call is refused: it is not known whether the \
         same call was received before: redis at 10.0.0.7 refused the connection"
    );
    assert!(format!("{refused:?}").contains("redis at"), "{refused:?}");
    assert!(std::error::Error::source(&refused).unwrap().to_string().starts_with("redis at"));
    let answer = String::from_utf8(refused.into_response().into_body().to_vec()).unwrap();
    assert!(answer.contains("cannot verify calls at present"), "{answer}");
    assert!(!answer.contains("redis"), "{answer}");
}

/// Two calls may differ only in parts that the formula leaves out. An attacker can make the second
/// call from the first.
#[test]
fn what_is_not_signed_makes_no_other_call() {
    let store: Arc<dyn Seen> = Arc::new(SeenInMemory::new(100));
    let gate = gates::shopex().refuse_repeats(store, MINUTE);
    let call: Result<shopex::MatrixUnbind, _> =
        gate.verify(&shopex("1", false)).and_then(|call| call.decode());
    call.unwrap();
    let mut other = shopex("1", false);
    other.headers_mut().insert("x-request-id", http::HeaderValue::from_static("7"));
    assert_eq!(gates::reason(&gate.verify(&other)), "duplicate");
}
