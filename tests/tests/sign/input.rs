//! Requests that cannot be signed: a message that names the error, exit code 2, no panic.

use crate::tool::Asked;
use gatespec_tests::harness::each;
use std::fs;
use tempfile::TempDir;

fn refused(asked: &Asked, words: &[&str]) {
    let run = asked.run();
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.out.is_empty(), "{run:?}");
    for word in words {
        assert!(run.err.contains(word), "{word} is not in\n{}", run.err);
    }
}

#[test]
fn values_of_another_type() {
    let events = |value: &str| Asked::invented(&["quay", "parcel.events", "parcel_id=P", value]);
    let find = |value: &str| Asked::invented(&["quay", "parcel.find", value]);
    let list = |value: &str| {
        let asked = Asked::invented(&["acme", "order.list", value, "--app-key", "k"]);
        asked.env("GATESPEC_APP_SECRET", "0123456789abcdef")
    };
    let rows: [(Asked, &[&str]); 12] = [
        (events("page=two"), &["`page`", "`two`", "a whole number"]),
        (events("pagee=2"), &["no parameter `pagee`", "did you mean `page`?"]),
        (events("zzz=2"), &["no parameter `zzz`", "its parameters are"]),
        (events("page"), &["`page` is not a parameter", "NAME=VALUE"]),
        (find("open=perhaps"), &["`open`", "`true` or `false`"]),
        (
            find("worth_at_least=12,5"),
            &["`worth_at_least`", "an amount in yuan with at most 2 decimals"],
        ),
        (find("since=yesterday"), &["`since`", "a time as `yyyy-MM-dd'T'HH:mm:ssXXX`"]),
        (find("box={\"width\":"), &["`box` is not JSON", "line 1 column", "box=@FILE"]),
        (find("box={\"width\":\"wide\"}"), &["`box.width`", "`wide`"]),
        (find("box={\"widht\":1}"), &["`widht`", "did you mean `width`?"]),
        (
            list("lines=[{\"sku\":\"a\",\"qty\":1},{\"qty\":\"many\"}]"),
            &["`lines[1].qty`", "a whole number"],
        ),
        (list("lines={}"), &["`lines`", "a list as JSON"]),
    ];
    each(
        rows.into_iter().map(|(asked, words)| (format!("{words:?}"), (asked, words))),
        |_, (asked, words)| {
            refused(&asked.clone().secret("s"), words);
        },
    );
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let asked =
        Asked::invented(&["quay", "parcel.find", "open=perhaps", "since=x", "worth_at_least=y"]);
    let run = asked.secret("s").with(&["--app-key", "k"]).run();
    for word in ["`open`", "`since`", "`worth_at_least`"] {
        assert!(run.err.contains(word), "{word}\n{}", run.err);
    }
}

#[test]
fn platforms_methods_cases_and_credentials_that_do_not_exist() {
    let s = |words: &[&str]| Asked::shipped(words).secret("s");
    let rows: [(Asked, &[&str]); 12] = [
        (s(&["shopx", "matrix.unbind"]), &["no platform `shopx`", "did you mean `shopex`?"]),
        (s(&["zzzzzz", "m"]), &["the known names are gome, mogujie, shopex"]),
        (
            s(&["shopex", "matrix.unbnd"]),
            &["no method `matrix.unbnd`", "did you mean `matrix.unbind`?"],
        ),
        (s(&["mogujie", "matrix.unbind"]), &["it is a method of `shopex`. With --raw"]),
        (s(&[]), &["give a platform and a method"]),
        (s(&["shopex"]), &["name a method"]),
        (s(&["shopex", "node_id=1"]), &["name a method"]),
        (s(&["shopex", "matrix.unbind", "--case", "A1"]), &["has only one signature method"]),
        (s(&["shopex", "matrix.unbind", "--token", "t"]), &["remove --token"]),
        (
            s(&["shopex", "matrix.unbind", "--credential", "app_kay=x"]),
            &["did you mean `app_key`?"],
        ),
        (
            s(&["shopex", "matrix.unbind", "--clock", "today"]),
            &["--clock takes Unix seconds", "`today`"],
        ),
        (
            Asked::invented(&["acme", "order.list", "--case", "A3"]).secret("s"),
            &["no signature method `A3`", "A2, A1"],
        ),
    ];
    each(
        rows.into_iter().map(|(asked, words)| (format!("{words:?}"), (asked, words))),
        |_, (asked, words)| {
            refused(asked, words);
        },
    );
}

#[test]
fn files_that_cannot_be_read_and_secrets_that_are_none() {
    let root = TempDir::new().unwrap();
    let path = |name: &str, bytes: &[u8]| {
        let path = root.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let gbk = path("gbk", b"{\"width\": \"\xb6\xcc\"}");
    let nothing = path("nothing", b"\n");
    let huge = path("huge", &vec![b'x'; 5 << 20]);
    let asked = |value: String| Asked::invented(&["quay", "parcel.find", &value]).secret("s");
    let unbind = Asked::shipped(&["shopex", "matrix.unbind", "node_id=1", "--app-key", "k"]);
    refused(&asked("box=@/nowhere/at/all".to_owned()), &["`box`", "no such file"]);
    refused(&asked(format!("box=@{gbk}")), &["`box`", "not UTF-8", "line 1, column 12"]);
    refused(&asked(format!("owner=@{huge}")), &["`owner`", "larger than 4 MiB"]);
    refused(&unbind.clone().secret(""), &["`secret` is empty"]);
    refused(&unbind.clone().with(&["--secret-file", &nothing]), &["`secret` is empty"]);
    refused(
        &unbind.clone().with(&["--secret-file", "/nowhere/at/all"]),
        &["--secret-file", "no such file"],
    );
    refused(&unbind.with(&["--secret-file", &gbk]), &["--secret-file", "not UTF-8"]);
}

/// A value of a megabyte is signed and compared in a reasonable time.
#[test]
fn a_value_of_a_megabyte() {
    let root = TempDir::new().unwrap();
    let file = root.path().join("value");
    fs::write(&file, "短 ".repeat(250_000)).unwrap();
    let value = format!("owner=@{}", file.display());
    let asked = Asked::invented(&["quay", "parcel.find", &value, "--app-key", "k9"]).secret("s");
    let asked = asked.with(&["--clock", "1672502400"]);
    let run = asked.run();
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.len() < 20_000, "the text is cut: {} bytes", run.out.len());
    let found = asked.with(&["--against", &"0".repeat(32)]).json();
    let diagnosis = &found["diagnosis"];
    assert!(diagnosis["tried"].as_u64().unwrap() < 100, "{diagnosis}");
    assert!(diagnosis["hint"].as_str().unwrap().contains("so large"), "{diagnosis}");
}

