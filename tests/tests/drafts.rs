//! `gatespec new`: drafts compile at once, show what must be filled in, and overwrite nothing.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_language::schema::modeline;
use gatespec_tests::corpus::cases;
use gatespec_tests::harness::{corpus, each, run, tree};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Runs the command and returns all that it printed.
fn said(root: &Path, arguments: &[&str], code: i32) -> String {
    let run = run(root, arguments);
    assert_eq!(run.code, Some(code), "{arguments:?}: {run:?}");
    run.out + &run.err
}

/// The names of the methods in `specs`.
fn methods(root: &Path) -> Vec<String> {
    let model: Value = serde_json::from_str(&run(root, &["model"]).out).unwrap();
    let methods = model["platforms"][0]["methods"].as_array().unwrap();
    methods.iter().map(|method| method["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn drafts_compile_at_once_and_say_what_to_fill_in() {
    let root = TempDir::new().unwrap();
    let root = root.path();
    let next = said(root, &["new", "platform", "lamp"], 0);
    assert!(next.contains("gatespec new method lamp"), "{next}");
    let of_platform = said(root, &["check"], 0);
    for name in ["lamp.orders.find", "/orders/\"list\"", "orders@find"] {
        let next = said(root, &["new", "method", "lamp", name], 0);
        assert!(next.contains("gatespec check"), "{next}");
    }
    assert_eq!(methods(root), ["/orders/\"list\"", "lamp.orders.find", "orders@find"]);
    let of_all = said(root, &["check"], 0);
    for lint in ["warning[empty_doc]", "warning[vector_missing]"] {
        assert!(of_platform.contains(lint), "`{lint}` is not in\n{of_platform}");
    }
    said(root, &["fmt", "--check", "specs"], 0);
    let text = |file: &str| fs::read_to_string(root.join("specs/lamp").join(file)).unwrap();
    assert!(text("platform.yaml").starts_with(&modeline("platform.yaml")));
    assert!(text("lamp.orders.find.yaml").starts_with(&modeline("lamp.orders.find.yaml")));
    // Every TODO outside a comment is reported: those of the platform, then those of three methods.
    let open = [
        "platforms whose `doc` says nothing: `lamp`",
        "environments whose `doc` says nothing: `production`",
        "credentials whose `doc` says nothing: `app_key` and `secret`",
        "public parameters whose `doc` says nothing: `app_key`, `method`, `sign` and `timestamp`",
        "fields of `lamp.orders.find` whose `doc` says nothing: `order_id`",
        "fields of `lamp.orders.find` whose `doc` says nothing: `status`",
        "methods whose `title` says nothing: `/orders/\"list\"`, `lamp.orders.find` and `orders@find`",
    ];
    for open in open {
        assert!(of_all.contains(open), "`{open}` is not in\n{of_all}");
    }
    assert!(!of_all.contains("error["), "{of_all}");
}

#[test]
fn a_draft_is_built_and_described_like_any_spec() {
    let root = TempDir::new().unwrap();
    let root = root.path();
    said(root, &["new", "platform", "lamp", "--out", "apis"], 0);
    said(root, &["new", "method", "lamp", "lamp.orders.find", "--out", "apis"], 0);
    said(root, &["build", "--specs", "apis", "--out", "out"], 0);
    assert!(root.join("out/lamp/lamp_orders_find.rs").is_file(), "{:?}", tree(root).keys());
    let text = said(root, &["describe", "lamp", "lamp.orders.find", "--specs", "apis"], 0);
    assert!(text.contains("order_id"), "{text}");
}

#[test]
fn a_method_can_be_drafted_for_every_platform() {
    each(
        cases(&corpus("accept")).unwrap().into_iter().map(|case| (case.name.clone(), case)),
        |_, case| {
            let root = TempDir::new().unwrap();
            let root = root.path();
            let sources = case.sources(&corpus("base/platform.yaml")).unwrap();
            for (_, source) in sources.iter() {
                let file = root.join("specs").join(&source.path);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, &source.text).unwrap();
            }
            for folder in fs::read_dir(root.join("specs")).unwrap() {
                let folder = folder.unwrap().file_name().into_string().unwrap();
                said(root, &["new", "method", &folder, "drafted.method"], 0);
            }
            said(root, &["check"], 0);
        },
    );
}

#[test]
fn a_draft_replaces_nothing() {
    let root = TempDir::new().unwrap();
    let root = root.path();
    said(root, &["new", "platform", "lamp"], 0);
    said(root, &["new", "method", "lamp", "lamp.find"], 0);
    let before = tree(root);
    for draft in [&["new", "platform", "lamp"][..], &["new", "method", "lamp", "lamp.find"]] {
        let why = said(root, draft, 1);
        assert!(why.contains("already exists") && why.contains("nothing was written"), "{why}");
    }
    assert_eq!(tree(root), before);
}

#[test]
fn a_draft_that_would_not_compile_is_not_written() {
    let root = TempDir::new().unwrap();
    let root = root.path();
    let why = said(root, &["new", "method", "lamp", "lamp.find"], 1);
    assert!(why.contains("`gatespec new platform lamp`"), "{why}");
    assert!(tree(root).is_empty());
    said(root, &["new", "platform", "lamp"], 0);
    said(root, &["new", "method", "lamp", "lamp.find"], 0);
    let before = tree(root);
    for (draft, code, why) in [
        (&["new", "platform", "../lamp"][..], 2, "lowercase letters"),
        (&["new", "platform", ""], 2, "lowercase letters"),
        (&["new", "method", "..", "lamp.find"], 2, "lowercase letters"),
        (&["new", "method", "lamp", "a b"], 2, "no white space"),
        (&["new", "method", "lamp", "单"], 2, "letters or digits"),
        (&["new", "method", "lamp", "lamp_find"], 1, "name_collision"),
        (&["new", "method", "lamp", "platform"], 1, "already exists"),
        (&["new", "method", "lamp", "types"], 1, "nothing was written"),
    ] {
        let text = said(root, draft, code);
        assert!(text.contains(why), "{draft:?}: {text}");
    }
    assert_eq!(tree(root), before);
}
