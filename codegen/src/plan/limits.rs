//! What is asked of the fields of a record.

use gatespec_protocol::TimeSpan;

/// Whether a request must have a field, present and not empty.
#[derive(Debug)]
pub enum Requirement<'m> {
    /// In any case.
    Always,
    /// When the condition holds.
    When(Condition<'m>),
    /// Unless the condition holds.
    Unless(Condition<'m>),
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
    Span(usize, usize, &'m TimeSpan),
    /// One of the fields is present and not empty.
    AtLeastOne(Vec<usize>),
}
