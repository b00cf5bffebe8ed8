//! Bends: harmless differences between an answer and its spec.

use std::borrow::Cow;
use std::fmt;

use crate::text::{shortened, visible};

/// A harmless difference between an answer and its spec. Contains names, but no values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Bend {
    /// The path in the data, such as `itemOrderInfos[].price`. `[]` means any item of a list, and
    /// `*` any member of a map. The path is empty if the difference is about the data as a whole.
    pub field: String,
    /// The kind of difference.
    pub kind: BendKind,
}

impl Bend {
    /// Creates a bend at a field.
    pub fn new(field: impl Into<String>, kind: BendKind) -> Bend {
        Bend { field: field.into(), kind }
    }
}

impl fmt::Display for Bend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        self.kind.fmt(f)
    }
}

macro_rules! kinds {
    ($( $(#[$meta:meta])* $variant:ident = $name:literal, $prose:literal; )*) => {
        /// The kind of a difference between an answer and its spec.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum BendKind {
            $( $(#[$meta])* $variant, )*
        }

        impl BendKind {
            /// A stable name, for logs and metrics.
            pub fn name(self) -> &'static str {
                match self { $( BendKind::$variant => $name, )* }
            }
        }

        impl fmt::Display for BendKind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $( BendKind::$variant => $prose, )* })
            }
        }
    };
}

kinds! {
    /// A number where the spec has a text.
    NumberForText = "number_for_text", "a number instead of a text";
    /// A text where the spec has a number.
    TextForNumber = "text_for_number", "a text instead of a number";
    /// A boolean where the spec has a text.
    BooleanForText = "boolean_for_text", "a boolean instead of a text";
    /// A boolean spelled differently than in the spec.
    Spelling = "spelling", "a boolean in another spelling";
    /// An empty placeholder: an empty text, list or object, or null in place of a list.
    StandIn = "stand_in", "an empty placeholder";
    /// One item where the spec has a list.
    OneForList = "one_for_list", "a single item instead of a list";
    /// A list without the object around it.
    BareList = "bare_list", "a list without the object around it";
    /// A value that the enumeration does not list.
    UnknownValue = "unknown_value", "a value that the spec does not list";
    /// A member that the record does not list.
    UnknownField = "unknown_field", "a field that the spec does not list";
    /// JSON encoded as text, where the spec has plain JSON.
    JsonInText = "json_in_text", "JSON in a text instead of plain JSON";
    /// A list or an object, where the spec has JSON in a text.
    JsonForText = "json_for_text", "a list or an object instead of a text that contains it";
    /// An unescaped control character in a text.
    ControlCharacter = "control_character", "a raw control character in a text";
    /// A lone surrogate, or bytes that are invalid in the answer's charset.
    LostCharacter = "lost_character", "an unreadable character, replaced by U+FFFD";
    /// A byte order mark before the answer.
    ByteOrderMark = "byte_order_mark", "a byte order mark before the answer";
    /// White space before the answer.
    WhiteSpace = "white_space", "white space before the answer";
}

/// A step of a path.
#[derive(Clone, Copy)]
pub(crate) enum Step<'s> {
    Member(&'s str),
    Item,
}

/// The bends of one pass. When a bend is found, its path is not known yet: the walk prepends the
/// steps of the path on its way out, as it does for errors. If there are no bends, the walk only
/// makes one comparison for each member.
#[derive(Debug, Default)]
pub(crate) struct Bends {
    /// Only the first `length` bends are valid. The others are kept to reuse their memory: the
    /// items of a list usually have the same bends, so nothing is allocated from the second item
    /// on.
    all: Vec<Bend>,
    length: usize,
    /// The number of bends whose path is complete. Further steps belong to the envelope, and are
    /// not added.
    settled: usize,
    /// Whether the next step is a key of a map. Such keys are data, and are not shown.
    free: bool,
}

