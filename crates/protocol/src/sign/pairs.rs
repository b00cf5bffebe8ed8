//! Runs `pairs(…)` in a formula: selects parameters, puts them in order, and writes each by a
//! template. A folded record or list is written member by member.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::value::RawValue;

use super::error::SignError;
use super::facts::Facts;
use super::machine::Machine;
use super::manner::Order;
use crate::gateway::Gateway;
use crate::json::{self, DEEPEST, ParamType, push_quoted, range_of, rewrite};
use crate::layout::Location;
use crate::mask::Masked;
use crate::parameter::Source;
use crate::params::{Entry, Params, Role};
use crate::private::Private;
use crate::recipe::{Function, Pairs, Piece, Select};

/// The pair that a template writes: a parameter, or a member of a folded parameter.
#[derive(Clone, Copy)]
struct Pair<'p> {
    name: &'p str,
    value: &'p str,
    kind: ParamType,
    /// The byte ranges of masks in the value.
    marks: &'p [Range<usize>],
}

impl Machine<'_> {
    pub(super) fn pairs(&mut self, pairs: &Pairs<'_>) -> Result<(), SignError> {
        let start = self.arena.len();
        let mut first = true;
        self.select(pairs, &mut |machine, entry| machine.entry(pairs, &mut first, entry))?;
        self.record_selection(start);
        Ok(())
    }

    /// Calls `take` for the selected parameters, in signing order.
    fn select(
        &mut self,
        pairs: &Pairs<'_>,
        take: &mut impl FnMut(&mut Self, &Entry<'_>) -> Result<(), SignError>,
    ) -> Result<(), SignError> {
        let Facts { gateway, params, .. } = *self.facts;
        if let [Select::Names(names)] = pairs.select {
            for name in *names {
                self.each(pairs, &|entry| is_named(gateway, params, entry, name), take)?;
            }
            return Ok(());
        }
        let chosen = |entry: &Entry<'_>| match pairs.select {
            [set] => is_in(gateway, params, entry, set),
            sets => sets.iter().any(|set| is_in(gateway, params, entry, set)),
        };
        match (self.order(), name_encoders(pairs.template)) {
            (Order::Pairs, _) => self.each_sorted(pairs, &chosen, take, |machine, entry| {
                machine.aside(|machine| machine.written_pair(pairs, entry))
            }),
            (Order::Given, _) | (Order::Names, []) => self.each(pairs, &chosen, take),
            (Order::Names, encoders) => self.each_sorted(pairs, &chosen, take, |machine, entry| {
                Ok(machine.written(params.name(entry), encoders))
            }),
        }
    }

    /// Calls `take` for the chosen parameters, in the order in which they are stored.
    fn each(
        &mut self,
        pairs: &Pairs<'_>,
        chosen: &impl Fn(&Entry<'_>) -> bool,
        take: &mut impl FnMut(&mut Self, &Entry<'_>) -> Result<(), SignError>,
    ) -> Result<(), SignError> {
        let params = self.facts.params;
        for entry in &params.entries {
            if chosen(entry) && is_signable(params, entry, pairs) {
                take(self, entry)?;
            }
        }
        Ok(())
    }

    /// Calls `take` for the chosen parameters, in the order of the bytes that `key` returns.
    fn each_sorted(
        &mut self,
        pairs: &Pairs<'_>,
        chosen: &impl Fn(&Entry<'_>) -> bool,
        take: &mut impl FnMut(&mut Self, &Entry<'_>) -> Result<(), SignError>,
        key: impl Fn(&mut Self, &Entry<'_>) -> Result<Vec<u8>, SignError>,
    ) -> Result<(), SignError> {
        let params = self.facts.params;
        let mut order = Vec::with_capacity(params.entries.len());
        for entry in &params.entries {
            if chosen(entry) && is_signable(params, entry, pairs) {
                order.push((Private::new(key(self, entry)?), entry));
            }
        }
        order.sort_by(|a, b| a.0.cmp(&b.0));
        order.into_iter().try_for_each(|(_, entry)| take(self, entry))
    }

    fn entry(
        &mut self,
        pairs: &Pairs<'_>,
        first: &mut bool,
        entry: &Entry<'_>,
    ) -> Result<(), SignError> {
        let params = self.facts.params;
        let (name, kind) = (params.name(entry), entry.kind);
        if !self.explains() {
            let (value, marks) = (params.value(entry), &[][..]);
            return self.pair(pairs, first, Pair { name, value, kind, marks });
        }
        // A mask replaces a sensitive value. As a `Number`, it is neither folded nor quoted.
        let kind = if entry.sensitive { ParamType::Number } else { kind };
        let start = self.arena.len() + if *first { 0 } else { pairs.separator.len() };
        let Masked { text, marks } = params.masked(entry);
        self.pair(pairs, first, Pair { name, value: &text, kind, marks: &marks })?;
        self.record_pair(name, start);
        Ok(())
    }

    /// Returns a name, encoded as in the template.
    fn written(&mut self, name: &str, encoders: &[Function]) -> Vec<u8> {
        let start = self.arena.len();
        self.push(name);
        self.encode_all(encoders, start);
        self.arena.split_off(start)
    }

    /// Returns a pair as the template writes it.
    fn written_pair(&mut self, pairs: &Pairs<'_>, entry: &Entry<'_>) -> Result<Vec<u8>, SignError> {
        let (start, params) = (self.arena.len(), self.facts.params);
        let (name, value) = (params.name(entry), params.value(entry));
        self.pair(pairs, &mut true, Pair { name, value, kind: entry.kind, marks: &[] })?;
        Ok(self.arena.split_off(start))
    }

    /// Writes one pair, preceded by the separator unless it is the first.
    fn pair(
        &mut self,
        pairs: &Pairs<'_>,
        first: &mut bool,
        pair: Pair<'_>,
    ) -> Result<(), SignError> {
        if !std::mem::replace(first, false) {
            self.push(pairs.separator);
        }
        for piece in pairs.template {
            let start = self.arena.len();
            match *piece {
                Piece::Text(text) => self.push(text),
                Piece::Name(encoders) => {
                    self.push(pair.name);
                    self.encode_all(encoders, start);
                }
                Piece::Value(encoders) => {
                    self.push_marked(pair.value, pair.marks);
                    self.encode_all(encoders, start);
                }
                Piece::Json(encoders) => {
                    self.json(pair);
                    self.encode_all(encoders, start);
                }
                Piece::Fold if pair.kind == ParamType::Json => fold(self, pairs, pair)?,
                Piece::Fold => self.push_marked(pair.value, pair.marks),
            }
        }
        Ok(())
    }

    fn encode_all(&mut self, encoders: &[Function], start: usize) {
        for encoder in encoders {
            self.encode(*encoder, start);
        }
    }

    fn json(&mut self, pair: Pair<'_>) {
        if pair.kind == ParamType::Json && self.facts.rewrites_json && pair.marks.is_empty() {
            let mut json = String::with_capacity(pair.value.len());
            if rewrite(pair.value, self.facts.gateway.json, &mut json).is_some() {
                return self.push(&json);
            }
        }
        if pair.kind != ParamType::Text {
            return self.push_marked(pair.value, pair.marks);
        }
        let mut quoted = String::with_capacity(pair.value.len() + 2);
        push_quoted(pair.value, self.facts.gateway.json.escape, &mut quoted);
        // A text with a secret is masked completely, and the mask needs no escapes.
        let marks: Vec<_> = pair.marks.iter().map(|mark| mark.start + 1..mark.end + 1).collect();
        self.push_marked(&quoted, &marks);
    }

    /// Writes the value of a parameter. Fails if the parameter is not sent.
    pub(super) fn value(&mut self, name: &str) -> Result<(), SignError> {
        let params = self.facts.params;
        let entry =
            params.entries.iter().find(|entry| is_named(self.facts.gateway, params, entry, name));
        let entry = entry.ok_or_else(|| SignError::MissingParameter { name: name.to_owned() })?;
        match self.explains() {
            true => self.push_masked(&params.masked(entry)),
            false => self.push(params.value(entry)),
        }
        Ok(())
    }
}

/// The encoders that the template applies to names. Encoding can change the order of names.
fn name_encoders<'a>(template: &[Piece<'a>]) -> &'a [Function] {
    let encoders = template.iter().find_map(|piece| match piece {
        Piece::Name(encoders) => Some(*encoders),
        _ => None,
    });
    encoders.unwrap_or_default()
}

fn is_signable(params: &Params<'_>, entry: &Entry<'_>, pairs: &Pairs<'_>) -> bool {
    entry.role != Role::Signature
        && entry.kind != ParamType::Null
        && !(pairs.nonempty && entry.value.is_empty())
        && (pairs.except.is_empty() || !pairs.except.contains(&params.name(entry)))
}

/// Returns the parameters that `pairs` selects, in signing order, each with its name and the pair
/// that is written for it.
pub(crate) fn written_pairs<'f>(
    facts: &Facts<'f>,
    pairs: &Pairs<'_>,
) -> Result<Vec<(&'f str, Vec<u8>)>, SignError> {
    let params = facts.params;
    let mut all = Vec::new();
    Machine::new(facts, Private::default(), None).select(pairs, &mut |machine, entry| {
        machine.arena.clear();
        machine.entry(pairs, &mut true, entry)?;
        all.push((params.name(entry), machine.arena.to_vec()));
        Ok(())
    })?;
    Ok(all)
}

