//! The remaining rings. A change that resolves a ring removes it here; none may be added.

/// The folder of a crate, and the files or modules of a ring in it.
pub(crate) const KNOWN: &[(&str, &[&str])] = &[];
