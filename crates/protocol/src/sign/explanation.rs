//! A readable trace of what was signed.

use std::fmt;

/// What was signed, with `<secret>` in place of everything sensitive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The input of the outermost digest; for an HMAC, its message.
    pub canonical: String,
    /// The applications of functions, in order.
    pub steps: Vec<Step>,
    /// What each `pairs` of the formula has selected, in order.
    pub selections: Vec<Selection>,
}

/// What one `pairs` selected and wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// For each selected parameter, in order, its name and the pair that was written for it.
    pub pairs: Vec<(String, String)>,
    /// All pairs, joined by the separator.
    pub text: String,
    /// The number of [`Explanation::steps`] that precede this selection.
    pub before: usize,
}

/// One application of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The function's name in formulas.
    pub function: &'static str,
    /// The function's input; as hexadecimal digits if it is not UTF-8.
    pub input: String,
    /// The function's output; as hexadecimal digits if it is not UTF-8.
    pub output: String,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.canonical)
    }
}
