//! Records from text that a program has stored.

use super::Record;
use crate::blank::Blank;
use crate::decode::{DecodeError, from_text};

/// Reads a record from JSON with its wire names.
///
/// ```
/// use gatespec_protocol::FromJson;
/// # #[derive(Debug, Default)]
/// # struct Receipt { msg_id: Option<String> }
/// # gatespec_protocol::record! { struct Receipt { msg_id: "msg_id" Text; } }
///
/// let receipt = Receipt::from_json(r#"{"msg_id": 12}"#)?;
/// assert_eq!(receipt.msg_id.as_deref(), Some("12"));
/// # Ok::<(), gatespec_protocol::DecodeError>(())
/// ```
pub trait FromJson: Sized {
    /// Reads a record, as tolerantly as the data of an answer. A request is not validated.
    ///
    /// # Errors
    /// The text is not JSON, or a member is not what the spec says. The error shows no private value.
    fn from_json(text: &str) -> Result<Self, DecodeError>;
}

impl<T: Record + Blank> FromJson for T {
    fn from_json(text: &str) -> Result<T, DecodeError> {
        let mut record = T::blank();
        from_text(text, &mut |value| {
            record = T::blank();
            value.record(&mut record)
        })?;
        Ok(record)
    }
}
