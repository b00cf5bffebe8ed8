//! A spec as pieces of its text, which are moved and indented. The text inside a piece does not
//! change.

#[derive(Debug)]
pub(super) struct Comment<'t> {
    /// The text from `#` to the end of the line.
    pub(super) text: &'t str,
    /// The column of the `#`, from 0.
    pub(super) column: usize,
    /// Whether there is an empty line before the comment.
    pub(super) blank: bool,
}

/// A value.
#[derive(Debug)]
pub(super) enum Piece<'t> {
    /// No value is written.
    Absent,
    /// A plain or quoted scalar, as it is written.
    Scalar(&'t str),
    /// A literal or folded scalar: its header, such as `>-`, and its lines without their common
    /// indentation.
    Block(&'t str, Vec<&'t str>),
    /// A map or a list.
    Collection(Collection<'t>),
}

/// A map or a list.
#[derive(Debug)]
pub(super) struct Collection<'t> {
    pub(super) is_map: bool,
    /// Whether the collection is written in brackets.
    pub(super) is_flow: bool,
    pub(super) entries: Vec<Entry<'t>>,
    /// The comments after the last entry.
    pub(super) below: Vec<Comment<'t>>,
}

/// An entry of a map, or an item of a list.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    /// The comments on the lines before the entry.
    pub(super) above: Vec<Comment<'t>>,
    /// Whether there is an empty line before the entry.
    pub(super) blank: bool,
    /// The key as it is written; empty for an item of a list.
    pub(super) key: &'t str,
    /// The comment on the line of the key, if the value begins on a later line.
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
