//! What specs state about diagnostics: their edition, and levels of lints such as
//! `allow: { missing_doc: The page explains none of them. }`.

use super::edition::Edition;
use super::levels::Level;
use super::rules::Rule;
use crate::span::{SourceId, SourceSpan};
use std::collections::HashMap;
use std::ops::Range;

/// A level that a spec sets for one of its parts.
#[derive(Debug)]
pub(crate) struct Scope {
    pub(crate) rule: &'static Rule,
    pub(crate) level: Level,
    /// The span of the rule's id.
    pub(crate) at: SourceSpan,
    /// The beginning of the map that contains the level.
    pub(crate) map: SourceSpan,
    /// The part of the spec that the level covers, which is determined after all files are read.
    pub(crate) covers: Covers,
}

/// The part that a level covers.
#[derive(Debug)]
pub(crate) enum Covers {
    /// Not known yet.
    Nothing,
    /// A map with its key.
    Part(Range<u32>),
    /// All files of a platform.
    Files(Vec<SourceId>),
}

/// Finds the level that a spec sets for a span, and the edition of the spec.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    all: Vec<Scope>,
    /// Indices into `all`, by rule and file.
    of: HashMap<(&'static str, SourceId), Vec<usize>>,
    editions: HashMap<SourceId, Edition>,
}

impl Scopes {
    pub(super) fn push(&mut self, scope: Scope) {
        self.all.push(scope);
    }

    pub(super) fn set_edition(&mut self, files: &[SourceId], edition: Edition) {
        self.editions.extend(files.iter().map(|file| (*file, edition)));
    }

    pub(super) fn edition(&self, file: SourceId) -> Edition {
        self.editions.get(&file).copied().unwrap_or_default()
    }

    /// Every scope, so that the part that each covers can be recorded.
    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut Scope> {
        self.all.iter_mut()
    }

    /// Indexes the scopes by the files that they cover, once these are known.
    pub(super) fn settle(&mut self) {
        self.of.clear();
        for (index, scope) in self.all.iter().enumerate() {
            let of_file = |source: SourceId| (scope.rule.id, source);
            match &scope.covers {
                Covers::Nothing => {}
                Covers::Part(_) => {
                    self.of.entry(of_file(scope.map.source)).or_default().push(index);
                }
                Covers::Files(files) => {
                    for file in files {
                        self.of.entry(of_file(*file)).or_default().push(index);
                    }
                }
            }
        }
    }

    /// The innermost scope that covers a span.
    pub(super) fn find(&self, rule: &'static Rule, place: SourceSpan) -> Option<usize> {
        let candidates = self.of.get(&(rule.id, place.source))?;
        let width = |index: &usize| match &self.all[*index].covers {
            Covers::Nothing => None,
            Covers::Files(_) => Some(u32::MAX),
            Covers::Part(part) => {
                let inside = part.start <= place.start && place.start < part.end;
                inside.then(|| part.end - part.start)
            }
        };
        let widths = candidates.iter().filter_map(|index| Some((width(index)?, *index)));
        widths.min().map(|(_, index)| index)
    }

    pub(super) fn get(&self, index: usize) -> &Scope {
        &self.all[index]
    }

    /// The scopes that allow a lint, with their indices.
    pub(super) fn allowing(&self) -> impl Iterator<Item = (usize, &Scope)> {
        self.all.iter().enumerate().filter(|(_, scope)| scope.level == Level::Allow)
    }
}
