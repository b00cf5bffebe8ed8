//! A refused call.

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

/// A refused call and the reason. Neither `Debug` nor `Display` shows values of the call.
pub struct Refused(Box<Inner>);

struct Inner {
    cause: Cause,
    /// `None` if the call could not be read.
    call: Option<CallContext>,
    /// The called method, or, if that is unknown, a method whose envelope the answer uses.
    method: Option<MethodInfo<'static>>,
    platform: &'static str,
}

enum Cause {
    Incoming(IncomingError),
    /// The store cannot tell whether the call is a duplicate.
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

    /// Refuses a request that could not be read. `method` supplies the envelope of the answer.
    pub(super) fn unread(
        platform: &'static str,
        method: Option<MethodInfo<'static>>,
        error: IncomingError,
    ) -> Refused {
        Refused(Box::new(Inner { cause: Cause::Incoming(error), call: None, method, platform }))
    }

    /// The reason, in the vocabulary that all platforms share.
    pub fn meaning(&self) -> Meaning {
        match &self.0.cause {
            Cause::Incoming(error) => error.meaning(),
            Cause::Unsure(_) => Meaning::Unavailable,
            Cause::Own(meaning, _) => *meaning,
        }
    }

    /// The error in the request; `None` if the receiver has a reason of its own or its store
    /// failed.
    pub fn error(&self) -> Option<&IncomingError> {
        match &self.0.cause {
            Cause::Incoming(error) => Some(error),
            Cause::Unsure(_) | Cause::Own(..) => None,
        }
    }

    /// The called method, if it is known.
    pub fn method(&self) -> Option<&'static str> {
        self.0.call.as_ref().map(|call| call.incoming.method().name)
    }

    /// The error code of the answer: the platform's if the spec has one for the reason, else the
    /// name of the meaning.
    pub fn code(&self) -> &'static str {
        let meaning = self.meaning();
        let parameter = self.error().and_then(IncomingError::parameter);
        let row = self.0.method.and_then(|method| method.code(meaning, parameter));
        row.map_or(meaning.as_str(), |row| row.code)
    }

    /// Explains what was signed, with `<secret>` in place of everything sensitive, to find out why
    /// a signature does not match. Returns `None` if the request could not be read. The explanation
    /// shows the other values of the call, so log it only where those values may be logged.
    pub fn explain(&self) -> Option<Explanation> {
        let call = self.0.call.as_ref()?;
        call.incoming.explain(&call.ours).ok()
    }

    /// Makes the answer in the platform's envelope, or HTTP 400 with a plain text if the spec does
    /// not define how a failure looks.
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

    /// The message for the caller. It does not reveal that the receiver is misconfigured.
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
                write!(f, "it is not known whether the same call was received before: {error}")
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
