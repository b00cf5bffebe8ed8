//! JSON that is a failure, or neither a success nor a failure.

use gatespec_runtime::Class::{Authentication, Caller, Duplicate, Quota, Unknown};
use gatespec_runtime::ErrorKind::{Business, Envelope, Gateway};

use super::DONE;
use crate::ask::Ask;
use crate::case::{Case, case};
use crate::expected::{fails, gives};
use crate::server::Reply;

const REFUSED: &str = include_str!("../../../wire/shopex/answers/refused.json");
const LIMITED: &str = include_str!("../../../wire/shopex/answers/limited.json");
const FAILED: &str = include_str!("../../../wire/shopex/answers/failed.json");
const ERROR: &str = include_str!("../../../wire/mogujie/answers/error.json");
const DUPLICATE: &str = include_str!("../../../wire/gome/answers/duplicate.json");
const EXPIRED: &str = include_str!("../../../wire/gome/answers/expired.json");

pub(super) fn cases() -> Vec<Case> {
    let mut all = unclear();
    all.extend(refused());
    all
}

fn unclear() -> Vec<Case> {
    let unclear = || fails(Envelope, Unknown).status(200);
    let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    vec![
        case("an envelope without its status")
            .json(r#"{"code":null,"desc":"","data":{"a":1}}"#)
            .ends(unclear().says("data").excerpt(r#"{"code":null,"desc":"","data":{"a":N}}"#)),
        case("an empty object").json("{}").ends(unclear()),
        case("a list").json("[1,2]").ends(unclear()),
        case("a scalar").json("true").ends(unclear()),
        case("fifty thousand lists in each other").json(deep).ends(unclear()),
        case("a status in another spelling")
            .json(r#"{"status":"SUCCESS","data":null}"#)
            .ends(unclear()),
        case("a success without the data that was promised")
            .ask(Ask::Fill)
            .json(r#"{"status":"succ","code":"1000","desc":"","data":null}"#)
            .ends(gives("message ")),
        case("a success with 500")
            .answers(&Reply::json(500, DONE))
            .ends(fails(Business, Unknown).status(500).code("1000")),
        case("a byte order mark").json(format!("\u{feff}{DONE}")).ends(gives("done")),
        case("white space around").json(format!("\r\n\t {DONE}\n\n")).ends(gives("done")),
    ]
}

fn refused() -> Vec<Case> {
    let refused = |status| fails(Gateway, Authentication).status(status).code("0040301");
    vec![
        case("a refusal of the gateway with 403")
            .answers(&Reply::json(403, REFUSED).header("X-Request-Id", "g-1"))
            .ends(
                refused(403)
                    .request_id("g-1")
                    .says("sign error")
                    .says("0040301")
                    .excerpt(r#"{"error":{"code":"…","message":"…"},"result":"…"}"#),
            ),
        case("a refusal of the gateway with 200").json(REFUSED).ends(refused(200)),
        case("a refusal of the gateway that says how long to wait")
            .answers(&Reply::json(403, LIMITED))
            .ends(fails(Gateway, Quota).status(403).code("0040311").retry_after(17)),
        case("a refusal of the gateway that no table lists")
            .answers(&Reply::json(
                503,
                r#"{"error":{"code":"0099999","message":"new"},"result":"error"}"#,
            ))
            .ends(fails(Gateway, Unknown).status(503).code("0099999").says("new")),
        case("a failure of the service").json(FAILED).ends(
            fails(Business, Unknown)
                .status(200)
                .code("2003")
                .says("店铺不存在")
                .excerpt(r#"{"status":"…","code":"…","desc":"…","data":{}}"#),
        ),
        case("a failure whose code is a number")
            .json(r#"{"status":"fail","code":2003,"desc":"no shop"}"#)
            .ends(fails(Business, Unknown).status(200).code("2003")),
        case("a failure beside empty data")
            .ask(Ask::Trade)
            .json(ERROR)
            .ends(fails(Business, Caller).status(200).code("1010001").says("参数异常")),
        case("a failure beside data that cannot be read")
            .ask(Ask::Trade)
            .json(ERROR.replace("\"data\": {}", "\"data\": [7]"))
            .ends(fails(Business, Caller).status(200).code("1010001")),
        case("a duplicate")
            .ask(Ask::Order)
            .json(DUPLICATE)
            .ends(fails(Business, Duplicate).status(200).code("8999").retry_after(90)),
        case("a token that has expired")
            .ask(Ask::Order)
            .json(EXPIRED)
            .ends(fails(Business, Authentication).status(200).code("20001").refresh("token")),
    ]
}
