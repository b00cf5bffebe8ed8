//! From a typed request to a signed HTTP request: data, no I/O, no clock.

mod assemble;
mod body;
mod job;
mod nonce;
mod overrides;
mod prepared;
mod public;
mod url;

pub use assemble::assemble;
pub use job::Job;
pub use overrides::Overrides;
pub use prepared::{Prepared, SignedAtoms};

use crate::datetime::DateTime;

/// What differs from one attempt to the next.
#[derive(Clone, Copy)]
pub struct Stamp {
    /// The time of this attempt.
    pub clock: DateTime,
    /// Fresh random bytes for a nonce.
    pub entropy: [u8; 16],
}

impl std::fmt::Debug for Stamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stamp").field("clock", &self.clock).finish_non_exhaustive()
    }
}
