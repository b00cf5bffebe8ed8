//! Every shipped method can be called, and its answer has the documented values.

use crate::tool::{Call, Run, TRADE, answering, mock, model};
use gatespec_language::export;
use gatespec_mock::{Mock, Step};
use gatespec_tests::harness::{each, workspace};
use serde_json::{Value, json};

/// Every method in the model, with its sample requests.
fn samples() -> Vec<(String, [String; 3])> {
    let exported = export::model(model());
    let mut all = Vec::new();
    for platform in exported["platforms"].as_array().unwrap() {
        for method in platform["methods"].as_array().unwrap() {
            let samples = method["examples"]["request"].as_array().unwrap();
            assert!(!samples.is_empty(), "{} shows no request", method["name"]);
            for sample in samples {
                let [platform, method] = [&platform["id"], &method["name"]].map(text);
                let name = format!("{platform} {method}: {}", sample["name"]);
                all.push((name, [platform, method, sample["values"].to_string()]));
            }
        }
    }
    all
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Asserts that values are equal, whatever their types on the wire. The journal masks sensitive
/// values, which are not compared.
fn same(received: &Value, given: &Value) {
    match (received, given) {
        (Value::String(mark), _) if mark == "<secret>" => {}
        (Value::Object(received), Value::Object(given)) => {
            assert!(received.keys().eq(given.keys()), "{received:?}\n{given:?}");
            received.iter().for_each(|(name, value)| same(value, &given[name]));
        }
        (Value::Array(received), Value::Array(given)) => {
            assert_eq!(received.len(), given.len());
            received.iter().zip(given).for_each(|(received, given)| same(received, given));
        }
        (received, given) => {
            let plain = |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
            assert_eq!(plain(received), plain(given));
        }
    }
}

/// The documented samples as typed data, which the mock answers with.
fn documented(method: &str, given: &Value) -> Value {
    match method {
        // The document has `"url": ""`.
        "matrix.bindurl" => json!({ "url": "" }),
        "matrix.unbind" => Value::Null,
        "matrix.fill.single" | "matrix.fill.multiple" => {
            json!({ "msg_id": "6552D79AAC1000148DF23FB0CC2325D3" })
        }
        "matrix.authstatus" => json!({ "expire_in": "2020-04-29 17:25:01", "is_expired": true }),
        "gome.pusher.order.synchronize" => json!({ "success": true }),
        "xiaodian.trade.get" => trade(&given["openApiOrderDetailReqDto"]["shopOrderId"]),
        "oauth.token" => json!({
            // The token differs in each call.
            "access_token": null,
            "refresh_token": null,
            "access_expires_in": 1_672_502_400,
            "refresh_expires_in": 1_673_884_800,
            "state": given["state"].as_str().unwrap_or_default(),
            "token_type": "Bearer",
            "userId": "1test00",
        }),
        other => panic!("no document of `{other}` has been read for this test"),
    }
}

/// The documented order, without times of events that have not happened (1970-01-01 08:00:00) and
/// without a refund (an empty text).
fn trade(number: &Value) -> Value {
    let mut order: Value = serde_json::from_str(
        r#"{
        "buyerFinalPrice": 10, "isRate": false, "payOrderId": 100000000000001,
        "stageStatus": "ORDER_PAID",
        "extraMap": { "paymentNo": "2023010100000000000000000000", "payChannelCode": "alipay" },
        "sellerName": "seller-test", "orderStatus": "ORDER_PAID",
        "createdStr": "2023-01-01 10:00:00", "receiverProvince": "测试省", "shipExpressName": "",
        "receiverCity": "测试市", "buyerAccountId": "buyer-test", "number": 1,
        "receiverPhone": "13800000000", "rate": false, "updatedStr": "2023-01-01 10:05:00",
        "receiverZip": "", "receiverName": "测试收货人", "receiverMobile": "13800000000",
        "shipExpense": "0", "receiverArea": "测试区", "sellerUserId": 10000001,
        "buyerName": "buyer-test",
        "processResponseDTO": { "marketTag": "8", "sellerTag": "EXCELLENTSHOP" },
        "platformPromotionAmount": 0, "sellerAccountId": "seller-test",
        "orderTags": ["EXCELLENTSHOP"], "receiverAddress": "测试路1号",
        "itemOrderInfos": [{
            "img": "/test/item.jpg", "extraMap": {}, "itemCode": "", "orderStatus": "ORDER_PAID",
            "sellerFinal": 10, "itemOrderId": 100000000000003, "title": "测试",
            "imgUrl": "http://img.example/test/item.jpg", "itemId": "1abcd23", "nowPrice": 10,
            "number": 1, "price": 10, "skuCode": "", "skuId": "1efgh45",
            "skuAttributes": [{ "value": "亚麻色", "key": "颜色" }, { "value": "S", "key": "尺码" }]
        }],
        "shipExpressId": "", "shopOrderPrice": 10, "shipType": 0,
        "payTimeStr": "2023-01-01 10:05:00", "shopPromotionAmount": 0, "buyerUserId": 10000002,
        "promotionAmount": 0, "shopOrderType": "MOGUJIE_MARKET"
    }"#,
    )
    .unwrap();
    // The model keeps numbers as they are written in the spec.
    order["shopOrderId"] = match number.as_str() {
        Some(digits) => digits.parse::<i64>().unwrap().into(),
        None => number.clone(),
    };
    order
}

