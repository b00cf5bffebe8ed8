//! The positions of a platform's parts. They limit the consequences of an error to the parts that
//! depend on it.

use crate::source::SourceSpan;
use std::collections::BTreeMap;

/// For each key, the part of a file that the key occupies.
pub(crate) type Areas = BTreeMap<&'static str, SourceSpan>;

/// The positions of a platform's parts.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// The keys of each gateway, in the order of the model's gateways. Inherited keys are in the
    /// part of the platform itself.
    pub gateways: Vec<Areas>,
    /// Each type, in the order of the model's types.
    pub types: Vec<SourceSpan>,
    /// The keys of each method, by the method's wire name.
    pub methods: BTreeMap<&'static str, Areas>,
    /// Whether a file could not be read, so that methods may be missing.
    pub partial: bool,
}
