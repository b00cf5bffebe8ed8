//! Errors in HTTP itself.

use gatespec_runtime::Class::{Retry, Unknown};
use gatespec_runtime::ErrorKind::{Http, NotHttp, NotJson, TooLarge, Transport, Truncated};

use super::{DONE, PAGE, done, page, say};
use crate::case::{Act, Case, Place, case};
use crate::expected::{fails, gives};
use crate::gateways;

pub(super) fn cases() -> Vec<Case> {
    let mut all = heads();
    all.extend(bodies());
    all.extend(sizes());
    all
}

/// A case in which the server receives a request and sends this text.
fn said(name: &'static str, text: &str) -> Case {
    case(name).acts([Act::Hear, say(text)])
}

fn heads() -> Vec<Case> {
    let lost = || fails(NotHttp, Retry).heard(1).says("the answer is not HTTP");
    let large = || fails(Transport, Retry).heard(1);
    let many: String = (0..200).map(|number| format!("X-{number}: a\r\n")).collect();
    let long = "a".repeat(2 << 20);
    vec![
        said("a status line that is none", "HTTP/1.1 OK two hundred\r\n\r\n").ends(lost()),
        said("a text without a head", "{\"status\":\"succ\"}\r\n").ends(lost()),
        said("a version of HTTP that does not exist", "HTTP/7.0 200 OK\r\n\r\n").ends(lost()),
        said("a header without a name", "HTTP/1.1 200 OK\r\n: a\r\n\r\n").ends(lost()),
        said("more headers than anybody needs", &format!("HTTP/1.1 200 OK\r\n{many}\r\n"))
            .ends(large()),
        said("a header of two megabytes", &format!("HTTP/1.1 200 OK\r\nX-Long: {long}\r\n\r\n"))
            .ends(large()),
        said(
            "two lengths of one body",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
        )
        .ends(lost()),
        said("a length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n")
            .ends(lost()),
        said("a protocol switched unasked", "HTTP/1.1 101 Switching Protocols\r\n\r\n")
            .ends(fails(Http, Unknown).status(101)),
        case("an informational answer first")
            .acts([
                Act::Hear,
                say("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
                Act::Say(done().bytes()),
            ])
            .ends(gives("done")),
        said("HTTP/1.0", &format!("HTTP/1.0 200 OK\r\n\r\n{DONE}")).ends(gives("done")),
        case("an address that ends in a slash")
            .place(Place::ServerSlash)
            .gateway(|_| Box::new(gateways::shopex))
            .ends(gives("解绑成功").heard(1)),
        case("a page before the request has been heard")
            .acts([Act::Sniff, Act::Say(page(413).bytes())])
            .ends(fails(Http, Unknown).status(413).excerpt(PAGE)),
    ]
}

fn bodies() -> Vec<Case> {
    let cut = || fails(Truncated, Retry).heard(1).says("cut off");
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    vec![
        said(
            "a body shorter than announced",
            "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"sta",
        )
        .ends(cut()),
        case("a body that ends with a reset")
            .acts([
                Act::Hear,
                say("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"sta"),
                Act::Reset,
            ])
            .ends(cut()),
        said("a body announced and not sent", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")
            .ends(cut()),
        said("a chunk shorter than announced", &format!("{chunked}40\r\n{{\"status\":"))
            .ends(cut()),
        said("chunks without an end", &format!("{chunked}2\r\n{{}}\r\n")).ends(cut()),
        said("a chunk whose size is no number", &format!("{chunked}many\r\n{{}}\r\n0\r\n\r\n"))
            .ends(cut()),
        said("chunks", &format!("{chunked}{:x}\r\n{DONE}\r\n0\r\n\r\n", DONE.len()))
            .ends(gives("done")),
        // Nothing shows that the body is incomplete.
        said("a body without a length, cut", "HTTP/1.1 200 OK\r\n\r\n{\"status\":\"su")
            .ends(fails(NotJson, Unknown).status(200).excerpt("{\"status\":\"…")),
    ]
}

fn sizes() -> Vec<Case> {
    let large = || fails(TooLarge, Unknown).heard(1).says("larger than 57 bytes");
    let limited = |case: Case| case.limits(|limits| limits.bytes = DONE.len());
    let room = " ".repeat(1 << 16);
    let chunk = format!("{:x}\r\n{room}\r\n", room.len());
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    [
        case("a body as large as allowed").json(DONE).ends(gives("done")),
        case("a body one byte larger than allowed").json(format!("{DONE} ")).ends(large()),
        case("a body that is announced larger than allowed")
            .acts([
                Act::Hear,
                say("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{"),
                Act::Wait,
            ])
            .ends(large()),
        said("chunks larger than allowed", &format!("{chunked}{chunk}0\r\n\r\n")).ends(large()),
        case("a body without an end")
            .acts([Act::Hear, say("HTTP/1.1 200 OK\r\n\r\n"), Act::Drip(room.into_bytes())])
            .ends(large()),
        case("chunks that never end")
            .acts([Act::Hear, say(chunked), Act::Drip(chunk.into_bytes())])
            .ends(large()),
    ]
    .into_iter()
    .map(limited)
    .collect()
}
