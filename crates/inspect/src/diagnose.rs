//! Explains why two signatures differ, by trying the known mistakes of signers one by one and in
//! pairs.
//!
//! A mistake changes the input or the formula of a signature, and the runtime's own engine signs
//! again. The mistake is reported only if the result is the other side's signature.

mod asked;
mod change;
mod claim;
mod difference;
mod disguise;
mod mask;
mod mistake;
mod mistakes;
mod parameter;
mod received;
mod recipe;
mod restyle;
mod search;
mod signing;
mod spelling;
mod vectors;

pub use claim::Claim;
pub use difference::{Difference, differ};
pub use disguise::Disguise;
pub use mistake::{Cause, Charset};
pub use mistakes::causes;
pub use parameter::Parameter;
pub use search::{Diagnosis, Found, diagnose};
pub use signing::Signing;
pub use spelling::digest_bytes;
pub use vectors::explain_vectors;
