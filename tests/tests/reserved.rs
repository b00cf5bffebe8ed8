//! The names that methods and fields may not have are exactly the names of the functions of clients
//! and records. Macros of the runtime or generated code define these functions.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_language::diagnostic::Sink;
use gatespec_tests::corpus::source_map;
use gatespec_tests::harness::{compile, tree, workspace};
use gatespec_tests::rust::{Token, end_of_group, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

type Names = BTreeSet<String>;

fn source(path: &str) -> String {
    fs::read_to_string(workspace(path)).unwrap()
}

/// A list of reserved names in the compiler.
fn reserved(list: &str) -> Names {
    let text = source("codegen/src/plan/names/reserved.rs");
    let (_, list) = text.split_once(&format!("const {list}: &[&str] =")).unwrap();
    let (list, _) = list.split_once(';').unwrap();
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// All sequences of three consecutive tokens.
fn threes<'a>(tokens: &[Token<'a>]) -> impl Iterator<Item = [&'a str; 3]> {
    tokens.windows(3).map(|three| [three[0].text, three[1].text, three[2].text])
}

/// The public functions in a text. Functions whose names are arguments of a macro are left out.
fn functions(tokens: &[Token<'_>]) -> Names {
    let names = threes(tokens).filter_map(|three| match three {
        ["pub" | "async" | "const" | "?", "fn", name] if name != "$" => Some(name.to_owned()),
        _ => None,
    });
    names.collect()
}

/// The public fields of a struct.
fn fields(tokens: &[Token<'_>]) -> Names {
    let names = threes(tokens).filter_map(|three| match three {
        ["pub", name, ":"] => Some(name.to_owned()),
        _ => None,
    });
    names.collect()
}

/// The public functions and fields of each type in a generated file.
fn types(text: &str) -> BTreeMap<String, (Names, Names)> {
    let tokens = tokens(text);
    let mut found = BTreeMap::<String, (Names, Names)>::new();
    for (at, word) in tokens.iter().enumerate() {
        let Some(length) = tokens[at..].iter().position(|token| token.text == "{") else { break };
        let (head, body) = (&tokens[at..at + length], &tokens[at + length..]);
        let body = &body[..end_of_group(body, 0)];
        let Some(Token { text: name, .. }) = head.last() else { continue };
        let of_trait = head.iter().any(|token| token.text == "for");
        match word.text {
            "impl" if !of_trait => {
                found.entry((*name).to_owned()).or_default().0.extend(functions(body));
            }
            "struct" => found.entry((*name).to_owned()).or_default().1.extend(fields(body)),
            _ => {}
        }
    }
    found
}

/// The types of every file of the golden platform.
fn golden() -> BTreeMap<String, BTreeMap<String, (Names, Names)>> {
    let files = tree(&workspace("tests/golden/specs")).into_iter().map(|(path, bytes)| {
        let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
        (names.join("/"), String::from_utf8(bytes).unwrap())
    });
    let outcome = compile(&source_map(files.collect()), Sink::default());
    outcome.files.unwrap().into_iter().map(|file| (file.path, types(&file.text))).collect()
}

#[test]
fn no_method_can_have_the_name_of_a_function_that_every_client_has() {
    let macros = source("crates/runtime/src/macros.rs");
    let mut defined = functions(&tokens(&macros));
    for (file, types) in golden() {
        // The client's function for a method is named like the method's file.
        let method = file.rsplit('/').next().unwrap().trim_end_matches(".rs").to_owned();
        let of_client = types.get("Client").map(|(functions, _)| functions.clone());
        defined.extend(of_client.into_iter().flatten().filter(|name| *name != method));
    }
    // `clone` is derived, and often called on clients.
    defined.insert("clone".to_owned());
    assert_eq!(defined, reserved("CLIENT_NAMES"));
}

#[test]
fn no_field_can_have_the_name_of_a_function_that_a_record_has() {
    let (records, credentials) = (reserved("RECORD_NAMES"), reserved("CREDENTIAL_NAMES"));
    let by_macro = functions(&tokens(&source("crates/protocol/src/setters.rs")));
    let helpers = ["texts", "private_texts"].map(str::to_owned).into();
    let defined: Names = by_macro.difference(&helpers).cloned().collect();
    assert!(defined.is_subset(&records) && defined.is_subset(&credentials), "{defined:?}");
    let mut seen = Names::new();
    for types in golden().into_values() {
        for (name, (functions, fields)) in types.iter().filter(|(name, _)| *name != "Client") {
            let reserved = if name == "Credentials" { &credentials } else { &records };
            let own: Names = functions.difference(fields).cloned().collect();
            assert!(own.is_subset(reserved), "{name}: {own:?} are not reserved");
            seen.extend(own);
        }
    }
    assert!(seen.contains("new"), "{seen:?}");
}
