//! Decodes records from text that a program has stored.

use super::Record;
use crate::blank::Blank;
use crate::decode::{DecodeError, from_text};

/// Decodes a record from a JSON object whose members have the wire names of the fields.
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
    /// Decodes a record, as tolerantly as the data of an answer. Does not validate it if it is a
    /// request.
    ///
    /// # Errors
    /// The text is not JSON, or a member does not match the spec. The error shows no private value.
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
