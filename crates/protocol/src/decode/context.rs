//! What a decoding pass knows: how exact it is, and what went wrong where.

use crate::text::is_identifier;
use std::fmt;

use zeroize::Zeroize;

use super::bend::{BendKind, Bends};

/// The outcome of decoding a value.
pub type Decoded = Result<(), Stop>;

/// Decoding stops here; what is wrong lies in the pass, not in this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop(());

/// The state of one pass.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// Scalars are read from their characters.
    pub(crate) exact: bool,
    /// The last value was there: not null, not a stand-in for nothing.
    pub(crate) filled: bool,
    /// The last value was not there, and a blank of its type says so: a list can keep its place.
    pub(crate) holds: bool,
    /// A placeholder for nothing is where an object is expected.
    pub(crate) placeholder: bool,
    /// A number passed through a float, which only a second pass can read exactly.
    inexact: bool,
    /// How deep JSON texts within JSON stand.
    pub(crate) depth: u8,
    /// How deep lists and objects that are being read stand in one text.
    pub(crate) levels: u8,
    /// Where this pass bent.
    pub(crate) bends: Bends,
    /// What a record lacks in whose place a stand-in for nothing was.
    lacks: Option<String>,
    problem: Option<Problem>,
    /// From the value that is wrong outwards.
    path: Vec<Step>,
    /// The member that is being left is a key of a map, which may be personal.
    pub(crate) at_key: bool,
    /// The path is complete: what lies further out is the envelope.
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

    /// The answer is not what the spec says, and is read all the same.
    pub(crate) fn bend(&mut self, kind: BendKind) {
        self.bends.push(kind);
    }

    /// Enters a list or an object. serde_json counts too, but anew when an exact pass reads one
    /// from its characters.
    pub(crate) fn enter(&mut self) -> Decoded {
        const DEEPEST: u8 = 128;
        if self.levels == DEEPEST {
            return Err(self.syntax(&"recursion limit exceeded"));
        }
        self.levels += 1;
        Ok(())
    }

    /// Leaves it.
    pub(crate) fn leave(&mut self) {
        self.levels -= 1;
    }

    /// An empty placeholder (`""`, `[]`) where a record that must have this member is expected.
    pub(crate) fn lack(&mut self, member: Option<&str>) {
        self.lacks = member.map(str::to_owned);
    }

    /// The data is no stand-in for a record that must have members: they would be made up.
    pub(crate) fn nothing_lacks(&mut self) -> Decoded {
        match self.lacks.take().filter(|_| !self.filled) {
            Some(name) => Err(self.missing(&name)),
            None => Ok(()),
        }
    }

    /// A member that is always there is not.
    pub(crate) fn missing(&mut self, name: &str) -> Stop {
        let stop = self.mismatch("a value", "nothing");
        self.at_member(name);
        stop
    }

    /// The pass failed for no other reason than a float.
    pub(crate) fn wants_exact(&self) -> bool {
        self.inexact && !self.exact
    }

    /// A float arrived where its digits matter.
    #[cold]
    pub(crate) fn float(&mut self, expected: &str, number: f64) -> Stop {
        if self.exact {
            return self.mismatch(expected, format!("the number {number}"));
        }
        self.inexact = true;
        Stop(())
    }

    /// What is found is not what was expected. The first such report counts.
    #[cold]
    pub(crate) fn mismatch(&mut self, expected: &str, found: impl Into<String>) -> Stop {
        if self.problem.is_none() {
            let (expected, found) = (expected.to_owned(), found.into());
            self.problem = Some(Problem::Mismatch { expected, found });
        }
        Stop(())
    }

    /// The text is not JSON.
    #[cold]
    pub(crate) fn syntax(&mut self, error: &dyn fmt::Display) -> Stop {
        let text = error.to_string();
        // JSON all right, and beyond any float; serde_json has no other word for it. The exact
        // pass reads its characters.
        self.inexact |= !self.exact && text.starts_with("number out of range");
        if self.problem.is_none() && !self.wants_exact() {
            self.problem = Some(Problem::Syntax(text));
        }
        Stop(())
    }

    /// The problem lies within this member.
    pub(crate) fn at_member(&mut self, name: &str) {
        let hides = std::mem::take(&mut self.at_key) && !is_identifier(name);
        if !self.complete {
            let name = if hides { "…" } else { name };
            self.path.push(Step::Member(name.to_owned()));
        }
    }

    /// The problem lies within this item.
    pub(crate) fn at_index(&mut self, index: usize) {
        if !self.complete {
            self.path.push(Step::Index(index));
        }
    }

    /// Paths begin here.
    pub(crate) fn complete(&mut self) {
        self.complete = true;
    }

    /// What was found must not show.
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

/// An answer that is not what the spec says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    path: String,
    expected: Option<String>,
    found: String,
}

impl DecodeError {
    /// Where in the data, as `itemOrderInfos[0].price`; empty for the whole.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the spec asks for; `None` if the text is not JSON at all.
    pub fn expected(&self) -> Option<&str> {
        self.expected.as_deref()
    }

    /// What is there instead, shortened; never the text of a private field.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// Rewrites what the answer has brought in.
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
