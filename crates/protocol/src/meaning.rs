//! Why any gateway refuses a call, in one vocabulary: the table of a spec says which of its codes
//! says which.

use std::fmt;

use crate::method::{ErrorCode, MethodInfo};

/// Why a gateway refuses a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Meaning {
    /// A parameter is missing or empty.
    MissingParameter,
    /// A parameter is there, and wrong.
    BadParameter,
    /// The request is larger than the gateway takes.
    TooLarge,
    /// The signature does not match.
    BadSignature,
    /// The application is not known.
    UnknownApp,
    /// The token is not valid.
    BadToken,
    /// The token was valid once.
    ExpiredToken,
    /// The clock cannot be read.
    BadClock,
    /// The clock is too far from the gateway's.
    StaleClock,
    /// There is no such method.
    UnknownMethod,
    /// Too many calls.
    Throttled,
    /// The same request came a moment ago.
    Duplicate,
    /// The gateway, or what is behind it, has failed.
    Unavailable,
    /// Anything else.
    Other,
}

impl Meaning {
    /// Every meaning.
    pub const ALL: [Meaning; 14] = [
        Meaning::MissingParameter,
        Meaning::BadParameter,
        Meaning::TooLarge,
        Meaning::BadSignature,
        Meaning::UnknownApp,
        Meaning::BadToken,
        Meaning::ExpiredToken,
        Meaning::BadClock,
        Meaning::StaleClock,
        Meaning::UnknownMethod,
        Meaning::Throttled,
        Meaning::Duplicate,
        Meaning::Unavailable,
        Meaning::Other,
    ];

    /// Its name, as specs write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Meaning::MissingParameter => "missing_parameter",
            Meaning::BadParameter => "bad_parameter",
            Meaning::TooLarge => "too_large",
            Meaning::BadSignature => "bad_signature",
            Meaning::UnknownApp => "unknown_app",
            Meaning::BadToken => "bad_token",
            Meaning::ExpiredToken => "expired_token",
            Meaning::BadClock => "bad_clock",
            Meaning::StaleClock => "stale_clock",
            Meaning::UnknownMethod => "unknown_method",
            Meaning::Throttled => "throttled",
            Meaning::Duplicate => "duplicate",
            Meaning::Unavailable => "unavailable",
            Meaning::Other => "other",
        }
    }

    /// What says nearly the same, where a gateway has no code of its own for this.
    pub const fn broader(self) -> Option<Meaning> {
        match self {
            Meaning::ExpiredToken => Some(Meaning::BadToken),
            Meaning::MissingParameter | Meaning::BadClock | Meaning::TooLarge => {
                Some(Meaning::BadParameter)
            }
            Meaning::Other => None,
            _ => Some(Meaning::Other),
        }
    }

    /// The code by which a method's platform says this, of this parameter if it is of one. The
    /// method's own table comes before its gateway's, the exact meaning before a broader one, and
    /// the code of the very parameter before that of any. `None`: the spec has none.
    pub fn code<'a>(
        self,
        method: &MethodInfo<'a>,
        parameter: Option<&str>,
    ) -> Option<ErrorCode<'a>> {
        let rows = || method.errors.iter().chain(method.gateway.errors);
        let find = |of: Option<&str>| {
            rows().find(|row| row.means == Some(self) && row.parameter == of).copied()
        };
        let exact = parameter.and_then(|name| find(Some(name))).or_else(|| find(None));
        exact.or_else(|| self.broader()?.code(method, parameter))
    }
}

impl fmt::Display for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meaning_has_a_name_of_its_own_and_ends_in_other() {
        let mut names: Vec<_> = Meaning::ALL.iter().map(|meaning| meaning.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Meaning::ALL.len());
        for mut meaning in Meaning::ALL {
            for _ in 0..Meaning::ALL.len() {
                meaning = meaning.broader().unwrap_or(meaning);
            }
            assert_eq!(meaning, Meaning::Other);
        }
    }
}
