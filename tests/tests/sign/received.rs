//! Requests that were received, as `curl` commands and as URLs.

use crate::foreign::*;
use crate::tool::{Asked, ids};
use gatespec_tests::harness::{each, workspace};
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// The request of vector A in the platform's spec, as a form.
const FORM: &str = "app_key=testkey&method=matrix.unbind&node_id=15000000&sign_time=1672502400&sign=66DD494A3DEBB574561404CC73C3FF19";

fn received(request: &str) -> Asked {
    Asked::shipped(&["--from", request]).secret(SECRET)
}

#[test]
fn a_command_is_read_however_it_is_written() {
    let url = "https://apigateway.shopex.cn/router";
    let parts: Vec<_> = FORM.split('&').collect();
    let each_part = parts.iter().map(|part| format!(" -d '{part}'")).collect::<String>();
    let encoded =
        parts.iter().map(|part| format!(" --data-urlencode \"{part}\"")).collect::<String>();
    let lines = [
        format!("curl {url} -d '{FORM}'"),
        format!("curl -X POST --url {url} --data \"{FORM}\""),
        format!("curl -XPOST {url} --data-raw $'{}'", FORM.replace("&sign=", "\\x26sign\\u003d")),
        format!(
            "curl \\\n  -sS --compressed \\\n  -H 'Accept: */*' \\\n  --data-binary '{FORM}' \\\n  '{url}'"
        ),
        format!("/usr/bin/curl -k{each_part} {url}"),
        format!("curl --max-time 5 {url}{encoded} -A 'a b'"),
        format!(
            "curl --request=POST {url} -H 'Content-Type: application/x-www-form-urlencoded' -d'{FORM}'"
        ),
        format!("curl -F x=y {url}"),
    ];
    let (wrong, right) = lines.split_last().unwrap();
    each(right.iter().map(|line| (line.clone(), ())), |line, ()| {
        let run = received(line).run();
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.out.contains("the signature is correct"), "{}", run.out);
    });
    let run = received(wrong).run();
    assert!(run.code == Some(2) && run.err.contains("multipart"), "{run:?}");
}

#[test]
fn a_wrong_signature_in_a_command_is_explained() {
    let text = format!(
        "{SECRET}&POST&%2Frouter&&&{}&{SECRET}",
        form(
            "app_key=testkey&callback_url=http://shopex.cn/call back&code=code&method=matrix.bindurl\
             &sign_time=1672502400"
        )
    );
    let data = format!(
        "app_key=testkey&callback_url=http%3A%2F%2Fshopex.cn%2Fcall+back&code=code&method=matrix.bindurl\
         &sign_time=1672502400&sign={}",
        upper(md5(text))
    );
    let asked = received(&format!("curl https://apigateway.shopex.cn/router -d '{data}'"));
    let run = asked.run();
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.out.contains("[space_as_plus]"), "{}", run.out);
    assert!(run.out.contains("the signed texts differ from byte"), "{}", run.out);
    let found = asked.json();
    assert_eq!(found["method"], "matrix.bindurl");
    assert_eq!(ids(&found["diagnosis"]), ["space_as_plus"]);
    // The command printed by `--curl` is signed correctly.
    let curl = asked.with(&["--curl"]).run().out;
    assert_eq!(received(&curl).run().code, Some(0), "{curl}");
}

#[test]
fn the_order_of_a_request_is_the_order_sent() {
    let sent = [("method", "matrix.unbind"), ("node_id", "15000000"), ("app_key", "testkey")];
    let sent = [&sent[..], &[("sign_time", "1672502400")]].concat();
    let block = join(&pairs(&sent), "=", "&");
    let sign = upper(md5(format!("{SECRET}&POST&%2Frouter&&&{}&{SECRET}", rfc3986(&block))));
    let asked =
        received(&format!("curl https://apigateway.shopex.cn/router -d '{block}&sign={sign}'"));
    assert_eq!(ids(&asked.json()["diagnosis"]), ["not_sorted"]);
}

/// The request of vector C in the platform's spec.
#[test]
fn a_request_with_parameters_in_query_and_form() {
    let url = "https://apigateway.shopex.cn/router?app_key=testkey&sign_method=md5&sign_time=1672502400\
               &method=matrix.fill.single&sign=DB0463719F11FC0D8B49DE24838EBB0F";
    let data = "node_id=15000000&fill_type=order&tids=A1%7CA2";
    let run = received(&format!("curl '{url}' -d '{data}'")).run();
    assert_eq!(run.code, Some(0), "{run:?}");
}

