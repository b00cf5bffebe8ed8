//! Requests as tools and logs write them.

use crate::foreign::*;
use crate::tool::{Asked, ids};
use gatespec_tests::harness::each;
use std::io::Write as _;
use std::process::Stdio;

const SECRET: &str = "0123456789abcdef0123456789abcdef";
const URL: &str = "https://apigateway.shopex.cn/router";

/// The request of vector A in the platform's spec, as a form.
const FORM: &str = "app_key=testkey&method=matrix.unbind&node_id=15000000&sign_time=1672502400&sign=66DD494A3DEBB574561404CC73C3FF19";

fn right(asked: &Asked) {
    let run = asked.clone().secret(SECRET).run();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.out.contains("the signature is correct"), "{}", run.out);
}

fn received(request: &str) -> Asked {
    Asked::shipped(&["--from", request])
}

#[test]
fn messages_of_proxies() {
    let length = FORM.len();
    let kind = "Content-Type: application/x-www-form-urlencoded";
    let messages = [
        format!("POST /router HTTP/1.1\r\nHost: apigateway.shopex.cn\r\n{kind}\r\n\r\n{FORM}"),
        format!(
            "POST /router HTTP/1.1\nhost: apigateway.shopex.cn:443\nContent-Length: {length}\n\n{FORM}\n\n"
        ),
        format!("POST {URL} HTTP/1.0\n{kind}\n\n{FORM}\n"),
    ];
    each(messages.into_iter().map(|text| (text, ())), |text, ()| right(&received(text)));
    for (wrong, words) in [
        ("POST /router HTTP/1.1\n\na=1", "no header `Host`"),
        ("POST /router HTTP/1.1\nHost\n\na=1", "line 2 of the message is not a header"),
    ] {
        let run = received(wrong).secret(SECRET).run();
        assert!(run.code == Some(2) && run.err.contains(words), "{run:?}");
    }
}

#[test]
fn commands_of_browsers_and_shells() {
    let caret = FORM.replace('&', "^&");
    let fields: String =
        FORM.split('&').map(|pair| format!(" \\\n--data-urlencode '{pair}'")).collect();
    let lines = [
        format!("curl ^\"{URL}^\" ^\r\n  -H ^\"accept: */*^\" ^\r\n  --data-raw ^\"{caret}^\""),
        format!("curl \"{URL}\" ^\n  -d \"{FORM}\""),
        format!("curl.exe \"{URL}\" `\r\n  -d \"{FORM}\""),
        format!("curl --location --request POST '{URL}' \\\n--header 'A: b'{fields}"),
        format!("$ curl -sSXPOST {URL} -d '{FORM}' 2>&1 | jq ."),
        format!("https_proxy=http://127.0.0.1:3128 curl -u a:b '{URL}' -d '{FORM}' > out.json"),
        format!("time curl {URL} -d '{FORM}'; echo"),
    ];
    each(lines.into_iter().map(|line| (line, ())), |line, ()| right(&received(line)));
}

/// Logged parameters do not contain the address, so the command line names the platform.
#[test]
fn parameters_alone() {
    let pairs: Vec<_> = FORM.split('&').map(|pair| pair.split_once('=').unwrap()).collect();
    let array: String =
        pairs.iter().map(|(name, value)| format!("    [{name}] => {value}\n")).collect();
    let json: serde_json::Map<_, _> =
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
    let texts = [
        FORM.to_owned(),
        format!("Array\n(\n{array})\n"),
        serde_json::to_string_pretty(&json).unwrap(),
    ];
    each(texts.into_iter().map(|text| (text, ())), |text, ()| {
        right(&Asked::shipped(&["shopex", "--from", text]));
        let run = received(text).secret(SECRET).run();
        assert!(run.code == Some(2) && run.err.contains("identify the platform"), "{run:?}");
    });
    let blanks = "app_key=testkey&end_time=2023-01-02 00:00:00&fill_type=refund&method=matrix.fill.multiple\
                  &node_id=1665176836_1031190436&refund_status=aftersale&sign_time=1672502400\
                  &start_time=2023-01-01 00:00:00&sign=35352B1D1FEC84CB8274F6E0306484A9";
    right(&Asked::shipped(&["shopex", "--from", blanks]));
    let paths = Asked::invented(&["quay", "--from", "key=k9&page=2"]).secret("s").run();
    assert!(paths.code == Some(2) && paths.err.contains("give the whole request"), "{paths:?}");
}

