//! What one method adds to its gateway, and what codes of errors mean.

use crate::fact::{fact, words};
use crate::gateway::{Gateway, Placement, Verb};
use crate::meaning::Meaning;
use crate::record::{Describe, Schema};

fact! {
    /// What the runtime must know of one method.
    pub struct MethodInfo<'a> {
        /// The name on the wire.
        pub name: &'a str = "",
        /// The gateway that serves it.
        pub gateway: &'a Gateway<'a> = &Gateway::BARE,
        /// Its own verb.
        pub verb: Option<Verb> = None,
        /// Its own path template.
        pub path: Option<&'a str> = None,
        /// Its own placement of the business parameters.
        pub business: Option<Placement<'a>> = None,
        /// Name and value of each label; a value may be a template.
        pub labels: &'a [(&'a str, &'a str)] = &[],
        /// Public parameters that this method never sends.
        pub silenced: &'a [&'a str] = &[],
        /// Its own path of the data in an answer.
        pub data: Option<&'a str> = None,
        /// It returns something, so that data must be there.
        pub returns: bool = false,
        /// Whether a second identical call does harm.
        pub repeat: Repeat = Repeat::Unknown,
        /// Codes that only this method knows; they come before the gateway's.
        pub errors: &'a [ErrorCode<'a>] = &[],
        /// The fields of the request.
        pub request: &'a dyn Describe = Schema::EMPTY,
    }
}

impl<'a> MethodInfo<'a> {
    /// A method that takes everything from its gateway and returns nothing.
    pub const fn new(name: &'a str, gateway: &'a Gateway<'a>) -> MethodInfo<'a> {
        MethodInfo { name, gateway, ..MethodInfo::BARE }
    }

    /// The verb in force.
    pub fn verb(&self) -> Verb {
        self.verb.unwrap_or(self.gateway.verb)
    }

    /// The path template in force.
    pub fn path(&self) -> &'a str {
        self.path.unwrap_or(self.gateway.path)
    }

    /// The placement of business parameters in force.
    pub fn business(&self) -> Placement<'a> {
        self.business.unwrap_or(self.gateway.business)
    }

    /// The path of the data in an answer; empty for the whole answer.
    pub fn data(&self) -> &'a str {
        self.data.unwrap_or(self.gateway.envelope.data)
    }
}

words! {
    /// Whether a second identical call does harm.
    pub enum Repeat {
        /// It does none.
        Safe = "safe",
        /// It does.
        Unsafe = "unsafe",
    }
    unsaid {
        /// The documents do not say.
        Unknown = "unknown",
    }
}

fact! {
    /// One row of the table of error codes.
    pub struct ErrorCode<'a> {
        /// The code as text; `isp.*` stands for all that begin with `isp.`.
        pub code: &'a str = "",
        /// What to do about it.
        pub class: Class = Class::Unknown,
        /// When a repeated call may succeed.
        pub retry_after: RetryAfter = RetryAfter::None,
        /// The credential to renew.
        pub refresh: Option<&'a str> = None,
        /// The HTTP status that comes with it.
        pub http: Option<u16> = None,
        /// What it says, if that is one of the things that any gateway refuses for.
        pub means: Option<Meaning> = None,
        /// The public parameter that it says it of.
        pub parameter: Option<&'a str> = None,
        /// What it means, one line.
        pub doc: &'a str = "",
    }
}

impl<'a> ErrorCode<'a> {
    /// A code that says nothing about when to try again.
    pub const fn new(code: &'a str, class: Class, doc: &'a str) -> ErrorCode<'a> {
        ErrorCode { code, class, doc, ..ErrorCode::BARE }
    }
}

words! {
    /// What to do about an error.
    #[non_exhaustive]
    pub enum Class {
        /// The request is wrong; change it.
        Caller = "caller",
        /// A credential is wrong, expired or not allowed.
        Authentication = "authentication",
        /// Too many calls; wait.
        Quota = "quota",
        /// The same request came a moment ago.
        Duplicate = "duplicate",
        /// It may go away by itself.
        Retry = "retry",
        /// Nothing helps.
        Fatal = "fatal",
    }
    unsaid {
        /// The documents do not say.
        Unknown = "unknown",
    }
}

fact! {
    /// When a repeated call may succeed.
    pub enum RetryAfter {
        /// Not said.
        None,
        /// After so many seconds.
        Seconds(u32),
        /// The first integer in the message is a number of seconds.
        NumberInMessage,
    }
}

/// A table of [`ErrorCode`]s: the code, its HTTP status if there is one, its class, its meaning if
/// it has one, other fields, and its documentation.
///
/// ```
/// use gatespec_protocol::{Class, ErrorCode, Meaning};
///
/// const ERRORS: &[ErrorCode<'static>] = gatespec_protocol::errors! {
///     "0040301" 403 Authentication BadSignature: "The signature does not match.";
///     "expired" Authentication(refresh: Some("token")): "The token has expired.";
/// };
/// assert_eq!((ERRORS[0].http, ERRORS[0].means), (Some(403), Some(Meaning::BadSignature)));
/// assert_eq!((ERRORS[1].class, ERRORS[1].refresh), (Class::Authentication, Some("token")));
/// ```
#[macro_export]
macro_rules! errors {
    ($(
        $code:literal $($http:literal)? $class:ident $($means:ident)?
        $(($($field:ident: $value:expr),* $(,)?))?: $doc:literal;
    )*) => {
        &[$($crate::ErrorCode {
            code: $code,
            class: $crate::Class::$class,
            $(http: ::core::option::Option::Some($http),)?
            $(means: ::core::option::Option::Some($crate::Meaning::$means),)?
            $($($field: $value,)*)?
            doc: $doc,
            ..$crate::ErrorCode::BARE
        }),*]
    };
}
