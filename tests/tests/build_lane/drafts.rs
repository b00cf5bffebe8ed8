//! The specs that `gatespec new` writes give Rust code that compiles.

use super::project::Project;
use gatespec_tests::harness::{run, tree};
use tempfile::TempDir;

#[test]
fn drafts_become_clients() {
    let root = TempDir::new().unwrap();
    for draft in [&["new", "platform", "lamp"][..], &["new", "method", "lamp", "lamp.orders.find"]]
    {
        let run = run(root.path(), draft);
        assert_eq!(run.code, Some(0), "{run:?}");
    }
    let specs = tree(&root.path().join("specs")).into_iter();
    let specs = specs.map(|(path, bytes)| {
        (path.to_str().unwrap().replace('\\', "/"), String::from_utf8(bytes).unwrap())
    });
    Project::generated("drafts", specs.collect()).cargo(&["check"]).passes();
}
