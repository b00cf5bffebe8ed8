//! Helpers for tests of causes. A cause is a mistake that explains why the other side's signature
//! differs.

use crate::tool::Asked;
use gatespec_inspect::diagnose;
use gatespec_tests::harness::{each, tree, workspace};

/// The expected causes, and the signature that they explain.
pub(crate) type Row = (&'static str, String);

/// Asserts that every row is explained by exactly its causes, which are joined by `+`.
pub(crate) fn explained(asked: &Asked, rows: Vec<Row>) {
    let named = rows.into_iter().enumerate().map(|(at, (id, sign))| {
        (format!("{at} {id}"), (id.split('+').map(str::to_owned).collect::<Vec<_>>(), sign))
    });
    each(named, |_, (ids, sign)| assert_eq!(asked.causes(sign), *ids));
}

/// Programs rely on the list of causes, so each one has a test.
#[test]
fn every_cause_has_a_test() {
    let texts: String = tree(&workspace("tests/tests/sign"))
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect();
    let shown = |id: &&&str| texts.contains(&format!("\"{id}\""));
    let causes = diagnose::causes();
    let without: Vec<_> = causes.iter().filter(|id| !shown(id)).collect();
    assert!(without.is_empty(), "{without:?}");
    assert!(causes.is_sorted() && causes.len() == 93);
}
