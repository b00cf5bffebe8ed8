//! Gateways that repeat the request and a secret wherever an answer has room for text. Calls go
//! over loopback, with the default transports and with retries.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gatespec_clients::gome::{GomePusherOrderSynchronize, OrderSyncRequest};
use gatespec_clients::mogujie::{
    OauthToken, OpenApiOrderDetailReqDto, XiaodianTradeGet, oauth_token::GrantType,
};
use gatespec_clients::shopex::MatrixAuthstatus;
use gatespec_clients::{gome, mogujie, shopex};
use gatespec_runtime::client::RetryPolicy;
use gatespec_runtime::{Answer, Error, ErrorKind};
use gatespec_tests::platforms::invented::acme::{self, OrderList};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::clients;
use crate::recorder::block_on;
use crate::server::{Received, Reply, Server};
use crate::shown::{self, PERSON, SECRET, TOKEN};
use crate::time::Time;

/// Bodies of one platform's answers. `SAID` is replaced by a JSON string.
const SHOPEX: &[(u16, &str)] = &[
    (403, r#"{"error":{"code":SAID,"message":SAID},"result":"error"}"#),
    (403, r#"{"error":{"code":"0040311","message":SAID},"result":"error"}"#),
    (200, r#"{"status":"fail","code":SAID,"desc":SAID,"data":{SAID:SAID}}"#),
    (200, r#"{"status":SAID,SAID:null}"#),
    (200, r#"{"status":"succ","code":SAID,"desc":SAID,"data":{"is_expired":SAID}}"#),
    (200, r#"{"status":"succ","code":SAID,"desc":SAID,"data":{"is_expired":true,SAID:1}}"#),
];
const MOGUJIE: &[(u16, &str)] = &[
    (200, r#"{"status":{"code":SAID,"msg":SAID},"result":{"data":{}},"success":false}"#),
    (200, r#"{"status":{"code":"0000001","msg":SAID},"result":{"data":{}},"success":false}"#),
    (200, r#"{"success":SAID,SAID:[SAID]}"#),
    (200, r#"{"success":true,"result":{"data":{"number":SAID}}}"#),
    (200, r#"{"success":true,"result":{"data":{"itemOrderInfos":[{"price":SAID}]}}}"#),
    (200, r#"{"success":true,"result":{"data":{"receiverName":[SAID]}}}"#),
    (200, r#"{"success":true,"result":{"data":{"receiverName":SAID,SAID:1}}}"#),
    (200, r#"{"success":true,"result":{"data":SAID},"dataEncrypted":true}"#),
];
const GOME: &[(u16, &str)] = &[
    (200, r#"{"error_response":{"code":SAID,"msg":SAID}}"#),
    (200, r#"{"error_response":{"code":8999,"msg":SAID}}"#),
    (200, r#"{SAID:{"result":SAID}}"#),
];
const OAUTH: &[(u16, &str)] = &[
    (200, r#"{"statusCode":"0000010","errorMsg":SAID}"#),
    (200, r#"{"statusCode":SAID,"errorMsg":SAID}"#),
    (200, r#"{"statusCode":"0000000","access_token":"t","access_expires_in":SAID}"#),
    (200, r#"{SAID:SAID}"#),
];
const ACME: &[(u16, &str)] = &[
    (400, r#"{"fault":{"code":SAID,"text":SAID,"trace":SAID}}"#),
    (200, r#"{"order_list_reply":{"ret":"7","why":SAID,"sub":SAID}}"#),
    (200, r#"{"order_list_reply":{"ret":"0","why":SAID,"sealed":SAID,"enc":"Y"}}"#),
    (200, r#"{"order_list_reply":{"ret":"0","sealed":{"orders":{"order":[{"total":SAID}]}}}}"#),
];
/// Answers that any proxy may give.
const PAGES: &[(u16, &str)] = &[
    (502, "<html><pre>SAID</pre></html>"),
    (503, "SAID"),
    (302, "SAID"),
    (200, "<html>SAID"),
    (200, "{\"status\":SAID,"),
];

/// Everything that a gateway knows and can repeat, in one line.
fn said(received: &Received, known: &str) -> String {
    let html = known.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let url = utf8_percent_encode(known, NON_ALPHANUMERIC);
    let body = String::from_utf8_lossy(&received.body);
    let headers: Vec<_> = received.headers.iter().map(|(_, value)| value.as_str()).collect();
    format!("{known} {html} {url} {} {} {body}", received.target, headers.join(" "))
}

/// A gateway that gives these answers in turn, and then begins again.
fn gateway(bodies: &'static [(u16, &'static str)], known: &'static [&'static str]) -> Server {
    let next = AtomicUsize::new(0);
    Server::start(move |received| {
        let index = next.fetch_add(1, Ordering::SeqCst);
        let all = bodies.iter().chain(PAGES);
        let (status, body) = all.cycle().nth(index).unwrap();
        let said = said(received, &known.join(" "));
        let json = serde_json::to_string(&said).unwrap();
        let body = body.replace("SAID", if body.starts_with('{') { &json } else { &said });
        Reply::new(*status, body)
            .header("X-Request-Id", said.clone())
            .header("Retry-After", said.clone())
            .header("Location", format!("/{said}"))
    })
}

/// Shows the result of a call in all ways, and returns the kind of its error.
fn told<T: Debug>(outcome: Result<Answer<T>, Error>) -> Option<ErrorKind> {
    match outcome {
        Ok(answer) => {
            shown::answer(&answer);
            None
        }
        Err(error) => {
            shown::error(&error);
            Some(error.kind())
        }
    }
}

/// Calls a platform with both clients until its gateway has given every answer.
macro_rules! call {
    (
        $platform:ident($credentials:expr), $known:expr, $bodies:expr,
        $url:ident($($name:literal)? / $path:literal), $request:expr
    ) => {{
        let policy = RetryPolicy::new().attempts(2).assume_safe(true);
        let mut kinds = BTreeSet::new();
        let server = gateway($bodies, $known);
        let client = $platform::Client::builder($credentials)
            .$url($($name,)? server.url() + $path)
            .retry(policy.clone())
            .timer(Arc::new(Time::default()))
            .build()
            .unwrap();
        // The answers come once in order, and once more with other answers to the retries.
        for _ in 0..2 * ($bodies.len() + PAGES.len()) + 1 {
            kinds.extend(told(block_on(client.send($request))).map(|kind| format!("{kind:?}")));
        }
        sent(&server);
        let server = gateway($bodies, $known);
        let client = $platform::blocking::Client::builder($credentials)
            .$url($($name,)? server.url() + $path)
            .retry(policy)
            .timer(Arc::new(Time::default()))
            .build()
            .unwrap();
        for _ in 0..2 * ($bodies.len() + PAGES.len()) + 1 {
            kinds.extend(told(client.send($request)).map(|kind| format!("{kind:?}")));
        }
        sent(&server);
        kinds
    }};
}

/// Asserts that the gateway did receive a secret or a sensitive value.
fn sent(server: &Server) {
    let heard = |received: &Received| {
        let whole = format!("{} {}", received.target, String::from_utf8_lossy(&received.body));
        whole.contains("SENTINEL") || whole.contains("app_key=10011")
    };
    assert!(server.seen().iter().all(heard));
}

pub(crate) fn show() {
    let kinds = call!(
        shopex(clients::shopex()),
        &[SECRET],
        SHOPEX,
        base_url(/ ""),
        &MatrixAuthstatus::new("15000000")
    );
    assert_eq!(names(&kinds), "Business Decode Envelope Gateway Http NotJson");

    let trade = XiaodianTradeGet::new(OpenApiOrderDetailReqDto::new(1));
    let kinds = call!(mogujie(clients::mogujie()), &[SECRET, TOKEN], MOGUJIE, base_url(/ "/invoke"), &trade);
    assert_eq!(names(&kinds), "Business Decode Decrypt Envelope Http NotJson");

    let order = OrderSyncRequest::new().order_id("1").buyer_id(PERSON).buyer_name(PERSON);
    let order = GomePusherOrderSynchronize::new().request(order);
    let kinds = call!(gome(clients::gome()), &[SECRET, TOKEN], GOME, base_url(/ "/router"), &order);
    assert_eq!(names(&kinds), "Business Envelope Http NotJson");

    // The secret is sent as a parameter, and so is a token that is not a credential.
    let renewal = OauthToken::new(GrantType::RefreshToken).refresh_token(PERSON);
    let at = &renewal;
    let kinds = call!(mogujie(clients::mogujie()), &[SECRET], OAUTH, gateway_url("oauth" / ""), at);
    assert_eq!(names(&kinds), "Business Decode Http NotJson");

    // The token is a part of the URL.
    let credentials = || acme::Credentials::new("k1", SECRET, SECRET).token(TOKEN);
    let day = |day| acme::datetime(2023, 1, day, 0, 0, 0).unwrap();
    let kinds = call!(
        acme(credentials()),
        &[SECRET, TOKEN],
        ACME,
        base_url(/ ""),
        &OrderList::new(day(1), day(8))
    );
    assert_eq!(names(&kinds), "Business Decode Decrypt Gateway Http NotJson");
}

/// Shows the errors of connections that fail or break while the token is in the URL.
pub(crate) fn show_lost() {
    let cut = Server::serving(|_, mut connection| {
        connection.receive();
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{");
    });
    let closed = Server::serving(|_, mut connection| drop(connection.receive()));
    let secure = closed.url().replace("http:", "https:");
    let day = |day| acme::datetime(2023, 1, day, 0, 0, 0).unwrap();
    let orders = OrderList::new(day(1), day(8));
    for (url, kind) in [
        ("http://127.0.0.1:1".to_owned(), ErrorKind::Connect),
        ("http://gatespec.invalid".to_owned(), ErrorKind::Dns),
        (secure, ErrorKind::Tls),
        (closed.url(), ErrorKind::Closed),
        (cut.url(), ErrorKind::Truncated),
    ] {
        let credentials = || acme::Credentials::new("k1", SECRET, SECRET).token(TOKEN);
        let client = acme::Client::builder(credentials()).base_url(&url).build().unwrap();
        assert_eq!(told(block_on(client.send(&orders))), Some(kind));
        let client = acme::blocking::Client::builder(credentials()).base_url(&url).build();
        assert_eq!(told(client.unwrap().send(&orders)), Some(kind));
    }
    assert!(cut.seen()[0].target.contains("token=SENTINEL"));
}

fn names(kinds: &BTreeSet<String>) -> String {
    kinds.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}
