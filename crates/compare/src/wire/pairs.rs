//! Pairs the entries of a table in the old version with those in the new version, by name.

use std::collections::HashMap;
use std::hash::Hash;

/// An entry of a table in one version or in both.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Pair<'m, T> {
    /// Only the old version has the entry.
    Gone(&'m T),
    /// Only the new version has the entry.
    New(&'m T),
    /// Both versions have the entry: the old one, then the new one.
    Both(&'m T, &'m T),
}

impl<'m, T> Pair<'m, T> {
    /// Returns the new version's entry if there is one, or else the old version's.
    pub(super) fn newest(&self) -> &'m T {
        match self {
            Pair::Gone(one) | Pair::New(one) | Pair::Both(_, one) => one,
        }
    }
}

/// Pairs the entries of two tables by name. The result has the entries of the old table in their
/// order, and then those that only the new table has.
pub(super) fn pairs<'m, T, N: Eq + Hash>(
    old: &'m [T],
    new: &'m [T],
    name: impl Fn(&'m T) -> N,
) -> Vec<Pair<'m, T>> {
    let mut fresh: HashMap<N, usize> = HashMap::with_capacity(new.len());
    for (index, one) in new.iter().enumerate() {
        fresh.entry(name(one)).or_insert(index);
    }
    let mut met = vec![false; new.len()];
    let mut pairs: Vec<_> = old
        .iter()
        .map(|before| match fresh.get(&name(before)) {
            Some(index) => {
                met[*index] = true;
                Pair::Both(before, &new[*index])
            }
            None => Pair::Gone(before),
        })
        .collect();
    pairs.extend(new.iter().zip(met).filter(|(_, met)| !met).map(|(after, _)| Pair::New(after)));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_paired_by_name_in_the_order_of_the_old_table() {
        let (old, new) = (["a1", "b1", "c1"], ["d2", "c2", "a2"]);
        let found = pairs(&old, &new, |one| one.chars().next());
        let expected = [
            Pair::Both(&"a1", &"a2"),
            Pair::Gone(&"b1"),
            Pair::Both(&"c1", &"c2"),
            Pair::New(&"d2"),
        ];
        assert_eq!(found, expected);
    }
}
