//! The files of a crate do not use each other's items in a ring. The modules of a folder have an
//! order in which each module uses only those below it.
//!
//! The `mod` lines of a parent, and `pub use` lines that re-export its children, do not count as
//! uses. Unit tests do not count either.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod graph;
mod known;
mod modules;

use gatespec_tests::corpus::{entries, stem};
use gatespec_tests::harness::{workspace, write_tree};
use graph::{Edges, rings};
use known::KNOWN;
use modules::{Crate, Uses};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;
use tempfile::TempDir;

/// Five files that name items of other files in every possible way, and contain things that do not
/// count.
const SAMPLE: &[(&str, &str)] = &[
    (
        "lib.rs",
        "mod a; mod b; mod c; pub use a::{Shown, deep::Low}; use std::fmt; fn run() { b::go(); }",
    ),
    (
        "a.rs",
        "pub mod deep; pub use deep::Low as Lower; pub struct Shown; fn x(_: crate::Shown) {}\n\
         #[cfg(test)]\nmod tests { use crate::c::C; }\n// crate::c::C\nconst T: &str = \"crate::c::C\";",
    ),
    ("a/deep.rs", "pub enum Low { One } fn y() { super::super::b::go() }"),
    (
        "b.rs",
        "use crate::{a::{self, Lower}, c::{C as Other}}; use crate::fmt;\n\
         pub fn go() { a::Shown; $crate::made!(); }",
    ),
    ("c/mod.rs", "pub struct C; #[macro_export]\nmacro_rules! made { () => { $crate::Low } }"),
];

#[test]
fn a_use_is_found_however_it_is_written() {
    let folder = TempDir::new().unwrap();
    let files = SAMPLE.iter().map(|(name, text)| (PathBuf::from(name), text.as_bytes().to_vec()));
    write_tree(folder.path(), files);
    let uses = Crate::read(folder.path(), "lib.rs").uses();
    let mut seen = String::new();
    for ((from, to), uses) in &uses {
        let paths: Vec<_> = uses.iter().map(|one| one.path.as_str()).collect();
        writeln!(seen, "{from} -> {to}: {}", paths.join(", ")).unwrap();
    }
    let expected = [
        " -> b: b::go",
        "a::deep -> b: super::super::b::go",
        "b -> a: a::Shown",
        "b -> a::deep: crate::a::Lower",
        "b -> c: crate::c::C, crate::made",
        "c -> a::deep: crate::Low",
        "",
    ];
    assert_eq!(seen, expected.join("\n"));
    let edges = uses.keys().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    assert_eq!(rings(&edges), [["a::deep", "b", "c"].into()].into());
}

#[test]
fn no_ring_of_files_or_modules_but_those_that_are_known() {
    let mut found = BTreeMap::new();
    let crates = entries(&workspace("crates")).unwrap();
    for of in
        crates.iter().map(|folder| format!("crates/{}", stem(folder))).chain(["codegen".to_owned()])
    {
        let folder = format!("{of}/src");
        let path = workspace(&folder);
        let root = if path.join("lib.rs").exists() { "lib.rs" } else { "main.rs" };
        found.extend(found_in(&folder, &Crate::read(&path, root)));
    }
    let known: BTreeSet<_> =
        KNOWN.iter().map(|(folder, ring)| entry(folder, &ring.iter().copied().collect())).collect();
    let new: String = found
        .iter()
        .filter(|(ring, _)| !known.contains(*ring))
        .map(|(ring, lines)| format!("{ring}\n{lines}"))
        .collect();
    let gone: Vec<_> = known.iter().filter(|ring| !found.contains_key(*ring)).cloned().collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "a ring that is not in KNOWN: move what they share below both\n\n{new}\n\
         rings in KNOWN that are gone or changed: take them out\n\n{}",
        gone.join("\n"),
    );
}

/// The rings of a crate, written as in `KNOWN`, each with the lines that close it.
fn found_in(folder: &str, read: &Crate) -> BTreeMap<String, String> {
    let files = read.files();
    let uses = read.uses();
    let edges: Edges<'_> = uses.keys().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let mut found = BTreeMap::new();
    let of_files = rings(&edges);
    for ring in &of_files {
        let named = ring.iter().map(|module| files[module]).collect();
        found.insert(
            entry(folder, &named),
            lines(folder, &files, &uses, &|a, b| ring.contains(a) && ring.contains(b)),
        );
    }
    // Rings of files have been reported already.
    let told = |a: &str, b: &str| of_files.iter().any(|ring| ring.contains(a) && ring.contains(b));
    for parent in files.keys().map(|module| parent(module)).collect::<BTreeSet<_>>() {
        let unit = |module| unit(parent, module);
        let edges = edges.iter().filter(|(a, b)| !told(a, b));
        let edges = edges.filter_map(|(a, b)| Some((unit(a)?, unit(b)?)));
        for ring in rings(&edges.filter(|(a, b)| a != b).collect()) {
            let lines = lines(folder, &files, &uses, &|a, b| {
                let inside = |module| unit(module).filter(|unit| ring.contains(unit));
                !told(a, b) && inside(a).zip(inside(b)).is_some_and(|(a, b)| a != b)
            });
            found.insert(entry(folder, &ring), lines);
        }
    }
    found
}

fn entry(folder: &str, ring: &BTreeSet<&str>) -> String {
    format!("({folder:?}, &{:?}),", Vec::from_iter(ring))
}

fn lines<'a>(
    folder: &str,
    files: &BTreeMap<&str, &str>,
    uses: &'a Uses,
    inside: &dyn Fn(&'a str, &'a str) -> bool,
) -> String {
    let mut text = String::new();
    for ((from, to), uses) in uses.iter().filter(|((from, to), _)| inside(from, to)) {
        for one in uses {
            let (file, to) = (files[from.as_str()], files[to.as_str()]);
            writeln!(text, "  {folder}/{file}:{}: {} (of {to})", one.line, one.path).unwrap();
        }
    }
    text
}

fn parent(module: &str) -> &str {
    module.rsplit_once("::").map_or("", |(parent, _)| parent)
}

/// The child of `parent` that is the module or contains it.
fn unit<'a>(parent: &str, module: &'a str) -> Option<&'a str> {
    let inside = match parent {
        "" => module,
        _ => module.strip_prefix(parent)?.strip_prefix("::")?,
    };
    let first = inside.split("::").next().filter(|first| !first.is_empty())?;
    Some(&module[..module.len() - inside.len() + first.len()])
}
