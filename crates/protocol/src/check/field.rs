//! Rules of one field. All but `required…` skip a field that is absent or empty, so that an absent
//! required field is one violation.

use std::fmt;

use rust_decimal::Decimal;

use super::violation::Path;
use super::{Pattern, Violation};
use crate::rules::{self, Presence};

/// One field, to chain rules to. `Debug` shows no value: the field may be sensitive.
pub struct Field<'f> {
    path: &'f Path<'f>,
    found: &'f mut Vec<Violation>,
    name: &'f str,
    content: Content<'f>,
}

impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Field").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What rules can look at.
#[derive(Clone, Copy)]
pub(super) enum Content<'f> {
    Absent,
    Text(&'f str),
    Number(Decimal),
    Items(usize),
    Value,
}

/// A condition on another field.
#[derive(Debug, Clone, Copy)]
pub struct When<'a> {
    field: &'a str,
    any_of: &'a [&'a str],
    holds: bool,
}

impl<'a> When<'a> {
    /// The other field has one of these values.
    pub fn is(field: &'a str, value: Option<&'a str>, any_of: &'a [&'a str]) -> When<'a> {
        When { field, any_of, holds: value.is_some_and(|value| any_of.contains(&value)) }
    }

    /// The other field is given.
    pub fn present(field: &'a str, given: bool) -> When<'a> {
        When { field, any_of: &[], holds: given }
    }

    fn describe(&self) -> String {
        match self.any_of {
            [] => format!("`{}` is given", self.field),
            values => format!("`{}` is {}", self.field, values.join(" or ")),
        }
    }
}

impl<'f> Field<'f> {
    pub(super) fn new(
        path: &'f Path<'f>,
        found: &'f mut Vec<Violation>,
        name: &'f str,
        content: Content<'f>,
    ) -> Field<'f> {
        Field { path, found, name, content }
    }

    /// It must be given and not empty.
    pub fn required(self) -> Self {
        self.demand("required", false, || "must be given and not be empty".into())
    }

    /// It must be given if the condition holds.
    pub fn required_when(self, when: When<'_>) -> Self {
        self.demand("required", !when.holds, || format!("must be given when {}", when.describe()))
    }

    /// It must be given unless the condition holds.
    pub fn required_unless(self, when: When<'_>) -> Self {
        self.demand("required", when.holds, || format!("must be given unless {}", when.describe()))
    }

    /// A text of so many characters.
    pub fn length(self, min: impl Into<Option<usize>>, max: impl Into<Option<usize>>) -> Self {
        let (min, max) = (min.into(), max.into());
        let fits = match self.content {
            Content::Text(text) => rules::length_fits(text, min, max),
            _ => true,
        };
        self.rule("length", fits, || format!("must have {} characters", between(min, max)))
    }

    /// A number between these, both included.
    pub fn range(self, min: impl Into<Option<Decimal>>, max: impl Into<Option<Decimal>>) -> Self {
        let (min, max) = (min.into(), max.into());
        let fits = match self.content {
            Content::Number(number) => rules::range_fits(number, min, max),
            _ => true,
        };
        self.rule("range", fits, || format!("must be {}", between(min, max)))
    }

    /// A text that matches as a whole.
    pub fn pattern(self, pattern: &Pattern) -> Self {
        let fits = match self.content {
            Content::Text(text) => pattern.matches(text),
            _ => true,
        };
        self.rule("pattern", fits, || format!("must match `{}`", pattern.as_str()))
    }

    /// A list or map of so many items.
    pub fn items(self, min: impl Into<Option<usize>>, max: impl Into<Option<usize>>) -> Self {
        let (min, max) = (min.into(), max.into());
        let fits = match self.content {
            Content::Items(count) => rules::count_fits(count, min, max),
            _ => true,
        };
        self.rule("items", fits, || format!("must have {} items", between(min, max)))
    }

    fn given(&self) -> bool {
        rules::present(match self.content {
            Content::Absent => Presence::Absent,
            Content::Text(text) => Presence::Text(text),
            Content::Items(count) => Presence::Items(count),
            Content::Number(_) | Content::Value => Presence::Value,
        })
    }

    fn rule(self, kind: &'static str, fits: bool, message: impl FnOnce() -> String) -> Self {
        let skipped = !self.given();
        self.report(kind, fits || skipped, message)
    }

    fn demand(self, kind: &'static str, waived: bool, message: impl FnOnce() -> String) -> Self {
        let given = self.given();
        self.report(kind, given || waived, message)
    }

    fn report(self, kind: &'static str, fits: bool, message: impl FnOnce() -> String) -> Self {
        if !fits {
            let path = self.path.render(self.name, None);
            self.found.push(Violation::new(kind, path, self.name, message()));
        }
        self
    }
}

fn between<T: std::fmt::Display + PartialEq>(min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("exactly {min}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any number of".into(),
    }
}
