//! Checks a vector before it is added to a spec.

use super::Wrong;
use crate::model::{Gateway, Platform, Vector};
use gatespec_language::vector_holds;

/// Checks that signing a vector, as the compiler does, gives its signature.
///
/// # Errors
///
/// When the vector cannot be signed, or its signature differs.
pub fn reproduces(
    platform: &Platform,
    gateway: &Gateway,
    vector: &Vector,
) -> Result<(), Vec<Wrong>> {
    let wrong = |message: String| Wrong { message, help: None };
    match vector_holds(platform, gateway, vector) {
        Ok(true) => Ok(()),
        Ok(false) => {
            let message =
                "a vector cannot state this request: it gives another signature".to_owned();
            Err(vec![wrong(message)])
        }
        Err(messages) => Err(messages.into_iter().map(wrong).collect()),
    }
}
