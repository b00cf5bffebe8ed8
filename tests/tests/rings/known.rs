//! The rings that are left. A ring is taken out with the change that mends it, and none is added.

/// The folder of a crate, and the files (or modules) of a ring in it.
pub const KNOWN: &[(&str, &[&str])] = &[
    (
        "crates/inspect/src",
        &["diagnose/asked.rs", "diagnose/habits.rs", "diagnose/recipe.rs", "diagnose/signing.rs"],
    ),
    ("crates/inspect/src", &["request.rs", "request/typed.rs"]),
    (
        "crates/protocol/src",
        &[
            "datetime/pattern.rs",
            "gateway.rs",
            "meaning.rs",
            "method.rs",
            "parameter.rs",
            "params.rs",
            "record/schema.rs",
        ],
    ),
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
    ("crates/protocol/src", &["enumeration", "record"]),
    ("crates/protocol/src", &["enumeration.rs", "record/types.rs", "record/view.rs"]),
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
    ("crates/protocol/src", &["sign.rs", "sign/machine.rs"]),
    ("crates/protocol/src", &["sign/fold.rs", "sign/pairs.rs"]),
    ("crates/protocol/src", &["write.rs", "write/json.rs", "write/value.rs", "write/wire.rs"]),
];
