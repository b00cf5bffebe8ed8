//! The output in steps and as JSON, and the options `--curl` and `--vector`.

use crate::foreign::*;
use crate::tool::Asked;
use gatespec_tests::harness::{gatespec, tree, workspace, write_tree};
use serde_json::Value;
use tempfile::TempDir;

fn unbind() -> Asked {
    Asked::shipped(&["shopex", "matrix.unbind", "node_id=15000000", "--app-key", "testkey"])
        .with(&["--clock", "1672502400"])
        .secret("0123456789abcdef0123456789abcdef")
}

fn list() -> Asked {
    Asked::invented(&[
        "acme",
        "order.list",
        "since=2023-01-01 00:00:00",
        "until=2023-01-08 00:00:00",
    ])
    .with(&["states=paid|sent", "at_least=12.5", "--app-key", "k1", "--clock", "1672502400.007"])
    .with(&[r#"lines=[{"sku":"短袖","qty":2},{"sku":"b/1","qty":1}]"#])
    .with(&["--nonce", "00ff00ff00ff00ff", "--token", "t0k"])
    .env("GATESPEC_APP_SECRET", "0123456789abcdef")
    .secret("s1gn")
}

/// The vectors of the specs, as values on the command line.
#[test]
fn values_are_typed_as_vectors_are() {
    let find = Asked::invented(&["quay", "parcel.find", "depot=H-1", "owner=", "open=true"])
        .with(&["worth_at_least=12.5", "since=2023-01-01T00:00:00+08:00", "--app-key", "k9"])
        .with(&[r#"state=["out","in"]"#, r#"box={"width":20,"depth":3}"#])
        .with(&["--clock", "1672502400.007"])
        .secret("quay-secret");
    let events = Asked::invented(&["quay", "parcel.events", "parcel_id=P-7", "page=2"])
        .with(&["--app-key", "k9", "--clock", "1672502400.007"])
        .secret("quay-secret");
    let book =
        Asked::invented(&["quay", "parcel.book", "depot=H-1", "goods=茶叶 50g", "worth=12.5"])
            .with(&["fragile=true", "pieces=2", "--app-key", "k9", "--clock", "1672502400.007"])
            .secret("quay-secret");
    let old = list().with(&["--case", "A1", "cursor="]);
    let old = old.env("GATESPEC_SIGN_SECRET", "s1gn").secret("0123456789abcdef");
    for (asked, sign) in [
        (unbind(), "66DD494A3DEBB574561404CC73C3FF19"),
        (list(), "pq1fMSjvr7b/jS/TAGHkMAHCuDh6tRc5YSQUw/7RYSk="),
        (old, "08C7152EC26896D02AEF2A2DF14EADB2"),
        (find, "016acdfefdcded97b7d9d358c56dc8e4"),
        (events, "a770a629e2983efe363b3cd6321684d2"),
        (book, "52186c35fa771e55041af427565f235b"),
    ] {
        assert_eq!(asked.json()["sign"], sign, "{asked:?}");
    }
}

#[test]
fn json_has_every_step_with_its_bytes() {
    let found = unbind().json();
    assert_eq!(
        found["canonical"],
        "<secret>&POST&%2Frouter&&&app_key%3Dtestkey%26method%3Dmatrix.unbind%26node_id%3D15000000\
         %26sign_time%3D1672502400&<secret>"
    );
    let node = &found["params"].as_array().unwrap()[4];
    assert_eq!((&node["name"], &node["value"]), (&"node_id".into(), &"15000000".into()));
    assert_eq!((&node["in"], &node["role"]), (&"form".into(), &"business".into()));
    let steps = found["steps"].as_array().unwrap();
    let of_form = |name: &str| {
        let own = |step: &&Value| step["step"] == name && step["of"] == "form parameters";
        steps.iter().find(own).unwrap_or_else(|| panic!("{name}"))
    };
    assert_eq!(
        of_form("sorted")["names"],
        serde_json::json!(["app_key", "method", "node_id", "sign_time"])
    );
    assert_eq!(of_form("encoded")["pairs"][0]["text"], "app_key=testkey");
    let joined = "app_key=testkey&method=matrix.unbind&node_id=15000000&sign_time=1672502400";
    assert_eq!(of_form("joined")["text"], joined);
    assert_eq!(of_form("joined")["bytes"], joined.len());
    let names: Vec<_> = steps.iter().map(|step| step["step"].as_str().unwrap()).collect();
    assert_eq!(names.first(), Some(&"parameters"));
    assert_eq!(names[names.len() - 3..], ["wrapped", "digest", "signature"]);
    assert_eq!(steps[names.len() - 2]["hex"], "66dd494a3debb574561404cc73c3ff19");
    let wrapped = &steps[names.len() - 3];
    assert_eq!((&wrapped["secrets"], &wrapped["bytes"]), (&2.into(), &107.into()));
}

#[test]
fn text_has_every_step_and_no_colours_for_a_pipe() {
    let out = unbind().run().out;
    let mut rest = out.as_str();
    for step in
        ["parameters", "selected", "encoded", "sorted", "joined", "wrapped", "digest", "signature"]
    {
        let at = rest.find(step).unwrap_or_else(|| panic!("{step} is not in its place:\n{out}"));
        rest = &rest[at..];
    }
    assert!(rest.contains("66DD494A3DEBB574561404CC73C3FF19"), "{out}");
    assert!(out.contains("107 bytes and 2 secrets"), "{out}");
    assert!(!out.contains('\u{1b}'), "{out}");
}

/// The first formula digests a text that contains a digest; the second uses a digest with a key.
#[test]
fn digests_within_the_text_have_their_bytes() {
    let remark = |case: &str| {
        Asked::invented(&["acme", "order.remark", "order_no=AC-0007", "text=x", "--app-key", "k1"])
            .with(&["--clock", "1672502400.007", "--nonce", "00ff00ff00ff00ff", "--case", case])
            .env("GATESPEC_APP_SECRET", "0123456789abcdef")
            .env("GATESPEC_SIGN_SECRET", "s1gn")
    };
    let nested = remark("A1").json();
    let found: Vec<_> = nested["steps"].as_array().unwrap().iter().skip(5).collect();
    let names: Vec<_> = found.iter().map(|step| step["step"].as_str().unwrap()).collect();
    assert_eq!(names, ["digest", "encoded", "wrapped", "digest", "signature"]);
    // The inner digest is that of `printf order_noAC-0007textx | md5sum`.
    let inner = lower(md5("order_noAC-0007textx"));
    assert_eq!((&found[0]["hex"], &found[0]["bytes"]), (&inner.clone().into(), &16.into()));
    assert_eq!(found[1]["text"], inner.to_uppercase());
    let keyed = remark("A2").run().out;
    assert!(keyed.contains("hmac_sha256 with `sign_secret` as its key  32 bytes"), "{keyed}");
}

#[test]
fn a_method_without_a_spec_is_signed_as_texts_if_asked() {
    let asked =
        Asked::shipped(&["mogujie", "xiaodian.item.get", "itemId=95i27", "--clock", "1367819523"])
            .with(&["--app-key", "10011", "--token", "TESTACCESSTOKEN"])
            .secret("TESTAPPSECRET");
    let refused = asked.run();
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(
        refused.err.contains("xiaodian.item.get") && refused.err.contains("--raw"),
        "{}",
        refused.err
    );
    assert_eq!(asked.with(&["--raw"]).json()["sign"], "34619030B487EC1B49B9EF564A877925");
}

#[test]
fn a_parameter_of_the_gateways_own_can_be_given_another_text() {
    let now = unbind().with(&["sign_time=1672502401"]).json();
    let plain = Asked::shipped(&["shopex", "matrix.unbind", "node_id=15000000", "app_key=testkey"])
        .with(&["--clock", "1672502401"])
        .secret("0123456789abcdef0123456789abcdef");
    assert_eq!(now["sign"], plain.json()["sign"]);
    assert_ne!(now["sign"], unbind().json()["sign"]);
    let refused = unbind().with(&["sign=66DD494A3DEBB574561404CC73C3FF19"]).run();
    assert!(refused.code == Some(2) && refused.err.contains("--against"), "{refused:?}");
}

#[test]
fn curl_is_ready_to_be_sent_and_read_back() {
    for asked in [unbind(), list()] {
        let curl = asked.clone().with(&["--curl"]).run();
        assert_eq!(curl.code, Some(0), "{curl:?}");
        let again = asked.clone().received(&curl.out).run();
        assert_eq!(again.code, Some(0), "{}\n{again:?}", curl.out);
        assert!(again.out.contains("the signature is correct"), "{}", again.out);
    }
    let curl = list().with(&["--curl"]).run().out;
    assert!(curl.starts_with(
        "curl -X POST 'https://east.acme.example/api/v3/order/list?alg=A2&token=t0k'"
    ));
    assert!(
        curl.contains("-H 'Acme-Signature: pq1fMSjvr7b/jS/TAGHkMAHCuDh6tRc5YSQUw/7RYSk='"),
        "{curl}"
    );
    assert!(curl.contains("--data-raw '{\"data\":{\"at_least\":\"12.50\""), "{curl}");
    let other = list().with(&["--curl", "--url", "http://127.0.0.1:8080"]).run().out;
    assert!(other.contains("'http://127.0.0.1:8080/v3/order/list?"), "{other}");
}

/// Output that is meant for another program contains no explanation, but a wrong signature is still
/// reported.
#[test]
fn a_wrong_signature_is_said_beside_a_command_or_a_vector() {
    for option in ["--curl", "--vector"] {
        let run = unbind().with(&[option, "--against", "66DD"]).run();
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.err.contains("the signatures differ"), "{run:?}");
        assert!(run.err.contains(&format!("remove {option}")), "{run:?}");
    }
}

#[test]
fn sensitive_values_of_a_vector_are_noted() {
    let find = Asked::invented(&["quay", "parcel.find", "owner=A Person", "--app-key", "k9"]);
    let run = find.secret("s").with(&["--vector"]).run();
    assert!(run.err.contains("`owner`") && run.err.contains("before you paste"), "{run:?}");
    let run = list().with(&["--vector"]).run();
    assert!(!run.err.contains("before you paste"), "{run:?}");
}

/// A vector is appended to the spec's vectors, and the spec still passes its check.
#[test]
fn a_vector_passes_the_check_of_the_compiler() {
    let bookings =
        Asked::invented(&["quay", "parcel.book", "depot=H-1", "goods=茶: 叶", "worth=12.5"])
            .with(&["fragile=true", "pieces=2", "--app-key", "k9", "--clock", "1672502400.007"])
            .secret("quay-secret");
    let raw = Asked::shipped(&["mogujie", "xiaodian.item.get", "itemId=95i27", "--raw"])
        .with(&["--app-key", "10011", "--token", "TESTACCESSTOKEN", "--clock", "1367819523"])
        .secret("TESTAPPSECRET");
    let old = list().with(&["--case", "A1"]).env("GATESPEC_SIGN_SECRET", "s1gn");
    for (folder, platform, asked) in [
        ("specs", "shopex", unbind()),
        ("specs", "mogujie", raw),
        ("tests/platforms", "acme", list()),
        ("tests/platforms", "acme", old.secret("0123456789abcdef")),
        ("tests/platforms", "quay", bookings),
    ] {
        let vector = asked.clone().with(&["--vector"]).run();
        assert_eq!(vector.code, Some(0), "{vector:?}");
        let root = TempDir::new().unwrap();
        write_tree(&root.path().join(platform), tree(&workspace(folder).join(platform)));
        let file = root.path().join(platform).join("platform.yaml");
        let spec = std::fs::read_to_string(&file).unwrap();
        let (before, after) = spec.split_once("  vectors:\n").unwrap();
        let check = |vector: &str| {
            let pasted = format!("{before}  vectors:\n{vector}{after}");
            std::fs::write(&file, pasted).unwrap();
            gatespec().arg("check").arg(root.path()).output().unwrap()
        };
        let passed = check(&vector.out);
        let said = String::from_utf8_lossy(&passed.stderr).into_owned();
        assert!(passed.status.success(), "{}\n{said}", vector.out);
        // The check reads the vector: it fails if the signature is changed.
        let line = vector.out.lines().find(|line| line.trim().starts_with("sign:")).unwrap();
        let broken = check(&vector.out.replace(line, "      sign: 00"));
        assert!(!broken.status.success(), "{}", vector.out);
    }
}

#[test]
fn a_vector_holds_no_credential_of_the_caller() {
    let vector = list().with(&["--vector"]).run().out;
    for live in ["0123456789abcdef\n", "s1gn", "t0k", "k1\n"] {
        assert!(!vector.contains(live), "{live}\n{vector}");
    }
    assert!(vector.contains("nonce: 00ff00ff00ff00ff"), "{vector}");
    assert!(vector.contains("which no other side's signature has confirmed"), "{vector}");
    let differs = list().with(&["--vector", "--against", &"0".repeat(44)]).run();
    assert!(differs.out.contains("which no other side's signature has confirmed"), "{differs:?}");
    let compared =
        list().with(&["--vector", "--against", "pq1fMSjvr7b/jS/TAGHkMAHCuDh6tRc5YSQUw/7RYSk="]);
    assert!(compared.run().out.contains("which the other side's signature confirmed"));
}

#[test]
fn help_says_where_the_secret_comes_from_and_what_the_exit_codes_mean() {
    let help = Asked::shipped(&["--help"]).run().out;
    for word in
        ["GATESPEC_SECRET", "--secret-file", "Exit codes: 0", "--against-string", "--curl", "never"]
    {
        assert!(help.contains(word), "{word}\n{help}");
    }
}
