//! Advice for what specs try to express and the language cannot express yet.

/// The key, the words that mean it, and the advice.
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

/// The advice for an unknown word of a key, if its meaning is known.
pub(crate) fn unsaid(key: &str, word: &str) -> Option<&'static str> {
    let meant = |words: &[&str]| {
        words.is_empty() || words.iter().any(|known| word.eq_ignore_ascii_case(known))
    };
    let found = UNSAID.iter().find(|(of, words, _)| *of == key && meant(words));
    found.map(|(_, _, advice)| *advice)
}
