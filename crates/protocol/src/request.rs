//! Builds a signed HTTP request from a typed request, without I/O and without a clock.

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

/// The inputs that differ between the attempts of a call.
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
