//! What the pages of a platform have in common.

use crate::shared::Shared;
use gatespec_codegen::{Options, examples};
use gatespec_language::model::Platform;

/// A platform with what is computed once for all of its pages.
#[derive(Debug)]
pub(crate) struct Book<'m> {
    pub(crate) platform: &'m Platform,
    /// The types that many methods share.
    pub(crate) shared: Shared,
    /// A Rust program for each example of each method.
    rust: Vec<Vec<String>>,
}

impl<'m> Book<'m> {
    pub(crate) fn new(platform: &'m Platform) -> Self {
        let rust = examples(platform, &Options::default());
        Self { platform, shared: Shared::of(platform), rust }
    }

    /// The Rust program for an example of a method, if there is one.
    pub(crate) fn rust(&self, method: usize, example: usize) -> Option<&str> {
        Some(self.rust.get(method)?.get(example)?.as_str())
    }
}