/// Removes the tokens, which differ in each call.
fn without_tokens(mut data: Value) -> Value {
    for name in ["access_token", "refresh_token"] {
        if let Some(token) = data.get_mut(name) {
            *token = Value::Null;
        }
    }
    data
}

#[test]
fn every_method_that_ships_is_called_with_its_sample_and_answered_as_documented() {
    each(samples(), |_, [platform, method, values]| {
        let mock = mock();
        let run = Call::of(&mock, &[platform, method, "--json", "-"]).input(values).run();
        assert_eq!((run.code, &*run.err), (Some(0), ""), "{run:?}");
        let given: Value = serde_json::from_str(values).unwrap();
        let line = run.line();
        assert_eq!((&line["platform"], &line["method"]), (&json!(platform), &json!(method)));
        assert_eq!((&line["status"], &line["attempts"]), (&json!(200), &json!(1)));
        assert_eq!(without_tokens(line["data"].clone()), documented(method, &given));
        let [received] = &mock.received()[..] else { panic!("one call") };
        assert!(received.is_accepted());
        assert_eq!((&received.platform, received.method.as_ref()), (platform, Some(method)));
        same(&received.request, &given);
    });
}

#[test]
fn codes_and_messages_are_those_of_the_documents() {
    let mock = mock();
    let said = |words: &[&str]| {
        let line = Call::of(&mock, words).run().line();
        (line["code"].clone(), line["message"].clone())
    };
    let status = ["shopex", "matrix.authstatus", "node_id=1"];
    assert_eq!(said(&status), (json!("1001"), json!("查询成功")));
    assert_eq!(said(&TRADE), (json!("0000000"), json!("请求成功")));
}

/// The invented sample gives the same answer whether it is encrypted or not.
#[test]
fn an_encrypted_answer_is_opened() {
    let platform = model().platforms.iter().find(|one| one.id == TRADE[0]).unwrap();
    let method = platform.methods.iter().find(|one| one.name == TRADE[1]).unwrap();
    let sealed = method.response_examples.iter().find(|one| !one.credentials.is_empty()).unwrap();
    let url = answering("200 OK", sealed.body.clone());
    let run: Run = Call::to(&url, &TRADE)
        .env("GATESPEC_APP_KEY", "10011")
        .env("GATESPEC_SECRET", &sealed.credentials[0].1)
        .run();
    assert_eq!(run.data(), trade(&json!(100_000_000_000_002_i64)));
}

/// Types that no shipped platform has: amounts with decimals, flags written Y and N, times in
/// seconds and milliseconds.
#[test]
fn values_of_other_types_are_typed_too() {
    let mock = Mock::builder(workspace("tests/platforms")).start().unwrap();
    let specs = ["--specs", "tests/platforms"];
    let week = ["since=2023-01-01 00:00:00", "until=2023-01-08 00:00:00", "at_least=12.50"];
    let orders = Call::of(&mock, &["acme", "order.list"]).with(&week).with(&specs);
    let order = json!({ "total": 1250, "paid_at": 1_672_502_400 });
    assert_eq!(orders.run().data(), json!({ "orders": [order], "next": "" }));
    let text = orders.clone().with(&["--format", "text"]).run().out;
    assert!(text.contains("total    1250 (12.50 yuan)\n"), "{text}");
    assert!(text.contains("paid_at  1672502400 (2022-12-31T16:00:00Z)\n"), "{text}");
    // An unpaid order with a negative amount.
    let unpaid = json!({ "orders": { "order": [{ "total": -5, "paid_at": 0 }] } });
    mock.script("acme", "order.list", [Step::data(unpaid.clone()), Step::data(unpaid)]).unwrap();
    assert_eq!(orders.run().data(), json!({ "orders": [{ "total": -5 }] }));
    let text = orders.with(&["--format", "text"]).run().out;
    assert!(text.contains("total  -5 (-0.05 yuan)\n"), "{text}");
    let remark = ["acme", "order.remark", "order_no=AC-0007", "urgent=true", "score=5"];
    let run = Call::of(&mock, &remark).with(&specs).run();
    assert_eq!(
        (run.data(), &mock.received().pop().unwrap().request["urgent"]),
        (Value::Null, &json!("Y"))
    );
    let events = ["quay", "parcel.events", "parcel_id=P/7 甲?"];
    let run = Call::of(&mock, &events).with(&specs).run();
    assert_eq!(run.data()["total"], 1, "{run:?}");
}
