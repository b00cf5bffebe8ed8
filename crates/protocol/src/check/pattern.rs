//! The regular expressions of rules, compiled on first use.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use regex_lite::Regex;

/// A regular expression that must match a whole text.
///
/// ```
/// use gatespec_protocol::Pattern;
///
/// static ID: Pattern = Pattern::new("[0-9]+(_[0-9]+)?");
/// assert!(ID.matches("1665176836_1031190436"));
/// assert!(!ID.matches("15000000x"));
/// ```
pub struct Pattern {
    text: Cow<'static, str>,
    compiled: OnceLock<Result<Regex, String>>,
}

impl Pattern {
    /// Creates a pattern from a literal, for use in a `static`.
    pub const fn new(text: &'static str) -> Pattern {
        Pattern { text: Cow::Borrowed(text), compiled: OnceLock::new() }
    }

    /// Creates a pattern from a text that is only known at run time.
    pub const fn owned(text: String) -> Pattern {
        Pattern { text: Cow::Owned(text), compiled: OnceLock::new() }
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the pattern matches the whole text. An invalid pattern matches every text, so that a
    /// mistake in a spec does not block calls; the compiler reports the mistake.
    pub fn matches(&self, text: &str) -> bool {
        self.compiled().as_ref().map_or(true, |regex| regex.is_match(text))
    }

    /// The pattern's syntax error, if it has one.
    pub fn problem(&self) -> Option<&str> {
        self.compiled().as_ref().err().map(String::as_str)
    }

    fn compiled(&self) -> &Result<Regex, String> {
        let compile =
            || Regex::new(&format!("^(?:{})$", self.text)).map_err(|error| error.to_string());
        self.compiled.get_or_init(compile)
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.text).finish()
    }
}

/// The clone compiles the pattern again.
impl Clone for Pattern {
    fn clone(&self) -> Pattern {
        Pattern { text: self.text.clone(), compiled: OnceLock::new() }
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.text == other.text
    }
}

impl Eq for Pattern {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_text_must_match() {
        let pattern = Pattern::new("a|b");
        assert!(pattern.matches("a") && pattern.matches("b"));
        assert!(!pattern.matches("ab") && !pattern.matches("") && !pattern.matches("a\n"));
    }

    #[test]
    fn a_wrong_pattern_says_so_and_stops_nobody() {
        let pattern = Pattern::owned("(".into());
        assert!(pattern.problem().is_some() && pattern.matches("x"));
    }
}
