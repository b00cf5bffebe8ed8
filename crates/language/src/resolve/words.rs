//! Finds out which key an unknown key stands for, or where it belongs.

use crate::letters::mended;
use crate::suggest::list;
use crate::synonyms::{self, Advice};
use crate::table::{MAPS, Map};

/// The key that an unknown key clearly stands for, because it is another spelling or a known
/// synonym. Its value is then read as the value of that key.
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

/// The only known key that is a word of an unknown key, or that begins with the unknown key.
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

/// The letters of a key, in lowercase.
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

/// Advice for an unknown key that is not similar to any key of its map.
pub(super) fn advice(map: &Map, written: &str, free: &[&'static str]) -> String {
    if let Some(Advice { text, .. }) = synonyms::key(map.what, written) {
        return text.to_owned();
    }
    // In `{ type:State }` there is no space after the colon, so the colon is a part of the key.
    if let Some((key, value)) = written.split_once(':')
        && map.row(key).is_some()
    {
        return format!("a space is missing after the colon: `{key}: {value}`");
    }
    let own = |map: &&&Map| map.own.iter().chain(map.shared).any(|row| row.key == written);
    let elsewhere = MAPS.iter().filter(|map| !map.place.is_empty()).filter(own);
    let places: Vec<_> = elsewhere.map(|map| map.place).collect();
    match places.as_slice() {
        [] => format!("the known keys are {}", list(free)),
        [place] => format!("`{written}` belongs {place}"),
        [rest @ .., last] => format!("`{written}` belongs {} or {last}", rest.join(", ")),
    }
}
