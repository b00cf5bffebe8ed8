//! Which parameters a formula selects, in which order, and how each is written.

use std::ops::Range;

use super::machine::Machine;
use super::{Facts, SignError, fold};
use crate::gateway::Location;
use crate::mask::Masked;
use crate::parameter::Source;
use crate::params::{Entry, ParamType, Params, Role};
use crate::recipe::{Function, Pairs, Piece, Select};
use crate::write::push_quoted;

/// What a template is written over: a parameter, or a member of a folded one.
#[derive(Clone, Copy)]
pub(super) struct Pair<'p> {
    pub(super) name: &'p str,
    pub(super) value: &'p str,
    pub(super) kind: ParamType,
    /// Where in the value secrets are masked.
    pub(super) marks: &'p [Range<usize>],
}

impl Machine<'_> {
    pub(super) fn pairs(&mut self, pairs: &Pairs<'_>) -> Result<(), SignError> {
        let start = self.arena.len();
        self.select(pairs)?;
        self.record_selection(start);
        Ok(())
    }

    fn select(&mut self, pairs: &Pairs<'_>) -> Result<(), SignError> {
        let facts = self.facts;
        let mut first = true;
        if let [Select::Names(names)] = pairs.select {
            for name in *names {
                self.each(pairs, &mut first, &|entry| is_named(facts, entry, name))?;
            }
            return Ok(());
        }
        let chosen = |entry: &Entry<'_>| pairs.select.iter().any(|set| is_in(facts, entry, set));
        match name_encoders(pairs.template) {
            [] => self.each(pairs, &mut first, &chosen),
            encoders => self.each_as_written(pairs, encoders, &chosen),
        }
    }

    /// Writes the chosen ones in the order of their names.
    fn each(
        &mut self,
        pairs: &Pairs<'_>,
        first: &mut bool,
        chosen: &dyn Fn(&Entry<'_>) -> bool,
    ) -> Result<(), SignError> {
        let params = self.facts.params;
        for entry in &params.entries {
            if chosen(entry) && is_signable(params, entry, pairs) {
                self.entry(pairs, first, entry)?;
            }
        }
        Ok(())
    }

    /// Writes the chosen ones in the order of their names as the template writes them.
    fn each_as_written(
        &mut self,
        pairs: &Pairs<'_>,
        encoders: &[Function],
        chosen: &dyn Fn(&Entry<'_>) -> bool,
    ) -> Result<(), SignError> {
        let params = self.facts.params;
        let mut order = Vec::with_capacity(params.entries.len());
        for entry in &params.entries {
            if chosen(entry) && is_signable(params, entry, pairs) {
                order.push((self.written(params.name(entry), encoders), entry));
            }
        }
        order.sort_by(|a, b| a.0.cmp(&b.0));
        let mut first = true;
        order.into_iter().try_for_each(|(_, entry)| self.entry(pairs, &mut first, entry))
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
        // A masked value is neither JSON to fold nor text to quote.
        let kind = if entry.sensitive { ParamType::Number } else { kind };
        let start = self.arena.len() + if *first { 0 } else { pairs.separator.len() };
        let Masked { text, marks } = params.masked(entry);
        self.pair(pairs, first, Pair { name, value: &text, kind, marks: &marks })?;
        self.record_pair(name, start);
        Ok(())
    }

    /// A name as the template writes it.
    pub(super) fn written(&mut self, name: &str, encoders: &[Function]) -> Vec<u8> {
        let start = self.arena.len();
        self.push(name);
        self.encode_all(encoders, start);
        self.arena.split_off(start)
    }

    /// Writes one pair, and the separator before it.
    pub(super) fn pair(
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
                Piece::Fold if pair.kind == ParamType::Json => fold::write(self, pairs, pair)?,
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
        if pair.kind != ParamType::Text {
            return self.push_marked(pair.value, pair.marks);
        }
        let mut quoted = String::with_capacity(pair.value.len() + 2);
        push_quoted(pair.value, self.facts.gateway.json.escape, &mut quoted);
        // A text is masked as a whole, and the mask needs no escapes.
        let marks: Vec<_> = pair.marks.iter().map(|mark| mark.start + 1..mark.end + 1).collect();
        self.push_marked(&quoted, &marks);
    }

    /// The text of a parameter that is always sent.
    pub(super) fn value(&mut self, name: &str) -> Result<(), SignError> {
        let params = self.facts.params;
        let entry = params.entries.iter().find(|entry| is_named(self.facts, entry, name));
        let entry = entry.ok_or_else(|| SignError::MissingParameter { name: name.to_owned() })?;
        match self.explains() {
            true => self.push_masked(&params.masked(entry)),
            false => self.push(params.value(entry)),
        }
        Ok(())
    }
}

/// The encoders that change names, and thereby perhaps their order.
pub(super) fn name_encoders<'a>(template: &[Piece<'a>]) -> &'a [Function] {
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

fn is_in(facts: &Facts<'_>, entry: &Entry<'_>, set: &Select<'_>) -> bool {
    match *set {
        Select::All => true,
        Select::Public => entry.role == Role::Public,
        Select::Business => matches!(entry.role, Role::Business | Role::Extra),
        Select::Query => matches!(entry.place, Location::Query),
        Select::Form => matches!(entry.place, Location::Form),
        Select::Header => matches!(entry.place, Location::Header),
        Select::Names(names) => names.iter().any(|name| is_named(facts, entry, name)),
    }
}

/// A name means the public parameter if the gateway declares one, even where a method silences
/// it: a body may have a field of that name.
fn is_named(facts: &Facts<'_>, entry: &Entry<'_>, name: &str) -> bool {
    let declared = |name: &str| {
        let mut public = facts.gateway.public.iter();
        public.any(|param| param.name == name && param.source != Source::Signature)
    };
    facts.params.name(entry) == name
        && entry.role != Role::Signature
        && (entry.role == Role::Public) == declared(name)
}