/// The official example: as a URL, with `-G`, from a file, and from the standard input.
#[test]
fn urls_files_and_the_data_of_a_get() {
    let data = "access_token=TESTACCESSTOKEN&app_key=10011&format=json&itemId=95i27&method=xiaodian.item.get\
                &sign_method=md5&timestamp=1367819523&version=1.0";
    let sign = "&sign=34619030B487EC1B49B9EF564A877925";
    let root = TempDir::new().unwrap();
    let file = root.path().join("request");
    fs::write(&file, format!("curl 'https://openapi.mogujie.com/invoke?{data}{sign}'\n")).unwrap();
    for request in [
        format!("https://openapi.mogujie.com/invoke?{data}{sign}"),
        format!("openapi.mogujie.com/invoke?{data}{sign}#top"),
        format!("curl -G https://openapi.mogujie.com/invoke -d '{data}' -d '{}'", &sign[1..]),
        format!("@{}", file.display()),
    ] {
        let run = Asked::shipped(&["--from", &request]).secret("TESTAPPSECRET").run();
        assert_eq!(run.code, Some(0), "{request}\n{run:?}");
        assert!(run.err.contains("no spec has method `xiaodian.item.get`"), "{}", run.err);
        assert!(!run.out.contains("TESTACCESSTOKEN"), "the token is sensitive\n{}", run.out);
    }
    let unsigned = format!("https://openapi.mogujie.com/invoke?{data}");
    let unsigned = Asked::shipped(&["--from", &unsigned]).secret("TESTAPPSECRET").json();
    assert_eq!(unsigned["sign"], "34619030B487EC1B49B9EF564A877925");
    assert_eq!(unsigned["diagnosis"], Value::Null);
}

/// Vectors of two invented platforms: JSON bodies and headers, placeholders in the path, another
/// host.
#[test]
fn bodies_headers_and_holes() {
    let list = r#"curl -X POST 'https://east.acme.example/api/v3/order/list?alg=A2&token=t0k' -H 'acme-key: k1'
        -H 'Acme-Time: 2023-01-01T00:00:00.007+0800' -H 'Acme-Nonce: 00ff00ff00ff00ff'
        -H 'Acme-Digest: DIGEST' -H 'Content-Type: application/json'
        -H 'Acme-Signature: pq1fMSjvr7b/jS/TAGHkMAHCuDh6tRc5YSQUw/7RYSk=' --data-raw 'BODY'"#;
    let body = r#"{"data":{"at_least":"12.50","lines":[{"qty":2,"sku":"短袖"},{"qty":1,"sku":"b/1"}],"since":"2023-01-01 00:00:00","states":"paid|sent","until":"2023-01-08 00:00:00"},"meta":{"lang":"zh"}}"#;
    let list = list.replace('\n', " ").replace("DIGEST", &base64(md5(body))).replace("BODY", body);
    let acme = |line: &str| {
        let secrets =
            Asked::invented(&["--from", line]).env("GATESPEC_APP_SECRET", "0123456789abcdef");
        secrets.secret("s1gn").run()
    };
    let run = acme(&list);
    assert_eq!(run.code, Some(0), "{run:?}");
    let spaced = list.replace(body, &body.replace(",\"", ", \""));
    let run = acme(&spaced);
    assert!(run.code == Some(1) && run.out.contains("json_compact"), "{run:?}");
    let events = "https://api.quay.example/parcels/P-7/events?key=k9&ts=1672502400007&svc=parcel&page=2\
                  &sig=a770a629e2983efe363b3cd6321684d2";
    for (words, url) in [
        (&[][..], events.to_owned()),
        (&["quay"][..], events.replace("api.quay.example", "localhost:8080/mock")),
    ] {
        let line = format!("curl -H 'Quay-Action: parcel.events' '{url}'");
        let asked = Asked::invented(words).with(&["--from", &line]).secret("quay-secret");
        let run = asked.run();
        assert_eq!(run.code, Some(0), "{run:?}");
        assert_eq!(asked.json()["method"], "parcel.events");
    }
}

