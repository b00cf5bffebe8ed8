//! What one method adds to its gateway, and what codes of errors mean.

use crate::gateway::{Gateway, Placement, Verb};
use crate::meaning::Meaning;
use crate::record::{Describe, Schema};

/// What the runtime must know of one method.
#[derive(Debug, Clone, Copy)]
pub struct MethodInfo<'a> {
    /// The name on the wire.
    pub name: &'a str,
    /// The gateway that serves it.
    pub gateway: &'a Gateway<'a>,
    /// Its own verb.
    pub verb: Option<Verb>,
    /// Its own path template.
    pub path: Option<&'a str>,
    /// Its own placement of the business parameters.
    pub business: Option<Placement<'a>>,
    /// Name and value of each label; a value may be a template.
    pub labels: &'a [(&'a str, &'a str)],
    /// Public parameters that this method never sends.
    pub silenced: &'a [&'a str],
    /// Its own path of the data in an answer.
    pub data: Option<&'a str>,
    /// It returns something, so that data must be there.
    pub returns: bool,
    /// Whether a second identical call does harm.
    pub repeat: Repeat,
    /// Codes that only this method knows; they come before the gateway's.
    pub errors: &'a [ErrorCode<'a>],
    /// The fields of the request.
    pub request: &'a dyn Describe,
}

impl<'a> MethodInfo<'a> {
    /// A method that takes everything from its gateway and returns nothing.
    pub const fn new(name: &'a str, gateway: &'a Gateway<'a>) -> MethodInfo<'a> {
        MethodInfo {
            name,
            gateway,
            verb: None,
            path: None,
            business: None,
            labels: &[],
            silenced: &[],
            data: None,
            returns: false,
            repeat: Repeat::Unknown,
            errors: &[],
            request: Schema::EMPTY,
        }
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

/// Whether a second identical call does harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Repeat {
    /// It does none.
    Safe,
    /// It does.
    Unsafe,
    /// The documents do not say.
    Unknown,
}

/// One row of the table of error codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorCode<'a> {
    /// The code as text; `isp.*` stands for all that begin with `isp.`.
    pub code: &'a str,
    /// What to do about it.
    pub class: Class,
    /// When a repeated call may succeed.
    pub retry_after: RetryAfter,
    /// The credential to renew.
    pub refresh: Option<&'a str>,
    /// What it means, one line.
    pub doc: &'a str,
    /// The HTTP status that comes with it.
    pub http: Option<u16>,
    /// What it says, if that is one of the things that any gateway refuses for.
    pub means: Option<Meaning>,
    /// The public parameter that it says it of.
    pub parameter: Option<&'a str>,
}

impl<'a> ErrorCode<'a> {
    /// A row that says nothing. Rows that are spelled out over it cost a compiler a fraction of calls
    /// of [`new`](Self::new), which it would have to evaluate one by one.
    pub const BLANK: ErrorCode<'a> = ErrorCode::new("", Class::Unknown, "");

    /// A code that says nothing about when to try again.
    pub const fn new(code: &'a str, class: Class, doc: &'a str) -> ErrorCode<'a> {
        let (retry_after, refresh) = (RetryAfter::None, None);
        let (http, means, parameter) = (None, None, None);
        ErrorCode { code, class, retry_after, refresh, doc, http, means, parameter }
    }
}

/// What to do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// The request is wrong; change it.
    Caller,
    /// A credential is wrong, expired or not allowed.
    Authentication,
    /// Too many calls; wait.
    Quota,
    /// The same request came a moment ago.
    Duplicate,
    /// It may go away by itself.
    Retry,
    /// Nothing helps.
    Fatal,
    /// The documents do not say.
    Unknown,
}

/// When a repeated call may succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RetryAfter {
    /// Not said.
    None,
    /// After so many seconds.
    Seconds(u32),
    /// The first integer in the message is a number of seconds.
    NumberInMessage,
}
