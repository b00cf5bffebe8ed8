//! The journal: the most recent calls, and counters.

use std::collections::VecDeque;
use std::fmt;

use gatespec_protocol::text::{shortened, visible};
use gatespec_protocol::{DateTime, Json, Meaning};

use crate::difference::Difference;
use crate::fault::Fault;

/// The length of a signed text in the log, in characters.
const LOGGED: usize = 2_000;
/// The length of a received signature in the log, in characters.
const SENT: usize = 200;

/// One call. Secrets, and fields that a spec marks as sensitive, are replaced by `<secret>`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// The number of the call, from 1.
    pub number: u64,
    /// When the call arrived, by the mock's clock.
    pub at: DateTime,
    /// The platform; empty if the address does not belong to a platform.
    pub platform: String,
    /// The name of the gateway, such as `main`.
    pub gateway: String,
    /// The method; `None` if it is unknown.
    pub method: Option<String>,
    /// The HTTP verb.
    pub verb: String,
    /// The path as it was sent.
    pub path: String,
    /// The public parameters.
    pub public: Vec<(String, String)>,
    /// Names of parameters that the spec does not list.
    pub extra: Vec<String>,
    /// The request's fields by their names on the wire; null if they could not be decoded.
    pub request: Json,
    /// How the mock judged the call.
    pub outcome: Outcome,
    /// The faults that the mock injected.
    pub faults: Vec<Fault>,
    /// The HTTP status of the answer.
    pub status: u16,
}

impl Entry {
    /// Whether the call was accepted. A fault may have changed its answer.
    pub fn is_accepted(&self) -> bool {
        self.outcome == Outcome::Accepted
    }
}

/// How the mock judged a call.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// The call was correct.
    Accepted,
    /// The call was refused.
    Refused {
        /// The reason, in the vocabulary that all platforms share.
        meaning: Meaning,
        /// The platform's error code.
        code: String,
        /// The reason in words.
        reason: String,
        /// For a wrong signature: what the mock signed, and the first difference.
        signed: Option<Signed>,
    },
    /// The request is not a call to a platform: its address is unknown, or it is malformed.
    NoCall {
        /// The reason in words.
        reason: String,
    },
}

/// What the mock signed for a call with a wrong signature.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Signed {
    /// The signed text with secrets replaced by `<secret>`, cut after 16,000 characters.
    pub canonical: String,
    /// The signature that was sent, cut after 500 characters.
    pub sent: String,
    /// The mock's signature.
    pub signature: String,
    /// The first difference between the two signatures.
    pub difference: Option<Difference>,
    /// The first difference between `canonical` and the text in the header `x-gatespec-canonical`,
    /// which the client signed. The text is `none` if there is no difference; in that case the
    /// secret or the digest is wrong.
    pub text_difference: Option<String>,
}

impl Signed {
    /// Both signatures and their first difference, each with a name.
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

/// The command that explains why a signature differs.
pub(crate) fn way_to_find_out(platform: &str) -> String {
    format!("gatespec sign {platform} --from '<the request>'")
}

impl fmt::Display for Entry {
    /// Formats the call for a log: one line, and several more lines for a wrong signature. Control
    /// characters are escaped.
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

/// Counters of calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// All requests except those for the status page.
    pub received: u64,
    /// Accepted calls.
    pub accepted: u64,
    /// Refused calls.
    pub refused: u64,
    /// Accepted calls with an injected fault.
    pub misbehaved: u64,
}

/// The most recent calls, up to `room`.
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
