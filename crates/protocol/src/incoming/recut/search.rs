//! Searches for other ways to split a signed text into parameters.

use std::cell::Cell;
use std::ops::Range;

use super::name::Name;
use super::template::Template;
use crate::recipe::Pairs;

/// The maximum number of steps of a search. A text that needs more steps can be split in too many
/// ways to be trusted.
const MOST_STEPS: usize = 1_000_000;
/// The maximum number of pairs in a split.
const MOST_PAIRS: usize = 1_000;

/// The number of listed parameters, and the number of all pairs.
pub(super) type Count = (usize, usize);

/// A pair that may begin at a position of the text.
#[derive(Clone, Copy)]
pub(super) struct Start {
    pub(super) at: usize,
    /// The position at which the value begins.
    value: usize,
    pub(super) name: usize,
    /// The largest number of listed parameters in a split from here to the end of the text, and
    /// the largest number of pairs in a split with that many listed parameters.
    most: Count,
}

/// A split of the text: names, and the byte ranges of their pairs.
pub(super) type Cut<'n> = Vec<(&'n str, Range<usize>)>;

pub(super) struct Search<'s> {
    text: &'s str,
    pairs: &'s Pairs<'s>,
    template: &'s Template<'s>,
    names: &'s [Name<'s>],
    /// The pairs from which the text can be split to its end, in descending order of position.
    starts: Vec<Start>,
    /// The remaining steps.
    steps: Cell<usize>,
}

/// Returns all positions where a pair with one of these names can begin, including the positions of
/// the received pairs.
pub(super) fn starts(
    text: &str,
    pairs: &Pairs<'_>,
    template: &Template<'_>,
    names: &[Name<'_>],
) -> Vec<Start> {
    let mut all: Vec<Start> = Vec::new();
    for (name, one) in names.iter().enumerate() {
        let before = template.before(one.text);
        let found = text.match_indices(&before).map(|(at, _)| at);
        let begins = |at: &usize| *at == 0 || text[..*at].ends_with(pairs.separator);
        let starts = found.filter(begins);
        let value = |at| at + before.len();
        all.extend(starts.map(|at| Start { at, value: value(at), name, most: (0, 0) }));
    }
    all.sort_by_key(|start| std::cmp::Reverse(start.at));
    all
}

impl<'s> Search<'s> {
    /// Creates a search for other ways to split `text`. Pairs can begin only at the positions in
    /// `all`, which [`starts`] returns.
    pub(super) fn new(
        text: &'s str,
        pairs: &'s Pairs<'s>,
        template: &'s Template<'s>,
        names: &'s [Name<'s>],
        all: Vec<Start>,
    ) -> Search<'s> {
        let steps = Cell::new(MOST_STEPS);
        let mut search = Search { text, pairs, template, names, starts: Vec::new(), steps };
        for start in all {
            let nexts = search.starts.iter().filter(|next| search.follows(&start, next));
            let most = nexts.map(|next| next.most).max();
            if let Some(most) = most.or(search.ends(&start).then_some((0, 0))) {
                let most = (most.0 + search.listed(&start), most.1 + 1);
                search.starts.push(Start { most, ..start });
            }
        }
        search
    }

    /// Whether the pair can be the last one.
    fn ends(&self, start: &Start) -> bool {
        let rest = &self.names[start.name + 1..];
        !rest.iter().any(Name::is_required) && self.holds(start, self.text.len())
    }

    fn follows(&self, start: &Start, next: &Start) -> bool {
        let Some(end) = next.at.checked_sub(self.pairs.separator.len()) else { return false };
        let in_order = match next.name.checked_sub(start.name) {
            Some(0) => self.names[start.name].repeats(),
            Some(_) => !self.names[start.name + 1..next.name].iter().any(Name::is_required),
            None => false,
        };
        in_order && self.holds(start, end)
    }

    /// Whether the pair can end at `end`.
    fn holds(&self, start: &Start, end: usize) -> bool {
        let Some(written) = self.text.get(start.value..end) else { return false };
        let steps = self.steps.get().saturating_sub(1 + written.len() / 64);
        self.steps.set(steps);
        if steps == 0 {
            return false;
        }
        let Some(written) = written.strip_suffix(&*self.template.after) else { return false };
        if written.is_empty() && self.pairs.nonempty {
            return false;
        }
        self.template.value(written).is_some_and(|text| self.names[start.name].takes(&text))
    }

    fn listed(&self, start: &Start) -> usize {
        usize::from(self.names[start.name].is_listed())
    }

    /// Finds a split that `is_other` accepts. Considers only the splits with the most listed
    /// parameters and, among these, the most pairs. Their [`Count`] must be at least `least`.
    /// Returns an empty split if there are too many to search, and `None` if there is no other
    /// split.
    pub(super) fn other(
        &self,
        least: Count,
        is_other: &dyn Fn(&Cut<'s>) -> bool,
    ) -> Option<Cut<'s>> {
        let is_first = |start: &&Start| {
            start.at == 0 && !self.names[..start.name].iter().any(Name::is_required)
        };
        let firsts = || self.starts.iter().filter(is_first);
        let most = firsts().map(|first| first.most).max().filter(|most| *most >= least);
        let mut cut = Vec::new();
        for first in firsts().filter(|first| Some(first.most) == most) {
            if self.walk(first, &mut cut, is_other) {
                return Some(cut);
            }
        }
        (self.steps.get() == 0).then(Vec::new)
    }

    /// Extends the split `cut` by this pair and the pairs after it. Returns whether `is_other`
    /// accepts the result. If not, `cut` is unchanged.
    fn walk(&self, start: &Start, cut: &mut Cut<'s>, is_other: &dyn Fn(&Cut<'s>) -> bool) -> bool {
        let name = self.names[start.name].text;
        let rest = (start.most.0 - self.listed(start), start.most.1 - 1);
        if rest == (0, 0) && self.ends(start) {
            cut.push((name, start.at..self.text.len()));
            if is_other(cut) {
                return true;
            }
            cut.pop();
        }
        for next in &self.starts {
            if next.most == rest && cut.len() < MOST_PAIRS && self.follows(start, next) {
                cut.push((name, start.at..next.at - self.pairs.separator.len()));
                if self.walk(next, cut, is_other) {
                    return true;
                }
                cut.pop();
            }
        }
        false
    }
}
