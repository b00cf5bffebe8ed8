//! `generated/src` matches the specs, and the check notices every deviation.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_codegen::write::{Mode, sync};
use gatespec_codegen::{Options, OutputFile, generate};
use gatespec_language::diagnostic::Sink;
use gatespec_language::{analyse, source};
use gatespec_tests::harness::{each, tree, workspace, write_tree};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The output for the shipped specs.
fn shipped() -> Vec<OutputFile> {
    let mut sink = Sink::default();
    let sources = source::load(&workspace("specs"), &mut sink);
    let model = analyse(&sources, &mut sink).unwrap();
    generate(&model, &Options::default(), &mut sink).unwrap()
}

type Damage<'a> = &'a dyn Fn(&Path);

/// A new folder with these files.
fn written(files: &[OutputFile]) -> TempDir {
    let folder = TempDir::new().unwrap();
    write_tree(
        folder.path(),
        files.iter().map(|file| (file.path.clone().into(), file.text.clone().into())),
    );
    folder
}

/// The names of the files in `folder` that differ from `files`, are missing or are superfluous.
fn stale(folder: &Path, files: &[OutputFile]) -> Vec<String> {
    let mut sink = Sink::default();
    let changes = sync(folder, files, Mode::Check, &mut sink);
    assert!(sink.into_sorted().is_empty());
    [changes.added, changes.changed, changes.orphaned].concat()
}

#[test]
fn the_generated_crate_is_what_the_specs_say() {
    let stale = stale(&workspace("generated/src"), &shipped());
    assert!(stale.is_empty(), "run `cargo run`; stale are {stale:?}");
}

#[test]
fn a_changed_byte_a_missing_file_and_an_orphan_are_each_noticed_and_left_alone() {
    let files = shipped();
    let first = files.iter().find(|file| file.path.contains('/')).unwrap();
    let name = first.path.as_str();
    let orphan = Path::new(name).with_file_name("orphan.rs").display().to_string();
    let cases: [(&str, &str, Damage<'_>); 4] = [
        ("a byte changed", name, &|root| {
            let mut bytes = fs::read(root.join(name)).unwrap();
            *bytes.last_mut().unwrap() = b' ';
            fs::write(root.join(name), bytes).unwrap();
        }),
        ("a file missing", name, &|root| fs::remove_file(root.join(name)).unwrap()),
        ("an orphan added", &orphan, &|root| {
            fs::copy(root.join(name), root.join(&orphan)).unwrap();
        }),
        ("a line ending changed", name, &|root| {
            let text = fs::read_to_string(root.join(name)).unwrap();
            fs::write(root.join(name), text.replace('\n', "\r\n")).unwrap();
        }),
    ];
    each(
        cases.map(|(name, stale, damage)| (name.to_owned(), (stale, damage))),
        |_, (named, damage)| {
            let copy = written(&files);
            assert!(stale(copy.path(), &files).is_empty());
            damage(copy.path());
            let damaged = tree(copy.path());
            assert_eq!(stale(copy.path(), &files), [*named]);
            assert_eq!(tree(copy.path()), damaged, "a check writes nothing");
        },
    );
}

#[test]
fn writing_mends_what_is_stale_deletes_orphans_and_spares_what_is_not_ours() {
    let files = shipped();
    let copy = written(&files);
    let sound = tree(copy.path());
    let folder = files.iter().find_map(|file| Some(file.path.split_once('/')?.0)).unwrap();
    fs::copy(copy.path().join("lib.rs"), copy.path().join(folder).join("orphan.rs")).unwrap();
    let header = &sound[Path::new("lib.rs")][..80];
    fs::write(copy.path().join("lib.rs"), header).unwrap();
    fs::write(copy.path().join("notes.rs"), "// Mine.\n").unwrap();
    let mut sink = Sink::default();
    sync(copy.path(), &files, Mode::Write, &mut sink);
    let mut written = tree(copy.path());
    assert_eq!(written.remove(Path::new("notes.rs")).unwrap(), b"// Mine.\n");
    assert!(written == sound, "{:?}", sink.into_sorted());
}