#[test]
fn hosts_with_ports_and_users() {
    let form = FORM.replace("66DD494A3DEBB574561404CC73C3FF19", "");
    let text = form.trim_end_matches("&sign=");
    let sign = upper(md5(format!("{SECRET}&GET&%2Frouter&&{}&&{SECRET}", rfc3986(text))));
    for url in [
        format!("HTTPS://APIGATEWAY.SHOPEX.CN:443/router?{form}{sign}"),
        format!("http://user:pass@apigateway.shopex.cn:80/router?{form}{sign}#x"),
        format!("\"{URL}?{form}{sign}\""),
        format!("<{URL}?{form}{sign}>"),
    ] {
        right(&received(&url));
    }
}

#[test]
fn two_signatures_are_noted() {
    let run = received(&format!("curl {URL} -d '{FORM}' -d sign=00")).secret(SECRET).run();
    assert!(run.err.contains("the request has `sign` more than once"), "{run:?}");
}

#[test]
fn what_other_tools_write_is_named() {
    let lines = [
        (format!("fetch(\"{URL}\", {{ \"body\": \"{FORM}\" }});"), "Copy as cURL"),
        (format!("Invoke-WebRequest -Uri \"{URL}\" `\n-Body \"{FORM}\""), "Copy as cURL"),
        (format!("http --form POST {URL} app_key=testkey"), "--print=HB"),
        (format!("wget --post-data='{FORM}' {URL}"), "`-d`"),
        (format!("[2023-01-01 00:00:00] POST {URL} {FORM}"), "give a curl command, a URL"),
        (format!("curl {URL} -d '{FORM}' --next {URL}"), "several requests"),
        (format!("curl {URL} -T file"), "upload"),
    ];
    each(lines, |line, word| {
        let run = received(line).secret(SECRET).run();
        assert!(run.code == Some(2) && run.err.contains(word), "{run:?}");
    });
}

/// Requests with a live token belong on the standard input. Bytes that are not UTF-8 give a note.
#[test]
fn the_standard_input() {
    let piped = |bytes: &[u8]| {
        let mut command = received("-").secret(SECRET).command();
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The command may stop reading early.
        drop(child.stdin.take().unwrap().write_all(bytes));
        let done = child.wait_with_output().unwrap();
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    };
    assert_eq!(piped(format!("\u{feff}curl {URL} -d '{FORM}'\r\n").as_bytes()).0, Some(0));
    let (code, message) = piped(b"curl -d a=\xb6\xcc");
    assert!(code == Some(2) && message.contains("the standard input is not UTF-8"), "{message}");
    let (code, message) = piped(&vec![b'a'; 5 << 20]);
    assert!(code == Some(2) && message.contains("larger than 4 MiB"), "{message}");
    let (code, message) = piped(b"");
    assert!(code == Some(2) && message.contains("the request is empty"), "{message}");
}

/// Words that a shell would expand are taken as they are: `$` is a part of the names.
#[test]
fn names_with_a_dollar_between_double_quotes() {
    let data = "$app=testapp&$method=gome.pusher.order.synchronize&$token=testtoken&$v=1.0.0\
                &request=%7B%22orderId%22%3A%221%22%7D&$sign=DF0A0206174CCB400876431D50E2B20A2BDFDFB0";
    let line = format!("curl http://gw.gome.com.cn/router -d \"{data}\"");
    let asked = Asked::shipped(&["--from", &line]).secret("testsecret");
    let found = asked.json();
    assert_eq!(found["diagnosis"]["same"], true, "{found}");
    assert_eq!(ids(&found["diagnosis"]), [""; 0]);
}
