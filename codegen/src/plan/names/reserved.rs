//! Names that generated code needs itself, by scope.

/// Functions of every record that callers build. All but `new` would look like operators.
pub const RECORD_NAMES: &[&str] =
    &["new", "add", "sub", "mul", "div", "rem", "shl", "shr", "bitand", "bitor", "bitxor"];
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
pub const PLATFORM_TYPES: &[&str] =
    &["Api", "BlockingApi", "Client", "ClientBuilder", "Credentials", "Platform", "Receiver"];
pub const PLATFORM_MODULES: &[&str] = &["blocking", "environments", "rt", "spec", "types"];
pub const PLATFORM_FACTS: &[&str] = &["DATETIME", "SPEC"];
pub const CREDENTIAL_NAMES: &[&str] = &["new", "from", "into", "fmt"];
/// Variants of every enumeration, and its table of values.
pub const VARIANTS: &[&str] = &["Unknown", "ALL"];
pub const CRATE_MODULES: &[&str] = &["runtime"];
/// Types and traits of the prelude that appear in generated code.
pub const PRELUDE: &[&str] = &["Into", "IntoIterator", "Option", "Result", "String", "Vec"];
