//! Which generated code this runtime understands.

/// Holds generated code to the version of this runtime: `$items` if they were generated for it, and
/// one error in their place if not. The version is written out, because a macro cannot read one.
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
