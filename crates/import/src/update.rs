//! Turns the differences between a spec and a newer version of its page into edits of the spec.
//!
//! Rows and values that only the page has are added as the draft writes them, after the row that
//! precedes them on the page. Rows that the page no longer has are removed if the spec took them
//! from a page. Types and requiredness change where columns state them. Everything else stays
//! unchanged, especially what people wrote.

mod compare;
mod edits;
mod entry;
mod prose;
mod record;

use crate::draft::Draft;
use compare::Compare;
use edits::Edits;
use gatespec_language::analyse_each;
use gatespec_language::model::Platform;
use gatespec_language::source::SourceMap;
use similar::TextDiff;
use std::fmt::{self, Display};

/// The changes that a page asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Update {
    /// The files that change or are new.
    pub files: Vec<Changed>,
    /// A line for each change.
    pub changes: Vec<String>,
    /// The changes that a person must make, because the spec's text has no place for them.
    pub by_hand: Vec<String>,
}

/// A file that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changed {
    /// The path below the folder of the specs.
    pub path: String,
    /// The text now; `None` for a new file.
    pub before: Option<String>,
    /// The proposed text.
    pub after: String,
}

/// Why a page cannot be compared with a spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoUpdate {
    /// The specs do not contain the platform, or its spec has errors.
    Spec,
    /// The draft of the page has errors.
    Draft,
}

impl Display for NoUpdate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NoUpdate::Spec => {
                "there is no such platform, or its spec has errors: run `gatespec check`"
            }
            NoUpdate::Draft => {
                "the page cannot be compared: import it without `--update` to see its errors"
            }
        })
    }
}

impl std::error::Error for NoUpdate {}

impl Update {
    /// Compares the draft of a page with the spec of its platform.
    ///
    /// # Errors
    ///
    /// When the spec or the draft has errors outside single methods.
    pub fn new(draft: &Draft, specs: &SourceMap, platform: &str) -> Result<Update, NoUpdate> {
        let old = usable(specs, platform).ok_or(NoUpdate::Spec)?;
        let new = usable(&draft.sources, platform).ok_or(NoUpdate::Draft)?;
        let mut compare = Compare::new(&old, &new, Edits::new(specs, &draft.sources));
        compare.gateway();
        let mut files = Vec::new();
        for method in &new.methods {
            match old.methods.iter().find(|one| one.name == method.name) {
                Some(before) => compare.method(before, method),
                None => {
                    let source = draft.sources.get(method.span.source);
                    let (path, after) = (source.path.clone(), source.text.clone());
                    // If the spec has the method, but with errors, the file exists already.
                    let done = specs.iter().all(|(_, other)| other.path != path);
                    compare.note(done, format!("new method `{}`", method.name));
                    files.extend(done.then_some(Changed { path, before: None, after }));
                }
            }
        }
        let Compare { edits, changes, by_hand, .. } = compare;
        let edited = edits.files().into_iter();
        files.extend(edited.map(|(path, before, after)| Changed {
            path,
            before: Some(before),
            after,
        }));
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(Update { files, changes, by_hand })
    }

    /// The changes as a unified diff, for `patch -p1` in the folder of the specs.
    pub fn diff(&self) -> String {
        let one = |file: &Changed| {
            let before = file.before.as_deref().unwrap_or_default();
            let (old, new) = (format!("a/{}", file.path), format!("b/{}", file.path));
            let old = if file.before.is_some() { old } else { "/dev/null".into() };
            TextDiff::from_lines(before, &file.after).unified_diff().header(&old, &new).to_string()
        };
        self.files.iter().map(one).collect()
    }
}

/// The usable part of a platform, without methods that have errors; `None` if nothing is usable.
fn usable(sources: &SourceMap, platform: &str) -> Option<Platform> {
    analyse_each(sources).model.platforms.into_iter().find(|one| one.id == platform)
}
