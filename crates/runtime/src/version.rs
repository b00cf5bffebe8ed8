//! The version check between generated code and this runtime.

/// Expands to `$items` if they were generated for this version of the runtime, else to a single
/// error. The version is a literal because a macro cannot compare an environment variable.
#[doc(hidden)]
#[macro_export]
macro_rules! generated_by {
    ("0.1"; $($items:tt)*) => {
        $($items)*
    };
    ($version:literal; $($items:tt)*) => {
        ::core::compile_error!(::core::concat!(
            "gatespec ",
            $version,
            " generated this code, but gatespec-runtime is version 0.1: generate the code again with \
             gatespec 0.1, or depend on gatespec-runtime ",
            $version,
        ));
    };
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_that_is_written_out_is_the_packages() {
        let version =
            concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));
        let source = include_str!("version.rs");
        for place in ["(\"{}\"; ", "is version {}: ", "gatespec {}, or"] {
            assert!(source.contains(&place.replace("{}", version)), "{place}");
        }
    }
}
