//! Counts the allocations of preparing, calling and decoding, since these counts do not depend on
//! the machine. A limit here may be lowered; raising one needs a good reason.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use allocation_counter::measure;
use bytes::Bytes;
use gatespec_clients::{gome, mogujie, shopex};
use gatespec_runtime::client::{BlockingTransport, TransportError};
use gatespec_runtime::envelope::{self, Question};
use gatespec_runtime::{CredentialSet, DateTime, Entropy, Operation, open};

const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// A transport that answers every request with the same text.
struct Canned(&'static str);

impl BlockingTransport for Canned {
    fn send(&self, _: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        Ok(http::Response::new(Bytes::from_static(self.0.as_bytes())))
    }
}

/// An entropy source that has no bytes to give. No shipped method sends anything random.
struct NoEntropy;

impl Entropy for NoEntropy {
    fn draw(&self) -> Option<[u8; 16]> {
        None
    }
}

/// The number of allocations of the second run. What is allocated only once is allocated in the
/// first run.
fn allocations<T>(run: impl Fn() -> T) -> u64 {
    drop(run());
    measure(|| drop(run())).count_total
}

/// Reads the data of an answer as a client does.
fn decode<O: Operation>(
    prepared: &gatespec_runtime::Prepared<'static>,
    credentials: &CredentialSet,
    answer: &str,
) -> O::Response {
    let question = Question {
        method: prepared.method(),
        name: prepared.method_name(),
        credentials,
        decryptor: &open::BySpec,
        sent: Some(prepared.params()),
    };
    let mut data = O::Response::default();
    envelope::read(&question, 200, answer.as_bytes(), &mut |value| O::read(value, &mut data))
        .unwrap();
    data
}

macro_rules! counted {
    ($platform:ident, $credentials:expr, $answer:expr, $method:ty, $request:expr) => {{
        let credentials = $credentials;
        let client = $platform::blocking::Client::builder(credentials.clone())
            .transport(Arc::new(Canned($answer)))
            .clock(Arc::new(DateTime::from_unix_seconds(1_672_502_400).unwrap()))
            .entropy(Arc::new(NoEntropy))
            .build()
            .unwrap();
        let (request, credentials): ($method, CredentialSet) = ($request, credentials.into());
        let prepared = client.call(&request).prepare().unwrap();
        [
            allocations(|| client.call(&request).prepare().unwrap()),
            allocations(|| client.send(&request).unwrap()),
            allocations(|| decode::<$method>(&prepared, &credentials, $answer)),
        ]
    }};
}

/// Asserts the maximum numbers of allocations: for preparing a request, for a whole call over a
/// transport that answers at once, and for decoding its answer. Metrics, which are on in this
/// workspace, account for four allocations of a call.
#[track_caller]
fn at_most(counted: [u64; 3], limits: [u64; 3]) {
    assert!(counted.iter().zip(limits).all(|(found, most)| *found <= most), "{counted:?}");
}

#[test]
fn shopex() {
    let day = |day| shopex::datetime(2023, 1, day, 0, 0, 0).unwrap();
    let counted = counted!(
        shopex,
        shopex::Credentials::new("testkey", SECRET),
        r#"{"status":"succ","code":"1000","desc":"ok","data":{"msg_id":"6552D79AAC10001"}}"#,
        shopex::MatrixFillMultiple,
        shopex::MatrixFillMultiple::new("15000000", shopex::FillType::Refund, day(1), day(2))
            .refund_status(shopex::RefundStatus::Aftersale)
    );
    at_most(counted, [3, 25, 8]);
}

#[test]
fn mogujie() {
    let counted = counted!(
        mogujie,
        mogujie::Credentials::new("10011", SECRET, "testtoken"),
        include_str!("../wire/mogujie/answers/plain.json"),
        mogujie::XiaodianTradeGet,
        mogujie::XiaodianTradeGet::new(mogujie::OpenApiOrderDetailReqDto::new(91_341_793_022_324))
    );
    at_most(counted, [3, 65, 46]);
}

#[test]
fn gome() {
    let order = gome::OrderSyncRequest::new()
        .order_id("10000000001")
        .buyer_name("测试买家")
        .order_price("99.90".parse().unwrap())
        .submitted_date(gome::datetime(2023, 1, 1, 10, 0, 0).unwrap())
        .delivery_list([gome::OrderDeliveryVo::new().sub_order_id("30000001")]);
    let counted = counted!(
        gome,
        gome::Credentials::new(SECRET, "testtoken").app_key("testapp"),
        r#"{"gome_pusher_order_synchronize_response":{"result":{"taken":true}}}"#,
        gome::GomePusherOrderSynchronize,
        gome::GomePusherOrderSynchronize::new().request(order)
    );
    at_most(counted, [6, 30, 9]);
}
