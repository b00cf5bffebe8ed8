//! What is asked of the fields of a record.

use super::names::Ident;
use gatespec_protocol::{Decimal, Span};

/// The checks of one field. The index points at [`Record::fields`].
#[derive(Debug)]
pub struct Check<'m> {
    /// The field.
    pub field: usize,
    /// What is asked of it, in the order of the messages.
    pub limits: Vec<Limit<'m>>,
}

/// What is asked of one field.
#[derive(Debug)]
pub enum Limit<'m> {
    /// Present and not empty.
    Required,
    /// The same, when the condition holds.
    RequiredWhen(Condition<'m>),
    /// The same, unless the condition holds.
    RequiredUnless(Condition<'m>),
    /// Characters.
    Length(Option<u64>, Option<u64>),
    /// A number, inclusive.
    Range(Option<Decimal>, Option<Decimal>),
    /// A regular expression, and the constant that holds it.
    Pattern(Ident, &'m str),
    /// Elements.
    Items(Option<u64>, Option<u64>),
}

/// A condition on another field. The index points at [`Record::fields`].
#[derive(Debug)]
pub struct Condition<'m> {
    /// The other field.
    pub field: usize,
    /// It has one of these values; empty: it is present and not empty.
    pub any_of: &'m [String],
}

/// A rule over several fields. Indices point at [`Record::fields`].
#[derive(Debug)]
pub enum Rule<'m> {
    /// The first time is not after the second.
    NotAfter(usize, usize),
    /// Two times are at most this far apart.
    Span(usize, usize, &'m Span),
    /// One of the fields is present and not empty.
    AtLeastOne(Vec<usize>),
}
