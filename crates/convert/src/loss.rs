//! Facts that a format cannot state.

use serde_json::{Map, Value as Json};
use std::collections::HashSet;
use std::fmt::Write as _;

/// Declares the kinds of facts that get lost, each with its member and its description.
macro_rules! lost {
    ($($(#[$doc:meta])* $kind:ident = $member:literal, $what:literal;)*) => {
        /// A kind of fact that a format cannot state.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Lost {
            $($(#[$doc])* $kind,)*
        }

        impl Lost {
            /// Every kind.
            pub const ALL: &[Lost] = &[$(Lost::$kind),*];

            /// The member that keeps the fact in a document.
            pub fn member(self) -> &'static str {
                match self {
                    $(Lost::$kind => concat!("x-gatespec-", $member),)*
                }
            }

            /// The fact in words.
            pub fn what(self) -> &'static str {
                match self {
                    $(Lost::$kind => $what,)*
                }
            }
        }
    };
}

lost! {
    /// The formula of the signature.
    Signature = "signature", "how the signature is computed";
    /// The source of a public parameter.
    Source = "source", "which value the client fills in";
    /// Credentials.
    Credentials = "credentials", "which credentials a call needs";
    /// How answers are judged.
    Envelope = "envelope", "which answers are a success, and how data is decrypted";
    /// Error codes.
    Errors = "errors", "what the error codes mean, and whether a retry helps";
    /// Late and repeated calls.
    Replay = "replay", "how late and repeated calls are handled";
    /// Whether the call may be repeated.
    Repeat = "repeat", "whether it is safe to repeat the call";
    /// Paging.
    Pages = "pages", "how the answer is divided into pages";
    /// Rules over several fields.
    Rules = "rules", "rules over several parameters";
    /// Limits that the format has no keyword for.
    Limit = "limit", "a limit of an amount that is sent as text";
    /// Formats of times.
    Time = "time", "the format and the time zone of a time, and the text for \"not yet\"";
    /// Spellings of booleans.
    Spelling = "spelling", "the texts for true and false";
    /// Units of amounts.
    Unit = "unit", "the unit of an amount";
    /// Delimited lists.
    List = "list", "how a list or record is written in one text or in brackets";
    /// Sensitive values.
    Sensitive = "sensitive", "that logs must not show the value";
    /// The parameters of a method.
    Request = "request", "types, limits and rules of the parameters";
    /// The data of an answer.
    Response = "response", "the structure of the answer's data";
    /// Rows that are not sent.
    Unsent = "unsent", "parameters that the document lists and a client does not send";
    /// Provenance.
    Provenance = "provenance", "how certain a fact is";
    /// Addresses that are not published.
    Address = "address", "an address that the platform does not publish";
    /// Methods that share a path.
    Path = "path", "that methods share a path; the text after `#` is not sent";
}

/// A fact of the spec that the format cannot state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The kind of fact.
    pub lost: Lost,
    /// The parameter, field, type, method or platform that the fact is about.
    pub subject: String,
}

/// The facts that have been kept as `x-gatespec-*` members so far.
#[derive(Debug, Default)]
pub(crate) struct Kept(Vec<Loss>);

impl Kept {
    /// Inserts the fact into `object`, and records the loss. Null, false and empty lists or objects
    /// do not count as facts.
    pub(crate) fn keep(
        &mut self,
        object: &mut Map<String, Json>,
        lost: Lost,
        of: &str,
        fact: &Json,
    ) {
        let is_empty = match fact {
            Json::Null | Json::Bool(false) => true,
            Json::Array(items) => items.is_empty(),
            Json::Object(members) => members.is_empty(),
            _ => false,
        };
        if !is_empty {
            object.insert(lost.member().to_owned(), fact.clone());
            self.0.push(Loss { lost, subject: of.to_owned() });
        }
    }

    pub(crate) fn into_losses(self) -> Vec<Loss> {
        self.0
    }
}

/// The members of a `json!` object, without those that are null.
pub(crate) fn object(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(mut object) => {
            object.retain(|_, value| !value.is_null());
            object
        }
        _ => Map::new(),
    }
}

/// The maximum number of subjects that a line of a report names.
const NAMED: usize = 4;

/// Reports losses for people: one line for each kind, with the member that keeps the fact, and some
/// of the subjects.
pub fn report(losses: &[Loss]) -> String {
    let mut out = String::new();
    for &lost in Lost::ALL {
        let mut seen = HashSet::new();
        let of_kind = losses.iter().filter(|loss| loss.lost == lost);
        let subjects: Vec<_> = of_kind.filter(|loss| seen.insert(&loss.subject)).collect();
        if subjects.is_empty() {
            continue;
        }
        let named = subjects.iter().take(NAMED).map(|loss| loss.subject.as_str());
        let mut named = named.collect::<Vec<_>>().join(", ");
        if subjects.len() > NAMED {
            // Writing to a `String` does not fail.
            let _ = write!(named, " and {} more", subjects.len() - NAMED);
        }
        let _ = writeln!(out, "  {}: {} ({named})", lost.member(), lost.what());
    }
    out
}
