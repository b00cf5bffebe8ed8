//! One set of rules: what the generated validators refuse, the compiler refuses by the model alone, word for word.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod answers;

use gatespec_clients::gome::{
    GomePusherOrderSynchronize, GoodsType, OrderDeliveryVo, OrderGoodsVo, OrderSyncRequest,
    OrderType,
};
use gatespec_clients::shopex::{FillType, MatrixFillMultiple, MatrixFillSingle, RefundStatus};
use gatespec_language::{analyse, diagnostic::Sink, model::Model, source, violations};
use gatespec_runtime::{DateTime, Decimal, TimeFormat, Validate};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::OnceLock;

fn model() -> Option<&'static Model> {
    static MODEL: OnceLock<Option<Model>> = OnceLock::new();
    let load = || {
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
        let mut sink = Sink::default();
        analyse(&source::load(&specs, &mut sink), &mut sink)
    };
    MODEL.get_or_init(load).as_ref()
}

/// An object without its nulls: what is absent has no member.
fn object(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            members.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}

fn agree(
    generated: &dyn Validate,
    platform: &str,
    method: &str,
    request: &Value,
) -> Result<(), TestCaseError> {
    let model = model().ok_or_else(|| TestCaseError::fail("the shipped specs do not compile"))?;
    let by_model = violations(model, platform, method, request);
    prop_assert_eq!(Ok(generated.violations()), by_model, "{}", request);
    Ok(())
}

fn written(time: DateTime) -> String {
    TimeFormat::Pattern { pattern: "yyyy-MM-dd HH:mm:ss", offset: 28_800 }.format(time)
}

/// Known values, an unknown one, and nothing.
fn choice(known: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    prop::option::of(
        prop::sample::select([known, &["", "unheard-of"]].concat()).prop_map(str::to_owned),
    )
}

fn text() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "1", "A1|A2", "短袖"]).prop_map(str::to_owned)
}

/// Decimals with up to four places, where two are allowed.
fn amount() -> impl Strategy<Value = Option<Decimal>> {
    prop::option::of(
        (-100_000i64..100_000, 0u32..5).prop_map(|(digits, scale)| Decimal::new(digits, scale)),
    )
}

proptest! {
    #[test]
    fn about_spans_and_conditions(
        node in text(),
        fill in choice(&["order", "refund"]),
        status in choice(&["refund", "aftersale"]),
        start in 0i64..2_000_000_000,
        length in -700_000i64..1_300_000,
    ) {
        let at = |seconds| DateTime::from_unix_seconds(seconds).unwrap();
        let (start, end) = (at(start), at(start + length));
        let fill = fill.unwrap_or_default();
        let mut request = MatrixFillMultiple::new(node.clone(), FillType::from(fill.as_str()), start, end);
        if let Some(status) = &status {
            request = request.refund_status(RefundStatus::from(status.as_str()));
        }
        let values = json!({
            "node_id": node, "fill_type": fill, "refund_status": status,
            "start_time": written(start), "end_time": written(end),
        });
        agree(&request, "shopex", "matrix.fill.multiple", &object(values))?;
    }

    #[test]
    fn about_delimited_lists(
        node in text(),
        fill in choice(&["order", "refund"]),
        tids in prop::collection::vec(text(), 0..4),
    ) {
        let fill = fill.unwrap_or_default();
        let request = MatrixFillSingle::new(node.clone(), FillType::from(fill.as_str())).tids(tids.clone());
        let values = json!({ "node_id": node, "fill_type": fill, "tids": tids });
        agree(&request, "shopex", "matrix.fill.single", &values)?;
    }

    #[test]
    fn about_records_in_lists_in_records(
        kind in choice(&["0", "4"]),
        total in amount(),
        goods in prop::collection::vec(
            prop::collection::vec((choice(&["1", "2"]), amount()), 0..3), 0..3),
    ) {
        let mut order = OrderSyncRequest::new();
        if let Some(kind) = &kind {
            order = order.order_type(OrderType::from(kind.as_str()));
        }
        if let Some(total) = total {
            order = order.order_price(total);
        }
        order = order.delivery_list(goods.iter().map(|goods| {
            OrderDeliveryVo::new().goods_lists(goods.iter().map(|(kind, price)| {
                let mut one = OrderGoodsVo::new();
                one.goods_type = kind.as_deref().map(GoodsType::from);
                one.price = *price;
                one
            }))
        }));
        let text = |amount: &Option<Decimal>| amount.map(|amount| amount.to_string());
        let deliveries: Vec<_> = goods.iter().map(|goods| {
            let goods = goods.iter().map(|(kind, price)| {
                object(json!({ "goodsType": kind, "price": text(price) }))
            });
            json!({ "goodsLists": goods.collect::<Vec<_>>() })
        }).collect();
        let values = json!({ "orderType": kind, "orderPrice": text(&total), "deliveryList": deliveries });
        let request = GomePusherOrderSynchronize::new().request(order);
        agree(&request, "gome", "gome.pusher.order.synchronize", &json!({ "request": object(values) }))?;
    }
}
