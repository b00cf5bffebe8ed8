//! Records and answers as text that a program has stored: without a client, and without a gateway.

use crate::blank::Blank;
use crate::credentials::CredentialSet;
use crate::decode::{DecodeError, from_text};
use crate::envelope::{self, Failure, Question};
use crate::open::BySpec;
use crate::operation::Operation;
use crate::record::Record;

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

/// Reads a stored answer of a method: `MatrixFillMultiple::decode_answer(text)`.
pub trait DecodeAnswer: Operation {
    /// The data of an answer, as a client would return it. The answer must not be encrypted.
    ///
    /// # Errors
    /// As those of a call: the platform refused, or the data is not what the spec says.
    fn decode_answer(text: &str) -> Result<Self::Response, Failure>;
}

impl<O: Operation> DecodeAnswer for O {
    fn decode_answer(text: &str) -> Result<O::Response, Failure> {
        let credentials = CredentialSet::new();
        let question = Question {
            method: &O::METHOD,
            name: O::NAME,
            credentials: &credentials,
            decryptor: &BySpec,
            sent: None,
        };
        let mut data = O::Response::default();
        envelope::read(&question, 200, text.as_bytes(), &mut |value| {
            data = O::Response::default();
            O::read(value, &mut data)
        })?;
        Ok(data)
    }
}
