//! What was signed, as people read it.

use std::fmt;

/// What is signed, with `<secret>` in place of everything sensitive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The argument of the outermost digest; of an HMAC, the message.
    pub canonical: String,
    /// Every function in the order of its application.
    pub steps: Vec<Step>,
    /// What each `pairs` of the formula selected, in the order of the formula.
    pub selections: Vec<Selection>,
}

/// What one `pairs` selected and wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Name of each selected parameter and how its pair was written, in the order of the text.
    pub pairs: Vec<(String, String)>,
    /// The pairs joined.
    pub text: String,
    /// How many of [`Explanation::steps`] came before.
    pub before: usize,
}

/// One application of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The function, as a formula names it.
    pub function: &'static str,
    /// What it was applied to; bytes that are no text stand as hexadecimal digits.
    pub input: String,
    /// What it made of that, in the same way.
    pub output: String,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.canonical)
    }
}
