//! The set of finished windows. It is stored as runs, so its size depends on the number of gaps.

/// A set of numbers, stored as inclusive runs in ascending order with gaps between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Finished {
    runs: Vec<(u64, u64)>,
}

impl Finished {
    pub(super) fn runs(&self) -> &[(u64, u64)] {
        &self.runs
    }

    /// The index of the last run that starts at or before a number.
    fn at_or_before(&self, number: u64) -> Option<usize> {
        self.runs.partition_point(|(start, _)| *start <= number).checked_sub(1)
    }

    pub(super) fn contains(&self, number: u64) -> bool {
        self.at_or_before(number).is_some_and(|at| number <= self.runs[at].1)
    }

    /// The number of numbers in the set.
    pub(super) fn count(&self) -> u64 {
        self.runs.iter().map(|(start, end)| end - start + 1).sum()
    }

    pub(super) fn insert(&mut self, number: u64) {
        if self.contains(number) {
            return;
        }
        let next = self.at_or_before(number).map_or(0, |at| at + 1);
        let touches_left = next > 0 && self.runs[next - 1].1 + 1 == number;
        let touches_right = self.runs.get(next).is_some_and(|(start, _)| start - 1 == number);
        match (touches_left, touches_right) {
            (true, true) => self.runs[next - 1].1 = self.runs.remove(next).1,
            (true, false) => self.runs[next - 1].1 = number,
            (false, true) => self.runs[next].0 = number,
            (false, false) => self.runs.insert(next, (number, number)),
        }
    }

    /// Appends a run. Returns `false` if the run is empty, or if there is no gap between the last
    /// run and this one.
    pub(super) fn push_run(&mut self, start: u64, end: u64) -> bool {
        let behind = |last: u64| last.checked_add(1).is_some_and(|touching| touching < start);
        let fits = start <= end && self.runs.last().is_none_or(|(_, last)| behind(*last));
        if fits {
            self.runs.push((start, end));
        }
        fits
    }

    /// The first missing number at or after `from`.
    pub(super) fn next_missing(&self, from: u64) -> u64 {
        match self.at_or_before(from) {
            Some(at) if from <= self.runs[at].1 => self.runs[at].1.saturating_add(1),
            _ => from,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Compares the set with a `BTreeSet` after inserting numbers in many orders.
    #[test]
    fn it_is_a_set_whatever_the_order() {
        for seed in 0..2000_u64 {
            let (mut finished, mut plain) = (Finished::default(), BTreeSet::new());
            for step in 0..12 {
                let number = (seed.wrapping_mul(6_364_136_223_846_793_005) >> (step * 4)) % 14;
                finished.insert(number);
                plain.insert(number);
                let all: BTreeSet<u64> = finished.runs.iter().flat_map(|(a, b)| *a..=*b).collect();
                assert_eq!(all, plain);
                assert_eq!(finished.count(), plain.len() as u64);
                assert!(finished.runs.windows(2).all(|pair| pair[0].1 + 1 < pair[1].0));
                for number in 0..16 {
                    assert_eq!(finished.contains(number), plain.contains(&number));
                    let missing = (number..).find(|other| !plain.contains(other)).unwrap();
                    assert_eq!(finished.next_missing(number), missing);
                }
            }
        }
    }

    #[test]
    fn runs_that_touch_are_refused() {
        let mut finished = Finished::default();
        assert!(finished.push_run(0, 3) && finished.push_run(5, 5));
        for (start, end) in [(6, 7), (4, 4), (9, 8)] {
            assert!(!finished.push_run(start, end), "{start}-{end}");
        }
        assert!(finished.push_run(u64::MAX, u64::MAX) && !finished.push_run(0, 0));
    }
}