/// Whether `pairs` selects this parameter.
pub(crate) fn selects(
    gateway: &Gateway<'_>,
    params: &Params<'_>,
    entry: &Entry<'_>,
    pairs: &Pairs<'_>,
) -> bool {
    let mut sets = pairs.select.iter();
    is_signable(params, entry, pairs) && sets.any(|set| is_in(gateway, params, entry, set))
}

#[inline]
fn is_in(gateway: &Gateway<'_>, params: &Params<'_>, entry: &Entry<'_>, set: &Select<'_>) -> bool {
    match *set {
        Select::All => true,
        Select::Public => entry.role == Role::Public,
        Select::Business => matches!(entry.role, Role::Business | Role::Extra),
        Select::Query => matches!(entry.place, Location::Query),
        Select::Form => matches!(entry.place, Location::Form),
        Select::Header => matches!(entry.place, Location::Header),
        Select::Names(names) => names.iter().any(|name| is_named(gateway, params, entry, name)),
    }
}

/// Whether a name in a formula refers to this parameter. If the gateway declares a public parameter
/// of this name, the name refers only to the public parameter, even if the method silences it,
/// because the body may have a field with the same name.
pub(crate) fn is_named(
    gateway: &Gateway<'_>,
    params: &Params<'_>,
    entry: &Entry<'_>,
    name: &str,
) -> bool {
    let declared = |name: &str| {
        let mut public = gateway.public.iter();
        public.any(|param| param.name == name && param.source != Source::Signature)
    };
    params.name(entry) == name
        && entry.role != Role::Signature
        && (entry.role == Role::Public) == declared(name)
}

