//! A readable trace of what was signed.

use std::fmt;

/// What was signed, with `<secret>` in place of everything sensitive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The input of the outermost digest; of an HMAC, the message.
    pub canonical: String,
    /// The function applications in order.
    pub steps: Vec<Step>,
    /// What each `pairs` of the formula selected, in order.
    pub selections: Vec<Selection>,
}

/// What one `pairs` selected and wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Each selected parameter's name and written pair, in order.
    pub pairs: Vec<(String, String)>,
    /// The joined pairs.
    pub text: String,
    /// How many of [`Explanation::steps`] precede it.
    pub before: usize,
}

/// One application of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The function's name in formulas.
    pub function: &'static str,
    /// Its input; as hexadecimal digits if it is not UTF-8.
    pub input: String,
    /// Its output, likewise.
    pub output: String,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.canonical)
    }
}
