//! The vectors of the invented platforms, computed by clients that the command generated. The
//! expected values come from the `vectors.py` next to each spec.

use std::sync::Arc;

use bytes::Bytes;
use gatespec_invented::{acme, quay};
use gatespec_runtime::sign::{Known, sign_pairs};
use gatespec_runtime::template::Holes;
use gatespec_runtime::{
    BlockingTransport, BoxFuture, CredentialSet, DateTime, Decimal, Gateway, ParamType, Param, Location,
    Platform, Role, Transport, TransportError,
};

/// A transport that sends nothing.
struct Nowhere;

impl Transport for Nowhere {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async { Err(TransportError::new("nowhere")) })
    }
}

impl BlockingTransport for Nowhere {
    fn send(&self, _: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        Err(TransportError::new("nowhere"))
    }
}

fn now() -> Arc<DateTime> {
    Arc::new(DateTime::from_unix_millis(1_672_502_400_007).unwrap())
}

fn acme_credentials() -> acme::Credentials {
    acme::Credentials::new("k1", "0123456789abcdef", "s1gn")
}

fn acme(credentials: acme::Credentials) -> acme::Client {
    let bytes: [u8; 16] = std::array::from_fn(|at| if at % 2 == 0 { 0 } else { 0xff });
    let builder = acme::Client::builder(credentials).transport(Arc::new(Nowhere));
    builder.clock(now()).entropy(Arc::new(bytes)).build().unwrap()
}

type Sent = (Location<'static>, &'static str, &'static str);

fn sign(
    gateway: &Gateway<'_>,
    secret: [(&str, &str); 1],
    (verb, path, body): (&str, &str, &str),
    sent: &[Sent],
) -> String {
    let param = |(place, name, value): &Sent| {
        let (place, name, value) = (*place, *name, *value);
        Param { name, value, place, role: Role::Public, kind: ParamType::Text, sensitive: false }
    };
    let params: Vec<_> = sent.iter().map(param).collect();
    let credentials = &CredentialSet::from_iter(secret);
    let (clock, nonce, holes) = ("", "", Holes { method: "", labels: &[] });
    let params = &params;
    let known = Known { gateway, params, verb, path, body, clock, nonce, holes, credentials };
    sign_pairs(&known, None).unwrap()
}

#[test]
fn acme_signs_its_orders_in_both_ways() {
    let day = |day| acme::datetime(2023, 1, day, 0, 0, 0).unwrap();
    let week = acme::OrderList::new(day(1), day(8));
    let line = |sku: &str, qty| acme::order_list::Line::new().sku(sku).qty(qty);
    let orders = week
        .clone()
        .states(["paid", "sent"])
        .at_least(Decimal::new(125, 1))
        .lines([line("短袖", 2), line("b/1", 1)]);
    let client = acme(acme_credentials().token("t0k"));
    let prepared = client.call(&orders).prepare().unwrap();
    assert_eq!(prepared.signature(), Some("pq1fMSjvr7b/jS/TAGHkMAHCuDh6tRc5YSQUw/7RYSk="));
    let cursor = orders.cursor("");
    let prepared = client.call(&cursor).signature_method("A1").prepare().unwrap();
    assert_eq!(prepared.signature(), Some("08C7152EC26896D02AEF2A2DF14EADB2"));
    let tokenless = acme(acme_credentials());
    let prepared =
        tokenless.call(&week.cursor("")).prepare().unwrap().signature().map(str::to_owned);
    assert_eq!(prepared.as_deref(), Some("ed/RCKGnTEmJixkYGQPm4pU4mOD/aklrU2GwN495RoI="));
}

#[test]
fn acme_signs_its_remarks_in_both_ways() {
    let remark = acme::OrderRemark::new("AC-0007").text("请放门口 (thanks)").urgent(true).score(5);
    let client = acme(acme_credentials().token("t0k"));
    let prepared = client.call(&remark).prepare().unwrap();
    assert_eq!(prepared.signature(), Some("hlgD4TAsicOvOEw0vamqy1QsUZLio68yvfENa6G59IE="));
    let prepared = client.call(&remark).signature_method("A1").prepare().unwrap();
    assert_eq!(prepared.signature(), Some("4871A251CA3A747E82D7EC259D33327B"));
}

#[test]
fn quay_signs_query_path_and_carrier() {
    let credentials = quay::Credentials::new("k9", "quay-secret");
    let builder = quay::blocking::Client::builder(credentials).transport(Arc::new(Nowhere));
    let client = builder.clock(now()).build().unwrap();
    let find = quay::ParcelFind::new()
        .depot("H-1")
        .owner("")
        .state([quay::State::Out, quay::State::In])
        .open(true)
        .worth_at_least(Decimal::new(125, 1))
        .since(quay::datetime(2023, 1, 1, 0, 0, 0).unwrap())
        .box_(quay::Box::new().width(20).depth(3));
    let prepared = client.call(&find).prepare().unwrap();
    assert_eq!(prepared.signature(), Some("016acdfefdcded97b7d9d358c56dc8e4"));
    let events = quay::ParcelEvents::new("P-7").page(2);
    let prepared = client.call(&events).prepare().unwrap();
    assert_eq!(prepared.signature(), Some("a770a629e2983efe363b3cd6321684d2"));
    let book = quay::ParcelBook::new("H-1", "茶叶 50g")
        .worth(Decimal::new(125, 1))
        .fragile(true)
        .pieces(2);
    let prepared = client.call(&book).prepare().unwrap();
    assert_eq!(prepared.signature(), Some("52186c35fa771e55041af427565f235b"));
}

#[test]
fn texts_in_their_places_sign_like_requests() {
    let digest = "mZFLkyvTelC5g8XnyQrpOw==";
    let sent = [
        (Location::Header, "Acme-Key", "k1"),
        (Location::Header, "Acme-Time", "2023-01-01T00:00:00.007+0800"),
        (Location::Header, "Acme-Nonce", "00ff00ff00ff00ff"),
        (Location::Header, "Acme-Digest", digest),
        (Location::Header, "note", ""),
        (Location::Query, "alg", "A2"),
        (Location::Query, "q", "a b*~"),
        (Location::Query, "empty", ""),
    ];
    let gateway = acme::Platform::GATEWAYS[0];
    let signature = sign(gateway, [("sign_secret", "s1gn")], ("POST", "/v3/ping", "{}"), &sent);
    assert_eq!(signature, "8XCbBUhbsnkC4exV8bi2cfX5JSbO+ZTu+YD72Ws8yJ0=");
    let sent = [
        (Location::Header, "Quay-Action", "parcel.find"),
        (Location::Query, "key", "k9"),
        (Location::Query, "ts", "1672502400007"),
        (Location::Query, "svc", "parcel"),
        (Location::Query, "lang", "zh"),
        (Location::Query, "owner", "张三 (甲)"),
    ];
    let gateway = quay::Platform::GATEWAYS[0];
    let signature = sign(gateway, [("secret", "quay-secret")], ("GET", "/parcel", ""), &sent);
    assert_eq!(signature, "899f07f4c7458c52450c34ed5eb0b008");
}
