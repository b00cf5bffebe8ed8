//! What was received: the last calls, and how many there were.

use std::collections::VecDeque;
use std::fmt;

use gatespec_protocol::text::{shortened, visible};
use gatespec_protocol::{DateTime, Json, Meaning};

use crate::difference::Difference;
use crate::fault::Fault;

/// Characters of a signed text that the log shows.
const LOGGED: usize = 2_000;
/// Characters of a signature that came.
const SENT: usize = 200;

/// One call. Secrets, and the fields that a spec calls sensitive, are `<secret>` in it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// Counts from 1.
    pub number: u64,
    /// When it came, by the mock's clock.
    pub at: DateTime,
    /// The platform; empty if the address is none of any.
    pub platform: String,
    /// The gateway: `main`, or the name of a further one.
    pub gateway: String,
    /// The method, if it is known.
    pub method: Option<String>,
    /// The HTTP verb.
    pub verb: String,
    /// The path, as it came.
    pub path: String,
    /// The public parameters.
    pub public: Vec<(String, String)>,
    /// Names of parameters that no document lists.
    pub extra: Vec<String>,
    /// The fields of the request, by their names on the wire; null if they could not be read.
    pub request: Json,
    /// What became of it.
    pub outcome: Outcome,
    /// How the mock misbehaved.
    pub faults: Vec<Fault>,
    /// The HTTP status of the answer.
    pub status: u16,
}

impl Entry {
    /// The call was right. It may have been misbehaved to all the same.
    pub fn is_accepted(&self) -> bool {
        self.outcome == Outcome::Accepted
    }
}

/// What became of a call.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// It was right.
    Accepted,
    /// It was refused.
    Refused {
        /// Why, in the vocabulary that all platforms share.
        meaning: Meaning,
        /// The platform's own code.
        code: String,
        /// What is wrong with it.
        reason: String,
        /// Of a signature that does not match: what the mock signed, and where the two part.
        signed: Option<Signed>,
    },
    /// It is no call of any platform: an unknown address, a broken request.
    NoCall {
        /// What is wrong with it.
        reason: String,
    },
}

/// What the mock signed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Signed {
    /// The text, `<secret>` in place of what is secret; what is longer than 16,000 characters is cut.
    pub canonical: String,
    /// The signature that came; what is longer than 500 characters is cut.
    pub sent: String,
    /// The mock's own signature.
    pub signature: String,
    /// Where what was sent differs from it.
    pub difference: Option<Difference>,
    /// Where the text that the client says it signed differs from this one, in words: `none` if it
    /// does not, so that secret or digest are to blame. The header `x-gatespec-canonical` holds it.
    pub text_difference: Option<String>,
}

impl Signed {
    /// Both signatures, and the first byte in which they differ: a name and a text a line.
    pub(crate) fn comparison(&self) -> Vec<(&'static str, String)> {
        let sent = match self.sent.as_str() {
            "" => "nothing".to_owned(),
            sent => visible(&shortened(sent, SENT)).into_owned(),
        };
        let mut lines = vec![("sent", sent), ("expected", self.signature.clone())];
        if let Some(difference) = &self.difference {
            let is_case = self.sent.eq_ignore_ascii_case(&self.signature);
            let remark = if is_case { " (only the case differs)" } else { "" };
            lines.push(("first difference", format!("{difference}{remark}")));
        }
        lines
    }
}

/// The command that finds out why a signature differs.
pub(crate) fn way_to_find_out(platform: &str) -> String {
    format!("gatespec sign {platform} --from '<the request>'")
}

impl fmt::Display for Entry {
    /// For a log: a line, and five or six more where a signature is wrong. Nothing that came steers the
    /// terminal that shows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, path) = (visible(&self.verb), visible(&self.path));
        let method = self.method.as_deref().unwrap_or("?");
        write!(f, "{:>5} {} {verb} {path} {method}", self.number, self.status)?;
        match &self.outcome {
            Outcome::Accepted => f.write_str(" accepted")?,
            Outcome::NoCall { reason } => write!(f, " no call: {}", visible(reason))?,
            Outcome::Refused { code, reason, signed, .. } => {
                write!(f, " refused with {code}: {}", visible(reason))?;
                signed.iter().try_for_each(|signed| explain(signed, &self.platform, f))?;
            }
        }
        self.faults.iter().try_for_each(|fault| write!(f, " [{fault}]"))
    }
}

fn explain(signed: &Signed, platform: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "\n      signed: {:?}", shortened(&signed.canonical, LOGGED))?;
    for (name, text) in signed.comparison() {
        write!(f, "\n      {name}: {text}")?;
    }
    if let Some(text) = &signed.text_difference {
        write!(f, "\n      your text: {text}")?;
    }
    write!(f, "\n      why: {}", way_to_find_out(platform))
}

/// How many calls there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// All requests but those for the page.
    pub received: u64,
    /// Calls that were right.
    pub accepted: u64,
    /// Calls that were refused.
    pub refused: u64,
    /// Calls that were right, and misbehaved to.
    pub misbehaved: u64,
}

/// The last calls; older ones are forgotten.
#[derive(Debug)]
pub(crate) struct Journal {
    room: usize,
    entries: VecDeque<Entry>,
    counts: Counts,
}

impl Journal {
    pub(crate) fn new(room: usize) -> Journal {
        Journal { room, entries: VecDeque::new(), counts: Counts::default() }
    }

    pub(crate) fn add(&mut self, entry: Entry) {
        self.counts.received += 1;
        match entry.outcome {
            Outcome::Accepted => self.counts.accepted += 1,
            Outcome::Refused { .. } => self.counts.refused += 1,
            Outcome::NoCall { .. } => {}
        }
        self.counts.misbehaved += u64::from(!entry.faults.is_empty());
        if self.entries.len() >= self.room {
            self.entries.pop_front();
        }
        if self.room > 0 {
            self.entries.push_back(entry);
        }
    }

    pub(crate) fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.counts = Counts::default();
    }
}
