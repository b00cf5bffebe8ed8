//! Names that generated code needs itself, by scope.

/// Names that a record's fields and setters cannot have. `new` is the constructor. Clippy would
/// mistake functions with the other names for methods of operator traits.
pub(crate) const RECORD_NAMES: &[&str] =
    &["new", "add", "sub", "mul", "div", "rem", "shl", "shr", "bitand", "bitor", "bitxor"];
pub(crate) const CLIENT_NAMES: &[&str] = &[
    "back_fill",
    "builder",
    "builder_from_env",
    "builder_with",
    "call",
    "clone",
    "data",
    "from_env",
    "new",
    "send",
    "with_credential",
    "with_credentials",
    "with_token_provider",
];
pub(crate) const PLATFORM_TYPES: &[&str] =
    &["Api", "BlockingApi", "Client", "ClientBuilder", "Credentials", "Platform", "Receiver"];
pub(crate) const PLATFORM_MODULES: &[&str] = &["blocking", "environments", "rt", "spec", "types"];
pub(crate) const PLATFORM_FACTS: &[&str] = &["DATETIME", "SPEC"];
pub(crate) const CREDENTIAL_NAMES: &[&str] = &["new", "from", "into", "fmt"];
/// The variant and the table of values that every enumeration has.
pub(crate) const VARIANTS: &[&str] = &["Unknown", "ALL"];
pub(crate) const CRATE_MODULES: &[&str] = &["runtime"];
/// Types and traits of the prelude that appear in generated code.
pub(crate) const PRELUDE: &[&str] = &["Into", "IntoIterator", "Option", "Result", "String", "Vec"];
