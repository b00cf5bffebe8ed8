//! Terminal colours. The output stream removes them if it is not a terminal.

/// Headings and names.
pub(super) const BOLD: &str = "\u{1b}[1m";
/// Secondary information.
pub(super) const DIM: &str = "\u{1b}[2m";
/// Errors.
pub(super) const RED: &str = "\u{1b}[31m";
/// Successes, and texts.
pub(super) const GREEN: &str = "\u{1b}[32m";
/// Warnings, and numbers.
pub(super) const YELLOW: &str = "\u{1b}[33m";
/// Values of an enumeration.
pub(super) const BLUE: &str = "\u{1b}[34m";
/// Times.
pub(super) const MAGENTA: &str = "\u{1b}[35m";
/// Ends every style.
pub(super) const PLAIN: &str = "\u{1b}[0m";
