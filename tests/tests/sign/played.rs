//! Requests that are really sent to the mock: the requests that `--curl` prints, as a shell reads
//! them, and wrong requests of other clients.

use crate::foreign::*;
use crate::tool::{Asked, ids};
use gatespec_mock::Mock;
use gatespec_runtime::DateTime;
use gatespec_tests::harness::{each, tree, workspace, write_tree};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;
use tempfile::TempDir;

fn played(specs: &str) -> Mock {
    Mock::builder(workspace(specs)).start().unwrap()
}

/// Gives the command the mock's credentials.
fn knowing(asked: Asked, mock: &Mock, platform: &str) -> Asked {
    let credentials = mock.credentials(platform).unwrap();
    let names: Vec<_> = credentials.names().collect();
    names.into_iter().fold(asked, |asked, name| {
        asked.env(&format!("GATESPEC_{}", name.to_uppercase()), credentials.get(name).unwrap())
    })
}

/// The words after `curl`, as split by `/bin/sh`.
fn shell_words(line: &str) -> Vec<String> {
    let script = format!("curl() {{ for word; do printf '%s\\0' \"$word\"; done; }}\n{line}\n");
    let done = Command::new("/bin/sh").args(["-c", &script]).output().unwrap();
    assert!(done.status.success() && done.stderr.is_empty(), "{done:?}");
    let text = String::from_utf8(done.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

/// Sends the request of a `curl` command, and returns the head of the answer.
fn send(words: &[String]) -> String {
    let of = |option: &'static str| {
        words.windows(2).filter(move |two| two[0] == option).map(|two| two[1].as_str())
    };
    let url = words.iter().find_map(|word| word.strip_prefix("http://")).unwrap();
    let (host, target) = url.split_at(url.find('/').unwrap());
    let body = of("--data-raw").next().unwrap_or_default();
    let headers: String = of("-H").map(|header| format!("{header}\r\n")).collect();
    let verb = of("-X").next().unwrap();
    let length = body.len();
    let message = format!(
        "{verb} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n\
         {headers}\r\n{body}"
    );
    let mut stream = TcpStream::connect(host).unwrap();
    stream.write_all(message.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split("\r\n\r\n").next().unwrap().to_owned()
}

fn header<'h>(head: &'h str, name: &str) -> &'h str {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(known, _)| *known == name).unwrap_or_else(|| panic!("{name}\n{head}")).1
}

#[test]
fn a_command_passes_a_shell_and_is_accepted() {
    let (shipped, invented) = (played("specs"), played("tests/platforms"));
    let odd = "短袖 'q' \"x\" `id` $HOME $(id) \\ \\n !x &|;># ~*";
    let mogujie = r#"openApiOrderDetailReqDto={"shopOrderId":91341793022324}"#;
    let order = format!("request={{\"orderId\":\"1\",\"buyerName\":{}}}", serde_json::json!(odd));
    let cases = [
        (
            &shipped,
            "shopex",
            vec![
                "matrix.bindurl".to_owned(),
                format!("code={odd}"),
                "callback_url=http://a/".into(),
            ],
        ),
        (&shipped, "mogujie", vec!["xiaodian.trade.get".to_owned(), mogujie.to_owned()]),
        (&shipped, "gome", vec!["gome.pusher.order.synchronize".to_owned(), order]),
        (
            &invented,
            "acme",
            vec![
                "order.remark".to_owned(),
                "order_no=AC-0007".into(),
                format!("text={odd}\nline"),
                "score=5".into(),
            ],
        ),
        (
            &invented,
            "quay",
            vec!["parcel.find".to_owned(), format!("depot={odd}"), "open=true".into()],
        ),
    ];
    let named =
        cases.into_iter().map(|(mock, platform, words)| (platform.to_owned(), (mock, words)));
    each(named, |platform, (mock, words)| {
        let mut all = vec![platform];
        all.extend(words.iter().map(String::as_str));
        let asked = match platform {
            "acme" | "quay" => Asked::invented(&all),
            _ => Asked::shipped(&all),
        };
        let url = mock.url(platform).unwrap();
        let run = knowing(asked, mock, platform).with(&["--curl", "--url", &url]).run();
        assert_eq!(run.code, Some(0), "{run:?}");
        let head = send(&shell_words(&run.out));
        let entry = mock.received().pop().unwrap();
        assert!(entry.is_accepted(), "{}\n{entry}\n{head}", run.out);
    });
}

/// The caller's document contains control characters, which JSON would escape.
#[test]
fn a_document_with_line_breaks_passes_a_shell() {
    let root = TempDir::new().unwrap();
    let spec = tree(&workspace("tests/corpus/accept/raw_body"));
    write_tree(&root.path().join("shop"), spec);
    let specs = root.path().display().to_string();
    let mock = Mock::builder(root.path()).start().unwrap();
    let url = mock.url("shop").unwrap();
    let document = "it's\na \"line\"\tand \\n $HOME\n";
    let body = format!("body={document}");
    let asked = Asked::anywhere(&["shop", "shop.demo", "name=n", &body, "--specs", &specs]);
    let run = knowing(asked, &mock, "shop").with(&["--curl", "--url", &url]).run();
    assert_eq!(run.code, Some(0), "{run:?}");
    let words = shell_words(&run.out);
    assert!(words.iter().any(|word| word == document), "{}", run.out);
    send(&words);
    let entry = mock.received().pop().unwrap();
    assert!(entry.is_accepted(), "{}\n{entry}", run.out);
}