/// The prefix that a mock server adds to paths is not signed, but the path after it is.
#[test]
fn requests_to_a_mock_server() {
    for host in ["127.0.0.1:8780", "localhost:8780", "mock.example"] {
        for words in [&[][..], &["shopex"][..]] {
            let line = format!("curl http://{host}/shopex/router -d '{FORM}'");
            let asked = Asked::shipped(words).with(&["--from", &line]).secret(SECRET);
            let run = asked.run();
            assert_eq!(run.code, Some(0), "{host}: {run:?}");
            assert_eq!(asked.json()["method"], "matrix.unbind");
        }
    }
    // Another path has another signature.
    let line = format!("curl http://127.0.0.1:8780/shopex/rooter -d '{FORM}'");
    assert_eq!(received(&line).run().code, Some(1));
    // The path in the platform's base address is not signed either.
    let data =
        "access_token=T&app_key=10011&format=json&method=xiaodian.item.get&timestamp=1367819523";
    let sign = upper(md5(format!("S{}S", data.replace(['=', '&'], ""))));
    for path in ["/mogujie/invoke", "/mogujie", "/mogujie/"] {
        let url = format!("http://127.0.0.1:8780{path}?{data}&sign={sign}");
        let run = Asked::shipped(&["--from", &url]).secret("S").run();
        assert_eq!(run.code, Some(0), "{path}: {run:?}");
    }
    let events = "http://localhost:8780/quay/parcels/P-7/events?key=k9&ts=1672502400007&svc=parcel\
                  &page=2&sig=a770a629e2983efe363b3cd6321684d2";
    let line = format!("curl -H 'Quay-Action: parcel.events' '{events}'");
    let run = Asked::invented(&["--from", &line]).secret("quay-secret").run();
    assert_eq!(run.code, Some(0), "{run:?}");
    // No platform has this id.
    let run = received("http://127.0.0.1:8780/shopexx/router?a=1").run();
    assert!(run.code == Some(2) && run.err.contains("no platform of the specs"), "{run:?}");
}

