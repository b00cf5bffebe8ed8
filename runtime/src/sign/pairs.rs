//! Which parameters a formula selects, in which order, and how each is written.

use std::borrow::Cow;

use super::machine::Machine;
use super::{SignError, fold};
use crate::gateway::{Place, Source};
use crate::params::{Kind, Param, Role};
use crate::recipe::{Function, Pairs, Piece, Select};
use crate::write::push_quoted;

/// What a template is written over: a parameter, or a member of a folded one.
#[derive(Clone, Copy)]
pub(super) struct Pair<'p> {
    pub(super) name: &'p str,
    pub(super) value: &'p str,
    pub(super) kind: Kind,
    pub(super) sensitive: bool,
}

impl<'p> From<Param<'p>> for Pair<'p> {
    fn from(param: Param<'p>) -> Pair<'p> {
        let Param { name, value, kind, sensitive, .. } = param;
        Pair { name, value, kind, sensitive }
    }
}

impl Machine<'_> {
    pub(super) fn pairs(&mut self, pairs: &Pairs<'_>) -> Result<(), SignError> {
        let facts = self.facts;
        let mut first = true;
        if let [Select::Names(names)] = pairs.select {
            for name in *names {
                self.each(pairs, &mut first, &|param| self::is_named(facts, param, name))?;
            }
            return Ok(());
        }
        let chosen = |param: &Param<'_>| pairs.select.iter().any(|set| is_in(facts, param, set));
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
        chosen: &dyn Fn(&Param<'_>) -> bool,
    ) -> Result<(), SignError> {
        let pool = self.facts.params;
        for index in 0..pool.len() {
            let param = pool.at(index);
            if is_signable(&param, pairs) && chosen(&param) {
                self.pair(pairs, first, param.into())?;
            }
        }
        Ok(())
    }

    /// Writes the chosen ones in the order of their names as the template writes them.
    fn each_as_written(
        &mut self,
        pairs: &Pairs<'_>,
        encoders: &[Function],
        chosen: &dyn Fn(&Param<'_>) -> bool,
    ) -> Result<(), SignError> {
        let pool = self.facts.params;
        let mut order = Vec::with_capacity(pool.len());
        for param in (0..pool.len()).map(|index| pool.at(index)) {
            if is_signable(&param, pairs) && chosen(&param) {
                order.push((self.written(param.name, encoders), param));
            }
        }
        order.sort_by(|a, b| a.0.cmp(&b.0));
        let mut first = true;
        order.into_iter().try_for_each(|(_, param)| self.pair(pairs, &mut first, param.into()))
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
                    self.push_guarded(pair.value, pair.sensitive);
                    self.encode_all(encoders, start);
                }
                Piece::Json(encoders) => {
                    self.push_guarded(&self.json(pair), pair.sensitive);
                    self.encode_all(encoders, start);
                }
                Piece::Fold if pair.kind == Kind::Json && !pair.sensitive => {
                    fold::write(self, pairs, pair)?;
                }
                Piece::Fold => self.push_guarded(pair.value, pair.sensitive),
            }
        }
        Ok(())
    }

    fn encode_all(&mut self, encoders: &[Function], start: usize) {
        for encoder in encoders {
            self.encode(*encoder, start);
        }
    }

    fn json<'p>(&self, pair: Pair<'p>) -> Cow<'p, str> {
        if pair.kind != Kind::Text {
            return Cow::Borrowed(pair.value);
        }
        let mut quoted = String::with_capacity(pair.value.len() + 2);
        push_quoted(pair.value, self.facts.gateway.json.escape, &mut quoted);
        Cow::Owned(quoted)
    }

    /// The text of a parameter that is always sent.
    pub(super) fn value(&mut self, name: &str) -> Result<(), SignError> {
        let pool = self.facts.params;
        let mut all = (0..pool.len()).map(|index| pool.at(index));
        let param = all.find(|param| is_named(self.facts, param, name));
        let param = param.ok_or_else(|| SignError::MissingParameter { name: name.to_owned() })?;
        self.push_guarded(param.value, param.sensitive);
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

fn is_signable(param: &Param<'_>, pairs: &Pairs<'_>) -> bool {
    param.role != Role::Signature
        && param.kind != Kind::Null
        && !(pairs.nonempty && param.value.is_empty())
        && !pairs.except.contains(&param.name)
}

fn is_in(facts: &super::Facts<'_>, param: &Param<'_>, set: &Select<'_>) -> bool {
    match *set {
        Select::All => true,
        Select::Public => param.role == Role::Public,
        Select::Business => matches!(param.role, Role::Business | Role::Extra),
        Select::Query => param.place == Place::Query,
        Select::Form => param.place == Place::Form,
        Select::Header => param.place == Place::Header,
        Select::Names(names) => names.iter().any(|name| is_named(facts, param, name)),
    }
}

/// A name means the public parameter if the gateway declares one, even where a method silences
/// it: a body may have a field of that name.
fn is_named(facts: &super::Facts<'_>, param: &Param<'_>, name: &str) -> bool {
    let declared = |name: &str| {
        let mut public = facts.gateway.public.iter();
        public.any(|param| param.name == name && param.source != Source::Signature)
    };
    param.name == name
        && param.role != Role::Signature
        && (param.role == Role::Public) == declared(name)
}
