//! What to say of a name that is unknown: the nearest known one, or all of them.

use crate::diagnostic::{Diagnostic, rules};
use crate::source::SourceSpan;

/// Says that a name is not declared, and which ones are.
pub fn unknown_name<'k>(
    what: &str,
    name: &str,
    span: SourceSpan,
    known: impl IntoIterator<Item = &'k str>,
) -> Diagnostic {
    let message = format!("there is no {what} `{name}`");
    Diagnostic::at(rules::UNKNOWN_NAME, span, message).help(advice(name, known, |known| {
        if known.is_empty() {
            format!("the platform declares no {what}")
        } else {
            format!("there are {}", list(known))
        }
    }))
}

/// Points at the nearest known name, or else says something of all of them.
pub fn advice<'k>(
    written: &str,
    known: impl IntoIterator<Item = &'k str>,
    otherwise: impl FnOnce(&[&str]) -> String,
) -> String {
    let known: Vec<_> = known.into_iter().collect();
    match closest(written, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise(&known),
    }
}

/// The known name that a misspelled one is nearest to.
pub fn closest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    // A hostile name may be as long as a file; no name of ours is.
    const LONGEST: usize = 80;
    known
        .into_iter()
        .filter(|_| written.len() <= LONGEST)
        .map(|name| (distance(written, name), name))
        .filter(|(distance, name)| {
            *distance <= name.chars().count().max(written.chars().count()) / 3
        })
        .min()
        .map(|(_, name)| name)
}

/// How many letters must be added, dropped, changed or swapped with their neighbour (optimal string
/// alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1; b.len() + 1];
        for j in 0..b.len() {
            let changed = above[j] + usize::from(a[i] != b[j]);
            row[j + 1] = changed.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

/// "`a`, `b` and `c`".
pub fn list(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => "nothing".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}
