//! Measures how much of a page `gatespec import` recovers, by comparing the facts of the draft with
//! those of a spec that a person wrote from the same page.
//!
//! **Facts that count.** [`Kind`] lists the kinds. A fact of the spec counts if both are true:
//!
//! * The fact and everything that contains it (the rows above, their types, the method) is graded
//!   `documented` or `observed`: a person found it on the page, and did not infer it or take it from
//!   elsewhere.
//! * Its name (the name of a parameter, member, value, code or method, or an address) occurs on the
//!   page as a whole word. A member of a sample must occur in quotation marks. What the spec took
//!   from other places is thus not a fact of this page.
//!
//! Types and requiredness count if their row does. A member of the envelope counts as a row if a
//! table lists the member, otherwise only as a member of its sample.
//!
//! **Equal facts.** Rows are identified by their path from the top of the request or from the root
//! of the answer. It makes no difference whether a member belongs to the envelope or to the data,
//! nor what types are called. Types are equal if their values are the same on the wire: `integer`
//! differs from a number in a text, a list joined by `,` from a JSON list, and fen from yuan. A
//! type that differs but accepts every value of the other one (`text` for an enumeration or for a
//! time in a text, `integer` for fen, `json` for anything) is *missing*: it says less, but nothing
//! false. Conditions of requiredness are equal if their fields and values are. Members of a sample
//! are equal if their paths and JSON types are.
//!
//! **Wrong facts.** A fact of the draft is wrong if it contradicts the spec, or if the spec does
//! not have it at any grade. Wrong facts that the draft grades `inferred` are counted separately,
//! since this grade asks for a review.

mod facts;
mod page;
mod text;

pub use facts::{Fact, Facts, Kind, facts};
pub use page::Page;

use crate::harness::run;
use facts::is_looser;
use gatespec_language::diagnostic::Sink;
use gatespec_language::model::{Grade, Platform};
use gatespec_language::{analyse_each, report, source};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The numbers of facts of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Facts of the spec that count.
    pub hand_made: usize,
    /// Facts of the spec that the draft states in the same way.
    pub recovered: usize,
    /// Facts of the spec that the draft does not state.
    pub missing: usize,
    /// Facts of the draft that contradict the spec or that the spec does not have.
    pub wrong: usize,
    /// Wrong facts of the draft that it grades `inferred`.
    pub wrong_inferred: usize,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.hand_made += other.hand_made;
        self.recovered += other.recovered;
        self.missing += other.missing;
        self.wrong += other.wrong;
        self.wrong_inferred += other.wrong_inferred;
    }

    /// The recovered facts in thousandths of the facts that count, rounded down.
    pub fn thousandths(self) -> usize {
        self.recovered * 1000 / self.hand_made.max(1)
    }

    /// The recovered facts in percent.
    pub fn percent(self) -> String {
        format!("{}.{} %", self.thousandths() / 10, self.thousandths() % 10)
    }

    /// The counts as the cells of a row of [`Recovery::table`].
    pub fn cells(self) -> String {
        let Count { hand_made, recovered, missing, wrong, wrong_inferred } = self;
        format!("{hand_made} | {recovered} | {missing} | {wrong} | {wrong_inferred}")
    }
}

/// The result of comparing a draft with a spec.
#[derive(Debug, Clone, Default)]
pub struct Recovery {
    /// The counts for each kind of fact that occurs.
    pub counts: BTreeMap<Kind, Count>,
    /// A line for each fact that is missing or wrong.
    pub losses: Vec<String>,
}

impl Recovery {
    /// Compares the facts of a draft with those of a spec that was written from the same page.
    pub fn new(page: &Page, hand_made: &Platform, draft: &Platform) -> Recovery {
        let (hand_made, draft) = (facts(hand_made), facts(draft));
        let mut out = Recovery::default();
        for fact in hand_made.all.values().filter(|fact| counts(fact, page)) {
            out.compare(page, fact, draft.all.get(&fact.key()));
        }
        let known = |fact: &&Fact| {
            hand_made.all.contains_key(&fact.key()) || hand_made.envelope.contains(&fact.at)
        };
        for fact in draft.all.values().filter(|fact| !known(fact)) {
            out.note("invented", page, fact, None);
            out.wrong(fact);
        }
        out
    }