#[test]
fn hostile_texts_are_shown_and_not_obeyed() {
    let asked = Asked::shipped(&["mogujie", "m", "--raw", "--app-key", "1", "--token", "t"]);
    let run = asked.secret("s").with(&["a=\u{1b}[31mred\r\n\u{202e}x", "b\u{7}c=1"]).run();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.out.contains("\\u{1b}[31mred\\r\\n\\u{202e}x"), "{}", run.out);
    assert!(!run.out.contains(['\u{1b}', '\u{7}', '\r', '\u{202e}']), "{:?}", run.out);
}

/// Messages and notes repeat pasted text, which may come from another program's log.
#[test]
fn hostile_texts_in_messages_are_shown_and_not_obeyed() {
    let red = "\u{1b}[31m\u{9b}2J\u{202e}";
    let s = |words: &[&str]| Asked::shipped(words).secret("s");
    let url =
        "https://apigateway.shopex.cn/router?method=%1B%5B31mx&app_key=%B6%CC%1B%5B31m&sign_time=1";
    let rows = [
        s(&["shopex", &format!("mat{red}")]),
        s(&[&format!("sho{red}pex"), "m"]),
        s(&["shopex", "matrix.unbind", &format!("no{red}de=1")]),
        s(&["shopex", "matrix.unbind", "--clock", red]),
        s(&["shopex", "matrix.unbind", "--credential", &format!("{red}=1")]),
        s(&["--from", &format!("https://{red}.example/")]),
        s(&["--from", &format!("curl https://apigateway.shopex.cn/router --{red}")]),
        s(&["--from", &format!("@/nowhere/{red}")]),
        s(&["--from", url]),
    ];
    each(rows.into_iter().map(|asked| (format!("{asked:?}"), asked)), |_, asked| {
        let run = asked.run();
        assert!(run.err.contains("\\u{1b}[31m"), "{run:?}");
        assert!(!run.err.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{run:?}");
    });
    let json = s(&["mogujie", "m", "--raw", "--app-key", "1", "--token", "t", &format!("a={red}")]);
    let run = json.clone().with(&["--format", "json"]).run();
    assert!(!run.out.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{run:?}");
    let shown = json.json();
    assert_eq!(shown["params"].as_array().unwrap().last().unwrap()["value"], red);
}

#[test]
fn what_is_compared_with_is_not_empty() {
    let unbind = Asked::shipped(&["shopex", "matrix.unbind", "node_id=1", "--app-key", "k"]);
    for option in ["--against", "--against-string"] {
        for empty in ["", " \n"] {
            refused(&unbind.clone().secret("s").with(&[option, empty]), &[option, "is empty"]);
        }
    }
}

/// Some editors on Windows save files with a byte order mark.
#[test]
fn a_byte_order_mark_is_no_part_of_a_file() {
    let root = TempDir::new().unwrap();
    let file = |name: &str, text: &str| {
        let path = root.path().join(name);
        fs::write(&path, format!("\u{feff}{text}\r\n")).unwrap();
        path.display().to_string()
    };
    let secret = file("secret", "testsecret");
    let request = format!("request=@{}", file("order.json", r#"{"orderId":"1"}"#));
    let with_files = Asked::shipped(&["gome", "gome.pusher.order.synchronize", &request]).with(&[
        "--app-key",
        "testapp",
        "--token",
        "testtoken",
        "--secret-file",
        &secret,
    ]);
    // The signature is that of the vector in the platform's spec.
    assert_eq!(with_files.json()["sign"], "DF0A0206174CCB400876431D50E2B20A2BDFDFB0");
}

#[test]
fn files_in_other_charsets_are_refused_with_a_way_out() {
    let root = TempDir::new().unwrap();
    let file = root.path().join("order.json");
    fs::write(&file, b"{\"orderId\":\"\xb6\xcc\"}").unwrap();
    let request = format!("request=@{}", file.display());
    let asked = Asked::shipped(&["gome", "gome.pusher.order.synchronize", &request]);
    refused(&asked.secret("s"), &["`request`", "iconv -f GBK -t UTF-8"]);
}

#[test]
fn specs_that_are_wrong_are_said_as_by_the_compiler() {
    let root = TempDir::new().unwrap();
    let folder = root.path().join("shop");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("platform.yaml"), "platform: shop\ntitel: Shop\n").unwrap();
    let specs = root.path().display().to_string();
    let run = Asked::anywhere(&["shop", "m", "--specs", &specs]).secret("s").run();
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.err.contains("error[") && run.err.contains("`title`"), "{}", run.err);
}
