//! The rings that are left. A ring is taken out with the change that mends it, and none is added.

/// The folder of a crate, and the files (or modules) of a ring in it.
pub const KNOWN: &[(&str, &[&str])] = &[(
    "crates/protocol/src",
    &[
        "blank.rs",
        "json.rs",
        "mask.rs",
        "params.rs",
        "private.rs",
        "raw_json.rs",
        "write/json.rs",
        "write/value.rs",
        "write/writer.rs",
    ],
)];
