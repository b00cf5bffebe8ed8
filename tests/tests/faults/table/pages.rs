//! Answers other than JSON: from proxies, web servers and failing gateways.

use gatespec_runtime::Class::{Quota, Retry, Unknown};
use gatespec_runtime::ErrorKind::{Http, NotJson};

use super::{DONE, PAGE, page};
use crate::case::{Case, case};
use crate::expected::{Expected, fails, gives};
use crate::server::Reply;

pub(super) fn cases() -> Vec<Case> {
    let mut all = statuses();
    all.extend(redirects());
    all.extend(bodies());
    all
}

fn told(status: u16, class: gatespec_runtime::Class) -> Expected {
    fails(Http, class).status(status).excerpt(PAGE)
}

fn statuses() -> Vec<Case> {
    vec![
        case("a page with 200")
            .answers(&page(200))
            .ends(fails(NotJson, Unknown).status(200).excerpt(PAGE).says("not JSON")),
        case("a page with 403")
            .answers(&page(403))
            .ends(told(403, Unknown).says("HTTP 403 (Forbidden)")),
        case("a page with 404").answers(&page(404)).ends(told(404, Unknown)),
        case("a page with 418").answers(&page(418)).ends(told(418, Unknown)),
        case("a page with 502")
            .answers(&page(502))
            .ends(told(502, Retry).says("HTTP 502 (Bad Gateway)")),
        case("a page with 503 that says when to come back")
            .answers(&page(503).header("Retry-After", "3").header("X-Request-Id", "r-9"))
            .ends(told(503, Retry).retry_after(3).request_id("r-9")),
        case("a page whose id looks like JSON")
            .answers(&page(500).header("X-Request-Id", "123456"))
            .ends(told(500, Retry).request_id("123456")),
        case("a page with 503 that says when in words")
            .answers(&page(503).header("Retry-After", "soon"))
            .ends(told(503, Retry)),
        case("a page with 429 that says when to come back")
            .answers(&page(429).header("Retry-After", "7"))
            .ends(told(429, Quota).retry_after(7)),
        case("a page with a status that nobody knows").answers(&page(799)).ends(told(799, Retry)),
    ]
}

/// A client that follows a 302 would turn a signed POST into a GET, and send the token elsewhere.
fn redirects() -> Vec<Case> {
    let names = [
        (301, "a redirect with 301"),
        (302, "a redirect with 302"),
        (303, "a redirect with 303"),
        (307, "a redirect with 307"),
        (308, "a redirect with 308"),
    ];
    let redirect = |(status, name)| {
        // The redirect leads to the same server, which would receive a second request if the client
        // followed it.
        let reply = Reply::new(status, "").header("Location", "/router?again=1");
        case(name).answers(&reply).ends(fails(Http, Unknown).status(status).heard(1))
    };
    names.into_iter().map(redirect).collect()
}

fn bodies() -> Vec<Case> {
    let no_json = |status| fails(NotJson, Unknown).status(status);
    let utf_16: Vec<u8> = DONE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // The output of `printf '{}' | gzip -n | xxd -i`.
    let zipped = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xab, 0xae, 0x05, 0x00, 0x43,
        0xbf, 0xa6, 0xa3, 0x02, 0x00, 0x00, 0x00,
    ];
    vec![
        case("no body with 200").answers(&Reply::new(200, "")).ends(no_json(200).excerpt("")),
        case("no body with 204").answers(&Reply::new(204, "")).ends(gives("done")),
        case("no body with 500")
            .answers(&Reply::new(500, ""))
            .ends(fails(Http, Retry).status(500).excerpt("")),
        case("a text").json("busy, please wait").ends(no_json(200).excerpt("busy, please wait")),
        case("two documents").json(format!("{DONE}{DONE}")).ends(no_json(200)),
        case("half a document").json("{\"status\":\"succ\",").ends(no_json(200)),
        case("a document for browsers").json(format!("callback({DONE})")).ends(no_json(200)),
        case("a document with a number that is none").json("{\"a\":NaN}").ends(no_json(200)),
        case("a document in GBK")
            .json(b"{\"status\":\"succ\",\"desc\":\"\xb3\xc9\xb9\xa6\"}".to_vec())
            .ends(gives("\u{fffd}\u{279}\u{fffd}")),
        case("a document in UTF-16").json(utf_16).ends(no_json(200)),
        case("an answer packed unasked")
            .answers(&Reply::json(200, zipped).header("Content-Encoding", "gzip"))
            .ends(no_json(200).says("`Content-Encoding: gzip`")),
    ]
}
