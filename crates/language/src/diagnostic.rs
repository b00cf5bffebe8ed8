//! The compiler's messages as data: rule, message, spans, help. `report` renders them.

mod edition;
mod levels;
pub mod rules;
mod scopes;
mod suggestion;

pub use edition::Edition;
pub use levels::{Level, LevelError, Levels, WARNINGS};
pub use rules::{Rule, Severity};
pub use suggestion::{Applicability, Suggestion};

pub(crate) use levels::adjustable;
pub(crate) use scopes::{Covers, Scope};

use crate::letters::visible;
use crate::span::{SourceId, SourceSpan};
use crate::suggest::{Suggester, did_you_mean, list, to_list};
use scopes::Scopes;
use std::collections::HashSet;
use std::ops::Range;

/// One error, warning or note.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The violated rule.
    pub rule: &'static Rule,
    /// What is wrong, with the values that the spec has.
    pub message: String,
    /// The span under the caret; `None` if the error is not about text in a file.
    pub span: Option<SourceSpan>,
    /// The text at the caret.
    pub label: String,
    /// Further spans, each with a label.
    pub also: Vec<(SourceSpan, String)>,
    /// Facts that explain the error.
    pub notes: Vec<String>,
    /// Advice on how to fix the error.
    pub help: Vec<String>,
    /// Changes to the text that carry out the advice.
    pub suggestions: Vec<Suggestion>,
    /// The severity: that of the rule, unless a level was set.
    pub severity: Severity,
}

impl Diagnostic {
    /// A diagnostic without a span.
    pub fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            message: visible(&message.into()),
            span: None,
            label: String::new(),
            also: Vec::new(),
            notes: Vec::new(),
            help: rule.help.iter().map(|&help| help.to_owned()).collect(),
            suggestions: Vec::new(),
            severity: rule.severity,
        }
    }

    /// A diagnostic at a span.
    pub fn at(rule: &'static Rule, span: SourceSpan, message: impl Into<String>) -> Self {
        Self { span: Some(span), ..Self::new(rule, message) }
    }

    /// Sets the text at the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a further span.
    #[must_use]
    pub fn also(mut self, span: SourceSpan, label: impl Into<String>) -> Self {
        self.also.push((span, label.into()));
        self
    }

    /// Adds an explaining fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds advice; the most specific advice comes first.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.insert(0, help.into());
        self
    }

    /// Adds a help message that names the intended word. If the diagnostic points at the word as written,
    /// also adds a suggestion. `certain` says that no other word can be meant.
    #[must_use]
    pub(crate) fn meant(self, written: &str, near: &str, certain: bool) -> Self {
        let help = did_you_mean(near);
        match self.span {
            Some(span) if suggestion::fits(written, span, near) => {
                let applicability = match certain {
                    true => Applicability::MachineApplicable,
                    false => Applicability::MaybeIncorrect,
                };
                self.suggest(help, span, near, applicability)
            }
            _ => self.help(help),
        }
    }

    /// The message with its notes and help, one per line.
    pub(crate) fn in_full(&self) -> String {
        let notes = self.notes.iter().map(|note| format!("\nnote: {note}"));
        let help = self.help.iter().map(|help| format!("\nhelp: {help}"));
        self.message.clone() + &notes.chain(help).collect::<String>()
    }

    /// Adds a help message with a suggested edit.
    #[must_use]
    pub fn suggest(
        mut self,
        help: impl Into<String>,
        span: SourceSpan,
        replacement: impl Into<String>,
        applicability: Applicability,
    ) -> Self {
        let message = help.into();
        let replacement = replacement.into();
        self.suggestions.push(Suggestion {
            message: message.clone(),
            span,
            replacement,
            applicability,
        });
        self.help(message)
    }
}

/// Collects the diagnostics of a run.
#[derive(Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
    said: HashSet<(SourceSpan, &'static str, String)>,
    names: Suggester,
    steps: usize,
    levels: Levels,
    stated: Scopes,
    /// Whether notes are reported in addition to errors and warnings.
    noted: bool,
}

impl Sink {
    /// A sink with these levels of lints.
    pub fn with_levels(levels: Levels) -> Self {
        Self { levels, ..Self::default() }
    }

