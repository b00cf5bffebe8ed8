//! What one method adds to its gateway.

use crate::error_code::ErrorCode;
use crate::fact::{fact, words};
use crate::gateway::Gateway;
use crate::layout::{Placement, Verb};
use crate::meaning::Meaning;
use crate::parameter::Source;
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

    /// A request needs random bytes, for a nonce.
    pub fn needs_entropy(&self) -> bool {
        self.gateway.public.iter().any(|param| matches!(param.source, Source::Nonce(_)))
    }

    /// The code by which the platform says this, of this parameter if it is of one. The method's own
    /// table comes before its gateway's, the exact meaning before a broader one, and the code of
    /// the very parameter before that of any. `None`: the spec has none.
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
