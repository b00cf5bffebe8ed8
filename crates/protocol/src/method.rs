//! Static information about a method.

use crate::error_code::ErrorCode;
use crate::fact::{fact, words};
use crate::gateway::Gateway;
use crate::layout::{Placement, Verb};
use crate::meaning::Meaning;
use crate::parameter::{PublicParam, SendPolicy, Source};
use crate::record::{Describe, Schema};
use crate::template::Holes;

fact! {
    /// Static information about a method.
    pub struct MethodInfo<'a> {
        /// The name on the wire.
        pub name: &'a str = "",
        /// The gateway of the method.
        pub gateway: &'a Gateway<'a> = &Gateway::BARE,
        /// The HTTP verb, if it differs from the gateway's.
        pub verb: Option<Verb> = None,
        /// The path template, if it differs from the gateway's.
        pub path: Option<&'a str> = None,
        /// Where business parameters are sent, if this differs from the gateway's placement.
        pub business: Option<Placement<'a>> = None,
        /// The names and values of the labels; a value may be a template.
        pub labels: &'a [(&'a str, &'a str)] = &[],
        /// The names of the gateway's public parameters that this method does not send.
        pub silenced: &'a [&'a str] = &[],
        /// The path to the data in an answer, if it differs from the gateway's.
        pub data: Option<&'a str> = None,
        /// Whether the method returns data. If so, a successful answer without data is an error.
        pub returns: bool = false,
        /// Whether it is safe to send the same call again.
        pub repeat: Repeat = Repeat::Unknown,
        /// The error codes that only this method has. They take precedence over the gateway's.
        pub errors: &'a [ErrorCode<'a>] = &[],
        /// The fields of the request.
        pub request: &'a dyn Describe = Schema::EMPTY,
    }
}

impl<'a> MethodInfo<'a> {
    /// Creates a method that uses the gateway's settings and returns nothing.
    pub const fn new(name: &'a str, gateway: &'a Gateway<'a>) -> MethodInfo<'a> {
        MethodInfo { name, gateway, ..MethodInfo::BARE }
    }

    /// The HTTP verb.
    pub fn verb(&self) -> Verb {
        self.verb.unwrap_or(self.gateway.verb)
    }

    /// The path template.
    pub fn path(&self) -> &'a str {
        self.path.unwrap_or(self.gateway.path)
    }

    /// Whether requests of this method contain `param` when the parameter has a value. `param` must
    /// be a public parameter of the method's gateway.
    pub fn sends(&self, param: &PublicParam<'_>) -> bool {
        param.send != SendPolicy::Never && !self.silenced.contains(&param.name)
    }

    /// The values that fill the placeholders of the method's paths and labels.
    pub fn holes(&self) -> Holes<'a> {
        Holes { method: self.name, labels: self.labels }
    }

    /// Where business parameters are sent.
    pub fn business(&self) -> Placement<'a> {
        self.business.unwrap_or(self.gateway.business)
    }

    /// The path to the data in an answer. It is empty if the whole answer is the data.
    pub fn data(&self) -> &'a str {
        self.data.unwrap_or(self.gateway.envelope.data)
    }

    /// Whether a request needs random bytes for a nonce.
    pub fn needs_entropy(&self) -> bool {
        self.gateway.public.iter().any(|param| matches!(param.source, Source::Nonce(_)))
    }

    /// Returns the platform's error code for a meaning; with `parameter`, preferably the code for
    /// an error in this parameter. The exact meaning takes precedence over a broader one, a code
    /// for this parameter over a general one, and the method's table over its gateway's. Returns
    /// `None` if the spec has no such code.
    pub fn code(&self, meaning: Meaning, parameter: Option<&str>) -> Option<ErrorCode<'a>> {
        let rows = || self.errors.iter().chain(self.gateway.errors);
        let find = |of: Option<&str>| {
            rows().find(|row| row.means == Some(meaning) && row.parameter == of).copied()
        };
        let exact = parameter.and_then(|name| find(Some(name))).or_else(|| find(None));
        exact.or_else(|| self.code(meaning.broader()?, parameter))
    }
}

words! {
    /// Whether it is safe to send the same call again.
    pub enum Repeat {
        /// Sending the same call again is safe.
        Safe = "safe",
        /// Sending the same call again is not safe, because it may take effect twice.
        Unsafe = "unsafe",
    }
    unsaid {
        /// The documents do not say.
        Unknown = "unknown",
    }
}
