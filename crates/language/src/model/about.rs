//! Prose and provenance: the meaning of a fact, and how certain it is.

use crate::source::SourceSpan;
use std::ops::Deref;

/// A fact about the protocol, with its span in the spec, its prose and its provenance.
#[derive(Debug, Clone)]
pub struct Noted<T> {
    /// The fact as it is in generated code.
    pub facts: T,
    /// The span of the fact's beginning.
    pub span: SourceSpan,
    /// The prose and the provenance of the fact.
    pub about: About,
}

impl<T> Deref for Noted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.facts
    }
}

/// Implements `Deref` to the protocol's facts for the types of the model that extend these facts.
macro_rules! noted {
    ($($name:ident: $facts:ty),* $(,)?) => {$(
        impl std::ops::Deref for $name {
            type Target = $facts;

            fn deref(&self) -> &$facts {
                &self.facts
            }
        }
    )*};
}
pub(super) use noted;

/// The prose and the provenance of a fact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// One line in English, written by the spec's author.
    pub doc: Option<String>,
    /// The platform's own short term, with which readers can find the page again.
    pub term: Option<String>,
    /// How certain the fact is.
    pub grade: Grade,
    /// The source of the fact, if it is not the platform's document.
    pub source: Option<String>,
    /// A remark for readers.
    pub note: Option<String>,
    /// Contradictory statements of the document, and which of them the spec follows.
    pub conflict: Option<Conflict>,
}

/// How certain a fact is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// The platform's document states it.
    #[default]
    Documented,
    /// The platform's own SDK shows it.
    Sdk,
    /// Working clients by third parties show it.
    ThirdParty,
    /// Only an example shows it.
    Observed,
    /// A guess, with reasons.
    Inferred,
}

impl Grade {
    /// Every grade with its key.
    pub const ALL: [(&'static str, Grade); 5] = [
        ("documented", Grade::Documented),
        ("sdk", Grade::Sdk),
        ("third_party", Grade::ThirdParty),
        ("observed", Grade::Observed),
        ("inferred", Grade::Inferred),
    ];

    /// The key in a spec.
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(_, grade)| *grade == self).map_or("documented", |(key, _)| key)
    }
}

/// A contradiction in the platform's document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The name and the text of each contradictory statement, in the spec's order.
    pub readings: Vec<(String, String)>,
    /// The name of the statement that the spec follows.
    pub chosen: String,
}
