//! Prose and provenance: what a fact means, and how sure it is.

use crate::source::SourceSpan;
use std::ops::Deref;

/// A fact of the protocol, with its place in the spec and what people know of it.
#[derive(Debug, Clone)]
pub struct Noted<T> {
    /// As generated code has it.
    pub facts: T,
    /// Where it begins.
    pub span: SourceSpan,
    /// Prose and provenance.
    pub about: About,
}

impl<T> Deref for Noted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.facts
    }
}

/// Lets the fields of the facts be reached through the type that adds to them.
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

/// What the specs say about a fact, for people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// One English line of ours.
    pub doc: Option<String>,
    /// The platform's own short term, so that people find the page again.
    pub term: Option<String>,
    /// How sure the fact is.
    pub grade: Grade,
    /// Where the fact was found, if not in the document.
    pub source: Option<String>,
    /// What else a reader must know.
    pub note: Option<String>,
    /// Both readings of a contradiction, and the choice.
    pub conflict: Option<Conflict>,
}

/// How sure a fact is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// The platform's document states it.
    #[default]
    Documented,
    /// The platform's own code shows it.
    Sdk,
    /// Working clients of others show it.
    ThirdParty,
    /// Only a sample shows it.
    Observed,
    /// A guess, with reasons.
    Inferred,
}

impl Grade {
    /// Every grade, by its key in a spec.
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

/// A contradiction of the document with itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Each reading's name and text, in the spec's order.
    pub readings: Vec<(String, String)>,
    /// The name of the reading that the spec follows.
    pub chosen: String,
}
