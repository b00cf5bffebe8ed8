//! The types that describe maps, keys and values, and the keys that most maps can have.

use super::words::WHOLE;
use crate::diagnostic::{Level, adjustable, rules};
use crate::model::Grade;

/// The shape of a value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// A scalar, with a noun for its content.
    Text(&'static str),
    /// A scalar, with a noun for its content and the regular expression that it matches.
    Pattern(&'static str, &'static str),
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Count,
    /// A number.
    Number,
    /// One of the words of a vocabulary.
    Word(fn() -> Vec<&'static str>),
    /// Only this word.
    Literal(&'static str),
    /// `~`.
    Null,
    /// A list.
    List(&'static Shape),
    /// A list of two items.
    Two(&'static Shape),
    /// A value of any of these shapes.
    Either(&'static [Shape]),
    /// A map with the keys of the language.
    Keys(&'static Map),
    /// A map whose keys are names.
    Named(&'static Names),
    /// Any YAML.
    Any,
}

/// A kind of map whose keys belong to the language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Map {
    /// The noun in messages.
    pub(crate) what: &'static str,
    /// Where such a map is written, for messages about keys that belong there. Empty if no message
    /// needs it.
    pub(crate) place: &'static str,
    /// An example, which is shown if the value is not a map.
    pub(crate) example: Option<&'static str>,
    /// Where the manual explains the keys of the map.
    pub(crate) page: Page,
    /// The keys that only this map has.
    pub(crate) own: &'static [Row],
    /// The keys that the map shares with another map.
    pub(crate) shared: &'static [Row],
    /// Whether the map can have the keys of [`ABOUT`] too.
    pub(crate) about: bool,
    /// The order in which the keys are written, if it differs from the order of the rows. `about`
    /// stands for the keys of [`ABOUT`]. Keys that are not listed come last.
    pub(crate) written: &'static [&'static str],
    /// The map must have exactly one of these keys.
    pub(crate) one_of: &'static [&'static str],
    /// The map can have at most one of these keys.
    pub(crate) at_most_one: &'static [&'static str],
    /// The required keys that a single message lists together.
    pub(crate) needed: &'static [&'static str],
}

/// Where the manual explains the keys of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    /// In a group of rows with this name.
    Group(&'static str),
    /// In the row of each key that has such a map.
    Inline,
    /// In the chapter with this anchor.
    Chapter(&'static str),
}

/// A kind of map whose keys are names that the spec chooses.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names {
    /// The noun in messages.
    pub(crate) what: &'static str,
    /// An example, which is shown if the value is not a map.
    pub(crate) example: Option<&'static str>,
    /// The noun for the keys.
    pub(crate) name: &'static str,
    /// The only allowed keys; `None` if any name is allowed.
    pub(crate) words: Option<fn() -> Vec<&'static str>>,
    /// The shape of the map's values.
    pub(crate) value: Shape,
    /// Whether the map must have at least one key.
    pub(crate) filled: bool,
    /// The manual's term for such a map, and the anchor of the chapter that explains it.
    pub(crate) link: Option<(&'static str, &'static str)>,
}

/// A key of a map.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) key: &'static str,
    /// The shape of the key's value.
    pub(crate) shape: Shape,
    /// A description of the key in one line.
    pub(crate) line: &'static str,
    /// An example, which is shown if the key is missing.
    pub(crate) example: Option<&'static str>,
    /// Whether a map must have the key.
    pub(crate) need: Need,
    /// The other key whose value decides whether this key is allowed.
    pub(crate) of: Option<Of>,
    /// Another key that the map must have too.
    pub(crate) with: Option<&'static str>,
    /// The anchor of the manual's chapter that says more.
    pub(crate) see: Option<&'static str>,
}

/// Whether a map must have a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    No,
    Yes,
    /// Required, unless the map has this other key.
    Unless(&'static str),
}

/// How a key depends on the value of another key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of {
    /// The other key.
    pub(crate) key: &'static str,
    /// The values with which this key is allowed. Empty if it is always allowed.
    pub(crate) values: &'static [&'static str],
    /// The values with which this key is required.
    pub(crate) needed: &'static [&'static str],
}

impl Map {
    /// A map without keys.
    pub(super) const BARE: Map = Map {
        what: "",
        place: "",
        example: None,
        page: Page::Inline,
        own: &[],
        shared: &[],
        about: true,
        written: &[],
        one_of: &[],
        at_most_one: &[],
        needed: &[],
    };

    /// The keys that a map can have.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &'static Row> + Clone {
        let about = if self.about { &ABOUT[..] } else { &[] };
        self.own.iter().chain(self.shared).chain(about)
    }

    /// The order in which the keys are written.
    pub(crate) fn order(&self) -> Vec<&'static str> {
        let about = ABOUT.iter().map(|row| row.key).filter(|key| !self.written.contains(key));
        let written = self.written.iter().flat_map(|key| {
            let all = (*key == "about").then(|| about.clone());
            let one = all.is_none().then_some(*key);
            all.into_iter().flatten().chain(one)
        });
        let mut order: Vec<_> = written.collect();
        let rest: Vec<_> =
            self.rows().map(|row| row.key).filter(|key| !order.contains(key)).collect();
        order.extend(rest);
        order
    }

    /// The row of a key.
    pub(crate) fn row(&self, key: &str) -> Option<&'static Row> {
        self.rows().find(|row| row.key == key)
    }
}

