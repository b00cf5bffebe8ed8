//! Answers through the generated clients: the documented samples, every kind of failure, and
//! undocumented answers of real servers.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod bends;
mod failures;
mod hostile;
mod samples;
mod sealed;
mod tokens;

use gatespec_clients::gome::GomePusherOrderSynchronize;
use gatespec_clients::mogujie::{
    self, OpenApiOrderDetailReqDto, XiaodianTradeGet, XiaodianTradeGetResponse,
};
use gatespec_clients::shopex::{
    self, FillType, MatrixAuthstatus, MatrixAuthstatusResponse, MatrixFillSingle, MatrixUnbind,
};
use gatespec_runtime::{Error, RawJson};
use gatespec_tests::{recorder, shipped::clients};

use recorder::{Recorder, file};

/// A ShopEx client that gets this answer to every call.
fn hears(status: u16, body: &str) -> shopex::blocking::Client {
    clients::shopex_clients(&Recorder::with(status, &[], body.to_owned())).1
}

/// The error of a call of `matrix.unbind` that gets this answer.
fn unbind(status: u16, body: &str) -> Error {
    hears(status, body).matrix_unbind(&MatrixUnbind::new("15000000")).unwrap_err()
}

fn authstatus(body: &str) -> Result<MatrixAuthstatusResponse, Error> {
    hears(200, body).matrix_authstatus(&MatrixAuthstatus::new("15000000"))
}

/// The number of the push in an answer with this `data`.
fn msg_id(data: &str) -> Result<Option<String>, Error> {
    let body = format!(r#"{{"status":"succ","code":"1000","desc":"","data":{data}}}"#);
    let request = MatrixFillSingle::new("15000000", FillType::Order).tids(["A1"]);
    Ok(hears(200, &body).matrix_fill_single(&request)?.msg_id)
}

fn trade_request() -> XiaodianTradeGet {
    XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(91_341_793_022_324))
}

fn trade(body: &str) -> Result<XiaodianTradeGetResponse, Error> {
    let client: mogujie::blocking::Client =
        clients::mogujie_clients(&Recorder::answering(body.to_owned())).1;
    client.xiaodian_trade_get(&trade_request())
}

/// Decodes an order with only these members.
fn trade_data(data: &str) -> Result<XiaodianTradeGetResponse, Error> {
    let status = r#""status":{"code":"0000000","msg":"请求成功"}"#;
    trade(&format!(
        r#"{{{status},"result":{{"data":{data}}},"dataEncrypted":false,"success":true}}"#
    ))
}

fn order(body: &str) -> Result<RawJson, Error> {
    let client = clients::gome_clients(&Recorder::answering(body.to_owned())).1;
    client.gome_pusher_order_synchronize(&GomePusherOrderSynchronize::new())
}

/// A documented answer, from a file of `tests/wire`.
fn sample(name: &str) -> String {
    file(name)
}
