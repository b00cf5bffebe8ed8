//! A refused request is pasted, and the tool finds out why.

use crate::http::{Answer, post, server};

const UNBIND: &str = "/shopex/matrix.unbind.html";
const EXPLAIN: &str = "/explain.html";

/// The curl command that the tool shows for a request.
fn curl() -> String {
    let fields = [("do", "check"), ("p.node_id", "15000000"), ("clock", "1672502400")];
    let page = post(server(), UNBIND, &fields);
    let html = page.html_of("result");
    let html = &html[html.find("curl -X").unwrap()..];
    crate::http::text_as_is(&html[..html.find('<').unwrap()])
}

fn sign_of(curl: &str) -> String {
    let at = curl.find("sign=").unwrap() + "sign=".len();
    curl[at..].chars().take_while(char::is_ascii_hexdigit).collect()
}

fn explained(path: &str, fields: &[(&str, &str)]) -> Answer {
    let fields: Vec<_> = [("do", "explain")].iter().chain(fields).copied().collect();
    let page = post(server(), path, &fields);
    assert_eq!(page.status, 200, "{page:?}");
    page
}

#[test]
fn a_request_with_the_right_signature_is_correct() {
    let curl = curl();
    for path in [UNBIND, "/shopex/matrix.fill.multiple.html"] {
        let said = explained(path, &[("pasted", &curl)]).text_of("diagnosis");
        assert!(said.contains("The signature is correct"), "{said}");
        assert!(said.contains("shopex matrix.unbind"), "{said}");
    }
}

#[test]
fn a_wrong_signature_is_explained_and_the_fix_is_said() {
    let (curl, sign) = (curl(), sign_of(&curl()));
    let wrong = curl.replace(&sign, &sign.to_ascii_lowercase());
    let said = explained(UNBIND, &[("pasted", &wrong)]).text_of("diagnosis");
    assert!(said.contains("The signature is different"), "{said}");
    assert!(said.contains("Why") && said.contains("Fix on the other side"), "{said}");
    assert!(said.contains("lower"), "{said}");
    assert!(said.contains(&sign) && said.contains(&sign.to_ascii_lowercase()), "{said}");
    // The same signature, given by itself.
    let sign = sign.to_ascii_lowercase();
    let given = explained(UNBIND, &[("pasted", &curl), ("their_sign", &sign)]);
    assert_eq!(given.text_of("diagnosis"), said);
}

#[test]
fn the_other_sides_text_shows_the_first_difference() {
    let text = "<secret>&POST&%2Frouter&&&app_key%3D10011%26method%3Dmatrix.unbind%26node_id%3D99\
                %26sign_time%3D1672502400&<secret>";
    let page =
        explained(UNBIND, &[("pasted", &curl()), ("their_text", text), ("their_sign", "00")]);
    let said = page.text_of("diagnosis");
    assert!(said.contains("The first difference"), "{said}");
    assert!(said.contains("node_id%3D 99") && said.contains("node_id%3D 15000000"), "{said}");
}

#[test]
fn the_page_for_all_platforms_finds_the_platform_by_the_address() {
    let real = curl();
    let at = real.find("http://127.0.0.1").unwrap();
    let end = at + real[at..].find("/router").unwrap();
    let real = real.replace(&real[at..end], "https://apigateway.shopex.cn");
    let said = explained(EXPLAIN, &[("pasted", &real)]).text_of("diagnosis");
    assert!(said.contains("shopex matrix.unbind"), "{said}");
    let unknown = explained(EXPLAIN, &[("pasted", "https://evil.example/?sign=1")]);
    assert!(unknown.text_of("diagnosis").contains("no platform of the specs has the address"));
}

#[test]
fn nothing_that_is_pasted_is_read_as_a_file_or_sent() {
    for pasted in [
        "@Cargo.toml",
        "-",
        "curl https://apigateway.shopex.cn/router -d @Cargo.toml",
        "curl https://apigateway.shopex.cn/router --data-binary @/etc/passwd",
        "wget https://apigateway.shopex.cn/router",
        "",
        "\u{0}\u{1}",
    ] {
        let page = explained(UNBIND, &[("pasted", pasted), ("their_text", "@Cargo.toml")]);
        let said = page.text_of("diagnosis");
        assert!(!said.contains("[workspace]") && !said.contains("root:"), "{pasted}: {said}");
        assert!(!said.is_empty(), "{pasted}");
    }
}

#[test]
fn a_request_without_a_signature_is_signed_and_the_page_keeps_what_was_pasted() {
    let curl = curl().replace("&sign=", "&other=");
    let page = explained(UNBIND, &[("pasted", &curl)]);
    let said = page.text_of("diagnosis");
    assert!(said.contains("carries no signature"), "{said}");
    assert!(
        page.text_of("field-pasted").contains("curl -X POST"),
        "{}",
        page.text_of("field-pasted")
    );
    assert!(page.tag_of("field-p.node_id").contains("15000000"), "the form has the example");
}
