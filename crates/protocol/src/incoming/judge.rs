//! Decides whether a problem of a received request is an error.

use std::borrow::Cow;

use super::{IncomingError, flat};

/// A function that decodes a text that is not UTF-8.
pub(super) type Decode<'d> = dyn FnMut(&[u8]) -> String + 'd;

/// Decides whether a problem is an error.
#[derive(Default)]
pub(super) struct Judge<'j> {
    /// `None` for a strict reading, in which every problem is an error.
    pub(super) decode: Option<&'j mut Decode<'j>>,
    pub(super) noticed: Vec<IncomingError>,
}

impl Judge<'_> {
    /// Returns `problem` as an error if the reading is strict. Otherwise adds it to `noticed`.
    pub(super) fn problem(&mut self, problem: IncomingError) -> Result<(), IncomingError> {
        if self.decode.is_none() {
            return Err(problem);
        }
        if !self.noticed.contains(&problem) {
            self.noticed.push(problem);
        }
        Ok(())
    }

    pub(super) fn text<'t>(
        &mut self,
        bytes: Cow<'t, [u8]>,
        place: &impl ToString,
    ) -> Result<Cow<'t, str>, IncomingError> {
        match (flat::text(bytes), &mut self.decode) {
            (Ok(text), _) => Ok(text),
            (Err(bytes), Some(decode)) => Ok(Cow::Owned(decode(&bytes))),
            (Err(_), None) => Err(flat::Broken::Utf8.at(place)),
        }
    }
}
