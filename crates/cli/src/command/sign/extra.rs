//! The output of `gatespec sign` in addition to the signature.

use gatespec_inspect::diagnose::{Claim, Diagnosis};

pub(super) struct Extra<'e> {
    pub(super) claim: &'e Claim,
    pub(super) diagnosis: Option<&'e Diagnosis>,
    pub(super) curl: Option<String>,
    pub(super) vector: Option<String>,
}
