//! Names that the client needs itself, by the scope that they stand in.

/// Functions of every record that is built; the rest would look like operators.
pub const RECORD_NAMES: &[&str] =
    &["new", "add", "sub", "mul", "div", "rem", "shl", "shr", "bitand", "bitor", "bitxor"];
/// Functions of every client.
pub const CLIENT_NAMES: &[&str] = &[
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
/// Types of every platform's module.
pub const PLATFORM_TYPES: &[&str] =
    &["Client", "ClientBuilder", "Credentials", "Platform", "Receiver"];
/// Modules of every platform's module.
pub const PLATFORM_MODULES: &[&str] = &["blocking", "environments", "rt", "types"];
/// Facts of every platform's module.
pub const PLATFORM_FACTS: &[&str] = &["DATETIME"];
/// Functions of the credentials.
pub const CREDENTIAL_NAMES: &[&str] = &["new", "from", "into", "fmt"];
/// Variants of every enumeration, and its table.
pub const VARIANTS: &[&str] = &["Unknown", "ALL"];
/// Modules of the crate.
pub const CRATE_MODULES: &[&str] = &["runtime"];
/// Types and traits of the prelude that generated code names.
pub const PRELUDE: &[&str] = &["Into", "IntoIterator", "Option", "Result", "String", "Vec"];
