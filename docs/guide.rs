//! The Rust of the guide, compiled and run: `cargo test -p gatespec-guide --doc`.

/// Makes each of these pages a doc test.
macro_rules! pages {
    ($($name:ident: $file:literal,)*) => {
        $(#[cfg(doctest)]
        #[doc = include_str!($file)]
        mod $name {})*
    };
}

pages! {
    back_fill: "src/back-fill.md",
    errors: "src/errors.md",
    first_call: "src/first-call.md",
    receiving: "src/receiving.md",
    retries: "src/retries.md",
    testing: "src/testing.md",
    tokens: "src/tokens.md",
}
