//! The state of a decoding pass, and its errors.

use crate::text::is_identifier;
use std::fmt;

use zeroize::Zeroize;

use super::bend::{BendKind, Bends};

/// The outcome of decoding a value.
pub type Decoded = Result<(), Stop>;

/// The error of decoding a value. The reason is stored in the state of the pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop(());

/// The state of one pass.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// Whether this is an exact pass, which reads numbers from their digits.
    pub(crate) exact: bool,
    /// Whether the last value was present: neither null nor an empty placeholder.
    pub(crate) filled: bool,
    /// Whether a list keeps the last value as a blank item even if the value counts as absent.
    pub(crate) holds: bool,
    /// Whether there was an empty placeholder where an object is expected.
    pub(crate) placeholder: bool,
    /// Whether a number was read as a float although its digits are needed. Only a second, exact
    /// pass can read them.
    inexact: bool,
    /// The nesting depth of JSON in texts.
    pub(crate) depth: u8,
    /// The nesting depth of lists and objects in the current text.
    pub(crate) levels: u8,
    /// The bends of this pass.
    pub(crate) bends: Bends,
    /// A required member of a record, if there was an empty placeholder instead of the record.
    lacks: Option<String>,
    problem: Option<Problem>,
    /// The path of the problem, from the innermost step outwards.
    path: Vec<Step>,
    /// Whether the next step is a key of a map, which may be personal data.
    pub(crate) at_key: bool,
    /// Whether the path is complete. Further steps belong to the envelope, and are not added.
    complete: bool,
}

#[derive(Debug)]
enum Problem {
    Syntax(String),
    Mismatch { expected: String, found: String },
}

#[derive(Debug)]
enum Step {
    Member(String),
    Index(usize),
}

impl Context {
    pub(crate) fn exact() -> Context {
        Context { exact: true, ..Context::default() }
    }

    /// Records a harmless difference.
    pub(crate) fn bend(&mut self, kind: BendKind) {
        self.bends.push(kind);
    }

    /// Enters a list or object. Fails if the nesting is too deep. serde_json limits the nesting
    /// depth too, but starts again from zero when an exact pass parses a value from its text.
    pub(crate) fn enter(&mut self) -> Decoded {
        const DEEPEST: u8 = 128;
        if self.levels == DEEPEST {
            return Err(self.syntax(&"recursion limit exceeded"));
        }
        self.levels += 1;
        Ok(())
    }

    /// Leaves a list or object.
    pub(crate) fn leave(&mut self) {
        self.levels -= 1;
    }

    /// Records an empty placeholder (`""`, `[]`) in place of a record. `member` is a required
    /// member of that record, if it has one.
    pub(crate) fn lack(&mut self, member: Option<&str>) {
        self.lacks = member.map(str::to_owned);
    }

    /// Fails if the data is an empty placeholder for a record with required members, because their
    /// values would have to be invented.
    pub(crate) fn nothing_lacks(&mut self) -> Decoded {
        match self.lacks.take().filter(|_| !self.filled) {
            Some(name) => Err(self.missing(&name)),
            None => Ok(()),
        }
    }

    /// Reports that a required member is missing.
    pub(crate) fn missing(&mut self, name: &str) -> Stop {
        let stop = self.mismatch("a value", "nothing");
        self.at_member(name);
        stop
    }

    /// Whether the pass failed only because the digits of a number are needed, so that an exact
    /// pass can succeed.
    pub(crate) fn wants_exact(&self) -> bool {
        self.inexact && !self.exact
    }

    /// Reports that a number was read as a float although its digits are needed.
    #[cold]
    pub(crate) fn float(&mut self, expected: &str, number: f64) -> Stop {
        if self.exact {
            return self.mismatch(expected, format!("the number {number}"));
        }
        self.inexact = true;
        Stop(())
    }

    /// Reports a mismatch. Only the first report counts.
    #[cold]
    pub(crate) fn mismatch(&mut self, expected: &str, found: impl Into<String>) -> Stop {
        if self.problem.is_none() {
            let (expected, found) = (expected.to_owned(), found.into());
            self.problem = Some(Problem::Mismatch { expected, found });
        }
        Stop(())
    }

    /// Reports that the text is not JSON.
    #[cold]
    pub(crate) fn syntax(&mut self, error: &dyn fmt::Display) -> Stop {
        let text = error.to_string();
        // The text is valid JSON, but a number is beyond the range of floats. serde_json shows this
        // only in its message. The exact pass reads the number's digits.
        self.inexact |= !self.exact && text.starts_with("number out of range");
        if self.problem.is_none() && !self.wants_exact() {
            self.problem = Some(Problem::Syntax(text));
        }
        Stop(())
    }

    /// Prepends a member to the path of the problem.
    pub(crate) fn at_member(&mut self, name: &str) {
        let hides = std::mem::take(&mut self.at_key) && !is_identifier(name);
        if !self.complete {
            let name = if hides { "…" } else { name };
            self.path.push(Step::Member(name.to_owned()));
        }
    }

    /// Prepends an item to the path of the problem.
    pub(crate) fn at_index(&mut self, index: usize) {
        if !self.complete {
            self.path.push(Step::Index(index));
        }
    }

    /// Marks the path of the problem as complete.
    pub(crate) fn complete(&mut self) {
        self.complete = true;
    }

    /// Removes the value from the message of the problem.
    pub(crate) fn mask(&mut self) {
        if let Some(Problem::Mismatch { found, .. }) = &mut self.problem {
            found.zeroize();
            found.push_str("a private value");
        }
    }

    pub(crate) fn into_error(self) -> DecodeError {
        let mut path = String::new();
        for step in self.path.iter().rev() {
            match step {
                Step::Index(index) => path.push_str(&format!("[{index}]")),
                Step::Member(name) if path.is_empty() => path.push_str(name),
                Step::Member(name) => path.extend([".", name]),
            }
        }
        match self.problem {
            Some(Problem::Mismatch { expected, found }) => {
                DecodeError { path, expected: Some(expected), found }
            }
            Some(Problem::Syntax(found)) => DecodeError { path, expected: None, found },
            None => DecodeError { path, expected: None, found: "decoding was aborted".into() },
        }
    }
}

/// The error for an answer that does not match its spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    path: String,
    expected: Option<String>,
    found: String,
}

impl DecodeError {
    /// The path in the data, such as `itemOrderInfos[0].price`; empty for the data as a whole.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the spec expects; `None` if the text is not JSON.
    pub fn expected(&self) -> Option<&str> {
        self.expected.as_deref()
    }

    /// What was found instead, shortened. Never contains the text of a private field.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// Applies `rewrite` to the parts of the message that come from the answer.
    pub(crate) fn rewrite(&mut self, rewrite: &dyn Fn(&str) -> String) {
        self.path = rewrite(&self.path);
        self.found = rewrite(&self.found);
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        match &self.expected {
            Some(expected) => write!(f, "expected {expected}, found {}", self.found),
            None => write!(f, "not JSON: {}", self.found),
        }
    }
}

impl std::error::Error for DecodeError {}
