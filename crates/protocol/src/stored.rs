//! Decodes answers that a program has stored, without a client.

use crate::credentials::CredentialSet;
use crate::envelope::{self, Failure, Question};
use crate::open::BySpec;
use crate::operation::Operation;

/// Decodes a stored answer of a method, for example with `MatrixFillMultiple::decode_answer(text)`.
pub trait DecodeAnswer: Operation {
    /// Returns the data of an answer, as a client would return it. The answer must not be
    /// encrypted.
    ///
    /// # Errors
    /// The same errors as a call: the platform refused the call, or the data does not match the
    /// spec.
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
