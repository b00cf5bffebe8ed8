//! The command in an empty folder, where it uses the specs that are built into it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_clients::shopex;
use gatespec_mock::Mock;
use gatespec_tests::harness::{corpus, gatespec};
use serde_json::Value;
use tempfile::TempDir;

/// Exit code, standard output and standard error.
type Run = (Option<i32>, String, String);

fn run(folder: &TempDir, arguments: &[&str]) -> Run {
    let mut command = gatespec();
    command.current_dir(folder.path()).args(arguments);
    command.env_remove("GATESPEC_SECRET").env_remove("GATESPEC_APP_KEY");
    let run = command.stdin(std::process::Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.code(), text(run.stdout), text(run.stderr))
}

fn empty() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn list_and_describe_know_the_platforms_that_ship() {
    let folder = empty();
    let (code, out, _) = run(&folder, &["list"]);
    assert_eq!(code, Some(0), "{out}");
    for line in ["gome  Gome gmos", "  matrix.unbind         Release a shop"] {
        assert!(out.contains(line), "{out}");
    }
    assert!(!out.contains('\u{1b}'), "colour is for terminals");
    let (_, out, _) = run(&folder, &["list", "--format", "json"]);
    let platforms: Vec<Value> = serde_json::from_str(&out).unwrap();
    let ids: Vec<_> = platforms.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["gome", "mogujie", "shopex"]);

    let (_, out, _) = run(&folder, &["describe", "shopex"]);
    for text in ["https://apigateway.shopex.cn", "0040311", "quota", "Credentials", "secret"] {
        assert!(out.contains(text), "{out}");
    }
    let (_, out, _) = run(&folder, &["describe", "shopex", "matrix.fill.multiple"]);
    for text in [
        "start_time       time: yyyy-MM-dd HH:mm:ss required",
        "required when fill_type is refund",
        "one of order, fxorder, refund, exchange",
        "start_time and end_time are at most 7 days apart",
        "(inferred)",
        "msg_id           text",
        "gatespec call shopex matrix.fill.multiple node_id=15000000 fill_type=refund",
        " --app-key KEY --secret-file FILE",
    ] {
        assert!(out.contains(text), "{text} is not in\n{out}");
    }
    let (_, out, _) = run(&folder, &["describe", "shopex", "matrix.unbind", "--format", "json"]);
    let method: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(method["name"], "matrix.unbind");
    let (code, _, err) = run(&folder, &["describe", "shopex", "matrix.unbid"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("did you mean `matrix.unbind`?"), "{err}");
}

#[test]
fn sign_and_call_need_no_folder() {
    let folder = empty();
    let mock = Mock::of(shopex::SPEC).start().unwrap();
    let credentials = mock.credentials("shopex").unwrap();
    std::fs::write(folder.path().join("secret"), credentials.get("secret").unwrap()).unwrap();
    let caller = ["--app-key", credentials.get("app_key").unwrap(), "--secret-file", "secret"];
    let signed = ["sign", "shopex", "matrix.unbind", "node_id=15000000"];
    let (code, out, err) = run(&folder, &[&signed[..], &caller].concat());
    assert_eq!(code, Some(0), "{out}{err}");
    let url = mock.url("shopex").unwrap();
    let called = ["call", "shopex", "matrix.unbind", "node_id=15000000", "--url", &url];
    let (code, out, err) = run(&folder, &[&called[..], &caller].concat());
    assert_eq!(code, Some(0), "{out}{err}");
    assert!(mock.received().iter().all(gatespec_mock::Entry::is_accepted));
}

#[test]
fn a_description_says_how_certain_each_fact_is() {
    let folder = empty();
    let specs = folder.path().join("own/shop");
    std::fs::create_dir_all(&specs).unwrap();
    let base = std::fs::read_to_string(corpus("base/platform.yaml")).unwrap();
    let graded = base
        .replace("doc: The gateway. }", "doc: The gateway., grade: observed }")
        .replace("signature:\n", "signature:\n  grade: sdk\n");
    let errors = "errors: { \"7\": { class: retry, doc: Busy., grade: third_party } }\n";
    std::fs::write(specs.join("platform.yaml"), graded + errors).unwrap();
    let (code, out, err) = run(&folder, &["describe", "shop", "--specs", "own"]);
    assert_eq!(code, Some(0), "{err}");
    for line in [
        "  live             https://shop.example/gate (observed)",
        "  hex(md5(pairs(all) + secret)) (sdk)",
        "  7                retry          Busy. (third_party)",
    ] {
        assert!(out.contains(line), "{line} is not in\n{out}");
    }
}

