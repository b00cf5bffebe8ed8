//! Bends of answers, and how an answer reports them.

use gatespec_clients::shopex::{FillType, MatrixAuthstatus, MatrixFillSingle};

use crate::recorder::{Recorder, block_on};
use crate::{clients, sample, trade_request};

fn trade_bends(body: &str) -> Vec<String> {
    let client = clients::mogujie_clients(&Recorder::answering(body.to_owned())).0;
    let answer = block_on(client.send(&trade_request())).unwrap();
    answer.bends().iter().map(ToString::to_string).collect()
}

#[test]
fn documented_samples_bend_only_where_they_contradict_their_own_tables() {
    assert_eq!(
        trade_bends(&sample("mogujie/answers/plain.json")),
        [
            "stageStatus: a value that the spec does not list",
            "itemOrderInfos[].refundStatus: an empty placeholder",
        ]
    );
    let client = |name| clients::shopex_clients(&Recorder::answering(sample(name))).1;
    let status = client("shopex/answers/authstatus.json").send(&MatrixAuthstatus::new("1"));
    assert_eq!(status.unwrap().bends(), []);
    let fill = MatrixFillSingle::new("1", FillType::Order);
    let fill = client("shopex/answers/fill.json").send(&fill);
    assert_eq!(fill.unwrap().bends(), []);
}

#[test]
fn an_answer_names_each_field_that_bent_once() {
    let item = r#"{"price":"5","skuAttributes":"","new":1}"#;
    let body = format!(
        r#" {{"success":true,"dataEncrypted":false,"more":1,"result":{{"data":{{"isRate":"Y","number":"3",
            "createdStr":"","itemOrderInfos":[{item},{item},{{"price":5,"extraMap":{{"a":1,"b":2}}}}],
            "extraMap":"{{\"declareNo\":7}}","newer":{{"deep":[]}}}}}}}}"#
    );
    assert_eq!(
        trade_bends(&body),
        [
            "white space before the answer",
            "isRate: a boolean in another spelling",
            "number: a text instead of a number",
            "createdStr: an empty placeholder",
            "itemOrderInfos[].price: a text instead of a number",
            "itemOrderInfos[].skuAttributes: an empty placeholder",
            "itemOrderInfos[].new: a field that the spec does not list",
            "itemOrderInfos[].extraMap.*: a number instead of a text",
            "extraMap: JSON in a text instead of plain JSON",
            "extraMap.declareNo: a number instead of a text",
            "newer: a field that the spec does not list",
        ]
    );
}
