//! The rows for preparing a request (validating, signing and encoding it), compared with the MD5 of
//! the signed text.

use std::sync::Arc;

use bytes::Bytes;
use gatespec_clients::runtime as rt;
use gatespec_clients::runtime::client::{BlockingTransport, TransportError};
use gatespec_clients::{gome, mogujie, shopex};
use md5::{Digest as _, Md5};
use sha1::Sha1;

use super::{CLOCK, Row, SECRET, clock, floor, idiom, variant};

/// A request of `matrix.fill.multiple`.
pub(crate) fn fill_multiple() -> shopex::MatrixFillMultiple {
    let day = |day| shopex::datetime(2023, 1, day, 0, 0, 0).unwrap();
    shopex::MatrixFillMultiple::new("15000000", shopex::FillType::Refund, day(1), day(2))
        .refund_status(shopex::RefundStatus::Aftersale)
}

pub(crate) fn shopex() -> Row {
    let client = shopex::blocking::Client::builder(shopex::Credentials::new("testkey", SECRET));
    let client = client.transport(Arc::new(Unused)).clock(clock()).build().unwrap();
    let request = fill_multiple();
    let form = "app_key%3Dtestkey%26end_time%3D2023-01-02%2000%3A00%3A00%26fill_type%3Drefund\
                %26method%3Dmatrix.fill.multiple%26node_id%3D15000000%26refund_status%3Daftersale\
                %26sign_time%3D1672502400%26start_time%3D2023-01-01%2000%3A00%3A00";
    let canonical = format!("{SECRET}&POST&%2Frouter&&&{form}&{SECRET}");
    let by_hand = {
        let request = request.clone();
        move || floor::shopex(&request, "testkey", CLOCK)
    };
    let idiomatic = {
        let request = request.clone();
        let time = |time| String::from_utf8(floor::time(time).to_vec()).unwrap();
        move || {
            let business = [
                ("node_id", request.node_id.clone()),
                ("fill_type", request.fill_type.to_string()),
                ("refund_status", request.refund_status.as_ref().unwrap().to_string()),
                ("start_time", time(request.start_time)),
                ("end_time", time(request.end_time)),
            ];
            idiom::shopex(&business, "matrix.fill.multiple", CLOCK)
        }
    };
    let prepare = move || client.call(&request).prepare().unwrap();
    let title = "Prepare, ShopEx matrix.fill.multiple";
    row(title, canonical, Some(by_hand), Some(idiomatic), prepare)
}

pub(crate) fn mogujie() -> Row {
    let client = mogujie_client();
    let id = 91_341_793_022_324;
    let request = mogujie::XiaodianTradeGet::new(mogujie::OpenApiOrderDetailReqDto::new(id));
    let canonical = signed(&client.call(&request).prepare().unwrap());
    let by_hand = {
        let request = request.clone();
        move || floor::mogujie(&request, CLOCK)
    };
    let idiomatic = move || {
        let json = serde_json::json!({ "shopOrderId": id }).to_string();
        idiom::mogujie(&[("openApiOrderDetailReqDto", json)], "xiaodian.trade.get", CLOCK)
    };
    let prepare = move || client.call(&request).prepare().unwrap();
    let title = "Prepare, Mogujie xiaodian.trade.get";
    row(title, canonical, Some(by_hand), Some(idiomatic), prepare)
}

/// A client of Mogujie that sends nothing.
pub(crate) fn mogujie_client() -> mogujie::blocking::Client {
    let client = mogujie::blocking::Client::builder(mogujie_credentials());
    client.transport(Arc::new(Unused)).clock(clock()).build().unwrap()
}

pub(crate) fn mogujie_credentials() -> mogujie::Credentials {
    mogujie::Credentials::new("10011", SECRET, "testtoken")
}

/// A request with text fields for Mogujie's gateway, which stands in for methods that no shipped
/// platform has.
#[derive(Clone, Default)]
struct Texts {
    buyer_name: String,
    desc: String,
    end_time: String,
    items: String,
    page_no: String,
}

rt::record! {
    struct Texts {
        buyer_name: "method_1_buyer" Text;
        desc: "method_2_desc" Text;
        end_time: "method_3_end" Text;
        items: "method_4_items" Text;
        page_no: "method_5_page" Text;
    }
}

impl rt::Operation for Texts {
    type Platform = mogujie::Platform;
    type Response = ();
    const METHOD: rt::MethodInfo<'static> = rt::MethodInfo {
        request: rt::record::schema_of::<Self>(),
        ..rt::MethodInfo::new("xiaodian.item.add", &mogujie::MAIN)
    };
}

/// Prepares a request with five texts and seven public parameters.
pub(crate) fn twelve() -> Row {
    let request = Texts {
        buyer_name: "buyer0001".into(),
        desc: text(600),
        end_time: "2021-09-30 15:58:54".into(),
        items: text(700),
        page_no: "1".into(),
    };
    texts("Prepare, 12 parameters of 2 kB", request)
}

