//! From a typed request to a signed HTTP request, without I/O and without a clock.

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

/// What differs between attempts.
#[derive(Clone, Copy)]
pub struct Stamp {
    /// The time of this attempt.
    pub clock: DateTime,
    /// Random bytes for a nonce.
    pub entropy: [u8; 16],
}

impl std::fmt::Debug for Stamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stamp").field("clock", &self.clock).finish_non_exhaustive()
    }
}