/// Writes a record or list member by member. The template of `pairs` writes each member.
fn fold(machine: &mut Machine<'_>, pairs: &Pairs<'_>, pair: Pair<'_>) -> Result<(), SignError> {
    machine.folded += 1;
    let outcome = match machine.folded {
        ..=DEEPEST => write_members(machine, pairs, pair),
        _ => Err(not_json(pair)),
    };
    machine.folded -= 1;
    match outcome {
        // The error names the parameter and not one of its members.
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
    // The members are sorted by encoded name. The name of a list's item is its index.
    let encoders = name_encoders(pairs.template);
    members.sort_by_cached_key(|(name, _)| machine.written(name, encoders));
    let mut first = true;
    for (name, raw) in members {
        let (value, kind) = json::scalar(raw.get());
        let marks = marks_in(raw.get(), kind, pair);
        machine.pair(pairs, &mut first, Pair { name, value: &value, kind, marks: &marks })?;
    }
    Ok(())
}

/// Returns the byte ranges of masks in a member of `pair`. A text with a secret is masked
/// completely, except for its quotes.
fn marks_in(raw: &str, kind: ParamType, pair: Pair<'_>) -> Vec<Range<usize>> {
    let part = range_of(raw, pair.value);
    let start = if kind == ParamType::Text { part.start + 1 } else { part.start };
    let from = pair.marks.partition_point(|mark| mark.start < part.start);
    let within = pair.marks[from..].iter().take_while(|mark| mark.end <= part.end);
    within.map(|mark| mark.start - start..mark.end - start).collect()
}

/// Returns the members of a JSON object or list that are not null, as names and JSON. The names of
/// a list's items are their indexes. If several members have the same name, the last one is used.
fn members(text: &str) -> Option<BTreeMap<String, &RawValue>> {
    let all: BTreeMap<String, &RawValue> = if text.trim_start().starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
        items.into_iter().enumerate().map(|(index, raw)| (index.to_string(), raw)).collect()
    } else {
        json::members(text, usize::MAX).ok()?.into_iter().collect()
    };
    Some(all.into_iter().filter(|(_, raw)| raw.get() != "null").collect())
}
