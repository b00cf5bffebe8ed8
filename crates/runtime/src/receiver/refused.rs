//! A call that is not accepted.

use std::error::Error;
use std::fmt;

use bytes::Bytes;
use gatespec_protocol::credentials::CredentialSet;
use gatespec_protocol::incoming::{IncomingError, SeenError};
use gatespec_protocol::meaning::Meaning;
use gatespec_protocol::method::MethodInfo;
use gatespec_protocol::shape::Origin;
use gatespec_protocol::sign::Explanation;

use super::answer::{self, Asked};
use super::settings::CallContext;

/// A call that is not accepted, and why. Neither `Debug` nor `Display` shows a value of the call.
pub struct Refused(Box<Inner>);

struct Inner {
    cause: Cause,
    /// As far as it could be read.
    call: Option<CallContext>,
    /// Lends its envelope where the method is not known.
    method: Option<MethodInfo<'static>>,
    platform: &'static str,
}

enum Cause {
    Incoming(IncomingError),
    /// The store cannot say whether the call came before.
    Unsure(SeenError),
    /// The receiver's own reason.
    Own(Meaning, String),
}

impl Refused {
    pub(super) fn of(call: CallContext, error: IncomingError) -> Refused {
        Refused::new(call, Cause::Incoming(error))
    }

    pub(super) fn because(call: CallContext, meaning: Meaning, message: String) -> Refused {
        Refused::new(call, Cause::Own(meaning, message))
    }

    pub(super) fn unsure(call: CallContext, error: SeenError) -> Refused {
        Refused::new(call, Cause::Unsure(error))
    }

    fn new(call: CallContext, cause: Cause) -> Refused {
        let method = *call.incoming.method();
        let platform = method.gateway.platform;
        Refused(Box::new(Inner { cause, call: Some(call), method: Some(method), platform }))
    }

    /// A request of which not even the method is known.
    pub(super) fn unread(
        platform: &'static str,
        method: Option<MethodInfo<'static>>,
        error: IncomingError,
    ) -> Refused {
        Refused(Box::new(Inner { cause: Cause::Incoming(error), call: None, method, platform }))
    }

    /// Why, in the vocabulary that the tables of error codes share.
    pub fn meaning(&self) -> Meaning {
        match &self.0.cause {
            Cause::Incoming(error) => error.meaning(),
            Cause::Unsure(_) => Meaning::Unavailable,
            Cause::Own(meaning, _) => *meaning,
        }
    }

    /// What is wrong with the request, unless the receiver has a reason of its own, or its store
    /// fails.
    pub fn error(&self) -> Option<&IncomingError> {
        match &self.0.cause {
            Cause::Incoming(error) => Some(error),
            Cause::Unsure(_) | Cause::Own(..) => None,
        }
    }

    /// The method that was called, if that much could be read.
    pub fn method(&self) -> Option<&'static str> {
        self.0.call.as_ref().map(|call| call.incoming.method().name)
    }

    /// The code that it is answered with: the platform's own where the spec has one for it, else the
    /// name of the meaning.
    pub fn code(&self) -> &'static str {
        let meaning = self.meaning();
        let parameter = self.error().and_then(IncomingError::parameter);
        let row = self.0.method.and_then(|method| method.code(meaning, parameter));
        row.map_or(meaning.as_str(), |row| row.code)
    }

    /// What was signed, `<secret>` in place of everything sensitive, to find out why a signature
    /// does not match; `None` if the request could not be read. It holds the other values of the
    /// call: for logs that may hold them.
    pub fn explain(&self) -> Option<Explanation> {
        let call = self.0.call.as_ref()?;
        call.incoming.explain(&call.ours).ok()
    }

    /// The answer in the platform's envelope; where the spec has no shape for it, HTTP 400 with a
    /// plain text.
    pub fn into_response(self) -> http::Response<Bytes> {
        let message = self.message();
        let name = match self.error() {
            Some(IncomingError::UnknownMethod { name }) => name,
            _ => self.method().unwrap_or_default(),
        };
        let none = CredentialSet::new();
        let ours = self.0.call.as_ref().map_or(&none, |call| &call.ours);
        let answer = self.0.method.and_then(|method| {
            let asked = Asked { method, name, ours };
            answer::failure(&asked, Origin::Gateway, self.code(), &message).ok()
        });
        answer.unwrap_or_else(|| answer::plain(&message))
    }

    /// What the caller is told. That a receiver is not set up well is not his business.
    fn message(&self) -> String {
        const CANNOT: &str = "the receiver cannot verify calls at present";
        match &self.0.cause {
            Cause::Incoming(IncomingError::CannotVerify(_))
                if self.meaning() == Meaning::Unavailable =>
            {
                CANNOT.to_owned()
            }
            Cause::Unsure(_) => CANNOT.to_owned(),
            Cause::Incoming(error) => error.to_string(),
            Cause::Own(_, message) => message.clone(),
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.platform)?;
        if let Some(method) = self.method() {
            write!(f, " {method}")?;
        }
        f.write_str(": the call is refused: ")?;
        match &self.0.cause {
            Cause::Incoming(error) => error.fmt(f),
            Cause::Unsure(error) => {
                write!(f, "it is not known whether the call came before: {error}")
            }
            Cause::Own(_, message) => f.write_str(message),
        }
    }
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Refused");
        debug.field("platform", &self.0.platform).field("method", &self.method());
        match &self.0.cause {
            Cause::Incoming(error) => debug.field("error", error),
            Cause::Unsure(error) => debug.field("store", error),
            Cause::Own(meaning, message) => {
                debug.field("meaning", meaning).field("message", message)
            }
        };
        debug.finish_non_exhaustive()
    }
}

impl Error for Refused {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0.cause {
            Cause::Incoming(error) => Some(error),
            Cause::Unsure(error) => Some(&**error),
            Cause::Own(..) => None,
        }
    }
}
