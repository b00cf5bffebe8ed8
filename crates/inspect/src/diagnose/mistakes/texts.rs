//! Records and lists that were converted to text by a language's own conversion, not to JSON.

use crate::diagnose::mistake::Mistakes;
use crate::tree::Tree;

/// How a language writes lists, objects and the values in them.
struct Language {
    /// The language, and the call that converts a value to text.
    whose: &'static str,
    list: [&'static str; 3],
    object: [&'static str; 4],
    /// The quote around texts inside lists and objects.
    quote: &'static str,
    /// The words for true, false and null.
    words: [&'static str; 3],
}

const PLAIN: Language = Language {
    whose: "`toString()` of a map or a list in Java",
    list: ["[", ", ", "]"],
    object: ["{", "=", ", ", "}"],
    quote: "",
    words: ["true", "false", "null"],
};

/// If the last text of `object` is empty, an object is written without its members, as in
/// JavaScript, PHP and .NET.
const LANGUAGES: [Language; 9] = [
    Language {
        whose: "`String(value)` in JavaScript, `[object Object]`",
        list: ["", ",", ""],
        object: ["[object Object]", "", "", ""],
        words: ["true", "false", ""],
        ..PLAIN
    },
    Language {
        whose: "`(string)` in PHP, `Array`",
        list: ["Array", "", ""],
        object: ["Array", "", "", ""],
        ..PLAIN
    },
    PLAIN,
    Language {
        whose: "`str()` in Python",
        object: ["{", ": ", ", ", "}"],
        quote: "'",
        words: ["True", "False", "None"],
        ..PLAIN
    },
    Language {
        whose: "`fmt.Sprint` in Go",
        list: ["[", " ", "]"],
        object: ["map[", ":", " ", "]"],
        words: ["true", "false", "<nil>"],
        ..PLAIN
    },
    Language {
        whose: "`to_s` in Ruby",
        object: ["{", "=>", ", ", "}"],
        quote: "\"",
        words: ["true", "false", "nil"],
        ..PLAIN
    },
    Language {
        whose: "`to_s` in Ruby 3.4",
        object: ["{", " => ", ", ", "}"],
        quote: "\"",
        words: ["true", "false", "nil"],
        ..PLAIN
    },
    Language {
        whose: "`ToString()` in .NET, the name of the type",
        list: ["System.Collections.Generic.List`1[System.String]", "", ""],
        object: [
            "System.Collections.Generic.Dictionary`2[System.String,System.Object]",
            "",
            "",
            "",
        ],
        ..PLAIN
    },
    Language {
        whose: "`ToString()` in .NET, the name of the type",
        list: ["System.String[]", "", ""],
        object: [
            "System.Collections.Generic.Dictionary`2[System.String,System.String]",
            "",
            "",
            "",
        ],
        ..PLAIN
    },
];

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let fix =
        "convert records and lists to JSON before the parameters are signed, and send that text";
    for language in &LANGUAGES {
        let what = format!("records and lists were signed as the output of {}", language.whose);
        mistakes.add("record text", ("record_as_text", what, fix), |signing| {
            signing.change_values(&|param| {
                Tree::compound(param.value).map(|tree| language.write(&tree, false))
            });
        });
    }
}

impl Language {
    fn write(&self, tree: &Tree, inside: bool) -> String {
        let [yes, no, nothing] = self.words;
        match tree {
            Tree::Null => nothing.to_owned(),
            Tree::Bare(word) => match word.as_str() {
                "true" => yes.to_owned(),
                "false" => no.to_owned(),
                number => number.to_owned(),
            },
            Tree::Text(text) if inside => format!("{0}{text}{0}", self.quote),
            Tree::Text(text) => text.clone(),
            Tree::List(items) => {
                let [open, comma, close] = self.list;
                if comma.is_empty() {
                    return open.to_owned();
                }
                let items: Vec<_> = items.iter().map(|item| self.write(item, true)).collect();
                format!("{open}{}{close}", items.join(comma))
            }
            Tree::Object(members) => {
                let [open, colon, comma, close] = self.object;
                if close.is_empty() {
                    return open.to_owned();
                }
                let mut members: Vec<_> = members.iter().collect();
                if open.starts_with("map") {
                    members.sort_by(|a, b| a.0.cmp(&b.0));
                }
                let member = |(name, value): &(String, Tree)| {
                    format!("{0}{name}{0}{colon}{1}", self.quote, self.write(value, true))
                };
                let members: Vec<_> = members.into_iter().map(member).collect();
                format!("{open}{}{close}", members.join(comma))
            }
        }
    }
}