#[test]
fn a_description_states_limits_and_what_is_not_sent() {
    let folder = empty();
    let specs = folder.path().join("own/shop");
    std::fs::create_dir_all(&specs).unwrap();
    std::fs::copy(corpus("base/platform.yaml"), specs.join("platform.yaml")).unwrap();
    let method = "title: Search\nrepeat: safe\nrequest:\n  \
        word: { type: text, length: { min: 1, max: 20 }, pattern: \"[a-z]+\", doc: A word. }\n  \
        page: { type: integer, range: { min: 1 }, doc: A page. }\n  \
        user: { type: integer, required: true, send: never, doc: Taken from the token. }\n";
    std::fs::write(specs.join("shop.search.yaml"), method).unwrap();
    let described = ["describe", "shop", "shop.search", "--specs", "own"];
    let (code, out, err) = run(&folder, &described);
    assert_eq!(code, Some(0), "{err}");
    for line in ["1 to 20 characters", "matches [a-z]+", "at least 1", "not sent Taken from"] {
        assert!(out.contains(line), "{line} is not in\n{out}");
    }
}

#[test]
fn an_empty_folder_of_specs_is_an_error_of_list() {
    let folder = empty();
    std::fs::create_dir(folder.path().join("specs")).unwrap();
    let (code, out, err) = run(&folder, &["list"]);
    assert_eq!((code, out.as_str()), (Some(1), ""), "{err}");
    assert!(err.contains("error[no_specs]: no specs in specs"), "{err}");
    // A platform that ships can still be called.
    let (code, out, _) = run(&folder, &["describe", "shopex"]);
    assert_eq!(code, Some(0), "{out}");
}

#[test]
fn a_key_of_the_language_is_explained_where_it_can_be() {
    let folder = empty();
    let (code, out, err) = run(&folder, &["explain", "replay"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("`replay` of a platform: "), "{out}");
    let (code, _, err) = run(&folder, &["explain", "replya"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("there is no rule or key `replya`; did you mean `replay`?"), "{err}");
}

#[test]
fn a_method_that_is_not_named_is_chosen_from_a_list() {
    let folder = empty();
    for command in ["call", "sign"] {
        let (code, _, err) = run(&folder, &[command, "shopex"]);
        assert_eq!(code, Some(2));
        let expected = "error: name a method of `shopex` after the platform:\n  matrix.authstatus";
        assert!(err.starts_with(expected), "{err}");
        assert!(err.contains("matrix.fill.multiple"), "{err}");
    }
}

#[test]
fn every_missing_credential_is_named_at_once() {
    let (code, _, err) = run(&empty(), &["sign", "gome", "gome.pusher.order.synchronize"]);
    assert_eq!(code, Some(2));
    for name in ["`secret` is missing", "`token` is missing"] {
        assert!(err.contains(name), "{err}");
    }
}

#[test]
fn a_folder_adds_a_platform_or_replaces_one() {
    let folder = empty();
    let specs = folder.path().join("own/shop");
    std::fs::create_dir_all(&specs).unwrap();
    let platform = "platform: shop\ntitle: Mine\nbase_url: https://shop.example\n";
    std::fs::write(specs.join("platform.yaml"), platform).unwrap();
    let (_, out, err) = run(&folder, &["list", "--specs", "own"]);
    assert!(out.contains("shopex  ShopEx Matrix"), "{out}{err}");
    let (_, out, _) = run(&folder, &["describe", "gome", "--specs", "own"]);
    assert!(out.contains("Gome gmos"), "{out}");
}

#[cfg(unix)]
/// The completions that bash offers for the last of these words.
fn offered(folder: &TempDir, script: &str, words: &[&str]) -> Vec<String> {
    std::fs::write(folder.path().join("completions"), script).unwrap();
    let line = format!(
        "source ./completions; COMP_WORDS=({}); COMP_CWORD={}; _gatespec gatespec {:?} {:?}; \
         printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words.join(" "),
        words.len() - 1,
        words[words.len() - 1],
        words[words.len() - 2],
    );
    let run = std::process::Command::new("bash")
        .args(["-c", &line])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let out = String::from_utf8(run.stdout).unwrap();
    out.lines().map(str::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn bash_offers_platforms_then_the_methods_of_that_platform_then_options() {
    let folder = empty();
    let (_, script, _) = run(&folder, &["completions", "bash"]);
    let offers = |words: &[&str]| offered(&folder, &script, words);
    assert_eq!(offers(&["gatespec", "call", "mo"]), ["mogujie"]);
    assert_eq!(offers(&["gatespec", "sign", "mogujie", "x"]), ["xiaodian.trade.get"]);
    assert_eq!(offers(&["gatespec", "call", "mogujie", "matrix"]), [""]);
    let options = offers(&["gatespec", "call", "mogujie", "xiaodian.trade.get", "--dry"]);
    assert_eq!(options, ["--dry-run"]);
}

#[test]
fn completions_know_methods_and_manual_pages_are_written() {
    let folder = empty();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let (code, out, err) = run(&folder, &["completions", shell]);
        assert_eq!(code, Some(0), "{err}");
        for word in ["describe", "mogujie", "matrix.unbind", "dry-run"] {
            assert!(out.contains(word), "{shell}: {word}");
        }
    }
    let (code, _, err) = run(&folder, &["man", "."]);
    assert_eq!(code, Some(0), "{err}");
    for page in ["gatespec.1", "gatespec-sign.1"] {
        let text = std::fs::read_to_string(folder.path().join(page)).unwrap();
        assert!(text.contains("gatespec"), "{page}");
    }
}
