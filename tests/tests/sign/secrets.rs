//! No mode prints a secret or accepts one as an argument.

use crate::foreign::*;
use crate::tool::{Asked, Run};
use gatespec_tests::harness::{each, gatespec, workspace};
use std::fs;
use std::process::Command;
use tempfile::TempDir;

const SECRET: &str = "SENTINEL-0123456789-secret";
const TOKEN: &str = "SENTINEL-0123456789-token";

/// Asserts that the output shows neither the secret nor a simple transformation of it.
fn hides(run: &Run, also: &[&str]) {
    let said = format!("{}{}", run.out, run.err);
    let forms = [SECRET.to_owned(), SECRET.to_lowercase(), SECRET.to_uppercase(), base64(SECRET)];
    let forms = forms.into_iter().chain([lower(md5(SECRET)), upper(md5(SECRET))]);
    for form in forms.chain(also.iter().map(|&text| text.to_owned())) {
        assert!(!said.contains(&form), "{form}\n{said}");
    }
}

fn trade() -> Asked {
    Asked::shipped(&[
        "mogujie",
        "xiaodian.trade.get",
        "--app-key",
        "10011",
        "--clock",
        "1367819523",
    ])
    .with(&[r#"openApiOrderDetailReqDto={"shopOrderId":91341793022324}"#])
    .env("GATESPEC_TOKEN", TOKEN)
    .secret(SECRET)
}

/// The text that is signed, which has the secret at both ends.
fn signed(secret: &str, token: &str) -> String {
    let text = format!(
        "access_token{token}app_key10011formatjsonmethodxiaodian.trade.get\
         openApiOrderDetailReqDto{{\"shopOrderId\":91341793022324}}sign_methodmd5timestamp1367819523version1.0"
    );
    format!("{secret}{text}{secret}")
}

#[test]
fn no_mode_prints_the_secret_or_the_token() {
    let text = signed(SECRET, TOKEN);
    let sign = upper(md5(&text));
    let encoded = rfc3986(&text);
    let modes: Vec<Vec<&str>> = vec![
        vec![],
        vec!["--format", "json"],
        vec!["--vector"],
        vec!["--vector", "--format", "json"],
        vec!["--against", &sign],
        vec!["--against", "00"],
        vec!["--against-string", &text],
        vec!["--against-string", &encoded],
        vec!["--against-string", "something else", "--format", "json"],
        vec!["--case", "none"],
        vec!["nothing=1"],
        vec!["--credential", "secret=x"],
    ];
    each(modes.into_iter().enumerate().map(|(at, mode)| (at.to_string(), mode)), |at, mode| {
        let run = trade().with(mode).run();
        hides(&run, &[TOKEN]);
        // The last three are refused.
        assert_eq!(run.code == Some(2), at.parse::<usize>().unwrap() >= 9, "{run:?}");
    });
}

#[test]
fn no_explanation_prints_the_secret_or_the_token() {
    let wrong = [
        signed(&format!("{SECRET}\n"), TOKEN),
        signed(&SECRET.to_lowercase(), TOKEN),
        signed(&base64(SECRET), TOKEN),
        signed(&lower(md5(SECRET)), TOKEN),
        signed(TOKEN, TOKEN),
        signed("", TOKEN),
        signed(SECRET, &format!("{TOKEN} ")),
        format!("{}{SECRET}", signed(SECRET, TOKEN)),
        signed(SECRET, TOKEN).replace("sign_method", &format!("secret{SECRET}sign_method")),
    ];
    each(wrong.into_iter().enumerate().map(|(at, text)| (at.to_string(), text)), |_, text| {
        let sign = upper(md5(text));
        for format in ["text", "json"] {
            let run = trade().with(&["--against", &sign, "--format", format]).run();
            hides(&run, &[TOKEN]);
            assert!(run.out.contains("fix"), "it was explained: {}", run.out);
        }
    });
}

#[test]
fn curl_shows_what_travels_and_still_no_secret() {
    let run = trade().with(&["--curl"]).run();
    assert!(run.out.contains(TOKEN), "{}", run.out);
    hides(&run, &[]);
    let again = trade().received(&run.out);
    let again = again.env("GATESPEC_SECRET", SECRET).run();
    hides(&again, &[TOKEN]);
}

#[test]
fn sensitive_fields_are_masked_at_every_depth() {
    let find = Asked::invented(&["quay", "parcel.find", "owner=SENTINEL-owner", "--app-key", "k9"]);
    let order = r#"request={"orderId":"1","buyerName":"SENTINEL-name","deliveryList":[{"subOrderId":"2"}]}"#;
    let order = Asked::shipped(&["gome", "gome.pusher.order.synchronize", order, "--token", "t"]);
    for asked in [find, order] {
        for words in [&[][..], &["--format", "json"], &["--against", "00"]] {
            let run = asked.clone().secret(SECRET).with(words).run();
            hides(&run, &["SENTINEL-owner", "SENTINEL-name"]);
            assert!(run.out.contains("<secret>"), "{run:?}");
        }
    }
    let wrong = Asked::invented(&["quay", "parcel.find", "owner=x", "owner=SENTINEL-owner"]);
    hides(&wrong.secret(SECRET).run(), &["SENTINEL-owner"]);
}

/// Private-use characters in a value do not mark a secret.
#[test]
fn private_use_characters_are_no_secrets() {
    for c in ['\u{d7ff}', '\u{e000}', '\u{e001}', '\u{f8ff}'] {
        let value = format!("A{c}B");
        let asked = Asked::shipped(&["shopex", "matrix.unbind", &format!("node_id={value}")]);
        let asked = asked.with(&["--app-key", "k", "--clock", "1672502400"]).secret(SECRET);
        let run = asked.run();
        let shown = format!("  A\\u{{{:x}}}B  (", u32::from(c));
        assert!(run.out.contains(&shown), "{}", run.out);
        let json = asked.json();
        let params = json["params"].as_array().unwrap();
        assert!(params.iter().any(|param| param["value"] == value.as_str()), "{json}");
        let signed = rfc3986(&format!("node_id={}", rfc3986(&value)));
        let once = rfc3986(&format!("node_id={value}"));
        let canonical = json["canonical"].as_str().unwrap();
        assert!(canonical.contains(&signed) || canonical.contains(&once), "{canonical}");
        assert_eq!(canonical.matches("<secret>").count(), 2, "{canonical}");
        let again = Asked::shipped(&["--from", &asked.with(&["--curl"]).run().out]).secret(SECRET);
        assert_eq!(again.json()["diagnosis"]["same"], true);
        assert_eq!(again.json()["canonical"], canonical);
    }
}

/// If a user swaps two arguments, the secret is in the place of a value.
#[test]
fn a_secret_in_a_wrong_place_is_hidden() {
    const ODD: &str = "SENTINEL/01+2=";
    let json = serde_json::json!({ "a": ODD }).to_string();
    let asked = |words: &[&str]| Asked::shipped(words).secret(ODD);
    let unbind = |value: &str| {
        let value = format!("node_id={value}");
        asked(&["shopex", "matrix.unbind", &value, "--app-key", "k", "--clock", "1672502400"])
    };
    let shown = [ODD.to_owned(), format!("x{ODD}y"), form(ODD), rfc3986(ODD).to_lowercase(), json];
    for value in &shown {
        for mode in [&[][..], &["--format", "json"], &["--curl"], &["--against", "00"]] {
            let run = unbind(value).with(mode).run();
            let said = format!("{}{}", run.out, run.err).to_uppercase();
            assert!(!said.contains("SENTINEL"), "{value}: {run:?}");
            assert!(run.out.contains("<secret>"), "{value}: {run:?}");
        }
    }
    for words in [
        &[ODD, "m"][..],
        &["shopex", ODD],
        &["shopex", "matrix.unbind", ODD],
        &["shopex", "matrix.unbind", "--case", ODD],
        &["shopex", "matrix.unbind", "--clock", ODD],
        &["shopex", "matrix.unbind", "--secret-file", ODD],
        &["shopex", "matrix.unbind", "--credential", ODD],
        &["mogujie", "xiaodian.trade.get", &format!("openApiOrderDetailReqDto={ODD}")],
        &["--from", &format!("curl https://apigateway.shopex.cn/router --{ODD}")],
    ] {
        let run = asked(words).run();
        assert!(run.code == Some(2) && !run.err.contains("SENTINEL"), "{run:?}");
    }
    let command = unbind(ODD).with(&["--curl"]).run();
    assert!(command.err.contains("the request contains the secret itself"), "{command:?}");
}

#[test]
fn a_secret_is_no_argument() {
    let given = [
        vec!["--credential", "secret=SENTINEL-argument"],
        vec!["secret=SENTINEL-argument"],
        vec!["--raw", "secret=SENTINEL-argument"],
    ];
    for words in given {
        let run = trade().with(&words).run();
        assert_eq!(run.code, Some(2), "{words:?}: {run:?}");
        hides(&run, &["SENTINEL-argument"]);
    }
    let unknown = trade().with(&["--secret", "SENTINEL-argument"]).run();
    assert_eq!(unknown.code, Some(2), "there is no such option");
}

#[test]
fn files_and_variables_of_credentials() {
    let root = TempDir::new().unwrap();
    let file = |name: &str, text: &str| {
        let path = root.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let right = upper(md5(signed(SECRET, TOKEN)));
    let bare = || {
        Asked::shipped(&["mogujie", "xiaodian.trade.get", "--clock", "1367819523"])
            .with(&[r#"openApiOrderDetailReqDto={"shopOrderId":91341793022324}"#])
    };
    let secret = file("secret", &format!("{SECRET}\r\n"));
    let token = format!("access_token=@{}", file("token", TOKEN));
    let of_files =
        bare().with(&["--secret-file", &secret, "--credential", &token, "--app-key", "10011"]);
    assert_eq!(of_files.json()["sign"], right.as_str());
    let of_variables = bare()
        .env("GATESPEC_SECRET", SECRET)
        .env("GATESPEC_ACCESS_TOKEN", TOKEN)
        .env("GATESPEC_APP_KEY", "10011");
    assert_eq!(of_variables.json()["sign"], right.as_str());
    let missing = bare().run();
    assert_eq!(missing.code, Some(2));
    assert!(missing.err.contains("GATESPEC_SECRET"), "{}", missing.err);
    let others = bare().secret(SECRET).run();
    for word in
        ["`app_key` is missing: write --app-key KEY", "`access_token` is missing: write --token"]
    {
        assert!(others.err.contains(word), "{word}\n{}", others.err);
    }
}

/// `setsid` gives the command a terminal of its own.
#[test]
#[cfg(target_os = "linux")]
fn a_secret_that_is_typed_is_not_shown() {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    use rustix::termios::{LocalModes, tcgetattr};
    use std::io::{Read, Write};

    let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&person).unwrap();
    unlockpt(&person).unwrap();
    let name = ptsname(&person, Vec::new()).unwrap().into_string().unwrap();
    let terminal = fs::OpenOptions::new().read(true).write(true).open(name).unwrap();
    let mut command = Command::new("setsid");
    command.args(["--ctty", "--wait"]).arg(gatespec().get_program()).current_dir(workspace(""));
    command.args(["sign", "shopex", "matrix.unbind", "node_id=15000000", "--app-key", "testkey"]);
    command.args(["--clock", "1672502400"]).env_remove("GATESPEC_SECRET");
    command.stdin(terminal.try_clone().unwrap()).stdout(terminal.try_clone().unwrap());
    let mut child = command.stderr(terminal.try_clone().unwrap()).spawn().unwrap();
    // Until echo is off, the terminal itself would show the text that is typed.
    while tcgetattr(&person).unwrap().local_modes.contains(LocalModes::ECHO) {
        assert_eq!(child.try_wait().unwrap(), None, "it asks");
        std::thread::yield_now();
    }
    let mut person = fs::File::from(person);
    person.write_all(b"0123456789abcdef0123456789abcdef\n").unwrap();
    let mut shown = String::new();
    while !shown.contains("66DD494A3DEBB574561404CC73C3FF19") {
        let mut bytes = [0; 1024];
        let length = person.read(&mut bytes).unwrap();
        shown.push_str(&String::from_utf8_lossy(&bytes[..length]));
    }
    assert!(child.wait().unwrap().success(), "{shown}");
    assert!(shown.contains("secret (not shown): "), "{shown}");
    assert!(!shown.contains("0123456789abcdef"), "{shown}");
    // Output on a terminal has colours.
    assert!(shown.contains("\u{1b}[1m"), "{shown:?}");
}