/// Prepares a request with one text.
pub(crate) fn large() -> Row {
    let request = Texts { items: text(50_000), ..Texts::default() };
    texts("Prepare, one parameter of 64 kB", request)
}

/// Makes JSON of `length` characters, some of which are Chinese.
fn text(length: usize) -> String {
    let item = r#"{"itemId":"1n1yu48","title":"测试 商品","price":10,"skuId":"11ih6nvo"},"#;
    item.repeat(length / item.len() + 1).chars().take(length).collect()
}

fn texts(title: &'static str, request: Texts) -> Row {
    let client = mogujie_client();
    let canonical = signed(&client.call(&request).prepare().unwrap());
    let by_hand = {
        let request = request.clone();
        move || {
            let business: [(&str, &[u8]); 5] = [
                ("method_1_buyer", request.buyer_name.as_bytes()),
                ("method_2_desc", request.desc.as_bytes()),
                ("method_3_end", request.end_time.as_bytes()),
                ("method_4_items", request.items.as_bytes()),
                ("method_5_page", request.page_no.as_bytes()),
            ];
            floor::joined("xiaodian.item.add", &business, CLOCK)
        }
    };
    let idiomatic = {
        let request = request.clone();
        move || {
            let mut business = vec![
                ("method_1_buyer", request.buyer_name.clone()),
                ("method_2_desc", request.desc.clone()),
                ("method_3_end", request.end_time.clone()),
                ("method_4_items", request.items.clone()),
                ("method_5_page", request.page_no.clone()),
            ];
            business.retain(|(_, value)| !value.is_empty());
            idiom::mogujie(&business, "xiaodian.item.add", CLOCK)
        }
    };
    let prepare = move || client.call(&request).prepare().unwrap();
    row(title, canonical, Some(by_hand), Some(idiomatic), prepare)
}

pub(crate) fn gome() -> Row {
    let client = gome::blocking::Client::builder(gome_credentials());
    let client = client.transport(Arc::new(Unused)).clock(clock()).build().unwrap();
    let request = gome::GomePusherOrderSynchronize::new().request(gome_order());
    let canonical = signed(&client.call(&request).prepare().unwrap());
    let prepare = move || client.call(&request).prepare().unwrap();
    assert_eq!(prepare().signature().unwrap(), upper_hex(&Sha1::digest(&canonical)));
    // The first variant uses MD5 although the platform signs with SHA-1, so that the ratios of the
    // rows can be compared.
    Row {
        title: "Prepare, Gome gome.pusher.order.synchronize",
        variants: vec![
            variant("MD5 of the canonical text", move || Md5::digest(&canonical)),
            variant("gatespec", prepare),
        ],
    }
}

pub(crate) fn gome_credentials() -> gome::Credentials {
    gome::Credentials::new(SECRET, "testtoken").app_key("testapp")
}

/// The example of the spec: a paid sale, with a delivery and goods nested in its JSON.
pub(crate) fn gome_order() -> gome::OrderSyncRequest {
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

/// Makes a row. Checks that the floor and the idiomatic code send what the client sends.
fn row<F, I>(
    title: &'static str,
    canonical: String,
    floor: Option<F>,
    idiomatic: Option<I>,
    prepare: impl Fn() -> rt::Prepared<'static> + 'static,
) -> Row
where
    F: Fn() -> Vec<u8> + 'static,
    I: Fn() -> String + 'static,
{
    let prepared = prepare();
    assert_eq!(prepared.signature().unwrap(), upper_hex(&Md5::digest(&canonical)));
    let mut variants = vec![variant("MD5 of the canonical text", move || Md5::digest(&canonical))];
    if let Some(floor) = floor {
        assert_eq!(String::from_utf8(floor()).unwrap(), String::from_utf8_lossy(prepared.body()));
        variants.push(variant("floor: straight-line code", floor));
    }
    if let Some(idiomatic) = idiomatic {
        let sorted = |form: &[u8]| {
            let mut pairs: Vec<_> = form_urlencoded::parse(form).into_owned().collect();
            pairs.sort();
            pairs
        };
        assert_eq!(sorted(idiomatic().as_bytes()), sorted(prepared.body()));
        variants.push(variant("peer: BTreeMap, format!, form_urlencoded", idiomatic));
    }
    variants.push(variant("gatespec", prepare));
    Row { title, variants }
}

/// The text that Mogujie and Gome sign: the secret, the sorted names and values, and the secret
/// again.
pub(crate) fn signed(prepared: &rt::Prepared<'_>) -> String {
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

/// A transport that is never called.
pub(crate) struct Unused;

impl BlockingTransport for Unused {
    fn send(&self, _: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        Ok(http::Response::default())
    }
}