    fn compare(&mut self, page: &Page, fact: &Fact, draft: Option<&Fact>) {
        let count = self.counts.entry(fact.kind).or_default();
        count.hand_made += 1;
        match draft {
            Some(draft) if draft.says == fact.says => count.recovered += 1,
            Some(draft) if is_looser(draft, fact) => {
                count.missing += 1;
                self.note("missing", page, fact, Some(draft));
            }
            Some(draft) => {
                self.note("wrong", page, fact, Some(draft));
                self.wrong(draft);
            }
            None => {
                count.missing += 1;
                self.note("missing", page, fact, None);
            }
        }
    }

    fn wrong(&mut self, draft: &Fact) {
        let count = self.counts.entry(draft.kind).or_default();
        match draft.grade {
            Grade::Inferred => count.wrong_inferred += 1,
            _ => count.wrong += 1,
        }
    }

    fn note(&mut self, what: &str, page: &Page, fact: &Fact, draft: Option<&Fact>) {
        let mut line = format!("{what} {}: {}", fact.kind.name(), fact.at);
        if !fact.says.is_empty() {
            let _ = write!(line, " is {}", fact.says);
        }
        if let Some(draft) = draft {
            let _ = write!(line, ", the draft says {}", draft.says);
        }
        let graded = draft.unwrap_or(fact).grade;
        if graded == Grade::Inferred {
            line.push_str(" (inferred)");
        }
        let lines = page.lines_with(&fact.names);
        if !lines.is_empty() {
            let _ = write!(line, "; page line {}", lines.join(", "));
        }
        self.losses.push(line);
    }

    /// The sum of the counts of all kinds.
    pub fn total(&self) -> Count {
        let mut total = Count::default();
        self.counts.values().for_each(|count| total.add(*count));
        total
    }

    /// The counts as a Markdown table.
    pub fn table(&self) -> String {
        let mut out = String::from(
            "| fact | hand-made | recovered | missing | wrong | wrong, but inferred |\n|---|--:|--:|--:|--:|--:|\n",
        );
        for (kind, count) in &self.counts {
            let _ = writeln!(out, "| {} | {} |", kind.name(), count.cells());
        }
        let total = self.total();
        let _ = writeln!(out, "| all: {} | {} |", total.percent(), total.cells());
        out
    }
}

/// Whether a fact of the spec is one of this page.
fn counts(fact: &Fact, page: &Page) -> bool {
    matches!(fact.grade, Grade::Documented | Grade::Observed)
        && match fact.kind {
            Kind::Sample => fact.names.iter().any(|name| page.quotes(name)),
            _ => page.has(&fact.names),
        }
}

/// Imports a page and compares the draft with the spec of the platform.
///
/// # Errors
///
/// When the page cannot be imported, or the spec or the draft cannot be read.
pub fn measure(
    page: &Path,
    specs: &Path,
    platform: &str,
    method: Option<&str>,
) -> Result<Recovery, String> {
    let bytes = fs::read(page).map_err(|error| format!("{}: {error}", page.display()))?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let draft = folder.path().join("specs");
    let (page_path, out) = (page.to_string_lossy(), draft.to_string_lossy());
    let mut arguments = vec!["import", &page_path, "--platform", platform, "--out", &out];
    arguments.extend(method.iter().flat_map(|method| ["--method", method]));
    let here = std::env::current_dir().map_err(|error| error.to_string())?;
    let run = run(&here, &arguments);
    if run.code != Some(0) {
        return Err(format!("gatespec import fails:\n{}{}", run.out, run.err));
    }
    Ok(Recovery::new(&Page::new(&bytes), &read(specs, platform)?, &read(&draft, platform)?))
}

/// Reads the specs of one platform, and returns the part that is usable.
fn read(specs: &Path, platform: &str) -> Result<Platform, String> {
    let mut sink = Sink::default();
    let sources = source::load(specs, &mut sink);
    let usable = analyse_each(&sources);
    for wrong in usable.wrong {
        wrong.diagnostics.into_iter().for_each(|one| sink.report(one));
    }
    let found = usable.model.platforms.into_iter().find(|found| found.id == platform);
    found.ok_or_else(|| report::report(&sources, &sink.into_sorted(), false))
}
