//! Limits of a single value.

use std::fmt::Display;

use rust_decimal::Decimal;

use crate::check::Pattern;
use crate::rules;

/// A limit of a value. A value that equals a minimum or maximum is allowed.
#[derive(Debug, Clone, Copy)]
pub enum Limit<'a> {
    /// The minimum and maximum number of characters of a text.
    Length(Option<usize>, Option<usize>),
    /// The minimum and maximum of a number.
    Range(Option<Decimal>, Option<Decimal>),
    /// A regular expression that must match the whole text.
    Pattern(&'a Pattern),
    /// The minimum and maximum number of items of a list or map.
    Items(Option<usize>, Option<usize>),
}

impl Limit<'_> {
    /// The name of the rule, as specs and violations have it.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Limit::Length(..) => "length",
            Limit::Range(..) => "range",
            Limit::Pattern(_) => "pattern",
            Limit::Items(..) => "items",
        }
    }

    /// Whether the text is within the limit. Returns `true` for limits that are not about texts.
    pub(crate) fn allows_text(&self, text: &str) -> bool {
        match *self {
            Limit::Length(min, max) => rules::length_fits(text, min, max),
            Limit::Pattern(pattern) => pattern.matches(text),
            Limit::Range(..) | Limit::Items(..) => true,
        }
    }

    /// What the value must be, for a violation.
    pub(crate) fn demand(&self) -> String {
        match *self {
            Limit::Length(min, max) => format!("must have {} characters", between(min, max)),
            Limit::Range(min, max) => format!("must be {}", between(min, max)),
            Limit::Pattern(pattern) => format!("must match `{}`", pattern.as_str()),
            Limit::Items(min, max) => format!("must have {} items", between(min, max)),
        }
    }
}

fn between<T: Display + PartialEq>(min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("exactly {min}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any number of".into(),
    }
}
