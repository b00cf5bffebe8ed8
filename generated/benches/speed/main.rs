//! What preparing a request and decoding an answer cost, as ratios to the least that anyone could
//! do: the digest alone, and serde_json into strict structs. `cargo bench -p gatespec-clients`; it
//! builds faster with `--no-default-features --features gome,mogujie,shopex --bench speed`.
//!
//! Every round times every variant once, one after the other, and a ratio compares two times of
//! one round. Its median over all rounds is steady on a busy machine; the nanoseconds are not.
//!
//! With the beginning of a name and a count (`-- ShopEx 1000`), runs that variant so often and prints
//! nothing: under callgrind the difference of two counts is the instructions of one run.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints")]
#![allow(dead_code, reason = "the strict structs are only filled")]

mod strict;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use gatespec_clients::runtime::client::{BlockingTransport, TransportError};
use gatespec_clients::runtime::envelope::{self, Question};
use gatespec_clients::runtime::{CredentialSet, Operation, Prepared, open};
use gatespec_clients::{DateTime, gome, mogujie, shopex};
use md5::{Digest as _, Md5};
use sha1::Sha1;

/// An odd number, so that the median is one of them.
const ROUNDS: usize = 1001;

/// How long one variant runs in each round: so short that most slices are not interrupted.
const SLICE: Duration = Duration::from_micros(200);

const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// The sample of `xiaodian.trade.get`.
const ORDER: &str = include_str!("../../../tests/wire/mogujie/answers/plain.json");

fn main() {
    if counted().is_none() {
        println!("{:44} {:>10} {:>7}", "", "ns", "ratio");
    }
    shopex();
    gome();
    mogujie();
}

fn shopex() {
    let credentials = shopex::Credentials::new("testkey", SECRET);
    let client = shopex::blocking::Client::builder(credentials)
        .transport(Arc::new(Canned("")))
        .clock(clock())
        .build()
        .unwrap();
    let (start, end) = (day(1), day(2));
    let request = shopex::MatrixFillMultiple::new("15000000", shopex::FillType::Refund, start, end)
        .refund_status(shopex::RefundStatus::Aftersale);
    let form = "app_key%3Dtestkey%26end_time%3D2023-01-02%2000%3A00%3A00%26fill_type%3Drefund\
                %26method%3Dmatrix.fill.multiple%26node_id%3D15000000%26refund_status%3Daftersale\
                %26sign_time%3D1672502400%26start_time%3D2023-01-01%2000%3A00%3A00";
    let canonical = format!("{SECRET}&POST&%2Frouter&&&{form}&{SECRET}");
    let prepare = || client.call(&request).prepare().unwrap();
    assert_eq!(prepare().signature().unwrap(), upper_hex(&Md5::digest(&canonical)));
    preparing("ShopEx matrix.fill.multiple", &canonical, &prepare);
}

fn gome() {
    let credentials = gome::Credentials::new(SECRET, "testtoken").app_key("testapp");
    let client = gome::blocking::Client::builder(credentials)
        .transport(Arc::new(Canned("")))
        .clock(clock())
        .build()
        .unwrap();
    let request = gome::GomePusherOrderSynchronize::new().request(gome_order());
    let prepare = || client.call(&request).prepare().unwrap();
    let canonical = pairs(&prepare());
    assert_eq!(prepare().signature().unwrap(), upper_hex(&Sha1::digest(&canonical)));
    preparing("Gome gome.pusher.order.synchronize", &canonical, &prepare);
}

/// The example of the spec: a paid sale, with a delivery and goods nested in its JSON.
fn gome_order() -> gome::OrderSyncRequest {
    let time = |minute| gome::datetime(2023, 1, 1, 10, minute, 0).unwrap();
    let goods = gome::OrderGoodsVo::new()
        .service_date("7")
        .quantity(1)
        .out_id("SKU-1")
        .sku_name("测试商品")
        .sale_price("109.90".parse().unwrap())
        .goods_type(gome::GoodsType::Main)
        .price("99.90".parse().unwrap())
        .receivable_amount("109.90".parse().unwrap());
    let delivery = gome::OrderDeliveryVo::new()
        .sub_order_id("30000001")
        .gome_state(gome::GomeState::Co)
        .shop_no("80000001")
        .channel_no(gome::Channel::App)
        .goods_lists([goods]);
    gome::OrderSyncRequest::new()
        .order_id("10000000001")
        .buyer_id("20000001")
        .buyer_name("测试买家")
        .order_price("99.90".parse().unwrap())
        .order_sale_price("109.90".parse().unwrap())
        .submitted_date(time(0))
        .pay_date(time(5))
        .order_type(gome::OrderType::Normal)
        .source(gome::OrderSource::Zhenkuaile)
        .delivery_list([delivery])
}

