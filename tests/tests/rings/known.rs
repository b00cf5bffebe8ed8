//! The rings that are left. A ring is taken out with the change that mends it, and none is added.

/// The folder of a crate, and the files (or modules) of a ring in it.
pub const KNOWN: &[(&str, &[&str])] = &[];
