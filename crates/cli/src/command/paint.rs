//! Colours of a terminal. A stream that is none takes them away.

/// Begins a heading or a name.
pub(super) const BOLD: &str = "\u{1b}[1m";
/// Begins what is said beside the matter.
pub(super) const DIM: &str = "\u{1b}[2m";
/// Begins what is wrong.
pub(super) const RED: &str = "\u{1b}[31m";
/// Begins what is right, and texts.
pub(super) const GREEN: &str = "\u{1b}[32m";
/// Begins what deserves a look, and numbers.
pub(super) const YELLOW: &str = "\u{1b}[33m";
/// Begins values of a known set.
pub(super) const BLUE: &str = "\u{1b}[34m";
/// Begins times.
pub(super) const MAGENTA: &str = "\u{1b}[35m";
/// Ends them all.
pub(super) const PLAIN: &str = "\u{1b}[0m";
