//! Error codes, and what a caller can do about them.

use crate::fact::{fact, words};
use crate::meaning::Meaning;

fact! {
    /// One row of a table of error codes.
    pub struct ErrorCode<'a> {
        /// The code as text; `isp.*` matches all codes that begin with `isp.`.
        pub code: &'a str = "",
        /// What the caller can do about the error.
        pub class: Class = Class::Unknown,
        /// How long to wait before a retry.
        pub retry_after: RetryAfter = RetryAfter::None,
        /// The credential to renew, if any.
        pub refresh: Option<&'a str> = None,
        /// The HTTP status of answers with this code, if it is known.
        pub http: Option<u16> = None,
        /// The meaning of the code, in the vocabulary that all platforms share.
        pub means: Option<Meaning> = None,
        /// The public parameter that the error is about, if it is about one.
        pub parameter: Option<&'a str> = None,
        /// A description of the error in one line.
        pub doc: &'a str = "",
    }
}

impl<'a> ErrorCode<'a> {
    /// Creates a row from a code, its class and its description.
    pub const fn new(code: &'a str, class: Class, doc: &'a str) -> ErrorCode<'a> {
        ErrorCode { code, class, doc, ..ErrorCode::BARE }
    }
}

words! {
    /// What the caller can do about an error.
    #[non_exhaustive]
    pub enum Class {
        /// Change the request: it is wrong.
        Caller = "caller",
        /// Renew a credential: it is wrong, expired or not permitted.
        Authentication = "authentication",
        /// Wait: there were too many calls.
        Quota = "quota",
        /// Find out what became of the first call: the same request was received a moment ago.
        Duplicate = "duplicate",
        /// Retry: the same call may succeed.
        Retry = "retry",
        /// Give up.
        Fatal = "fatal",
    }
    unsaid {
        /// The documents do not say.
        Unknown = "unknown",
    }
}

fact! {
    /// How long to wait before a retry.
    pub enum RetryAfter {
        /// The documents do not say.
        None,
        /// Wait this number of seconds.
        Seconds(u32),
        /// The wait, in seconds, is the first integer in the error message.
        NumberInMessage,
    }
}

/// Builds a table of [`ErrorCode`]s. Each row consists of the code, optionally an HTTP status, the
/// class, optionally a meaning, optionally other fields in parentheses, and a description after the
/// colon.
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
