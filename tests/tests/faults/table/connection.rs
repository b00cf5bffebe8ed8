//! A connection that ends or becomes silent before an answer begins.

use std::time::Duration;

use gatespec_runtime::Class::Retry;
use gatespec_runtime::ErrorKind::{AttemptTimeout, Closed, Deadline};

use super::{DONE, FILLED, filled, page, say};
use crate::ask::Ask;
use crate::case::{Act, Case, SHORT, case};
use crate::expected::{fails, gives};

pub(super) fn cases() -> Vec<Case> {
    let mut all = ends();
    all.extend(silence());
    all.extend(kept());
    all
}

fn ends() -> Vec<Case> {
    vec![
        case("a server that closes at once").acts([]).ends(fails(Closed, Retry)),
        // An immediate reset could arrive while the client is still connecting.
        case("a server that resets while it hears")
            .acts([Act::Sniff, Act::Reset])
            .ends(fails(Closed, Retry)),
        case("a server that hears and closes")
            .acts([Act::Hear])
            .ends(fails(Closed, Retry).heard(1).says("the connection closed before an answer")),
        case("a server that hears and resets")
            .acts([Act::Hear, Act::Reset])
            .ends(fails(Closed, Retry).heard(1)),
        case("a server that closes within the head of its answer")
            .acts([Act::Hear, say("HTTP/1.1 200 OK\r\nContent-Le")])
            .ends(fails(Closed, Retry).heard(1)),
    ]
}

fn silence() -> Vec<Case> {
    const CONTINUE: &str = "HTTP/1.1 100 Continue\r\n\r\n";
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
    vec![
        case("a server that says nothing")
            .acts([Act::Hear, Act::Wait])
            .limits(|limits| limits.attempt = SHORT)
            .ends(fails(AttemptTimeout, Retry).says("no answer in time")),
        case("a head that comes letter by letter")
            .acts([Act::Hear, say("HTTP/1.1 200 OK\r\nX-Slow: "), Act::Drip(b"z".to_vec())])
            .limits(|limits| limits.attempt = SHORT)
            .ends(fails(AttemptTimeout, Retry)),
        case("a head, then nothing")
            .acts([Act::Hear, say(head), Act::Wait])
            .limits(|limits| limits.attempt = SHORT)
            .ends(fails(AttemptTimeout, Retry).says("no answer in time")),
        case("informational answers without end")
            .acts([Act::Hear, Act::Flood(CONTINUE.repeat(2000).into_bytes())])
            .limits(|limits| limits.attempt = SHORT)
            .ends(fails(AttemptTimeout, Retry).says("no answer in time")),
        case("half a body, then nothing")
            .acts([Act::Hear, say(head), say("{\"status\":"), Act::Wait])
            .limits(|limits| limits.attempt = SHORT)
            .ends(fails(AttemptTimeout, Retry)),
        case("a body that comes letter by letter")
            .acts([Act::Hear, say(head), Act::Drip(b"z".to_vec())])
            .limits(|limits| limits.attempt = SHORT)
            .ends(fails(AttemptTimeout, Retry).says("no answer in time")),
        case("a call whose time is shorter than an attempt's")
            .acts([Act::Hear, Act::Wait])
            .limits(|limits| limits.call = Some(SHORT))
            .ends(fails(Deadline, Retry).says("the time for the whole call")),
        case("a call whose time ends within the second attempt")
            .ask(Ask::Fill)
            .connections([
                vec![Act::Hear, Act::Say(page(503).header("Retry-After", "20").bytes())],
                vec![Act::Hear, Act::Wait],
            ])
            .retries(3)
            .limits(|limits| limits.call = Some(Duration::from_secs(20) + SHORT))
            .ends(fails(Deadline, Retry).attempts(2).waits(&[20]).says("(attempt 2)")),
        case("a call whose time is too short for the wait")
            .ask(Ask::Fill)
            .answers(&page(503).header("Retry-After", "20"))
            .retries(3)
            .limits(|limits| limits.call = Some(Duration::from_secs(20)))
            .ends(
                fails(gatespec_runtime::ErrorKind::Http, Retry)
                    .status(503)
                    .retry_after(20)
                    .heard(1),
            ),
    ]
}

fn kept() -> Vec<Case> {
    let kept =
        |body: &str| format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    vec![
        // The client may notice the closed connection before it sends, or only when no answer
        // arrives.
        case("a kept connection that has been closed since, where a repeat is safe")
            .ask(Ask::Fill)
            .connections([
                vec![Act::Hear, say(&kept(FILLED))],
                vec![Act::Hear, Act::Say(filled().bytes())],
            ])
            .retries(2)
            .limits(|limits| (limits.before, limits.closed) = (true, true))
            .ends(gives("message m-1").heard(2).waits_any()),
        case("a kept connection that ends with the next request")
            .acts([Act::Hear, say(&kept(DONE)), Act::Hear])
            .limits(|limits| limits.before = true)
            .ends(fails(Closed, Retry).heard(2)),
    ]
}
