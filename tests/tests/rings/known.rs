//! The rings that are left. A ring is taken out with the change that mends it, and none is added.

/// The folder of a crate, and the files (or modules) of a ring in it.
pub const KNOWN: &[(&str, &[&str])] = &[
    (
        "crates/protocol/src",
        &[
            "decode.rs",
            "decode/bend.rs",
            "decode/context.rs",
            "decode/form.rs",
            "decode/source.rs",
            "decode/walk.rs",
        ],
    ),
    (
        "crates/protocol/src",
        &[
            "envelope.rs",
            "envelope/judge.rs",
            "envelope/opening.rs",
            "envelope/probe.rs",
            "envelope/secrets.rs",
            "envelope/walk.rs",
        ],
    ),
    ("crates/protocol/src", &["incoming/find.rs", "incoming/read.rs", "incoming/roles.rs"]),
];