/// A wrong request by a client in another language.
struct Wrong<'w> {
    platform: &'w str,
    /// The parameters without the signature.
    fields: &'w Pairs,
    /// The text that the client signed.
    text: &'w [u8],
    sign_name: &'w str,
    digest: fn(&[u8]) -> Vec<u8>,
    cause: &'w str,
}

/// Asserts that the mock refuses the request, and that `gatespec sign` finds the mistake from the
/// request and from the signed text.
fn refused_and_explained(mock: &Mock, wrong: &Wrong<'_>) {
    let Wrong { platform, fields, text, sign_name, digest, cause } = *wrong;
    let sign = upper(digest(text));
    let encoded: Pairs = with(fields.clone(), sign_name, &sign)
        .into_iter()
        .map(|(name, value)| (form(&name), form(&value)))
        .collect();
    let path = if platform == "shopex" { "/router" } else { "" };
    let line = format!(
        "curl -X POST '{}{path}' -H 'Content-Type: application/x-www-form-urlencoded' --data-raw '{}'",
        mock.url(platform).unwrap(),
        join(&encoded, "=", "&")
    );
    let head = send(&shell_words(&line));
    let (signed, signature) =
        (header(&head, "x-gatespec-signed"), header(&head, "x-gatespec-signature"));

    let asked = knowing(Asked::shipped(&[platform, "--from", &line]), mock, platform);
    let found = asked.json();
    assert_eq!(ids(&found["diagnosis"]), [cause], "{found}");
    assert_eq!(found["sign"], signature, "both are made by one formula");
    // The mock's text equals the formula's, however it is escaped in a header.
    let same = asked.clone().with(&["--against", signature, "--against-string", signed]).run();
    assert!(same.code == Some(0) && !same.out.contains("differ from"), "{same:?}");
    let text_alone =
        without_sign(asked.clone(), &line, sign_name).with(&["--against-string", signed]).run();
    assert_eq!(text_alone.code, Some(0), "{text_alone:?}");
    // The text that the client signed, if it is UTF-8.
    if let Ok(text) = std::str::from_utf8(text) {
        let found = without_sign(asked, &line, sign_name).causes_of_text(text);
        assert_eq!(found, [cause]);
    }
}

/// The request without its signature, so that only the signed text is compared.
fn without_sign(asked: Asked, line: &str, sign_name: &str) -> Asked {
    let at = line.find(&format!("&{}=", form(sign_name))).unwrap();
    let platform = asked.words()[0].clone();
    asked.reworded(&[&platform, "--from", &format!("{}'", &line[..at])])
}

/// The time of all requests.
const NOW: i64 = 1_672_502_400;

#[test]
fn a_refusal_of_the_mock_is_explained_for_every_platform() {
    let clock = DateTime::from_unix_seconds(NOW).unwrap();
    let mock = Mock::builder(workspace("specs")).clock(clock).start().unwrap();
    let of = |platform: &str, name: &str| {
        mock.credentials(platform).unwrap().get(name).unwrap().to_owned()
    };
    let seconds = NOW.to_string();

    // A PHP script with `urlencode`.
    let fields = sorted(pairs(&[
        ("app_key", &of("shopex", "app_key")),
        ("callback_url", "http://a.cn/短 x"),
        ("code", "c"),
        ("method", "matrix.bindurl"),
        ("sign_time", &seconds),
    ]));
    let secret = of("shopex", "secret");
    let text = format!("{secret}&POST&%2Frouter&&&{}&{secret}", form(&join(&fields, "=", "&")));
    let wrong = Wrong {
        platform: "shopex",
        fields: &fields,
        text: text.as_bytes(),
        sign_name: "sign",
        digest: |text| md5(text),
        cause: "space_as_plus",
    };
    refused_and_explained(&mock, &wrong);

    // A Java client that reads the clock twice.
    let fields = sorted(pairs(&[
        ("access_token", &of("mogujie", "access_token")),
        ("app_key", &of("mogujie", "app_key")),
        ("format", "json"),
        ("method", "xiaodian.trade.get"),
        ("openApiOrderDetailReqDto", r#"{"shopOrderId":91341793022324}"#),
        ("sign_method", "md5"),
        ("timestamp", &seconds),
        ("version", "1.0"),
    ]));
    let secret = of("mogujie", "secret");
    let signed = sorted(with(fields.clone(), "timestamp", &(NOW + 2).to_string()));
    let text = format!("{secret}{}{secret}", join(&signed, "", ""));
    let wrong = Wrong {
        platform: "mogujie",
        fields: &fields,
        text: text.as_bytes(),
        sign_name: "sign",
        digest: |text| md5(text),
        cause: "clock_read_twice",
    };
    refused_and_explained(&mock, &wrong);

    // A program whose texts are GBK when it signs and UTF-8 when it sends.
    let fields = sorted(pairs(&[
        ("$app", &of("gome", "app_key")),
        ("$method", "gome.pusher.order.synchronize"),
        ("$token", &of("gome", "token")),
        ("$v", "1.0.0"),
        ("request", r#"{"orderId":"1","source":"短袖"}"#),
    ]));
    let secret = of("gome", "secret");
    let text = format!("{secret}{}{secret}", join(&fields, "", ""));
    let (before, after) = text.split_once("短袖").unwrap();
    let text = [before.as_bytes(), b"\xb6\xcc\xd0\xe4", after.as_bytes()].concat();
    let wrong = Wrong {
        platform: "gome",
        fields: &fields,
        text: &text,
        sign_name: "$sign",
        digest: |text| sha1(text),
        cause: "other_charset",
    };
    refused_and_explained(&mock, &wrong);
}
