//! Wrong specs that cannot be a file in the corpus, because they need certain folders, sizes or
//! encodings, or files in the place of the output.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::harness::{Outcome, compile, corpus, tree};
use gatespec_codegen::write::{Mode, sync};
use gatespec_language::diagnostic::Sink;
use gatespec_language::{report, source};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A function that fills an empty folder: the specs are in `specs`, the output in `out`.
#[derive(Debug, Clone, Copy)]
pub struct DiskCase(Fill);

type Fill = fn(&Path);

const CASES: &[(&str, Fill)] = &[
    ("source/no_specs__empty_folder", |root| folder(&root.join("specs"))),
    ("source/no_specs__folder_of_notes", |root| file(root, "specs/shop/README.md", "# Shop")),
    ("source/unreadable__missing_folder", |_| {}),
    ("source/unreadable__file_for_a_folder", |root| file(root, "specs", "title: Shop")),
    #[cfg(unix)]
    ("source/unreadable__link_to_nowhere", |root| {
        sound(root);
        let link = root.join("specs/shop/shop.demo.yaml");
        std::os::unix::fs::symlink("nowhere.yaml", link).unwrap();
    }),
    #[cfg(unix)]
    ("source/unreadable__pipe", |root| {
        sound(root);
        let pipe = root.join("specs/shop/shop.demo.yaml");
        assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
    }),
    ("source/too_large__hundred_megabytes", |root| {
        sound(root);
        let file = fs::File::create(root.join("specs/shop/shop.demo.yaml")).unwrap();
        file.set_len(100 << 20).unwrap();
    }),
    ("source/not_utf8__page_in_gbk", |root| {
        sound(root);
        let gbk = b"title: Find orders\nterm: \xb6\xa9\xb5\xa5\n";
        fs::write(root.join("specs/shop/shop.demo.yaml"), gbk).unwrap();
    }),
    ("source/misplaced_file__beside_and_below", |root| {
        sound(root);
        file(root, "specs/shop.count.yaml", "title: Count");
        file(root, "specs/shop/orders/shop.list.yaml", "title: List");
    }),
    ("syntax/too_deep__hundred_thousand_brackets", |root| {
        sound(root);
        file(root, "specs/shop/shop.demo.yaml", &format!("title: {}", "[".repeat(100_000)));
    }),
    ("syntax/too_deep__hundred_thousand_dashes", |root| {
        sound(root);
        file(root, "specs/shop/shop.demo.yaml", &format!("title:\n  {}", "- ".repeat(100_000)));
    }),
    ("syntax/too_deep__a_thousand_maps", |root| {
        sound(root);
        let maps: String = (0..1000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        file(root, "specs/shop/shop.demo.yaml", &maps);
    }),
    ("write/write_failed__file_for_the_folder", |root| {
        sound(root);
        file(root, "out", "not a folder");
    }),
    ("write/write_failed__folder_for_a_file", |root| {
        sound(root);
        folder(&root.join("out/shop/mod.rs"));
    }),
    ("write/output_not_ours__file_written_by_hand", |root| {
        sound(root);
        file(root, "out/shop/mod.rs", "//! My own.\n");
    }),
];

/// Every case with its name, such as `source/no_specs__empty_folder`.
pub fn cases() -> impl Iterator<Item = (&'static str, DiskCase)> {
    CASES.iter().map(|(name, fill)| (*name, DiskCase(*fill)))
}

impl DiskCase {
    /// Creates the files of the case in an empty folder.
    pub fn fill(self, root: &Path) {
        (self.0)(root);
    }

    /// Compiles the case in a new folder, and asserts that the output is unchanged.
    pub fn run(self) -> Outcome {
        let root = TempDir::new().unwrap();
        self.fill(root.path());
        let out = root.path().join("out");
        let before = tree(&out);
        let mut sink = Sink::default();
        let sources = source::load(&root.path().join("specs"), &mut sink);
        let mut outcome = compile(&sources, sink);
        if let Some(files) = outcome.files.take() {
            let mut sink = Sink::default();
            sync(&out, &files, Mode::Write, &mut sink);
            outcome.files = (!sink.has_errors()).then_some(files);
            outcome.diagnostics.extend(sink.into_sorted());
            outcome.rendered = report::report(&sources, &outcome.diagnostics, false);
        }
        assert_eq!(tree(&out), before, "the output was touched");
        let prefix = format!("{}/", root.path().display());
        outcome.rendered = outcome.rendered.replace(&prefix, "");
        outcome
    }
}

fn sound(root: &Path) {
    let platform = fs::read_to_string(corpus("base/platform.yaml")).unwrap();
    file(root, "specs/shop/platform.yaml", &platform);
}

fn folder(path: &Path) {
    fs::create_dir_all(path).unwrap();
}

fn file(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    folder(path.parent().unwrap());
    fs::write(path, text).unwrap();
}
