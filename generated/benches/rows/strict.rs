//! Structs for the sample of `xiaodian.trade.get` and for an order that Gome pushes. Their fields
//! have exactly the types of the data, and `Deserialize` is derived.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

/// Reads the whole answer.
pub(crate) fn read(text: &str) -> strict::Answer {
    serde_json::from_str(text).unwrap()
}

/// Reads the whole answer, and also accepts numbers that are written as texts.
pub(crate) fn read_lenient(text: &str) -> lenient::Answer {
    serde_json::from_str(text).unwrap()
}

/// Reads a pushed order.
pub(crate) fn pushed(text: &str) -> Pushed {
    serde_json::from_str(text).unwrap()
}

/// A number that may be written as a text.
pub(crate) struct Number(i64);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Number, D::Error> {
        struct Read;
        impl Visitor<'_> for Read {
            type Value = Number;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Number, E> {
                Ok(Number(number))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Number, E> {
                i64::try_from(number).map(Number).map_err(E::custom)
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Number, E> {
                text.parse().map(Number).map_err(E::custom)
            }
        }
        reader.deserialize_any(Read)
    }
}

macro_rules! answers {
    ($module:ident, $number:ty) => {
        pub(crate) mod $module {
            use super::*;

            #[derive(Deserialize)]
            #[serde(rename_all = "camelCase")]
            pub(crate) struct Answer {
                status: Status,
                result: Outcome,
                data_encrypted: bool,
                success: bool,
            }

            #[derive(Deserialize)]
            pub(crate) struct Status {
                code: String,
                msg: String,
            }

            #[derive(Deserialize)]
            pub(crate) struct Outcome {
                data: Order,
            }

            #[derive(Deserialize)]
            #[serde(rename_all = "camelCase")]
            pub(crate) struct Order {
                buyer_final_price: $number,
                is_rate: bool,
                pay_order_id: $number,
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
                number: $number,
                receiver_phone: String,
                rate: bool,
                updated_str: String,
                receiver_zip: String,
                receiver_name: String,
                receiver_mobile: String,
                ship_expense: String,
                receiver_area: String,
                seller_user_id: $number,
                buyer_name: String,
                #[serde(rename = "processResponseDTO")]
                process_response_dto: BTreeMap<String, String>,
                platform_promotion_amount: $number,
                seller_account_id: String,
                order_tags: Vec<String>,
                receiver_address: String,
                item_order_infos: Vec<Item>,
                ship_express_id: String,
                shop_order_id: $number,
                shop_order_price: $number,
                ship_type: $number,
                pay_time_str: String,
                shop_promotion_amount: $number,
                buyer_user_id: $number,
                promotion_amount: $number,
                shop_order_type: String,
            }

            #[derive(Deserialize)]
            #[serde(rename_all = "camelCase")]
            pub(crate) struct Item {
                img: String,
                extra_map: BTreeMap<String, String>,
                item_code: String,
                order_status: String,
                refund_status: String,
                seller_final: $number,
                item_order_id: $number,
                title: String,
                img_url: String,
                item_id: String,
                now_price: $number,
                number: $number,
                sku_attributes: Vec<Attribute>,
                price: $number,
                sku_code: String,
                sku_id: String,
            }

            #[derive(Deserialize)]
            #[serde(rename_all = "camelCase")]
            pub(crate) struct Attribute {
                value: String,
                key: String,
            }
        }
    };
}

answers!(strict, i64);
answers!(lenient, Number);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Pushed {
    order_id: String,
    buyer_id: String,
    pub(crate) buyer_name: String,
    order_price: String,
    order_sale_price: String,
    submitted_date: String,
    pay_date: String,
    order_type: String,
    source: String,
    delivery_list: Vec<Delivery>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Delivery {
    sub_order_id: String,
    gome_state: String,
    shop_no: String,
    channel_no: String,
    goods_lists: Vec<Goods>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Goods {
    service_date: String,
    quantity: i64,
    out_id: String,
    sku_name: String,
    sale_price: String,
    goods_type: String,
    price: String,
    receivable_amount: String,
}
