//! The reasons for refusals, in a vocabulary that all platforms share. The tables of error codes
//! map each platform's codes to these reasons.

use std::fmt;

use crate::fact::words;

words! {
    /// Why a gateway refuses a call.
    #[non_exhaustive]
    pub enum Meaning {
        /// A parameter is missing or empty.
        MissingParameter = "missing_parameter",
        /// A parameter has a wrong value.
        BadParameter = "bad_parameter",
        /// The request is too large.
        TooLarge = "too_large",
        /// The signature does not match.
        BadSignature = "bad_signature",
        /// The application is unknown.
        UnknownApp = "unknown_app",
        /// The token is invalid.
        BadToken = "bad_token",
        /// The token has expired.
        ExpiredToken = "expired_token",
        /// The timestamp is malformed.
        BadClock = "bad_clock",
        /// The timestamp differs too much from the gateway's clock.
        StaleClock = "stale_clock",
        /// The method is unknown.
        UnknownMethod = "unknown_method",
        /// There were too many calls.
        Throttled = "throttled",
        /// The same request was received a moment ago.
        Duplicate = "duplicate",
        /// The gateway, or a service that it forwards to, has failed.
        Unavailable = "unavailable",
        /// Anything else.
        Other = "other",
    }
}

impl Meaning {
    /// Returns a broader meaning, for gateways that have no error code for this one.
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
        let mut names: Vec<_> = Meaning::WORDS.iter().map(|(word, _)| word).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Meaning::WORDS.len());
        for (_, mut meaning) in Meaning::WORDS.iter().copied() {
            for _ in 0..Meaning::WORDS.len() {
                meaning = meaning.broader().unwrap_or(meaning);
            }
            assert_eq!(meaning, Meaning::Other);
        }
    }
}
