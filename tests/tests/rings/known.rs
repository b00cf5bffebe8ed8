//! The rings that remain. A change that removes a ring also removes it here. No ring may be added.

/// The folder of a crate, and the files or modules that form a ring.
pub(crate) const KNOWN: &[(&str, &[&str])] = &[];
