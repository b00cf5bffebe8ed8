//! The mock's journal and log of calls.

use std::sync::mpsc::Receiver;

use gatespec_clients::gome::{self, GomePusherOrderSynchronize, OrderSyncRequest};
use gatespec_clients::shopex::{self, MatrixUnbind};
use gatespec_mock::{Mock, Outcome};
use gatespec_tests::harness::workspace;

use crate::clients::credentials;
use crate::wire::{exchange, form, request};
use crate::{last, shipped};

fn unbind(mock: &Mock, node: &str) {
    let client = shopex::blocking::Client::builder(credentials::shopex(mock))
        .base_url(mock.url("shopex").unwrap())
        .build()
        .unwrap();
    client.matrix_unbind(&MatrixUnbind::new(node)).unwrap();
}

#[test]
fn an_entry_tells_what_came_and_hides_what_is_secret() {
    let mock = shipped();
    let client = gome::blocking::Client::builder(credentials::gome(&mock))
        .base_url(mock.url("gome").unwrap())
        .build()
        .unwrap();
    let order = OrderSyncRequest::new().order_id("1").buyer_name("BUYER-SENTINEL");
    client
        .gome_pusher_order_synchronize(&GomePusherOrderSynchronize::new().request(order))
        .unwrap();
    let entry = last(&mock);
    assert_eq!((&*entry.platform, &*entry.gateway, entry.status), ("gome", "main", 200));
    assert_eq!(entry.method.as_deref(), Some("gome.pusher.order.synchronize"));
    assert_eq!(entry.request["request"]["orderId"], "1");
    assert_eq!(entry.request["request"]["buyerName"], "<secret>");
    let public = |name: &str| {
        entry.public.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    };
    assert_eq!((public("$v"), public("$token")), (Some("1.0.0"), Some("<secret>")));
    let page = exchange(&mock, &request("GET", "/", &[], b"")).unwrap().body;
    assert!(page.contains("gome.pusher.order.synchronize"), "{page}");
    for shown in [format!("{entry:?}"), entry.to_string(), page] {
        for secret in ["BUYER-SENTINEL", "test-token-", "test-secret-"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[test]
fn the_journal_counts_all_and_keeps_the_last() {
    let mock = Mock::builder(workspace("specs")).journal(3).start().unwrap();
    for node in ["1", "2", "3", "4"] {
        unbind(&mock, node);
    }
    form(&mock, "/shopex/router", "method=matrix.unbind");
    form(&mock, "/nowhere", "");
    let numbers: Vec<_> = mock.received().iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, [4, 5, 6]);
    let counts = mock.counts();
    assert_eq!((counts.received, counts.accepted, counts.refused), (6, 4, 1));
    assert!(matches!(last(&mock).outcome, Outcome::NoCall { .. }));
    mock.clear();
    assert_eq!((mock.received().len(), mock.counts().received), (0, 0));
}

#[test]
fn calls_that_are_forgotten_may_come_again() {
    let mock = shipped();
    let client = gome::blocking::Client::builder(credentials::gome(&mock))
        .base_url(mock.url("gome").unwrap())
        .build()
        .unwrap();
    let request = GomePusherOrderSynchronize::new();
    client.gome_pusher_order_synchronize(&request).unwrap();
    client.gome_pusher_order_synchronize(&request).unwrap_err();
    mock.clear();
    client.gome_pusher_order_synchronize(&request).unwrap();
}

#[test]
fn the_page_shows_what_is_served_and_why_calls_were_refused() {
    let mock = shipped();
    let hostile = "<script>alert('1')</script>";
    form(&mock, "/shopex/router", &format!("method={hostile}"));
    form(&mock, &format!("/{}", "%3Cb%3E\"<b>"), "");
    form(
        &mock,
        "/shopex/router",
        "app_key=10011&method=matrix.unbind&node_id=<i>&sign_time=1972502400&sign=0",
    );
    let page = exchange(&mock, &request("GET", "/", &[], b"")).unwrap();
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=UTF-8"));
    for (_, _, url) in mock.urls() {
        assert!(page.body.contains(&url), "{url}");
    }
    for part in
        ["0040401", "unknown_method", "0040301", "first difference: <code>byte 0", "&lt;script&gt;"]
    {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    for part in ["<script", "<b>", "<i>", "test-secret"] {
        assert!(!page.body.contains(part), "{part}: {}", page.body);
    }
}

#[test]
fn a_client_may_say_what_it_signed() {
    let mock = shipped();
    let body = "app_key=10011&method=matrix.unbind&node_id=1&sign_time=1972502400&sign=0";
    let call = |canonical: &str| {
        let headers = [("x-gatespec-canonical", canonical)];
        let got = exchange(&mock, &request("POST", "/shopex/router", &headers, body.as_bytes()));
        let page = exchange(&mock, &request("GET", "/", &[], b"")).unwrap().body;
        let said = got.unwrap().header("x-gatespec-canonical-difference").to_owned();
        let shown = format!("your text: {}", said.replace('\'', "&#39;"));
        assert!(page.contains(&shown), "{shown}: {page}");
        assert!(last(&mock).to_string().contains(&format!("your text: {said}")), "{}", last(&mock));
        said
    };
    // A space is encoded as `+`, as in a form.
    let own = "<secret>&POST&%2Frouter&&&app_key%3D10011%26method%3Dmatrix.unbind%26node_id%3D1\
               %26sign_time%3D1972502400&<secret>";
    assert_eq!(call(own), "none");
    assert_eq!(call(&own.replace("%2F", "/")), "byte 14: sent 0x2f '/', expected 0x25 '%'");
}

#[test]
fn a_wrong_signature_is_shown_beside_the_right_one_with_the_way_to_find_out_why() {
    let mock = shipped();
    // The expected digest of the signed text was computed with Python's hashlib.
    let right = "8C006671A09C2B3269B08434370C976A";
    let body = "app_key=10011&method=matrix.unbind&node_id=1&sign_time=1972502400&sign=";
    let shown = |sign: &str| {
        form(&mock, "/shopex/router", &format!("{body}{sign}"));
        let page = exchange(&mock, &request("GET", "/", &[], b"")).unwrap().body;
        let entry = last(&mock).to_string();
        let lines: Vec<_> = entry.lines().skip(2).map(str::trim).collect();
        for (name, text) in lines.iter().map(|line| line.split_once(": ").unwrap()) {
            let escaped = text.replace('<', "&lt;").replace('>', "&gt;").replace('\'', "&#39;");
            let line = format!("<br>{name}: <code>{escaped}</code>");
            assert!(page.contains(&line), "{line}: {page}");
        }
        lines.join("\n")
    };
    let why = "why: gatespec sign shopex --from '<the request>'";
    assert_eq!(
        shown("8c"),
        format!(
            "sent: 8c\nexpected: {right}\n\
             first difference: byte 1: sent 0x63 'c', expected 0x43 'C'\n{why}"
        )
    );
    let difference = "byte 1: sent 0x63 'c', expected 0x43 'C' (only the case differs)";
    let lower = right.to_lowercase();
    assert_eq!(
        shown(&lower),
        format!("sent: {lower}\nexpected: {right}\nfirst difference: {difference}\n{why}")
    );
    assert!(shown("%1b%5b31m").starts_with(r"sent: \u{1b}[31m"));
}

/// A mock, and a receiver of the lines that it logs.
fn logging() -> (Mock, Receiver<String>) {
    let (lines, log) = std::sync::mpsc::channel();
    let mock = Mock::builder(workspace("specs"))
        .log(move |line| lines.send(line.to_owned()).unwrap())
        .start()
        .unwrap();
    (mock, log)
}

#[test]
fn the_log_gets_a_line_a_call() {
    let (mock, log) = logging();
    unbind(&mock, "1");
    form(
        &mock,
        "/shopex/router",
        "app_key=10011&method=matrix.unbind&node_id=1&sign_time=1972502400&sign=AB",
    );
    mock.shutdown();
    let lines: Vec<_> = log.iter().collect();
    assert!(lines[0].contains("matrix.unbind accepted"), "{lines:?}");
    for part in ["refused with 0040301", "signed: \"<secret>&POST&", "first difference: byte "] {
        assert!(lines[1].contains(part), "{lines:?}");
    }
    assert_eq!(lines.len(), 2);
}

#[test]
fn nothing_that_came_steers_the_terminal_that_shows_the_log() {
    let (mock, log) = logging();
    // The texts contain the one-byte form of ESC [, and a mark that reverses the direction of text.
    for path in ["/a\u{9b}31m", "/shopex/\u{202e}b"] {
        form(&mock, path, "method=%1b%5b31m%0d%0a%c2%9b");
    }
    form(&mock, "/shopex/router", "method=%1b%5b31m%0d%0a%c2%9b");
    mock.shutdown();
    for line in &log {
        assert!(line.contains(r"\u{"), "{line:?}");
        assert!(!line.contains(|one: char| one.is_control() || one == '\u{202e}'), "{line:?}");
    }
}

#[test]
fn a_huge_text_that_was_signed_is_neither_kept_nor_logged_whole() {
    let (mock, log) = logging();
    let value = "%e7%9f%ad".repeat(100_000);
    let body = format!("app_key=10011&method=matrix.unbind&sign_time=1972502400&sign=0&a={value}");
    form(&mock, "/shopex/router", &format!("{body}&node_id=1"));
    let Outcome::Refused { signed: Some(signed), .. } = last(&mock).outcome else {
        panic!("{}", last(&mock))
    };
    assert!(signed.canonical.starts_with("<secret>&POST&") && signed.canonical.ends_with('…'));
    assert!(signed.canonical.len() < 20_000, "{}", signed.canonical.len());
    mock.shutdown();
    let line = log.iter().next().unwrap();
    assert!(line.len() < 10_000, "{}", line.len());
}
