//! The state of a decoding pass, and its errors.

use crate::text::is_identifier;
use std::fmt;

use zeroize::Zeroize;

use super::bend::{BendKind, Bends};

/// The outcome of decoding a value.
pub type Decoded = Result<(), Stop>;

/// Decoding has failed. The reason is in the state of the pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop(());

/// The state of one pass.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// Whether scalars are read from their digits.
    pub(crate) exact: bool,
    /// Whether the last value was present: neither null nor a placeholder for nothing.
    pub(crate) filled: bool,
    /// Whether the last value was absent, but is represented by a blank value that a list can keep.
    pub(crate) holds: bool,
    /// Whether there was a placeholder for nothing where an object is expected.
    pub(crate) placeholder: bool,
    /// Whether a number was read as a float; only a second pass can read it exactly.
    inexact: bool,
    /// The nesting of JSON in texts.
    pub(crate) depth: u8,
    /// The nesting of lists and objects in the current text.
    pub(crate) levels: u8,
    /// The bends of this pass.
    pub(crate) bends: Bends,
    /// The required member of a record in whose place there was a placeholder for nothing.
    lacks: Option<String>,
    problem: Option<Problem>,
    /// The path of the problem, from the inside out.
    path: Vec<Step>,
    /// Whether the next step is a key of a map, which may be personal data.
    pub(crate) at_key: bool,
    /// Whether the path is complete; steps further out belong to the envelope.
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

    /// Enters a list or object. serde_json limits the nesting too, but counts again from zero when
    /// an exact pass parses a value from its text.
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

    /// An empty placeholder (`""`, `[]`) where a record that must have this member is expected.
    pub(crate) fn lack(&mut self, member: Option<&str>) {
        self.lacks = member.map(str::to_owned);
    }

    /// Fails if the data is a placeholder for a record with required members, which would have to
    /// be made up.
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

    /// Whether the pass failed only because a float must be read exactly.
    pub(crate) fn wants_exact(&self) -> bool {
        self.inexact && !self.exact
    }

    /// Reports a float where its digits matter.
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
        // Valid JSON, but beyond the range of floats; serde_json has no other sign of it. The exact
        // pass reads its digits.
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

    /// Ends the path of the problem.
    pub(crate) fn complete(&mut self) {
        self.complete = true;
    }

    /// Removes the value from the problem.
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
            None => DecodeError { path, expected: None, found: "decoding was given up".into() },
        }
    }
}

/// The error of an answer that does not match its spec.
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

    /// What was found instead, shortened; never the text of a private field.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// Rewrites the parts that come from the answer.
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
