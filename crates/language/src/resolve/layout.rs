//! Where the parts of a platform are: a mistake in one makes what depends on it doubtful, and no more.

use crate::source::SourceSpan;
use std::collections::BTreeMap;

/// The part of a file that each key takes.
pub type Areas = BTreeMap<&'static str, SourceSpan>;

/// Where the parts of one platform are.
#[derive(Debug, Default)]
pub struct Layout {
    /// In the order of the model's gateways; what is inherited is in the platform's own part.
    pub gateways: Vec<Areas>,
    /// In the order of the model's types.
    pub types: Vec<SourceSpan>,
    /// Of each method, by its wire name.
    pub methods: BTreeMap<&'static str, Areas>,
    /// A file could not be read: methods may be missing.
    pub partial: bool,
}
