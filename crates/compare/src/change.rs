//! A change, the verdicts on it, and its cause.

use gatespec_language::source::SourceSpan;

/// Whether clients of the old version still work. Ordered from harmless to harmful.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wire {
    /// Calls are accepted and answers are decoded as before.
    #[default]
    Works,
    /// Some calls are refused, or some answers are not decoded.
    MayFail,
    /// Calls are refused, answers are not decoded, or values change their meaning.
    Fails,
}

impl Wire {
    /// The verdict as a word.
    pub fn key(self) -> &'static str {
        match self {
            Wire::Works => "works",
            Wire::MayFail => "may_fail",
            Wire::Fails => "fails",
        }
    }
}

/// The release that the change needs. Ordered from harmless to harmful.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rust {
    /// No public item changes.
    #[default]
    Patch,
    /// Public items are added.
    Minor,
    /// Code that compiled may not compile.
    Major,
}

impl Rust {
    /// The verdict as a word.
    pub fn key(self) -> &'static str {
        match self {
            Rust::Patch => "patch",
            Rust::Minor => "minor",
            Rust::Major => "major",
        }
    }
}

/// One of the two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// The version before the change.
    Old,
    /// The version after the change.
    New,
}

/// A place in one of the versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The version whose sources contain the span.
    pub version: Version,
    /// The span.
    pub span: SourceSpan,
}

impl Place {
    /// Creates a place in the old version, for something that was removed.
    pub fn old(span: SourceSpan) -> Self {
        Self { version: Version::Old, span }
    }

    /// Creates a place in the new version.
    pub fn new(span: SourceSpan) -> Self {
        Self { version: Version::New, span }
    }
}

/// A statement about what changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What changed, such as "is required now".
    pub what: String,
    /// Whether clients of the old version still work.
    pub wire: Wire,
    /// What happens to clients of the old version; empty if nothing does.
    pub effect: String,
}

/// All that changed at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What the change is about, such as `shopex matrix.unbind request.node_id`.
    pub subject: String,
    /// The place that causes the change.
    pub place: Place,
    /// What changed; empty if only the generated code changed.
    pub facts: Vec<Fact>,
    /// The release that the change needs.
    pub rust: Rust,
    /// The public items that are added, changed or removed.
    pub items: Vec<String>,
}

impl Change {
    /// The worst verdict on the facts.
    pub fn wire(&self) -> Wire {
        self.facts.iter().map(|fact| fact.wire).max().unwrap_or_default()
    }
}

/// Collects changes, one for each place.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    list: Vec<Change>,
}

impl Changes {
    pub(crate) fn into_list(self) -> Vec<Change> {
        self.list
    }

    fn at(&mut self, place: Place, subject: &str) -> &mut Change {
        let known = self.list.iter().position(|change| change.place == place);
        let index = known.unwrap_or_else(|| {
            let subject = subject.to_owned();
            let facts = Vec::new();
            self.list.push(Change { subject, place, facts, rust: Rust::Patch, items: Vec::new() });
            self.list.len() - 1
        });
        &mut self.list[index]
    }

    /// Adds a fact. If the place already has the same fact, because several methods use the type,
    /// keeps the worse of the two verdicts.
    pub(crate) fn fact(&mut self, place: Place, subject: &str, fact: Fact) {
        let facts = &mut self.at(place, subject).facts;
        match facts.iter_mut().find(|known| known.what == fact.what) {
            Some(known) if known.wire < fact.wire => *known = fact,
            Some(_) => {}
            None => facts.push(fact),
        }
    }

    /// Adds a public item that differs.
    pub(crate) fn item(&mut self, place: Place, path: &str, rust: Rust) {
        let change = self.at(place, path);
        change.rust = change.rust.max(rust);
        change.items.push(path.to_owned());
    }
}
