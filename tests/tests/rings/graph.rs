//! Finds the cycles of a graph.

use std::collections::{BTreeMap, BTreeSet};

/// Directed edges.
pub(crate) type Edges<'a> = BTreeSet<(&'a str, &'a str)>;

/// The sets of two or more nodes that all lead to each other.
pub(crate) fn rings<'a>(edges: &Edges<'a>) -> BTreeSet<BTreeSet<&'a str>> {
    let mut next = BTreeMap::<&str, Vec<&str>>::new();
    for (from, to) in edges {
        next.entry(from).or_default().push(to);
    }
    let reached: BTreeMap<_, _> = next.keys().map(|from| (*from, reached(&next, from))).collect();
    let ring = |one: &&'a str| -> BTreeSet<&'a str> {
        let back = |to: &&str| reached.get(to).is_some_and(|from_there| from_there.contains(one));
        reached[one].iter().copied().filter(back).collect()
    };
    reached.keys().map(ring).filter(|ring| ring.len() > 1).collect()
}

fn reached<'a>(next: &BTreeMap<&'a str, Vec<&'a str>>, from: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        open.extend(next.get(at).into_iter().flatten().filter(|to| reached.insert(**to)));
    }
    reached
}

#[test]
fn a_ring_is_all_that_lead_to_each_other() {
    let edges =
        [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "a"), ("f", "g"), ("g", "f")];
    assert_eq!(rings(&edges.into()), [["a", "b", "c"].into(), ["f", "g"].into()].into());
}
