//! The fault table: all cases, in one file per kind of failure.

mod connection;
mod data;
mod envelopes;
mod http;
mod pages;
mod repeats;
mod secure;
mod unsent;

use crate::case::{Act, Case};
use crate::server::Reply;

/// Every case.
pub(crate) fn all() -> Vec<Case> {
    [
        unsent::cases(),
        connection::cases(),
        secure::cases(),
        http::cases(),
        pages::cases(),
        envelopes::cases(),
        data::cases(),
        repeats::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// ShopEx's answer to a successful call.
const DONE: &str = r#"{"status":"succ","code":"1000","desc":"done","data":null}"#;
/// The same for a method that returns data.
const FILLED: &str = r#"{"status":"succ","code":"1000","data":{"msg_id":"m-1"}}"#;
/// An HTML page of a proxy.
const PAGE: &str = "<html><h1>Bad Gateway</h1></html>";

fn done() -> Reply {
    Reply::json(200, DONE)
}

fn filled() -> Reply {
    Reply::json(200, FILLED)
}

fn page(status: u16) -> Reply {
    Reply::new(status, PAGE).header("Content-Type", "text/html")
}

fn say(text: &str) -> Act {
    Act::Say(text.as_bytes().to_vec())
}