const DOCK: &str = "
gateways:
  dock:
    environments:
      production: { url: https://dock.example/api, doc: The gateway of docks. }
    credentials: { app_key: { doc: The application. }, secret: { sensitive: true, doc: Signs. } }
    request:
      path: /dock
      public_in: form
      business: form
      public:
        app_key: { is: app_key, doc: The application's key. }
        ts: { is: clock, format: unix_seconds, doc: When the request was signed. }
        sign: { is: signature, doc: The signature. }
    signature: { formula: hex(md5(path + pairs(all) + secret)) }
";

#[test]
fn requests_to_a_further_gateway_of_a_mock_server() {
    let specs = TempDir::new().unwrap();
    let (from, to) = (workspace("tests/tests/sign/specs/pier"), specs.path().join("pier"));
    fs::create_dir(&to).unwrap();
    let read = |name: &str| fs::read_to_string(from.join(name)).unwrap();
    fs::write(to.join("platform.yaml"), read("platform.yaml") + DOCK).unwrap();
    let moor = format!("gateway: dock\n{}", read("boat.note.yaml"));
    fs::write(to.join("boat.moor.yaml"), moor).unwrap();
    let data = "app_key=k&boat=a&ts=1672502400";
    let sign = lower(md5(format!("/dock{data}s")));
    for path in ["/pier/dock/api/dock", "/pier/dock/dock"] {
        let line = format!("curl http://127.0.0.1:8780{path} -d '{data}&sign={sign}'");
        let words = ["pier", "boat.moor", "--from", &line, "--specs"];
        let run = Asked::anywhere(&words).with(&[specs.path().to_str().unwrap()]).secret("s").run();
        assert_eq!(run.code, Some(0), "{path}: {run:?}");
    }
}

#[test]
fn texts_in_gbk_are_read_and_named() {
    let data = "app_key=testkey&callback_url=%B6%CC%D0%E4&code=c&method=matrix.bindurl&sign_time=1672502400";
    let text = data.replace('=', "%3D").replace('&', "%26");
    let sign = upper(md5(format!("{SECRET}&POST&%2Frouter&&&{text}&{SECRET}")));
    let asked =
        received(&format!("curl https://apigateway.shopex.cn/router -d '{data}&sign={sign}'"));
    let run = asked.run();
    assert!(run.err.contains("GBK, but the platform takes UTF-8"), "{run:?}");
    assert_eq!(ids(&asked.json()["diagnosis"]), ["other_charset"]);
}

/// The request is read as a receiver would read it. A note says what the receiver would refuse.
#[test]
fn what_a_receiver_refuses_is_read_and_said() {
    let url = "https://apigateway.shopex.cn/router";
    let json = format!("curl {url} -H 'Content-Type: application/json' -d '{FORM}'");
    let run = received(&json).run();
    assert!(run.code == Some(0) && run.err.contains("refuses this request"), "{run:?}");
    let data =
        "app_key=testkey&callback_url=100%25%zz&code=c&method=matrix.bindurl&sign_time=1672502400";
    let text = rfc3986(&data.replace("%25", "%"));
    let sign = upper(md5(format!("{SECRET}&POST&%2Frouter&&&{text}&{SECRET}")));
    let run = received(&format!("curl {url} -d '{data}&sign={sign}'")).run();
    assert!(run.code == Some(0) && run.err.contains("without two hexadecimal digits"), "{run:?}");
}

#[test]
fn what_is_no_request_is_said() {
    for (request, words) in [
        ("", "the request is empty"),
        ("curl", "the curl command has no URL"),
        ("curl 'https://apigateway.shopex.cn/router", "not closed"),
        ("curl https://a.example https://b.example", "two addresses"),
        ("curl https://a.example --frobnicate", "--frobnicate"),
        ("curl https://a.example -d", "-d has no value"),
        ("curl https://a.example -d @/nowhere/at/all", "no such file"),
        ("https://apigatevay.shopex.cn/router?a=1", "did you mean apigateway.shopex.cn"),
        ("https://example.com/?a=1", "no platform of the specs has the address `example.com`"),
        ("curl https://apigateway.shopex.cn/router -d a=1", "which method"),
        ("@/nowhere/at/all", "no such file"),
    ] {
        let run = received(request).run();
        assert_eq!(run.code, Some(2), "{request}: {run:?}");
        assert!(run.err.contains(words), "{request}: {}", run.err);
    }
    let both =
        Asked::shipped(&["shopex", "matrix.unbind", "node_id=1", "--from", "x"]).secret("s").run();
    assert!(both.code == Some(2) && both.err.contains("remove NAME=VALUE"), "{both:?}");
    let broken = Asked::invented(&["acme", "order.list", "--from"])
        .with(&["curl https://east.acme.example/api/v3/order/list -H 'Content-Type: application/json' -d '{\"a\":'"])
        .secret("s1gn")
        .run();
    assert!(broken.code == Some(2) && broken.err.contains("not JSON"), "{broken:?}");
}

/// Characters of a command are changed, added and removed at random.
#[test]
fn damaged_commands_are_answered() {
    let line = format!("curl 'https://apigateway.shopex.cn/router?a=%E7' -H 'A: b' -d $'{FORM}'");
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % below
    };
    let letters: Vec<char> = "'\"\\$%&=+{}[]:,-@/?# \n短\u{7}0xu".chars().collect();
    for _ in 0..60 {
        let mut damaged: Vec<char> = line.chars().collect();
        for _ in 0..3 {
            let (at, letter) = (random(damaged.len()), letters[random(letters.len())]);
            match random(3) {
                0 => damaged[at] = letter,
                1 => damaged.insert(at, letter),
                _ => drop(damaged.remove(at)),
            }
        }
        let damaged: String = damaged.into_iter().collect();
        let run = received(&damaged).run();
        assert!(matches!(run.code, Some(0..=2)), "{damaged}\n{run:?}");
    }
}

/// A receiver verifies `{json}` by its values, whatever spacing and escapes its sender used.
#[test]
fn json_in_a_request_is_verified_by_its_values() {
    // In the form of the platform's values.json: compact, ASCII only.
    let note = r#"{"words":"\u77ed <a/>","tide":null}"#;
    let text =
        |note: &str| format!(r#"app_key="k"&boat="Ann"&note={note}&ts="1672502400"pier-secret"#);
    let sent = |note: &str, sign: &str| {
        let pairs = [
            ("app_key", "k"),
            ("boat", "Ann"),
            ("note", note),
            ("ts", "1672502400"),
            ("sign", sign),
        ];
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let words = ["pier", "boat.note", "--case", "typed", "--from", &form];
        Asked::own(&words).secret("pier-secret")
    };
    let right = lower(md5(text(note)));
    for note in [
        note,
        "{\"words\": \"短 <a/>\", \"tide\": null}",
        "{ \"words\" :\"\\u77ed\\u0020<a\\/>\",\n\"tide\":null}",
    ] {
        let run = sent(note, &right).run();
        assert_eq!(run.code, Some(0), "{note}: {run:?}");
        assert!(run.out.contains("the signature is correct"), "{note}: {}", run.out);
    }
    // Other values give another text, and so does the spelling that the other side signed.
    let run = sent(r#"{"words":"短 <a/>","tide":1}"#, &right).run();
    assert_eq!(run.code, Some(1), "{run:?}");
    let spaced = r#"{"words": "\u77ed <a/>", "tide": null}"#;
    let found = sent(spaced, &lower(md5(text(spaced)))).json();
    assert_eq!(ids(&found["diagnosis"]), ["json_spaced"]);
}
