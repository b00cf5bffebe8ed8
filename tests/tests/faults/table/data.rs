//! A success whose data does not match the spec.

use gatespec_runtime::Class::Unknown;
use gatespec_runtime::ErrorKind::{Decode, Decrypt};

use crate::ask::Ask;
use crate::case::{Case, case};
use crate::expected::{Expected, fails, gives};

const SEALED: &str = include_str!("../../../wire/mogujie/answers/encrypted.json");

pub(super) fn cases() -> Vec<Case> {
    let mut all = bent();
    all.extend(broken());
    all.extend(sealed());
    all
}

/// A case whose answer is an order with these members.
fn order(name: &'static str, data: &str) -> Case {
    case(name).ask(Ask::Trade).json(format!(
        r#"{{"status":{{"code":"0000000","msg":"ok"}},"result":{{"data":{data}}},
            "dataEncrypted":false,"success":true}}"#
    ))
}

fn bent() -> Vec<Case> {
    let plain = |number| format!("status none, number {number}, items 0");
    let gives = |text: String| gives(&text);
    vec![
        order("a number as text", r#"{"number":"12"}"#).ends(gives(plain(12))),
        order("a whole number with a point", r#"{"number":12.0}"#).ends(gives(plain(12))),
        order("a field that nobody knows", r#"{"number":3,"new":{"a":[1e999]}}"#)
            .ends(gives(plain(3))),
        order("a value that no table lists", r#"{"orderStatus":"FROZEN"}"#)
            .ends(gives("status FROZEN, number 0, items 0".to_owned())),
        order("an empty text in place of a list", r#"{"itemOrderInfos":"","number":1}"#)
            .ends(gives(plain(1))),
        order("an empty object in place of a list", r#"{"itemOrderInfos":{},"number":1}"#)
            .ends(gives(plain(1))),
        order("null in place of a list", r#"{"itemOrderInfos":null,"number":1}"#)
            .ends(gives(plain(1))),
        case("a text as a number")
            .ask(Ask::Fill)
            .json(r#"{"status":"succ","code":1000,"data":{"msg_id":98765432109876543210}}"#)
            .ends(gives("message 98765432109876543210".to_owned())),
        order("a list within a text", r#"{"itemOrderInfos":"[{},{}]","number":1}"#)
            .ends(gives("status none, number 1, items 2".to_owned())),
        case("a boolean as a number")
            .ask(Ask::Authstatus)
            .json(r#"{"status":"succ","code":"1001","data":{"is_expired":1}}"#)
            .ends(gives("expired: Some(true)".to_owned())),
        case("a boolean as text")
            .ask(Ask::Authstatus)
            .json(r#"{"status":"succ","code":"1001","data":{"is_expired":"true"}}"#)
            .ends(gives("expired: Some(true)".to_owned())),
    ]
}

fn broken() -> Vec<Case> {
    let at = |path: &str| fails(Decode, Unknown).status(200).field(path);
    vec![
        order("half a number", r#"{"number":12.5}"#).ends(at("number").says("number").says("12.5")),
        order("a number that does not fit", r#"{"shopOrderId":9223372036854775808}"#)
            .ends(at("shopOrderId")),
        order("an amount with half a fen", r#"{"itemOrderInfos":[{},{"price":"1.5"}]}"#)
            .ends(at("itemOrderInfos[1].price").says("itemOrderInfos[1].price")),
        order("a word where a number is due", r#"{"number":"many"}"#).ends(at("number")),
        order("a date that does not exist", r#"{"createdStr":"2023-02-30 00:00:00"}"#)
            .ends(at("createdStr").says("2023-02-30")),
        order("a list where a text is due", r#"{"sellerComment":[1]}"#).ends(at("sellerComment")),
        order("a text where a list is due", r#"{"itemOrderInfos":"some"}"#)
            .ends(at("itemOrderInfos")),
        order("a wrong value of a sensitive field", r#"{"buyerUserId":"PRIVATE-7"}"#)
            .ends(at("buyerUserId").hides("PRIVATE")),
        order(
            "a wrong structure of a sensitive field",
            r#"{"receiverName":{"13800000000":"PRIVATE"}}"#,
        )
        .ends(at("receiverName").hides("PRIVATE").hides("138000")),
        case("a boolean that is none")
            .ask(Ask::Authstatus)
            .json(r#"{"status":"succ","code":"1001","data":{"is_expired":"perhaps"}}"#)
            .ends(at("is_expired")),
    ]
}

fn sealed() -> Vec<Case> {
    let text = SEALED.split('"').max_by_key(|part| part.len()).unwrap();
    let with = |name, data: &str| case(name).ask(Ask::Trade).json(SEALED.replace(text, data));
    let closed = || -> Expected { fails(Decrypt, Unknown).status(200).field("result.data") };
    vec![
        with("data that is sealed", text).ends(gives("status ORDER_PAID, number 1, items 1")),
        with("sealed data that is no base64", "*not base64*").ends(closed()),
        with("sealed data that is cut", &text[..text.len() - 24]).ends(closed()),
        with("sealed data without its last block's padding", &text[..64]).ends(closed()),
        // The text `not JSON`, encrypted by
        // `openssl enc -aes-128-ecb -K 544553544150505345435245542d3136 -base64`.
        with("sealed data that holds no JSON", "6cWfs6lbbB0qz8qHM8tysw==").ends(closed()),
        // The text `{"number":1}`, encrypted by
        // `openssl enc -aes-128-ecb -K 30313233343536373839616263646566 -base64`.
        with("data sealed with another key", "2pT46PoUwU2ly+0xyoC06w==").ends(closed()),
    ]
}
