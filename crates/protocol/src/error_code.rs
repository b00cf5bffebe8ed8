//! What codes of errors mean, and what to do about them.

use crate::fact::{fact, words};
use crate::meaning::Meaning;

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