/// The maximum number of bends. An answer may differ from its spec in every value, so the number
/// must be limited.
const MOST: usize = 64;
/// The maximum number of unknown fields. It leaves room for other bends.
const MOST_UNKNOWN: usize = 32;
/// The maximum length of a member's name, in characters.
const LONGEST_NAME: usize = 40;
/// The maximum length of a path, in bytes.
const LONGEST_PATH: usize = 240;

impl Bends {
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    #[cold]
    pub(crate) fn push(&mut self, kind: BendKind) {
        let most = if kind == BendKind::UnknownField { MOST_UNKNOWN } else { MOST };
        if self.length >= most {
            return;
        }
        match self.all.get_mut(self.length) {
            Some(used) => {
                used.field.clear();
                used.kind = kind;
            }
            None => self.all.push(Bend { field: String::new(), kind }),
        }
        self.length += 1;
    }

    /// Marks the next step as a key of a map, to be shown as `*`.
    pub(crate) fn free_name(&mut self) {
        self.free = true;
    }

    /// Prepends a step to the paths of the bends from index `known` on, and then removes each of
    /// these bends that repeats an earlier bend of the same list or object. The bends of that list
    /// or object begin at index `first`.
    #[cold]
    pub(crate) fn within(&mut self, step: Step<'_>, first: usize, known: usize) {
        let step = match step {
            Step::Member(_) if std::mem::take(&mut self.free) => Cow::Borrowed("*"),
            Step::Member(name) => safe(name),
            Step::Item => Cow::Borrowed("[]"),
        };
        let (first, known) = (first.max(self.settled), known.max(self.settled));
        let mut kept = known;
        for at in known..self.length {
            prefix(&mut self.all[at].field, &step);
            if !self.all[first..kept].contains(&self.all[at]) {
                self.all.swap(kept, at);
                kept += 1;
            }
        }
        self.length = kept.min(self.length);
    }

    /// Marks the paths as complete.
    pub(crate) fn settle(&mut self) {
        self.settled = self.length;
    }

    pub(crate) fn into_vec(mut self) -> Vec<Bend> {
        self.all.truncate(self.length);
        self.all
    }
}

fn prefix(field: &mut String, step: &str) {
    const CUT: &str = "…";
    if field.is_empty() {
        return field.push_str(step);
    }
    if field.starts_with(CUT) {
        return;
    }
    let cut = field.len() + step.len() > LONGEST_PATH;
    if !field.starts_with('[') {
        field.insert(0, '.');
    }
    field.insert_str(0, if cut { CUT } else { step });
}

/// Makes a name safe to show, because a hostile answer may have chosen it.
fn safe(name: &str) -> Cow<'_, str> {
    match shortened(name, LONGEST_NAME) {
        Cow::Borrowed(name) => visible(name),
        Cow::Owned(name) => Cow::Owned(visible(&name).into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_grows_outwards_and_stands_once() {
        let mut bends = Bends::default();
        bends.push(BendKind::StandIn);
        for _ in 0..3 {
            let known = bends.len();
            bends.push(BendKind::TextForNumber);
            bends.push(BendKind::TextForNumber);
            bends.within(Step::Member("price"), known, known);
            bends.within(Step::Item, 1, known);
        }
        bends.within(Step::Member("orders"), 0, 1);
        let all: Vec<String> = bends.into_vec().iter().map(Bend::to_string).collect();
        assert_eq!(all, ["an empty placeholder", "orders[].price: a text instead of a number"]);
    }

    #[test]
    fn hostile_names_are_cut_and_control_characters_do_not_get_through() {
        assert_eq!(safe("a\u{1b}[31m\n短"), "a\\u{1b}[31m\\n短");
        assert_eq!(safe(&"短".repeat(41)).chars().count(), LONGEST_NAME + 1);
        assert_eq!(safe(&"短".repeat(40)), "短".repeat(40));
        let mut field = String::new();
        for _ in 0..200 {
            prefix(&mut field, "0123456789");
        }
        assert!(field.starts_with("….0123456789.") && field.len() < LONGEST_PATH + 8, "{field}");
    }
}
