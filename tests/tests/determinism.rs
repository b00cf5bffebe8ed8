//! The output depends only on the specs: not on the process, the working folder, the path of the
//! folder, or the order in which files were written.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_tests::harness::{gatespec, tree, workspace, write_tree};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn build(from: &Path, specs: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let out = TempDir::new().unwrap();
    let mut command = gatespec();
    command.current_dir(from).args(["build", "--specs", specs, "--out"]).arg(out.path());
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let files = tree(out.path());
    assert!(files.len() > 5, "{:?}", files.keys());
    files
}

#[test]
fn the_same_specs_give_the_same_bytes_wherever_and_however_they_lie() {
    let expected = build(&workspace(""), "specs");
    assert!(build(&workspace("specs"), ".") == expected, "named `.`");
    assert!(build(&workspace("codegen/src"), "../../specs/") == expected, "named from elsewhere");

    let copies = TempDir::new().unwrap();
    let specs = tree(&workspace("specs"));
    write_tree(&copies.path().join("forwards/specs"), specs.clone());
    write_tree(&copies.path().join("backwards/other"), specs.into_iter().rev());
    assert!(build(&copies.path().join("forwards"), "specs") == expected, "copied");
    let backwards = copies.path().join("backwards/other");
    assert!(build(Path::new("/"), backwards.to_str().unwrap()) == expected, "copied backwards");
}
