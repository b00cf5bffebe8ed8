//! Folding: a record or list written by the template of its own pair, member by member.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::value::RawValue;

use super::SignError;
use super::machine::Machine;
use super::pairs::Pair;
use crate::json::{self, range_of};
use crate::params::ParamType;
use crate::recipe::Pairs;

/// As deep as serde_json reads.
const DEEPEST: usize = 128;

/// Writes the members of the JSON that `pair` holds.
pub(super) fn write(
    machine: &mut Machine<'_>,
    pairs: &Pairs<'_>,
    pair: Pair<'_>,
) -> Result<(), SignError> {
    machine.folded += 1;
    let outcome = match machine.folded {
        ..=DEEPEST => write_members(machine, pairs, pair),
        _ => Err(not_json(pair)),
    };
    machine.folded -= 1;
    match outcome {
        // The parameter is named, and not a member within it.
        Err(SignError::NotJson { .. }) => Err(not_json(pair)),
        outcome => outcome,
    }
}

fn not_json(pair: Pair<'_>) -> SignError {
    SignError::NotJson { name: pair.name.to_owned() }
}

fn write_members(
    machine: &mut Machine<'_>,
    pairs: &Pairs<'_>,
    pair: Pair<'_>,
) -> Result<(), SignError> {
    let members = members(pair.value).ok_or_else(|| not_json(pair))?;
    let mut members: Vec<_> = members.iter().collect();
    // As the template writes them: names in bytes, entries as the text of their number.
    let encoders = super::pairs::name_encoders(pairs.template);
    members.sort_by_cached_key(|(name, _)| machine.written(name, encoders));
    let mut first = true;
    for (name, raw) in members {
        let (value, kind) = json::scalar(raw.get());
        let marks = marks_in(raw.get(), kind, pair);
        machine.pair(pairs, &mut first, Pair { name, value: &value, kind, marks: &marks })?;
    }
    Ok(())
}

/// Where secrets are masked in a member of `pair`. A text is masked as a whole, between its quotes.
fn marks_in(raw: &str, kind: ParamType, pair: Pair<'_>) -> Vec<Range<usize>> {
    let part = range_of(raw, pair.value);
    let start = if kind == ParamType::Text { part.start + 1 } else { part.start };
    let from = pair.marks.partition_point(|mark| mark.start < part.start);
    let within = pair.marks[from..].iter().take_while(|mark| mark.end <= part.end);
    within.map(|mark| mark.start - start..mark.end - start).collect()
}

/// Name and JSON of each member that is not null; entries of a list are named by their number. Of
/// members with one name, the last counts.
fn members(text: &str) -> Option<BTreeMap<String, &RawValue>> {
    let all: BTreeMap<String, &RawValue> = if text.trim_start().starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
        items.into_iter().enumerate().map(|(index, raw)| (index.to_string(), raw)).collect()
    } else {
        json::members(text, usize::MAX).ok()?.into_iter().collect()
    };
    Some(all.into_iter().filter(|(_, raw)| raw.get() != "null").collect())
}
