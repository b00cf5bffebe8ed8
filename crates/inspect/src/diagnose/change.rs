//! Changes to a request that several mistakes share.

use super::parameter::Parameter;
use super::recipe;
use super::signing::{Habit, Signing};
use gatespec_protocol::mask::{Secrets, is_whole, leaves};
use gatespec_protocol::{Function, Op, Pairs, Piece, Role, Source};
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

/// The part of a name-value pair that a piece of the template writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Name,
    Value,
}

/// A function that replaces the encoders of a piece. Its arguments are the half that the piece
/// writes and the current encoders.
pub(super) type Encoders<'c> = &'c dyn Fn(Half, &[Function]) -> Vec<Function>;

impl<'a> Signing<'a> {
    /// Replaces the encoders of names and values in every set of pairs.
    pub(super) fn change_encoders(&mut self, change: Encoders<'_>) {
        self.change_sets(|signing, pairs| {
            let keep = |half, all: &[Function]| signing.keep_all(&change(half, all));
            let template = pairs.template.iter().map(|piece| match *piece {
                Piece::Name(all) => Piece::Name(keep(Half::Name, all)),
                Piece::Value(all) => Piece::Value(keep(Half::Value, all)),
                Piece::Json(all) => Piece::Json(keep(Half::Value, all)),
                piece => piece,
            });
            Pairs { template: signing.arena.alloc_slice_fill_iter(template), ..pairs }
        });
    }

    /// Returns the first parameter with this name.
    pub(super) fn param(&self, name: &str) -> Option<&Parameter<'a>> {
        self.params.iter().find(|param| param.name == name)
    }

    /// Returns the names of the signed parameters, in the order of `params`.
    pub(super) fn signed_names(&self) -> Vec<&'a str> {
        let by_set = recipe::sets(&self.recipe).flat_map(|pairs| self.selected(pairs));
        let by_set = by_set.map(|param| param.name);
        let by_name = self.recipe.iter().filter_map(|op| match op {
            Op::Value(name) => Some(*name),
            _ => None,
        });
        let mut signed: HashSet<_> = by_set.chain(by_name).collect();
        self.params.iter().map(|param| param.name).filter(|name| signed.remove(name)).collect()
    }

    /// Passes each operation of the formula to `change`. If `change` returns a list, the list
    /// replaces the operation.
    pub(super) fn expand(&mut self, change: &dyn Fn(&Self, Op<'a>) -> Option<Vec<Op<'a>>>) {
        let ops = self.recipe.iter().flat_map(|op| change(self, *op).unwrap_or_else(|| vec![*op]));
        self.recipe = ops.collect();
    }

    /// Replaces the request with the one that a signer with this habit would build.
    pub(super) fn adopt(&mut self, habit: Habit) {
        let found = self.habits.iter().find(|(known, _)| *known == habit);
        if let Some((_, built)) = found {
            (self.body, self.hidden_body) = (built.body, built.hidden_body);
            self.params.clone_from(&built.params);
        }
    }

    /// Changes the texts of parameters. A parameter for which `change` returns `None` is kept.
    pub(super) fn change_values(&mut self, change: &dyn Fn(&Parameter<'a>) -> Option<String>) {
        for at in 0..self.params.len() {
            let sent = self.params[at];
            let Some(value) = change(&sent) else { continue };
            let value = self.keep(&value);
            let hidden = self.hidden_in(value, (sent.value, sent.hidden));
            self.params[at] = Parameter { value, hidden, ..sent };
        }
    }

    /// Changes the text of the body, unless `change` returns `None`.
    pub(super) fn change_body(&mut self, change: &dyn Fn(&str) -> Option<String>) {
        let Some(body) = change(self.body) else { return };
        let body = self.keep(&body);
        self.hidden_body = self.hidden_in(body, (self.body, self.hidden_body));
        self.body = body;
    }

    /// Returns the secret ranges of `text`, which was made from `before`. If `text` does not
    /// contain every secret of `before`, the whole text is secret.
    pub(super) fn hidden_in(
        &self,
        text: &str,
        (before, hidden): (&str, &[Range<usize>]),
    ) -> &'a [Range<usize>] {
        if hidden.is_empty() {
            return &[];
        }
        let secrets: Vec<_> = hidden.iter().flat_map(|one| leaves(&before[one.clone()])).collect();
        let again = |secret: &Cow<'_, str>| {
            !Secrets::new([secret.clone()]).in_any_form().find(text, false).is_empty()
        };
        if is_whole(before, hidden) || !secrets.iter().all(again) {
            return self.whole(text);
        }
        self.arena.alloc_slice_fill_iter(Secrets::new(secrets).in_any_form().find(text, false))
    }

    /// Recomputes the public parameters whose formula reads the body or a credential.
    pub(super) fn refresh(&mut self) {
        for public in self.gateway.public {
            let Source::Formula(recipe) = public.source else { continue };
            let is_made = |op: &Op<'_>| matches!(op, Op::Body | Op::Credential(_));
            if !recipe.0.iter().any(is_made) {
                continue;
            }
            let digest = Signing { recipe: recipe.0.to_vec(), ..self.clone() };
            if let Ok(text) = digest.sign() {
                self.set(public.name, &text);
            }
        }
    }

    /// Changes the text of every parameter with this name, except a signature.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        for at in 0..self.params.len() {
            let sent = self.params[at];
            if sent.name == name && sent.role != Role::Signature {
                let value = self.keep(value);
                let hidden = if sent.hidden.is_empty() { &[] } else { self.whole(value) };
                self.params[at] = Parameter { value, hidden, ..sent };
            }
        }
    }
}
