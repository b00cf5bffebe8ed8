//! The positions of a platform's parts, which limit the consequences of an error to what depends on
//! it.

use crate::source::SourceSpan;
use std::collections::BTreeMap;

/// The part of a file that each key occupies.
pub(crate) type Areas = BTreeMap<&'static str, SourceSpan>;

/// The positions of a platform's parts.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// In the order of the model's gateways. Inherited keys are in the platform's own part.
    pub gateways: Vec<Areas>,
    /// In the order of the model's types.
    pub types: Vec<SourceSpan>,
    /// By the wire name of the method.
    pub methods: BTreeMap<&'static str, Areas>,
    /// Whether a file could not be read, so that methods may be missing.
    pub partial: bool,
}
