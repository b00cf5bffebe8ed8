//! What a page says, as facts: each with its line and its grade.

use crate::named::Named;
use crate::page::Unread;
use crate::prose::Choice;
use gatespec_language::model::Grade;
use gatespec_language::tree::Tree;

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Integer,
    Decimal {
        scale: u8,
    },
    /// `true` is yuan, `false` is fen.
    Money(bool),
    Boolean,
    /// With its format, if the page states one.
    Time(Option<String>),
    Json,
    Map,
    /// A record with the members [`Field::members`].
    Record,
    Choice {
        values: Vec<Choice>,
        integer: bool,
    },
}

/// Whether a request must have a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Required {
    No,
    Yes,
    When { field: String, value: String },
}

/// Two interpretations that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conflict {
    /// Each interpretation: its place on the page, and what the page says there.
    pub(crate) readings: [(String, String); 2],
    /// The place whose interpretation the draft follows.
    pub(crate) chosen: String,
}

impl Conflict {
    pub(crate) fn new(first: (&str, &str), second: (&str, &str), chosen: &str) -> Self {
        let owned = |(place, reading): (&str, &str)| (place.to_owned(), reading.to_owned());
        Self { readings: [owned(first), owned(second)], chosen: chosen.to_owned() }
    }
}

/// A field of a request, an answer or a record.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) line: usize,
    /// How far the page indents the name.
    pub(crate) indent: usize,
    /// Whether no heading says what the field's table lists.
    pub(crate) guessed: bool,
    /// The type as the page writes it.
    pub(crate) written: String,
    pub(crate) kind: Kind,
    /// How the field travels if it is a list: `json`, or a delimiter.
    pub(crate) list: Option<String>,
    /// The name that the page gives the field's record.
    pub(crate) record: Option<String>,
    pub(crate) members: Vec<Field>,
    /// Whether the members come from a description or another table, so that the rows below the
    /// field are not its members.
    pub(crate) closed: bool,
    /// Whether a record may have more members than the known ones.
    pub(crate) others: bool,
    pub(crate) required: Required,
    /// Whether the page says not to fill the field in.
    pub(crate) never: bool,
    pub(crate) from_public: bool,
    /// How yes and no are written if not as `true` and `false`.
    pub(crate) spelling: Option<(String, String)>,
    /// Whether a number travels as text.
    pub(crate) as_text: bool,
    /// Whether a decimal travels as a number.
    pub(crate) as_number: bool,
    pub(crate) sensitive: bool,
    pub(crate) longest: Option<u64>,
    pub(crate) most: Option<u64>,
    /// If the previous field and this one are the ends of a range: the longest allowed time between
    /// them, in spec syntax, such as `7 days`.
    pub(crate) span: Option<String>,
    pub(crate) example: Option<String>,
    pub(crate) prose: String,
    pub(crate) term: String,
    pub(crate) grade: Grade,
    /// Why the grade is not `documented`.
    pub(crate) reasons: Vec<String>,
    pub(crate) conflict: Option<Conflict>,
}

impl Field {
    pub(crate) fn new(name: &str, line: usize) -> Self {
        Self {
            name: name.to_owned(),
            line,
            indent: 0,
            guessed: false,
            written: String::new(),
            kind: Kind::Text,
            list: None,
            record: None,
            members: Vec::new(),
            closed: false,
            others: false,
            required: Required::No,
            never: false,
            from_public: false,
            spelling: None,
            as_text: false,
            as_number: false,
            sensitive: false,
            longest: None,
            most: None,
            span: None,
            example: None,
            prose: String::new(),
            term: String::new(),
            grade: Grade::Documented,
            reasons: Vec::new(),
            conflict: None,
        }
    }

    /// Lowers the grade, and says why.
    pub(crate) fn doubt(&mut self, grade: Grade, reason: impl Into<String>) {
        self.grade = self.grade.max(grade);
        self.reasons.push(reason.into());
    }

    /// Records a contradiction. A field keeps the first one; further ones become reasons.
    pub(crate) fn contradict(&mut self, conflict: Conflict) {
        if self.conflict.is_none() {
            self.conflict = Some(conflict);
            return;
        }
        let [(first, one), (second, other)] = conflict.readings;
        self.reasons.push(format!(
            "{first}: {one}; {second}: {other}; the draft follows {}",
            conflict.chosen
        ));
    }

    /// Whether the rows below the field can be its members.
    pub(crate) fn opens(&self) -> bool {
        !self.closed
            && self.members.is_empty()
            && (self.kind == Kind::Record || self.kind == Kind::Json)
    }
}

/// A public parameter.
#[derive(Debug, Clone)]
pub(crate) struct Public {
    pub(crate) field: Field,
    /// The value of the spec's key `is`.
    pub(crate) is: String,
    pub(crate) value: Option<String>,
    pub(crate) format: Option<String>,
}

/// An environment: an address of the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Environment {
    pub(crate) name: String,
    /// `None` if the page mentions the address without stating it.
    pub(crate) url: Option<String>,
    pub(crate) term: String,
    pub(crate) line: usize,
}

/// A row of a table of errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ErrorCode {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) class: &'static str,
    pub(crate) line: usize,
    pub(crate) observed: bool,
}

/// A sample of a request or an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sample {
    pub(crate) line: usize,
    pub(crate) tree: Tree,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Method {
    pub(crate) name: String,
    /// Where the name comes from, if not from the page's heading.
    pub(crate) guessed: Option<String>,
    pub(crate) title: String,
    pub(crate) line: usize,
    pub(crate) path: Option<String>,
    pub(crate) request: Vec<Field>,
    pub(crate) response: Vec<Field>,
    /// Whether the answer's data is a list of records with the fields `response`.
    pub(crate) many: bool,
    pub(crate) request_samples: Vec<Sample>,
    pub(crate) successes: Vec<Sample>,
    pub(crate) failures: Vec<Sample>,
}

/// The envelope of all answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Envelope {
    /// The path of the member that indicates success, and its value.
    pub(crate) success: Option<(String, String)>,
    pub(crate) data: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    /// The members outside the data: the path of each, and its type in a spec.
    pub(crate) fields: Vec<(String, &'static str)>,
    /// Whether a sample shows a failure.
    pub(crate) has_failure: bool,
}

/// Everything that a page says.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) environments: Vec<Environment>,
    pub(crate) path: Option<String>,
    pub(crate) verb: Option<String>,
    pub(crate) public: Named<Public>,
    pub(crate) errors: Named<ErrorCode>,
    /// The code that means success, if a table of codes lists one.
    pub(crate) success: Option<String>,
    pub(crate) envelope: Envelope,
    pub(crate) methods: Vec<Method>,
    pub(crate) unread: Vec<Unread>,
    /// The number of table rows that became facts.
    pub(crate) rows: usize,
}
