//! The first page of the documentation shows the types that programs name, and no type that only
//! generated code uses.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_tests::harness::{tree, workspace};
use std::collections::BTreeSet;
use std::fs;

type Names = BTreeSet<String>;

fn source(path: &str) -> String {
    fs::read_to_string(workspace(path)).unwrap()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The types that the root re-exports.
fn face() -> Names {
    let text = source("crates/runtime/src/face.rs");
    let code = text.lines().filter(|line| !line.starts_with("//") && !line.starts_with('#'));
    let code = code.collect::<Vec<_>>().join("\n");
    let types = words(&code).filter(|word| word.starts_with(char::is_uppercase));
    types.map(str::to_owned).collect()
}

/// The types of facts: those that `fact!` and `words!` declare.
fn facts() -> Names {
    let mut names = Names::new();
    for (path, bytes) in tree(&workspace("crates/protocol/src")) {
        let text = String::from_utf8(bytes).unwrap();
        if path.ends_with("fact.rs") {
            continue;
        }
        for block in text.split("\nfact! {").chain(text.split("\nwords! {")).skip(1) {
            let block = block.split("\n}\n").next().unwrap();
            let line = block.lines().find(|line| {
                line.starts_with("    pub struct ") || line.starts_with("    pub enum ")
            });
            names.extend(line.and_then(|line| words(line).nth(2)).map(str::to_owned));
        }
    }
    assert!(names.contains("Gateway") && names.contains("Meaning"), "{names:?}");
    names
}

#[test]
fn what_programs_name_is_at_the_root() {
    let face = face();
    for name in [
        "Answer",
        "Class",
        "CredentialSet",
        "Cursor",
        "DateTime",
        "Error",
        "ErrorKind",
        "Private",
        "RateLimit",
        "RetryPolicy",
        "TokenProvider",
        "Transport",
        "Violation",
    ] {
        assert!(face.contains(name), "{name} is not at the root");
    }
}

#[test]
fn nothing_that_only_states_facts_is_at_the_root() {
    // Enumerations of facts that programs match on.
    let told: Names = ["Class", "Meaning", "RangeEnd", "Repeat"].map(str::to_owned).into();
    let (face, facts) = (face(), facts());
    let internal: Vec<_> = face.intersection(&facts).filter(|name| !told.contains(*name)).collect();
    assert!(internal.is_empty(), "{internal:?}");
}

/// The public items of a root file that its documentation shows.
fn shown(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let public = lines.iter().enumerate().filter(|(at, line)| {
        let hidden = lines[at.saturating_sub(3)..*at]
            .iter()
            .rev()
            .take_while(|before| before.starts_with('#') || before.starts_with("//"))
            .any(|before| *before == "#[doc(hidden)]");
        line.starts_with("pub ") && !hidden
    });
    public.map(|(_, line)| line.to_string()).collect()
}

#[test]
fn the_first_pages_show_platforms_and_the_face_alone() {
    assert_eq!(
        shown(&source("generated/src/lib.rs")),
        [
            "pub mod gome;",
            "pub mod mogujie;",
            "pub mod shopex;",
            "pub use ::gatespec_runtime as runtime;",
            "pub use ::gatespec_runtime::face::*;",
        ]
    );
    assert_eq!(
        shown(&source("crates/runtime/src/lib.rs")),
        [
            "pub mod client;",
            "pub mod face;",
            "pub mod receiver;",
            "pub use gatespec_protocol as protocol;",
            "pub use face::*;",
        ]
    );
}

/// Where each page of a platform leads.
const LINKS: [&str; 8] = [
    "[`Client::from_env`]",
    "[`ClientBuilder`]",
    "[`Credentials`]",
    "[`Receiver`]",
    "[`blocking::Client`]",
    "[`Error`](rt::Error)",
    "[retries](rt::client::RetryPolicy)",
    "[tokens](rt::client::TokenProvider)",
];

#[test]
fn the_page_of_a_platform_leads_to_its_parts_and_shows_no_fact_as_a_type() {
    for platform in ["gome", "mogujie", "shopex"] {
        let text = source(&format!("generated/src/{platform}/mod.rs"));
        let page = text.lines().filter_map(|line| line.strip_prefix("//!"));
        let page = page.collect::<Vec<_>>().join("").replace("  ", " ");
        for link in LINKS {
            assert!(page.contains(link), "{platform}: {link}");
        }
        // How to get credentials, what is proved, and what is a guess.
        for part in ["# Credentials", "* `secret`: ", "# Grades", "*verified* ", "*inferred* "] {
            assert!(page.contains(part), "{platform}: {part}");
        }
        // Statics are values of facts, so they are not listed. Everything else that is declared or
        // exported is a type.
        let types = shown(&text).into_iter().filter(|line| !line.starts_with("pub static"));
        let types = types.filter(|line| !line.starts_with("pub const")).collect::<Vec<_>>();
        let named: Names = types.iter().flat_map(|line| words(line)).map(str::to_owned).collect();
        let internal: Vec<_> = named.intersection(&facts()).cloned().collect();
        assert!(internal.is_empty(), "{platform}: {internal:?}");
    }
}
