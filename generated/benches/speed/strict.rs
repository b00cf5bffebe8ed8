//! The sample of `xiaodian.trade.get` in exactly the types that it holds, with derived reading.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Reads the whole answer.
pub(crate) fn read(text: &str) -> Answer {
    serde_json::from_str(text).unwrap()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Answer {
    status: Status,
    result: Outcome,
    data_encrypted: bool,
    success: bool,
}

#[derive(Deserialize)]
struct Status {
    code: String,
    msg: String,
}

#[derive(Deserialize)]
struct Outcome {
    data: Order,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Order {
    buyer_final_price: i64,
    is_rate: bool,
    pay_order_id: i64,
    stage_status: String,
    extra_map: BTreeMap<String, String>,
    ship_time_str: String,
    seller_name: String,
    order_status: String,
    created_str: String,
    receive_time_str: String,
    receiver_province: String,
    ship_express_name: String,
    receiver_city: String,
    buyer_account_id: String,
    number: i64,
    receiver_phone: String,
    rate: bool,
    updated_str: String,
    receiver_zip: String,
    receiver_name: String,
    receiver_mobile: String,
    ship_expense: String,
    receiver_area: String,
    seller_user_id: i64,
    buyer_name: String,
    #[serde(rename = "processResponseDTO")]
    process_response_dto: BTreeMap<String, String>,
    platform_promotion_amount: i64,
    seller_account_id: String,
    order_tags: Vec<String>,
    receiver_address: String,
    item_order_infos: Vec<Item>,
    ship_express_id: String,
    shop_order_id: i64,
    shop_order_price: i64,
    ship_type: i64,
    pay_time_str: String,
    shop_promotion_amount: i64,
    buyer_user_id: i64,
    promotion_amount: i64,
    shop_order_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    img: String,
    extra_map: BTreeMap<String, String>,
    item_code: String,
    order_status: String,
    refund_status: String,
    seller_final: i64,
    item_order_id: i64,
    title: String,
    img_url: String,
    item_id: String,
    now_price: i64,
    number: i64,
    sku_attributes: Vec<Attribute>,
    price: i64,
    sku_code: String,
    sku_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attribute {
    value: String,
    key: String,
}
