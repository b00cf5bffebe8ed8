//! Who can use the server, and what it does with bad requests.

use crate::http::{encoded, get, post, post_head, raw, server};

const UNBIND: &str = "/shopex/matrix.unbind.html";

#[test]
fn only_a_request_for_this_host_is_answered() {
    let server = server();
    let port = server.port();
    let asked = |host: &str| raw(server, &format!("GET / HTTP/1.1\r\nHost: {host}"), b"").status;
    assert_eq!(asked(&format!("127.0.0.1:{port}")), 200);
    assert_eq!(asked(&format!("localhost:{port}")), 200);
    for host in [
        "evil.example",
        &format!("evil.example:{port}"),
        &format!("127.0.0.1.evil.example:{port}"),
        "127.0.0.1",
        &format!("127.0.0.1:{}", port ^ 1),
        &format!("[::1]:{port}"),
        &format!("127.0.0.1:{port}\r\nHost: localhost:{port}"),
        "",
    ] {
        let answer = raw(server, &format!("GET / HTTP/1.1\r\nHost: {host}"), b"");
        // hyper itself refuses two hosts.
        assert!(matches!(answer.status, 400 | 403), "{host}: {answer:?}");
        assert!(!answer.body.contains("<html"), "{host}");
    }
    let absolute = format!("GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:{port}");
    assert_eq!(raw(server, &absolute, b"").status, 403);
}

#[test]
fn only_a_form_of_our_own_pages_is_accepted() {
    let server = server();
    let host = format!("127.0.0.1:{}", server.port());
    let sent = |headers: &str| {
        let head = format!(
            "POST {UNBIND} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded{headers}"
        );
        raw(server, &head, b"do=check").status
    };
    assert_eq!(sent(&format!("\r\nOrigin: http://{host}")), 200);
    assert_eq!(sent("\r\nSec-Fetch-Site: same-origin"), 200);
    for headers in [
        "",
        "\r\nOrigin: null",
        "\r\nOrigin: http://evil.example",
        &format!("\r\nOrigin: https://{host}"),
        &format!("\r\nOrigin: http://localhost:{}", server.port()),
        "\r\nSec-Fetch-Site: cross-site",
        "\r\nSec-Fetch-Site: same-site",
        "\r\nSec-Fetch-Site: none",
        &format!("\r\nOrigin: http://{host}\r\nSec-Fetch-Site: cross-site"),
        &format!("\r\nOrigin: http://evil.example\r\nOrigin: http://{host}"),
    ] {
        assert_eq!(sent(headers), 403, "{headers}");
    }
}

#[test]
fn every_answer_has_the_headers_that_keep_other_pages_out() {
    let server = server();
    let host = format!("127.0.0.1:{}", server.port());
    for answer in [
        get(server, "/"),
        get(server, UNBIND),
        get(server, "/nothing"),
        post(server, UNBIND, &[("do", "check")]),
        post(server, UNBIND, &[]),
        raw(server, "GET / HTTP/1.1\r\nHost: evil.example", b""),
        raw(server, &format!("DELETE / HTTP/1.1\r\nHost: {host}"), b""),
    ] {
        let head = answer.head.to_ascii_lowercase();
        for part in [
            "content-security-policy: default-src 'none'; style-src 'self'; script-src 'self';",
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "referrer-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
            "cross-origin-opener-policy: same-origin",
            "cache-control: no-store",
        ] {
            assert!(head.contains(part), "{part}: {head}");
        }
        assert!(!head.contains("access-control"), "{head}");
        assert!(!head.contains("set-cookie"), "{head}");
    }
}

#[test]
fn bad_forms_are_refused_in_words() {
    let server = server();
    let form = |body: &[u8]| raw(server, &post_head(server, UNBIND), body);
    let large = vec![b'a'; 10 << 20];
    let pairs = encoded(&[("do", "check"), ("p.x", "1"), ("p.x", "2")]);
    for (answer, status, said) in [
        (form(b"do=check&shell=rm"), 400, "a field that its page does not have"),
        (form(b"do=delete"), 400, "does not say what to do"),
        (form(b""), 400, "does not say what to do"),
        (form(b"do=check&p.node_id=%ff%fe"), 400, "not UTF-8"),
        (form(b"\xff\x00\x01"), 400, "not UTF-8"),
        (form(pairs.as_bytes()), 400, "a field twice"),
        (form(&large), 413, "too long"),
        (post(server, "/shopex/nothing.html", &[("do", "check")]), 404, "no such page"),
        (post(server, "/nowhere/matrix.unbind.html", &[("do", "check")]), 404, "no such page"),
        (get(server, "/../Cargo.toml"), 404, "no such page"),
        (get(server, "/shopex/..%2f..%2fCargo.toml"), 404, "no such page"),
        (get(server, "/%ff"), 404, "no such page"),
        (get(server, "//evil.example/"), 404, "no such page"),
    ] {
        assert_eq!(answer.status, status, "{said}: {answer:?}");
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
    }
    let json = post_head(server, UNBIND).replace("x-www-form-urlencoded", "json");
    assert_eq!(raw(server, &json, b"{}").status, 415);
    let put = post_head(server, UNBIND).replace("POST", "PUT");
    assert_eq!(raw(server, &put, b"do=check").status, 405);
}

#[test]
fn what_is_typed_is_escaped_and_unknown_parameters_are_said() {
    let server = server();
    let markup = "\"><script>alert(1)</script>";
    let page = post(server, UNBIND, &[("do", "check"), ("p.node_id", markup), ("clock", markup)]);
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("<script>"), "{}", page.body);
    let page = post(server, UNBIND, &[("do", "check"), ("p.noed_id", "1")]);
    assert!(
        page.text_of("result").contains("has no parameter `noed_id`"),
        "{}",
        page.text_of("result")
    );
    let page = post(server, UNBIND, &[("do", "check"), ("to", "production")]);
    assert!(page.text_of("result").contains("cannot be sent there"));
}
