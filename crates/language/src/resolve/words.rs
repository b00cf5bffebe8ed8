//! The keys of every map of the language in one table. Keys in no row are unknown.

use crate::letters::mended;
use crate::suggest::list;
use crate::synonyms::{self, Advice};

/// Keys of every map that describes a fact.
const ABOUT: [&str; 9] =
    ["doc", "term", "grade", "source", "note", "conflict", "allow", "warn", "deny"];

/// A kind of map.
struct Map {
    /// The noun in messages.
    what: &'static str,
    /// The location of such a map, for messages about keys that belong there.
    place: &'static str,
    keys: &'static [&'static str],
    /// Whether it has the keys of [`ABOUT`] too.
    about: bool,
}

const fn map(
    what: &'static str,
    place: &'static str,
    keys: &'static [&'static str],
    about: bool,
) -> Map {
    Map { what, place, keys, about }
}

const MAPS: [Map; 32] = [
    map(
        "a platform",
        "at the top of platform.yaml",
        &[
            "platform",
            "title",
            "time_zone",
            "gateways",
            "types",
            "environments",
            "credentials",
            "labels",
            "values",
            "request",
            "signature",
            "replay",
            "envelope",
            "errors",
        ],
        true,
    ),
    map(
        "a gateway",
        "",
        &[
            "environments",
            "credentials",
            "labels",
            "values",
            "request",
            "signature",
            "replay",
            "envelope",
            "errors",
        ],
        false,
    ),
    map("types.yaml", "", &["types"], false),
    map(
        "a method",
        "at the top of a method's file",
        &[
            "title", "method", "repeat", "gateway", "labels", "verb", "path", "business", "data",
            "public", "request", "response", "returns", "rules", "types", "errors", "pages",
            "examples", "rust",
        ],
        true,
    ),
    map(
        "`request`",
        "under `request`",
        &["verb", "path", "headers", "public_in", "business", "empty", "body", "public"],
        true,
    ),
    map(
        "`envelope`",
        "under `envelope`",
        &["open", "success", "data", "code", "message", "failures", "fields", "examples"],
        true,
    ),
    map("`signature`", "under `signature`", &["formula", "vectors", "methods", "default"], true),
    map("`values`", "under `values`", &["boolean", "datetime", "never", "json", "nested"], true),
    map("`json`", "under `values.json`", &["keys", "escape"], false),
    map("`replay`", "under `replay`", &["window", "duplicates"], true),
    map("an environment", "", &["url"], true),
    map("a credential", "in a credential", &["per", "sensitive", "optional"], true),
    map("a label", "in a label", &["default"], true),
    map(
        "a public parameter",
        "in a public parameter",
        &[
            "is", "value", "format", "formula", "in", "send", "required", "type", "as", "zone",
            "example",
        ],
        true,
    ),
    map("a signature method", "", &["formula"], true),
    map(
        "a vector",
        "in a vector",
        &[
            "name",
            "case",
            "credentials",
            "clock",
            "nonce",
            "labels",
            "method",
            "request",
            "params",
            "sent",
            "verb",
            "path",
            "body",
            "canonical",
            "sign",
        ],
        true,
    ),
    map("an opening", "in a step of `envelope.open`", &["at", "when", "as"], true),
    map(
        "a cipher",
        "in `as` of a step of `envelope.open`",
        &["cipher", "encoding", "padding", "key", "iv"],
        false,
    ),
    map(
        "a failure",
        "in an item of `envelope.failures`",
        &["kind", "when", "code", "message", "sub_code", "sub_message", "request_id"],
        true,
    ),
    map("a sample answer", "", &["name", "body", "gives", "credentials"], true),
    map(
        "an error code",
        "in a row of `errors`",
        &["class", "refresh", "retry_after", "http", "means", "parameter"],
        true,
    ),
    map("a type", "in a type", &["enum", "type", "fields", "others", "rules"], true),
    map("a value of an enumeration", "", &["rust"], true),
    map(
        "a field",
        "in a field",
        &[
            "type",
            "required",
            "list",
            "as",
            "length",
            "range",
            "pattern",
            "items",
            "single",
            "in",
            "nullable",
            "always",
            "sensitive",
            "from",
            "send",
            "example",
            "rust",
            "scale",
            "unit",
            "spelling",
            "format",
            "zone",
            "never",
            "of",
        ],
        true,
    ),
    map("a list's style", "", &["inside"], false),
    map("a requirement", "", &["when", "unless", "is"], false),
    map("a limit", "in `length`, `range` or `items`", &["min", "max"], false),
    map(
        "a rule",
        "in an item of `rules`",
        &["not_after", "span", "at_least_one", "at_most", "end"],
        true,
    ),
    map("`method`", "", &["name"], true),
    map(
        "`pages`",
        "under `pages`",
        &["by", "page", "size", "total", "has_more", "cursor", "next", "items"],
        false,
    ),
    map("`examples`", "", &["request", "response"], false),
    map("a sample request", "", &["name", "values"], true),
];

fn found(what: &str) -> Option<&'static Map> {
    MAPS.iter().find(|map| map.what == what)
}

/// The possible keys of a map.
pub(super) fn keys(what: &str) -> impl Iterator<Item = &'static str> + Clone {
    let map = found(what);
    let own = map.map_or(&[][..], |map| map.keys);
    let about = map.filter(|map| map.about).map_or(&[][..], |_| &ABOUT[..]);
    own.iter().chain(about).copied()
}

/// The key that an unknown one clearly means, so that its value is read as that key's: another
/// spelling, or a known synonym.
pub(super) fn meant(what: &str, written: &str, free: &[&'static str]) -> Option<&'static str> {
    let folded = plain(written);
    if let Some(same) = free.iter().find(|key| plain(key) == folded) {
        return Some(same);
    }
    if let Some(advice) = synonyms::key(what, written) {
        return advice.key.filter(|key| free.contains(key));
    }
    None
}

/// The only key that is a word of an unknown one, or begins with it.
pub(super) fn part_of(written: &str, free: &[&'static str]) -> Option<&'static str> {
    let folded = plain(written);
    let parts = words(written);
    let mut part =
        free.iter().filter(|key| parts.len() > 1 && parts.iter().any(|part| part == *key));
    if let (Some(only), None) = (part.next(), part.next()) {
        return Some(only);
    }
    let mut longer = free.iter().filter(|key| folded.len() > 2 && plain(key).starts_with(&folded));
    match (longer.next(), longer.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// The letters of a key in lower case.
fn plain(key: &str) -> String {
    mended(key).replace(['_', '-', ' '], "").to_lowercase()
}

/// The words of a name: `dateFormat` has `date` and `format`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars().take(80) {
        if letter.is_uppercase() || letter == '_' || letter == '-' {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The advice for an unknown key that is not similar to a key of its map.
pub(super) fn advice(what: &str, written: &str, free: &[&'static str]) -> String {
    if let Some(Advice { text, .. }) = synonyms::key(what, written) {
        return text.to_owned();
    }
    // `{ type:State }`: without a space the colon is part of the key.
    if let Some((key, value)) = written.split_once(':')
        && keys(what).any(|known| known == key)
    {
        return format!("a blank is missing after the colon: `{key}: {value}`");
    }
    let elsewhere = MAPS.iter().filter(|map| !map.place.is_empty() && map.keys.contains(&written));
    let places: Vec<_> = elsewhere.map(|map| map.place).collect();
    match places.as_slice() {
        [] => format!("it can have {}", list(free)),
        [place] => format!("`{written}` belongs {place}"),
        [rest @ .., last] => format!("`{written}` belongs {} or {last}", rest.join(", ")),
    }
}
