//! The rows for everything but preparing a request: a whole call, decoding an answer, decrypting an
//! answer, and receiving a call from a platform.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use aes::cipher::block_padding::{Padding as _, Pkcs7};
use aes::cipher::{Array, BlockCipherDecrypt as _, BlockCipherEncrypt as _, KeyInit as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use gatespec_clients::runtime::client::{Transport, TransportError};
use gatespec_clients::runtime::envelope::{self, Question};
use gatespec_clients::runtime::open::{BySpec, Decryptor as _, Sealed};
use gatespec_clients::runtime::template::Holes;
use gatespec_clients::runtime::{BoxFuture, CredentialSet, Opening, Operation, Prepared};
use gatespec_clients::{gome, mogujie, shopex};
use md5::{Digest as _, Md5};
use sha1::Sha1;

use super::preparing::{self, mogujie_credentials};
use super::{Row, SECRET, clock, strict, variant};

/// The sample of `xiaodian.trade.get`.
const ORDER: &str = include_str!("../../../tests/wire/mogujie/answers/plain.json");

/// The answer of ShopEx to `matrix.fill.multiple`.
const PUSHED: &str = r#"{"status":"succ","code":"1000","desc":"ok","data":{"msg_id":"6552D79AAC1000148DF23FB0CC2325D3"}}"#;

pub(crate) fn call() -> Row {
    let client = shopex::Client::builder(shopex::Credentials::new("testkey", SECRET));
    let client = client.transport(Arc::new(Canned(PUSHED))).clock(clock()).build().unwrap();
    let request = preparing::fill_multiple();
    let canonical = {
        let prepared = client.call(&request).prepare().unwrap();
        let text = prepared.explain().canonical.replace("<secret>", SECRET);
        assert_eq!(text.matches(SECRET).count(), 2);
        text
    };
    Row {
        title: "A whole call over a transport that answers at once, ShopEx",
        variants: vec![
            variant("MD5 of the canonical text", move || Md5::digest(&canonical)),
            variant("gatespec", move || at_once(client.send(&request)).unwrap()),
        ],
    }
}

pub(crate) fn decoding() -> Row {
    let prepared = {
        let client = preparing::mogujie_client();
        let id = mogujie::OpenApiOrderDetailReqDto::new(91_341_793_022_324);
        Arc::new(client.call(&mogujie::XiaodianTradeGet::new(id)).prepare().unwrap())
    };
    let credentials: CredentialSet = mogujie_credentials().into();
    let mut quoted = serde_json::from_str(ORDER).unwrap();
    quote(&mut quoted);
    let quoted = quoted.to_string();
    let read = |text: String| {
        let (prepared, credentials) = (prepared.clone(), credentials.clone());
        assert!(decode(&text, &prepared, &credentials).shop_order_id.is_some());
        move || decode(&text, &prepared, &credentials)
    };
    Row {
        title: "Decode, Mogujie's sample",
        variants: vec![
            variant("serde_json into strict structs", || strict::read(ORDER)),
            variant("peer: the same, numbers also as texts", || strict::read_lenient(ORDER)),
            variant("gatespec", read(ORDER.to_owned())),
            variant("gatespec, every number as a text", read(quoted)),
        ],
    }
}

/// Judges and decodes the sample, as a client does after the transport has returned.
fn decode(
    text: &str,
    prepared: &Prepared<'static>,
    credentials: &CredentialSet,
) -> mogujie::XiaodianTradeGetResponse {
    let question = Question {
        method: prepared.method(),
        name: prepared.method_name(),
        credentials,
        decryptor: &BySpec,
        sent: Some(prepared.params()),
    };
    let mut data = mogujie::XiaodianTradeGetResponse::default();
    envelope::read(&question, 200, text.as_bytes(), &mut |value| {
        data = mogujie::XiaodianTradeGetResponse::default();
        <mogujie::XiaodianTradeGet as Operation>::read(value, &mut data)
    })
    .unwrap();
    data
}

/// Turns every number into a text.
fn quote(json: &mut serde_json::Value) {
    match json {
        serde_json::Value::Number(number) => *json = number.to_string().into(),
        serde_json::Value::Array(items) => items.iter_mut().for_each(quote),
        serde_json::Value::Object(members) => members.values_mut().for_each(quote),
        _ => {}
    }
}

pub(crate) fn decrypting() -> Row {
    let key = &SECRET.as_bytes()[..16];
    let cipher = aes::Aes128::new_from_slice(key).unwrap();
    let data = ORDER.split_at(ORDER.len().min(4000)).0;
    let mut bytes = data.as_bytes().to_vec();
    let padding = 16 - bytes.len() % 16;
    bytes.resize(bytes.len() + padding, padding as u8);
    cipher.encrypt_blocks(Array::slice_as_chunks_mut(&mut bytes).0);
    let text = STANDARD.encode(&bytes);
    let by_hand = {
        let text = text.clone();
        move || {
            let mut bytes = STANDARD.decode(&text).unwrap();
            let blocks = Array::slice_as_chunks_mut(&mut bytes).0;
            aes::Aes128::new_from_slice(key).unwrap().decrypt_blocks(blocks);
            let length = Pkcs7::unpad_blocks(blocks).unwrap().len();
            bytes.truncate(length);
            bytes
        }
    };
    let credentials: CredentialSet = mogujie_credentials().into();
    let Opening::Decrypt(cipher) = mogujie::MAIN.envelope.open[0].how else { unreachable!() };
    let ours = move || {
        let sealed = Sealed {
            path: "result.data",
            text: &text,
            cipher,
            gateway: &mogujie::MAIN,
            holes: Holes { method: "xiaodian.trade.get", labels: &[] },
            credentials: &credentials,
        };
        BySpec.decrypt(&sealed).unwrap()
    };
    assert!(by_hand() == data.as_bytes() && ours() == data.as_bytes());
    Row {
        title: "Open an encrypted answer of 4 kB",
        variants: vec![variant("base64 and aes by hand", by_hand), variant("gatespec", ours)],
    }
}

pub(crate) fn receiving() -> Row {
    let client = gome::blocking::Client::builder(preparing::gome_credentials());
    let client = client.transport(Arc::new(preparing::Unused)).clock(clock()).build().unwrap();
    let push = gome::GomePusherOrderSynchronize::new().request(preparing::gome_order());
    let prepared = client.call(&push).prepare().unwrap();
    let canonical = preparing::signed(&prepared);
    let order = prepared.params().get("request").unwrap().to_owned();
    let mut request = http::Request::new(Bytes::from(prepared.body().to_vec()));
    *request.method_mut() = http::Method::POST;
    for (name, value) in prepared.headers() {
        let name = http::HeaderName::from_bytes(name.as_bytes()).unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    let gate = gome::Receiver::new(preparing::gome_credentials()).unwrap();
    let receive = move || -> gome::GomePusherOrderSynchronize {
        gate.verify(&request).unwrap().decode().unwrap()
    };
    assert_eq!(receive(), push);
    assert_eq!(strict::pushed(&order).buyer_name, "测试买家");
    Row {
        title: "Receive a pushed order, Gome",
        variants: vec![
            variant("SHA-1 of the canonical text, serde_json into strict structs", move || {
                (Sha1::digest(&canonical), strict::pushed(&order))
            }),
            variant("gatespec", receive),
        ],
    }
}

/// Returns the value of a future that never waits.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    let (mut future, mut cx) = (pin!(future), Context::from_waker(Waker::noop()));
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
    }
}

/// Answers every request with the same text.
struct Canned(&'static str);

impl Transport for Canned {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async { Ok(http::Response::new(Bytes::from_static(self.0.as_bytes()))) })
    }
}