fn mogujie() {
    let client = mogujie::blocking::Client::builder(mogujie_credentials())
        .transport(Arc::new(Canned(ORDER)))
        .clock(clock())
        .build()
        .unwrap();
    let request =
        mogujie::XiaodianTradeGet::new(mogujie::OpenApiOrderDetailReqDto::new(91_341_793_022_324));
    let prepare = || client.call(&request).prepare().unwrap();
    let canonical = pairs(&prepare());
    assert_eq!(prepare().signature().unwrap(), upper_hex(&Md5::digest(&canonical)));
    preparing("Mogujie xiaodian.trade.get", &canonical, &prepare);

    let (prepared, credentials) = (prepare(), mogujie_credentials().into());
    assert!(decode(&prepared, &credentials).shop_order_id.is_some());
    table(&[
        ("serde_json into strict structs", &|| drop(black_box(strict::read(black_box(ORDER))))),
        ("Mogujie's sample decoded", &|| drop(black_box(decode(&prepared, &credentials)))),
        ("a whole call over a canned transport", &|| {
            drop(black_box(client.send(black_box(&request)).unwrap()));
        }),
    ]);
}

fn mogujie_credentials() -> mogujie::Credentials {
    mogujie::Credentials::new("10011", SECRET, "testtoken")
}

/// Judges and decodes the sample as a client does after the transport has returned.
fn decode(
    prepared: &Prepared<'static>,
    credentials: &CredentialSet,
) -> mogujie::XiaodianTradeGetResponse {
    let question = Question {
        method: prepared.method(),
        name: prepared.method_name(),
        credentials,
        decryptor: &open::BySpec,
        sent: Some(prepared.params()),
    };
    let mut data = mogujie::XiaodianTradeGetResponse::default();
    envelope::read(&question, 200, black_box(ORDER.as_bytes()), &mut |value| {
        data = mogujie::XiaodianTradeGetResponse::default();
        <mogujie::XiaodianTradeGet as Operation>::read(value, &mut data)
    })
    .unwrap();
    data
}

/// Compares preparing a request with the digest of what it signs: MD5 for every platform, so that
/// the ratios can be compared.
fn preparing(name: &str, canonical: &str, prepare: &dyn Fn() -> Prepared<'static>) {
    table(&[
        ("MD5 of the canonical text", &|| {
            black_box(Md5::digest(black_box(canonical.as_bytes())));
        }),
        (name, &|| drop(black_box(prepare()))),
    ]);
}

/// Prints the median time of each variant, and its median ratio to the first one.
fn table(variants: &[(&str, &dyn Fn())]) {
    if let Some((chosen, count)) = counted() {
        for (_, run) in variants.iter().filter(|(name, _)| name.starts_with(&chosen)) {
            (0..count).for_each(|_| run());
        }
        return;
    }
    let counts: Vec<u32> = variants.iter().map(|(_, run)| runs_in_a_slice(run)).collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); variants.len()];
    for _ in 0..ROUNDS {
        for ((times, count), (_, run)) in times.iter_mut().zip(&counts).zip(variants) {
            times.push(seconds(*count, run) / f64::from(*count));
        }
    }
    println!();
    for ((name, _), own) in variants.iter().zip(&times) {
        let ratio = median(own.iter().zip(&times[0]).map(|(own, base)| own / base));
        println!("{name:44} {:10.0} {ratio:7.2}", median(own.iter().copied()) * 1e9);
    }
}

/// The variant to run, and how often, if the command line says so.
fn counted() -> Option<(String, u32)> {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    Some((arguments.next()?, arguments.next()?.parse().ok()?))
}

fn runs_in_a_slice(run: &dyn Fn()) -> u32 {
    let start = Instant::now();
    let mut count = 0;
    while start.elapsed() < SLICE {
        run();
        count += 1;
    }
    count
}

fn seconds(count: u32, run: &dyn Fn()) -> f64 {
    let start = Instant::now();
    for _ in 0..count {
        run();
    }
    start.elapsed().as_secs_f64()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The text that Mogujie and Gome sign: sorted names and values between two secrets.
fn pairs(prepared: &Prepared<'_>) -> String {
    let form = form_urlencoded::parse(prepared.body());
    let mut params: Vec<(String, String)> = form.into_owned().collect();
    params.retain(|(name, _)| name.trim_start_matches('$') != "sign");
    params.sort();
    let pairs: String = params.iter().flat_map(|(name, value)| [&**name, value]).collect();
    format!("{SECRET}{pairs}{SECRET}")
}

fn upper_hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn clock() -> Arc<DateTime> {
    Arc::new(DateTime::from_unix_seconds(1_672_502_400).unwrap())
}

fn day(day: i8) -> DateTime {
    shopex::datetime(2023, 1, day, 0, 0, 0).unwrap()
}

/// Answers every request with the same text.
struct Canned(&'static str);

impl BlockingTransport for Canned {
    fn send(&self, _: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        Ok(http::Response::new(Bytes::from_static(self.0.as_bytes())))
    }
}