    /// Adds a diagnostic, unless the same one was reported at the same span. Inherited parts are
    /// read once per gateway, so the same error may be found several times.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        let new = match diagnostic.span {
            Some(span) => self.said.insert((span, diagnostic.rule.id, diagnostic.message.clone())),
            None => true,
        };
        if new {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Reports an undeclared name, with suggestions.
    pub fn unknown_name<'k>(
        &mut self,
        what: &str,
        name: &str,
        span: SourceSpan,
        known: impl IntoIterator<Item = &'k str, IntoIter: Clone>,
    ) {
        let message = format!("there is no {what} `{name}`");
        let diagnostic = Diagnostic::at(rules::UNKNOWN_NAME, span, message);
        let diagnostic = self.advised(diagnostic, name, known, |known| match known {
            [] => format!("the platform declares no {what}"),
            _ => format!("the known names are {}", list(known)),
        });
        self.report(diagnostic);
    }

    /// Adds the help of [`advice`](Self::advice). If the diagnostic points at the misspelled name,
    /// also suggests the nearest name.
    pub fn advised<'k>(
        &mut self,
        diagnostic: Diagnostic,
        written: &str,
        known: impl IntoIterator<Item = &'k str, IntoIter: Clone>,
        otherwise: impl FnOnce(&[&str]) -> String,
    ) -> Diagnostic {
        let known = known.into_iter();
        let Some((near, certain)) = self.names.near(written, known.clone()) else {
            return diagnostic.help(otherwise(&to_list(known)));
        };
        diagnostic.meant(written, near, certain)
    }

    /// Names the known name nearest to a misspelled one, or describes all known names.
    pub fn advice<'k>(
        &mut self,
        written: &str,
        known: impl IntoIterator<Item = &'k str, IntoIter: Clone>,
        otherwise: impl FnOnce(&[&str]) -> String,
    ) -> String {
        self.names.advice(written, known, otherwise)
    }

    /// The known name nearest to a misspelled one.
    pub fn closest<'k>(
        &mut self,
        written: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Option<&'k str> {
        self.names.closest(written, known)
    }

    /// The known name nearest to a misspelled one, and whether no other known name is near.
    pub(crate) fn near<'k>(
        &mut self,
        written: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Option<(&'k str, bool)> {
        self.names.near(written, known)
    }

    /// Counts a step of a search whose length a hostile spec controls.
    pub fn step(&mut self) {
        self.steps += 1;
    }

    /// The number of search steps and of letter pairs compared for suggestions.
    pub fn work(&self) -> usize {
        self.steps + self.names.compared()
    }

    /// Whether an error is inside this part of a file.
    pub(crate) fn has_error_in(&self, source: SourceId, bytes: Range<usize>) -> bool {
        let inside =
            |span: SourceSpan| span.source == source && bytes.contains(&(span.start as usize));
        self.errors().any(inside)
    }

    /// The spans of all errors.
    pub(crate) fn errors(&self) -> impl Iterator<Item = SourceSpan> {
        let errors = self.diagnostics.iter().filter(|one| self.usual(one) == Severity::Error);
        errors.filter_map(|one| one.span)
    }

    /// Changes the diagnostics reported so far.
    pub(crate) fn adjust(&mut self, change: impl FnMut(&mut Diagnostic)) {
        self.diagnostics.iter_mut().for_each(change);
    }

    /// Whether there are errors, so that later stages cannot run. Lints with the level `deny` do
    /// not prevent later stages.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|one| self.usual(one) == Severity::Error)
    }

    /// Whether no output may be written, because of an error or of a lint with the level `deny`.
    pub fn fails(&self) -> bool {
        let fails = |one: &Diagnostic| self.severity(one) == Some(Severity::Error);
        self.diagnostics.iter().chain(&self.unused_levels()).any(fails)
    }

    /// Adds a level that a spec sets. The part of the spec that it covers is determined later.
    pub(crate) fn state_level(&mut self, scope: Scope) {
        // Inherited parts are read once per gateway, so the same level may be stated several times.
        if self.said.insert((scope.at, scope.rule.id, String::new())) {
            self.stated.push(scope);
        }
    }

    /// The levels that specs set. The caller records which part of its spec each level covers.
    pub(crate) fn stated_levels(&mut self) -> impl Iterator<Item = &mut Scope> {
        self.stated.all_mut()
    }

    /// Makes the levels that specs set apply to diagnostics.
    pub(crate) fn settle_levels(&mut self) {
        self.stated.settle();
    }

    /// Declares that notes are reported, so that `allow`s of notes can be checked too.
    pub(crate) fn takes_notes(&mut self) {
        self.noted = true;
    }

    fn severity(&self, diagnostic: &Diagnostic) -> Option<Severity> {
        let place = diagnostic.span.and_then(|span| self.stated.find(diagnostic.rule, span));
        let in_spec = place.map(|index| self.stated.get(index).level);
        self.levels.severity(diagnostic.rule, self.usual(diagnostic), in_spec)
    }

    /// States the edition of a platform's files.
    pub(crate) fn state_edition(&mut self, files: &[SourceId], edition: Edition) {
        self.stated.set_edition(files, edition);
    }

    /// The severity of a diagnostic in the edition of its file, without levels.
    fn usual(&self, diagnostic: &Diagnostic) -> Severity {
        let edition = diagnostic.span.map(|span| self.stated.edition(span.source));
        diagnostic.rule.severity_in(edition.unwrap_or_default())
    }

    /// Reports each `allow` in a spec that suppresses nothing, unless there are errors.
    fn unused_levels(&self) -> Vec<Diagnostic> {
        if self.has_errors() {
            return Vec::new();
        }
        let places =
            self.diagnostics.iter().filter_map(|one| self.stated.find(one.rule, one.span?));
        let used: HashSet<usize> = places.collect();
        let idle = self.stated.allowing().filter(|(index, scope)| {
            let known = self.noted || scope.rule.severity != Severity::Note;
            known && !used.contains(index)
        });
        idle.map(|(_, scope)| {
            let message = format!("this `allow` has no effect: no `{}` here", scope.rule.id);
            Diagnostic::at(rules::UNUSED_LEVEL, scope.at, message)
        })
        .collect()
    }

    /// All reported diagnostics that are not allowed: errors and warnings in the order of files and
    /// lines, then notes.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        let idle = self.unused_levels();
        let mut found = std::mem::take(&mut self.diagnostics);
        found.extend(idle);
        found.retain_mut(|one| match self.severity(one) {
            Some(severity) => {
                let is_early = self.usual(one) != Severity::Error;
                one.notes.extend(one.rule.since.filter(|_| is_early).map(Edition::note));
                one.severity = severity;
                true
            }
            None => false,
        });
        found.sort_by_key(|one| (one.severity == Severity::Note, one.span.is_some(), one.span));
        found
    }
}
