//! Folding: a record or list written by the template of its own pair, member by member.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::SignError;
use super::machine::Machine;
use super::pairs::Pair;
use crate::params::Kind;
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
    let mut members = members(pair.value).ok_or_else(|| not_json(pair))?;
    // As the template writes them: names in bytes, entries as the text of their number.
    let encoders = super::pairs::name_encoders(pairs.template);
    members.sort_by_cached_key(|(name, _)| machine.written(name, encoders));
    let mut first = true;
    for (name, raw) in &members {
        let (value, kind) = scalar(raw.get()).ok_or_else(|| not_json(pair))?;
        machine.pair(pairs, &mut first, Pair { name, value: &value, kind })?;
    }
    Ok(())
}

/// Name and JSON of each member that is not null; entries of a list are named by their number.
fn members(json: &str) -> Option<Vec<(String, &RawValue)>> {
    let all: Vec<(String, &RawValue)> = if json.trim_start().starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
        items.into_iter().enumerate().map(|(index, raw)| (index.to_string(), raw)).collect()
    } else {
        serde_json::from_str::<BTreeMap<String, &RawValue>>(json).ok()?.into_iter().collect()
    };
    Some(all.into_iter().filter(|(_, raw)| raw.get() != "null").collect())
}

/// The text of a member, and how it stands in JSON.
fn scalar(raw: &str) -> Option<(Cow<'_, str>, Kind)> {
    Some(match raw.as_bytes().first()? {
        b'"' => (Cow::Owned(serde_json::from_str(raw).ok()?), Kind::Text),
        b'{' | b'[' => (Cow::Borrowed(raw), Kind::Json),
        _ => (Cow::Borrowed(raw), Kind::Number),
    })
}
