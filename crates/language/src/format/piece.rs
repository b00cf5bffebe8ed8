//! A spec as pieces of its text: what is moved and indented anew, and what stays as it is written.

/// A comment.
#[derive(Debug)]
pub(super) struct Comment<'t> {
    /// From `#` to the end of the line.
    pub(super) text: &'t str,
    /// Its column, from 0.
    pub(super) column: usize,
    /// Whether an empty line is before it.
    pub(super) blank: bool,
}

/// A value.
#[derive(Debug)]
pub(super) enum Piece<'t> {
    /// A value that is not written.
    Absent,
    /// A plain or quoted scalar, as written.
    Scalar(&'t str),
    /// A literal or folded scalar: `>-`, and its lines without their common indentation.
    Block(&'t str, Vec<&'t str>),
    /// A map or a list.
    Collection(Collection<'t>),
}

/// A map or a list.
#[derive(Debug)]
pub(super) struct Collection<'t> {
    pub(super) is_map: bool,
    /// Whether it is written between brackets.
    pub(super) is_flow: bool,
    pub(super) entries: Vec<Entry<'t>>,
    /// The comments after the last entry.
    pub(super) below: Vec<Comment<'t>>,
}

/// An entry of a map, or an item of a list.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    /// The comments in the lines before it.
    pub(super) above: Vec<Comment<'t>>,
    /// Whether an empty line is before it.
    pub(super) blank: bool,
    /// The key as written; empty for an item of a list.
    pub(super) key: &'t str,
    /// The comment in the line of the key, if the value begins in a later line.
    pub(super) beside_key: Option<Comment<'t>>,
    pub(super) value: Piece<'t>,
    /// The comment after the value.
    pub(super) beside: Option<Comment<'t>>,
}

impl<'t> Entry<'t> {
    pub(super) fn comments(&self) -> impl Iterator<Item = &Comment<'t>> {
        self.above.iter().chain(&self.beside_key).chain(&self.beside)
    }
}
