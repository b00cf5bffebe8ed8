//! A call that has been verified.

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

/// A call that has been verified. `Debug` shows names only.
#[derive(Clone)]
pub struct Received(pub(super) CallContext);

impl Received {
    /// The method's name on the wire; compare it with `NAME` of a request's type.
    pub fn method(&self) -> &'static str {
        self.0.incoming.method().name
    }

    /// What was received of a credential that travels, such as a shop's token.
    pub fn credential(&self, name: &str) -> Option<&str> {
        self.0.incoming.credential(name)
    }

    /// Where a field came from, and whether the signature covers it there. `None` if it did not come,
    /// or does not count because the platform's formula signs it elsewhere.
    pub fn origin(&self, field: &str) -> Option<incoming::Origin<'static>> {
        self.0.incoming.origin(field)
    }

    /// What identifies this very call, for a [`Seen`](crate::incoming::Seen) of your own.
    pub fn fingerprint(&self) -> [u8; 32] {
        self.0.incoming.fingerprint()
    }

    /// Forgets the call, so that it is accepted when it comes again. Without
    /// [`refuse_repeats`](super::Receiver::refuse_repeats) there is nothing to forget.
    ///
    /// # Errors
    /// When the store cannot forget it.
    pub fn forget(&self) -> Result<(), SeenError> {
        match &self.0.settings.seen {
            Some((store, _)) => store.forget(&self.fingerprint()),
            None => Ok(()),
        }
    }

    /// The typed request, checked by its rules as a client checks it before it is sent.
    ///
    /// # Errors
    /// When the call is of another method, when fields are missing or not of their type, or when
    /// they break rules.
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

    /// Answers with a success and its data; `Json::Null` if the method returns nothing.
    ///
    /// # Errors
    /// When the platform's envelope cannot say it.
    pub fn succeed(&self, data: impl Into<Json>) -> Result<http::Response<Bytes>, Refused> {
        let data = data.into();
        let data = Some(&data).filter(|data| !data.is_null());
        self.succeed_with(&Success { data, ..Success::default() })
    }

    /// Answers with a success that has a code, a message, or encrypted data.
    ///
    /// # Errors
    /// When the platform's envelope cannot say it.
    pub fn succeed_with(&self, success: &Success<'_>) -> Result<http::Response<Bytes>, Refused> {
        let written = answer::success(&self.asked(), success);
        written.map_err(|error| self.refuse(Meaning::Unavailable, error.to_string()))
    }

    /// Answers that the call failed, with a code of the platform's or of your own.
    ///
    /// # Errors
    /// When the platform's envelope cannot say it.
    pub fn fail(&self, code: &str, message: &str) -> Result<http::Response<Bytes>, Refused> {
        let asked = self.asked();
        let written = answer::failure(&asked, Origin::Business, code, message);
        written.map_err(|error| self.refuse(Meaning::Unavailable, error.to_string()))
    }

    /// Refuses the call, for one of the reasons that any gateway has. The code is the platform's.
    pub fn refuse(&self, meaning: Meaning, message: impl Into<String>) -> Refused {
        Refused::because(self.0.clone(), meaning, message.into())
    }

    /// Refuses the call for something that is wrong with it, such as
    /// [`Duplicate`](IncomingError::Duplicate).
    pub fn refuse_for(&self, error: IncomingError) -> Refused {
        Refused::of(self.0.clone(), error)
    }

    /// What the signature is made from, `<secret>` in place of everything sensitive.
    ///
    /// # Errors
    /// When a credential is missing.
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
