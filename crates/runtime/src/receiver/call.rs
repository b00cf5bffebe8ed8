//! A verified call.

use std::fmt;

use bytes::Bytes;
use gatespec_protocol::envelope::write::Success;
use gatespec_protocol::incoming::{self, IncomingError, SeenError};
use gatespec_protocol::meaning::Meaning;
use gatespec_protocol::operation::Operation;
use gatespec_protocol::shape::Origin;
use gatespec_protocol::sign::{Explanation, SignError};
use gatespec_protocol::{Blank, Record};
use serde_json::Value as Json;

use super::answer::{self, Asked};
use super::refused::Refused;
use super::settings::CallContext;

/// A verified call. `Debug` shows only names.
#[derive(Clone)]
pub struct Received(pub(super) CallContext);

impl Received {
    /// The method's name on the wire, to be compared with `NAME` of a request's type.
    pub fn method(&self) -> &'static str {
        self.0.incoming.method().name
    }

    /// The value of a credential that the call contains, such as a shop's token.
    pub fn credential(&self, name: &str) -> Option<&str> {
        self.0.incoming.credential(name)
    }

    /// Where a field came from, and whether the signature covers it there. `None` if the field was
    /// not sent, or is ignored because the formula signs it in another location.
    pub fn origin(&self, field: &str) -> Option<incoming::Origin<'static>> {
        self.0.incoming.origin(field)
    }

    /// Returns a fingerprint of this call, for your own implementation of
    /// [`Seen`](crate::incoming::Seen).
    pub fn fingerprint(&self) -> [u8; 32] {
        self.0.incoming.fingerprint()
    }

    /// Forgets the call, so that it is accepted if it is sent again. Has no effect without
    /// [`refuse_repeats`](super::Receiver::refuse_repeats).
    ///
    /// # Errors
    /// Fails if the store fails.
    pub fn forget(&self) -> Result<(), SeenError> {
        match &self.0.settings.seen {
            Some((store, _)) => store.forget(&self.fingerprint()),
            None => Ok(()),
        }
    }

    /// Decodes the request and checks its rules, as a client does before it sends a request.
    ///
    /// # Errors
    /// The call is for another method, or fields are missing, have the wrong type or violate rules.
    pub fn decode<O: Operation + Record + Blank>(&self) -> Result<O, Refused> {
        self.typed().map_err(|error| self.refuse_for(error))
    }

    fn typed<O: Operation + Record + Blank>(&self) -> Result<O, IncomingError> {
        match self.0.incoming.request() {
            Err(IncomingError::Violations(mut violations)) => {
                let without = &self.0.settings.without_rules;
                violations.retain(|found| !without.iter().any(|rule| found.is_of(rule)));
                match violations.as_slice() {
                    [] => self.0.incoming.decode(),
                    _ => Err(IncomingError::Violations(violations)),
                }
            }
            outcome => outcome,
        }
    }

    /// Answers with a success and this data. Pass `Json::Null` if the method returns nothing.
    ///
    /// # Errors
    /// The platform's envelope has no place for this answer.
    pub fn succeed(&self, data: impl Into<Json>) -> Result<http::Response<Bytes>, Refused> {
        let data = data.into();
        let data = Some(&data).filter(|data| !data.is_null());
        self.succeed_with(&Success { data, ..Success::default() })
    }

    /// Answers with a success that has a code, a message or encrypted data.
    ///
    /// # Errors
    /// The platform's envelope has no place for this answer.
    pub fn succeed_with(&self, success: &Success<'_>) -> Result<http::Response<Bytes>, Refused> {
        let written = answer::success(&self.asked(), success);
        written.map_err(|error| self.refuse(Meaning::Unavailable, error.to_string()))
    }

    /// Answers with a failure. The code can be a code of the platform or your own.
    ///
    /// # Errors
    /// The platform's envelope has no place for this answer.
    pub fn fail(&self, code: &str, message: &str) -> Result<http::Response<Bytes>, Refused> {
        let asked = self.asked();
        let written = answer::failure(&asked, Origin::Business, code, message);
        written.map_err(|error| self.refuse(Meaning::Unavailable, error.to_string()))
    }

    /// Refuses the call for a reason that all platforms share, with the platform's error code for
    /// that reason.
    pub fn refuse(&self, meaning: Meaning, message: impl Into<String>) -> Refused {
        Refused::because(self.0.clone(), meaning, message.into())
    }

    /// Refuses the call because of an error in it, such as [`Duplicate`](IncomingError::Duplicate).
    pub fn refuse_for(&self, error: IncomingError) -> Refused {
        Refused::of(self.0.clone(), error)
    }

    /// Explains what was signed, with `<secret>` in place of everything sensitive.
    ///
    /// # Errors
    /// A credential is missing.
    pub fn explain(&self) -> Result<Explanation, SignError> {
        self.0.incoming.explain(&self.0.ours)
    }

    fn asked(&self) -> Asked<'_> {
        Asked { method: *self.0.incoming.method(), name: self.method(), ours: &self.0.ours }
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.incoming.fmt(f)
    }
}
