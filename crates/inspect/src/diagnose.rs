//! Why two signatures differ: the mistakes that signers make, tried one by one and in pairs.
//!
//! A mistake changes the input of the runtime's own engine, or the formula that it runs, and the
//! engine signs again. So what reproduces a foreign signature is what was done there.

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

pub use claim::Claim;
pub use difference::{Difference, differ};
pub use disguise::Disguise;
pub use mistake::{Cause, Charset};
pub use mistakes::causes;
pub use parameter::Parameter;
pub use search::{Diagnosis, Found, diagnose};
pub use signing::Signing;
pub use spelling::digest_bytes;
