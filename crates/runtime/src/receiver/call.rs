//! A call that has been verified.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value as Json;

use super::answer::{self, Asked};
use super::{Refused, Settings};
use crate::envelope::write::Success;
use crate::incoming::{Incoming, IncomingError};
use crate::meaning::Meaning;
use crate::operation::Operation;
use crate::shape::Origin;
use crate::sign::{Explanation, SignError};
use crate::{Blank, Record};

/// A call that has been verified. `Debug` shows names only.
#[derive(Clone)]
pub struct Received {
    pub(super) call: Arc<Incoming<'static>>,
    pub(super) settings: Arc<Settings>,
}

impl Received {
    pub(super) fn new(call: Incoming<'static>, settings: &Arc<Settings>) -> Received {
        Received { call: Arc::new(call), settings: Arc::clone(settings) }
    }

    /// The method's name on the wire; compare it with `NAME` of a request's type.
    pub fn method(&self) -> &'static str {
        self.call.method().name
    }

    /// What was received of a credential that travels, such as a shop's token.
    pub fn credential(&self, name: &str) -> Option<&str> {
        self.call.credential(name)
    }

    /// What identifies this very call, for [`Seen`](crate::incoming::Seen).
    pub fn fingerprint(&self) -> [u8; 32] {
        self.call.fingerprint()
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
        match self.call.request() {
            Err(IncomingError::Violations(mut violations)) => {
                let without = &self.settings.without_rules;
                violations.retain(|found| !without.iter().any(|rule| found.is_of(rule)));
                match violations.as_slice() {
                    [] => self.call.decode(),
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
        Refused::because(self.clone(), meaning, message.into())
    }

    /// Refuses the call for something that is wrong with it, such as
    /// [`Duplicate`](IncomingError::Duplicate).
    pub fn refuse_for(&self, error: IncomingError) -> Refused {
        Refused::of(self.clone(), error)
    }

    /// What the signature is made from, `<secret>` in place of everything sensitive.
    ///
    /// # Errors
    /// When a credential is missing.
    pub fn explain(&self) -> Result<Explanation, SignError> {
        self.call.explain(&self.settings.ours)
    }

    pub(super) fn asked(&self) -> Asked<'_> {
        Asked { method: *self.call.method(), name: self.method(), ours: &self.settings.ours }
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}