impl Names {
    /// A map of texts under any names.
    pub(super) const BARE: Names = Names {
        what: "",
        example: None,
        name: "name",
        words: None,
        value: Shape::Text("text"),
        filled: false,
        link: None,
    };
}

/// A key that a map can have.
pub(super) const fn row(key: &'static str, shape: Shape, line: &'static str) -> Row {
    Row { key, shape, line, example: None, need: Need::No, of: None, with: None, see: None }
}

impl Row {
    pub(super) const fn required(self) -> Self {
        Self { need: Need::Yes, ..self }
    }

    pub(super) const fn unless(self, other: &'static str) -> Self {
        Self { need: Need::Unless(other), ..self }
    }

    pub(super) const fn example(self, example: &'static str) -> Self {
        Self { example: Some(example), ..self }
    }

    /// Allows the key only if another key has one of these values.
    pub(super) const fn only(self, key: &'static str, values: &'static [&'static str]) -> Self {
        let needed = match self.of {
            Some(of) => of.needed,
            None => &[],
        };
        Self { of: Some(Of { key, values, needed }), ..self }
    }

    /// Requires the key if another key has one of these values.
    pub(super) const fn needed(self, key: &'static str, needed: &'static [&'static str]) -> Self {
        let values = match self.of {
            Some(of) => of.values,
            None => &[],
        };
        Self { of: Some(Of { key, values, needed }), ..self }
    }

    pub(super) const fn with(self, other: &'static str) -> Self {
        Self { with: Some(other), ..self }
    }

    pub(super) const fn see(self, anchor: &'static str) -> Self {
        Self { see: Some(anchor), ..self }
    }
}

/// The words of a vocabulary.
pub(crate) fn names<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
    words.iter().map(|(word, _)| *word).collect()
}

/// The shape of a word from a vocabulary.
macro_rules! word {
    ($words:expr) => {
        $crate::table::Shape::Word(|| $crate::table::names($words))
    };
}
pub(super) use word;

/// A text, or a list of texts.
pub(super) const TEXTS: Shape =
    Shape::Either(&[Shape::Text("text"), Shape::List(&Shape::Text("text"))]);

pub(super) const DURATION: Shape =
    Shape::Pattern("duration", r"^[0-9]+ (second|minute|hour|day)s?$");

pub(super) const OFFSET: Shape = Shape::Pattern("`\"+08:00\"`", r"^(Z|[+-][0-9]{2}:[0-9]{2})$");

/// Names joined by dots.
pub(super) const PATH: Shape =
    Shape::Pattern("path", r"^[^.\s\[\]$()=<>|/]+(\.[^.\s\[\]$()=<>|/]+)*$");

/// The path of the data.
pub(super) const DATA: Shape = Shape::Either(&[Shape::Literal(WHOLE), PATH]);

pub(super) const TIME_FORMAT: Shape = Shape::Text("format of times");

/// The keys that every map for a fact can have.
pub(crate) static ABOUT: [Row; 9] = [
    row("doc", Shape::Text("text"), "one line of English, in your own words"),
    row("term", Shape::Text("text"), "the platform's own short term"),
    row("grade", word!(&Grade::ALL), "how sure the fact is; `documented` by default"),
    row("source", Shape::Text("text"), "where it was found: `owner/repo:path` or a page"),
    row(
        "conflict",
        Shape::Named(&CONFLICT),
        "what each place says, and `chosen`: the one that the spec follows",
    ),
    row("note", Shape::Text("text"), "what else a reader must know"),
    row(
        "allow",
        Shape::Named(&LEVELS),
        "warnings and notes that are suppressed here and below, each with the reason; in `platform.yaml`'s own map, for the whole platform",
    )
    .see("levels"),
    row(
        "warn",
        Shape::Named(&LEVELS),
        "notes that are warnings here and below, each with the reason",
    )
    .see("levels"),
    row(
        "deny",
        Shape::Named(&DENIED),
        "warnings and notes that are errors here and below, each with the reason",
    )
    .see("levels"),
];

pub(crate) static CONFLICT: Names =
    Names { what: "a conflict", name: "place or `chosen`", ..Names::BARE };

pub(crate) static LEVELS: Names = Names {
    what: "a map of lints",
    name: "ID",
    words: Some(|| ids(Level::Warn)),
    value: Shape::Text("reason"),
    ..Names::BARE
};

static DENIED: Names = Names { words: Some(|| ids(Level::Deny)), ..LEVELS };

/// The ids of the rules that can have this level.
fn ids(level: Level) -> Vec<&'static str> {
    let all = rules::ALL.iter().map(|rule| rule.id);
    all.filter(|id| adjustable(id, level).is_ok()).collect()
}
