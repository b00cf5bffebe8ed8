//! The facts of a method.

use crate::error_code::ErrorCode;
use crate::fact::{fact, words};
use crate::gateway::Gateway;
use crate::layout::{Placement, Verb};
use crate::meaning::Meaning;
use crate::parameter::Source;
use crate::record::{Describe, Schema};

fact! {
    /// The facts of a method.
    pub struct MethodInfo<'a> {
        /// The name on the wire.
        pub name: &'a str = "",
        /// The gateway of the method.
        pub gateway: &'a Gateway<'a> = &Gateway::BARE,
        /// The HTTP verb, if it is not the gateway's.
        pub verb: Option<Verb> = None,
        /// The path template, if it is not the gateway's.
        pub path: Option<&'a str> = None,
        /// Where business parameters are sent, if not where the gateway says.
        pub business: Option<Placement<'a>> = None,
        /// Names and values of labels; a value may be a template.
        pub labels: &'a [(&'a str, &'a str)] = &[],
        /// Public parameters that this method does not send.
        pub silenced: &'a [&'a str] = &[],
        /// The path to the data of an answer, if it is not the gateway's.
        pub data: Option<&'a str> = None,
        /// Whether it returns data, which an answer must then have.
        pub returns: bool = false,
        /// Whether a repeat of the same call is safe.
        pub repeat: Repeat = Repeat::Unknown,
        /// Error codes of this method alone, which take precedence over the gateway's.
        pub errors: &'a [ErrorCode<'a>] = &[],
        /// The fields of the request.
        pub request: &'a dyn Describe = Schema::EMPTY,
    }
}

impl<'a> MethodInfo<'a> {
    /// Creates a method with the gateway's settings that returns nothing.
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

    /// Where business parameters are sent.
    pub fn business(&self) -> Placement<'a> {
        self.business.unwrap_or(self.gateway.business)
    }

    /// The path to the data of an answer; empty if the whole answer is the data.
    pub fn data(&self) -> &'a str {
        self.data.unwrap_or(self.gateway.envelope.data)
    }

    /// Whether a request needs random bytes for a nonce.
    pub fn needs_entropy(&self) -> bool {
        self.gateway.public.iter().any(|param| matches!(param.source, Source::Nonce(_)))
    }

    /// The platform's error code for a meaning, possibly of one parameter. The method's table takes
    /// precedence over its gateway's, the exact meaning over a broader one, and a code for this
    /// parameter over a general one. `None` if the spec has none.
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
    /// Whether a repeat of the same call is safe.
    pub enum Repeat {
        /// It is safe.
        Safe = "safe",
        /// It is not safe.
        Unsafe = "unsafe",
    }
    unsaid {
        /// The documents do not say.
        Unknown = "unknown",
    }
}
