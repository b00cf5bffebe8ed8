//! Changes that a caller can make to a request if a document is wrong, without generating the
//! client again.

use gatespec_clients::gome::{self, GomePusherOrderSynchronize, OrderSyncRequest};
use gatespec_clients::mogujie::{OpenApiOrderDetailReqDto, XiaodianTradeGet};
use gatespec_clients::shopex::{self, FillType, MatrixFillSingle, MatrixUnbind};

use gatespec_runtime::Violation;

use crate::clients::{mogujie_credentials, shopex_credentials};
use crate::recorder::{Recorder, block_on, clock, file};
use crate::sends;

fn order() -> GomePusherOrderSynchronize {
    GomePusherOrderSynchronize::new().request(OrderSyncRequest::new().order_id("1"))
}

fn trade() -> XiaodianTradeGet {
    XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(91_341_793_022_324))
}

#[test]
fn an_extra_parameter_is_sent_and_signed_in_its_place() {
    let request = MatrixUnbind::new("15000000");
    sends!("shopex/unbind-extra.http", shopex_clients, "shopex/answers/unbind.json", |client| {
        client.call(&request).parameter("note", "a b*~|短").parameter("Zone", "e").send()
    });
    sends!("gome/order-extra.http", gome_clients, "gome/answers/accepted.json", |client| client
        .call(&order())
        .parameter("$session", "s 1")
        .parameter("Zone", "east")
        .send());
}

#[test]
fn an_extra_parameter_in_capitals_sorts_before_small_letters() {
    let request = trade();
    sends!(
        "mogujie/trade-get-extra.http",
        mogujie_clients,
        "mogujie/answers/plain.json",
        |client| {
            client
                .call(&request)
                .parameter("userId", "7")
                .parameter("CpsChannelGroupParam", "{\"a\":\"短 b\"}")
                .send()
        }
    );
}

#[test]
fn a_replaced_parameter_is_sent_once() {
    let request = MatrixUnbind::new("15000000");
    sends!("shopex/unbind-replaced.http", shopex_clients, "shopex/answers/unbind.json", |client| {
        client.call(&request).parameter("app_key", "otherkey").send()
    });
}

#[test]
fn a_parameter_can_be_left_out() {
    let request = MatrixUnbind::new("15000000");
    sends!("shopex/unbind-without.http", shopex_clients, "shopex/answers/unbind.json", |client| {
        client.call(&request).without_parameter("node_id").send()
    });
}

#[test]
fn the_parameter_that_holds_the_order_can_have_another_name() {
    let request = trade();
    sends!(
        "mogujie/trade-get-wrapper.http",
        mogujie_clients,
        "mogujie/answers/plain.json",
        |client| {
            client
                .call(&request)
                .without_parameter("openApiOrderDetailReqDto")
                .parameter("orderDetail", "{\"shopOrderId\":91341793022324}")
                .send()
        }
    );
}

#[test]
fn a_method_can_have_another_name_on_the_wire() {
    let request = MatrixUnbind::new("15000000");
    sends!("shopex/unbind-renamed.http", shopex_clients, "shopex/answers/unbind.json", |client| {
        client.call(&request).method_name("matrix.unbind.v2").send()
    });
    let request = trade();
    sends!(
        "mogujie/trade-get-renamed.http",
        mogujie_clients,
        "mogujie/answers/plain.json",
        |client| client.call(&request).method_name("xiaodian.order.detail").send()
    );
}

