//! Advice for what specs try to express but the language does not support yet.

/// A key, the words that ask for something unsupported, and the advice.
const UNSAID: [(&str, &[&str], &str); 5] = [
    (
        "escape",
        &["html", "unicode_html", "go", "gson"],
        "escapes of `<`, `>` and `&` as Go and Gson write them cannot be expressed yet: a platform that signs such JSON refuses texts with these characters",
    ),
    (
        "nested",
        &["dots", "dotted", "dot", "dotted_from_one"],
        "names with dots, such as `Servers.1.Port`, cannot be expressed yet: list such parameters one by one as fields of their own",
    ),
    (
        "list",
        &["numbered", "object", "map", "php"],
        "a list that arrives as an object with numbered members cannot be expressed yet: `type: json` takes it as it is",
    ),
    (
        "of",
        &[],
        "a map of records, or of anything but texts, integers and JSON, cannot be expressed yet: `of: json` keeps its members as they are",
    ),
    (
        "function",
        &["sort", "sorted", "sort_values", "sorted_values"],
        "sorting by values cannot be expressed yet: `pairs` sorts by names, and a list of names in `[…]` keeps its own order",
    ),
];

/// Advice for an unrecognized value of `key`; `None` if its intent is not known.
pub(crate) fn unsaid(key: &str, word: &str) -> Option<&'static str> {
    let meant = |words: &[&str]| {
        words.is_empty() || words.iter().any(|known| word.eq_ignore_ascii_case(known))
    };
    let found = UNSAID.iter().find(|(of, words, _)| *of == key && meant(words));
    found.map(|(_, _, advice)| *advice)
}
