//! Why any gateway refuses a call, in one vocabulary: the table of a spec says which of its codes
//! says which.

use std::fmt;

use crate::fact::words;

words! {
    /// Why a gateway refuses a call.
    #[non_exhaustive]
    pub enum Meaning {
        /// A parameter is missing or empty.
        MissingParameter = "missing_parameter",
        /// A parameter is there, and wrong.
        BadParameter = "bad_parameter",
        /// The request is larger than the gateway takes.
        TooLarge = "too_large",
        /// The signature does not match.
        BadSignature = "bad_signature",
        /// The application is not known.
        UnknownApp = "unknown_app",
        /// The token is not valid.
        BadToken = "bad_token",
        /// The token was valid once.
        ExpiredToken = "expired_token",
        /// The clock cannot be read.
        BadClock = "bad_clock",
        /// The clock is too far from the gateway's.
        StaleClock = "stale_clock",
        /// There is no such method.
        UnknownMethod = "unknown_method",
        /// Too many calls.
        Throttled = "throttled",
        /// The same request came a moment ago.
        Duplicate = "duplicate",
        /// The gateway, or what is behind it, has failed.
        Unavailable = "unavailable",
        /// Anything else.
        Other = "other",
    }
}

impl Meaning {
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