/// The answer's key contains the name of the method as it was sent.
#[test]
fn a_renamed_method_reads_the_answer_under_its_new_name() {
    let recorder = Recorder::answering(r#"{"gome_order_synchronize_response":{"result":7}}"#);
    let client = gome::blocking::Client::builder(crate::clients::gome_credentials())
        .transport(recorder.clone())
        .method_name("gome.pusher.order.synchronize", "gome.order.synchronize")
        .build()
        .unwrap();
    assert_eq!(client.gome_pusher_order_synchronize(&order()).unwrap().as_str(), "7");
    assert_eq!(recorder.only(), file("gome/order-renamed.http"));
}

#[test]
fn the_signed_path_changes_and_the_url_does_not() {
    let request = MatrixUnbind::new("15000000");
    sends!("shopex/unbind-path.http", shopex_clients, "shopex/answers/unbind.json", |client| {
        client.call(&request).signed_path("/open/api router").send()
    });
}

#[test]
fn a_whole_client_can_have_another_signed_path_and_a_further_parameter() {
    let recorder = Recorder::answering(file("shopex/answers/unbind.json"));
    let builder = || shopex::Client::builder(shopex_credentials()).clock(clock(1_672_502_400));
    let client = builder().signed_path("/open/api router").transport(recorder.clone());
    let request = MatrixUnbind::new("15000000");
    block_on(client.build().unwrap().matrix_unbind(&request)).unwrap();
    assert_eq!(recorder.only(), file("shopex/unbind-path.http"));

    let recorder = Recorder::answering(file("shopex/answers/unbind.json"));
    let client = builder().parameter("Zone", "e").parameter("note", "a b*~|短");
    let client = client.transport(recorder.clone()).build().unwrap();
    block_on(client.matrix_unbind(&request)).unwrap();
    assert_eq!(recorder.only(), file("shopex/unbind-extra.http"));
}

#[test]
fn what_breaks_a_rule_is_sent_when_validation_is_off() {
    let empty = MatrixUnbind::new("");
    sends!("shopex/unbind-empty.http", shopex_clients, "shopex/answers/unbind.json", |client| {
        client.call(&empty).validate(false).send()
    });
    let recorder = Recorder::answering(file("shopex/answers/unbind.json"));
    let client = shopex::Client::builder(shopex_credentials())
        .validate(false)
        .clock(clock(1_672_502_400))
        .transport(recorder.clone())
        .build()
        .unwrap();
    block_on(client.matrix_unbind(&empty)).unwrap();
    assert_eq!(recorder.only(), file("shopex/unbind-empty.http"));
}

#[test]
fn one_rule_can_be_switched_off_by_its_id_and_by_its_kind() {
    let unknown = MatrixFillSingle::new("15000000", FillType::from("presale"));
    sends!(
        "shopex/fill-single-unknown.http",
        shopex_clients,
        "shopex/answers/fill.json",
        |client| client.call(&unknown).without_rule("enumeration:fill_type").send()
    );
    let barred = MatrixFillSingle::new("15000000", FillType::Order).tids(["A|1", "A2"]);
    sends!(
        "shopex/fill-single-delimiter.http",
        shopex_clients,
        "shopex/answers/fill.json",
        |client| client.call(&barred).without_rule("delimiter").send()
    );
}

#[test]
fn switching_off_one_rule_leaves_the_others_on() {
    let recorder = Recorder::answering("{}");
    let (_, client) = crate::clients::shopex_clients(&recorder);
    let request = MatrixFillSingle::new("", FillType::from("presale"));
    let error = client.call(&request).without_rule("enumeration:fill_type").send().unwrap_err();
    let rules: Vec<_> = error.violations().iter().map(Violation::rule).collect();
    assert_eq!((rules, recorder.sent().len()), (vec!["required:node_id".to_owned()], 0));
}

#[test]
fn another_shops_token_goes_over_the_same_client() {
    let recorder = Recorder::answering(file("mogujie/answers/plain.json"));
    let client = gatespec_clients::mogujie::Client::builder(mogujie_credentials())
        .clock(clock(1_367_819_523))
        .transport(recorder.clone())
        .build()
        .unwrap();
    let other = client.with_access_token("OTHERTOKEN");
    block_on(other.xiaodian_trade_get(&trade())).unwrap();
    block_on(client.xiaodian_trade_get(&trade())).unwrap();
    let expected = [file("mogujie/trade-get-other-shop.http"), file("mogujie/trade-get.http")];
    assert_eq!(recorder.sent(), expected);
}

/// Preparing a request signs it but does not send it.
#[test]
fn a_prepared_request_shows_what_would_be_sent() {
    let recorder = Recorder::answering("{}");
    let (client, blocking) = crate::clients::shopex_clients(&recorder);
    let request = MatrixUnbind::new("15000000");
    let expected = file("shopex/unbind-vector-a.http");
    for prepared in [client.call(&request).prepare(), blocking.call(&request).prepare()] {
        let prepared = prepared.unwrap();
        let body = str::from_utf8(prepared.body()).unwrap();
        assert!(expected.ends_with(&format!("\n\n{body}\n")), "{body}");
        assert_eq!(
            prepared.url(shopex::environments::PRODUCTION),
            "https://apigateway.shopex.cn/router"
        );
        assert_eq!(prepared.signature(), Some("66DD494A3DEBB574561404CC73C3FF19"));
        // The signed text in platforms.md, §1.4.
        assert_eq!(
            prepared.explain().canonical,
            "<secret>&POST&%2Frouter&&&app_key%3Dtestkey%26method%3Dmatrix.unbind%26node_id%3D15000000\
             %26sign_time%3D1672502400&<secret>"
        );
    }
    assert!(recorder.sent().is_empty());
}
