//! The parameters of a request, stored as one text buffer and one flat list of ranges in it.

use std::ops::Range;

use crate::json::ParamType;
use crate::layout::Location;
use crate::mask::{Masked, whole};
use crate::private::Secret;

/// The parameters of a request, sorted by the bytes of their names.
///
/// `Debug` shows only names.
#[derive(Clone, Default)]
pub struct Params<'n> {
    /// All names and values. The buffer is a [`Secret`], because it contains tokens (and, in a
    /// token request, the app's secret), and answers and errors keep it alive.
    pub(crate) text: Secret,
    pub(crate) entries: Vec<Entry<'n>>,
    /// The byte ranges of sensitive parts of values. They are in ascending order after
    /// [`Params::sort`].
    pub(crate) secrets: Vec<Range<usize>>,
}

/// A parameter. `name` and `value` are byte ranges in the buffer.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'n> {
    pub(crate) name: Range<usize>,
    pub(crate) value: Range<usize>,
    pub(crate) place: Location<'n>,
    pub(crate) role: Role,
    pub(crate) kind: ParamType,
    pub(crate) sensitive: bool,
    /// The parameter's index in the order of declaration.
    pub(crate) rank: usize,
}

/// The origin of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A public parameter of the gateway.
    Public,
    /// The signature, which is a public parameter, but not itself signed.
    Signature,
    /// A field of the method, or the carrier of its fields.
    Business,
    /// A parameter that the caller added.
    Extra,
}

/// A parameter of a request.
#[derive(Clone, Copy)]
pub struct Param<'p> {
    /// The name on the wire.
    pub name: &'p str,
    /// The value as text, not encoded.
    pub value: &'p str,
    /// Where the parameter is sent.
    pub place: Location<'p>,
    /// The origin of the parameter.
    pub role: Role,
    /// The type of the value in JSON.
    pub kind: ParamType,
    /// Whether the value, or a part of it, must be masked.
    pub sensitive: bool,
}

impl std::fmt::Debug for Param<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Param")
            .field("name", &self.name)
            .field("place", &self.place)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

impl<'n> Params<'n> {
    /// Creates an empty list with capacity for the parameters of a typical request.
    pub(crate) fn with_room() -> Params<'n> {
        Params {
            text: Secret::new(String::with_capacity(1024)),
            entries: Vec::with_capacity(24),
            secrets: Vec::new(),
        }
    }

    /// All parameters, sorted by the bytes of their names. Parameters with equal names are in the
    /// order in which they are sent.
    pub fn iter(&self) -> impl Iterator<Item = Param<'_>> {
        self.entries.iter().map(|entry| self.view(entry))
    }

    /// Like [`Params::iter`], but each parameter comes with the byte ranges of its value that must
    /// be masked.
    pub fn iter_hidden(&self) -> impl Iterator<Item = (Param<'_>, Vec<Range<usize>>)> {
        self.entries.iter().map(|entry| (self.view(entry), self.hidden(entry)))
    }

    /// The value of the first parameter with this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|param| param.name == name).map(|param| param.value)
    }

    pub(crate) fn name(&self, entry: &Entry<'_>) -> &str {
        &self.text[entry.name.clone()]
    }

    pub(crate) fn value(&self, entry: &Entry<'_>) -> &str {
        &self.text[entry.value.clone()]
    }

    pub(crate) fn view<'p>(&'p self, entry: &'p Entry<'n>) -> Param<'p> {
        Param {
            name: self.name(entry),
            value: self.value(entry),
            place: entry.place,
            role: entry.role,
            kind: entry.kind,
            sensitive: entry.sensitive || self.secrets_in(entry).next().is_some(),
        }
    }

    /// The byte ranges of secrets in a value, in ascending order and without overlaps.
    pub(crate) fn hidden(&self, entry: &Entry<'_>) -> Vec<Range<usize>> {
        if entry.sensitive {
            return whole(self.value(entry));
        }
        let start = entry.value.start;
        let mut at = start;
        let within = self.secrets_in(entry).filter(|secret| {
            let is_behind = secret.start >= at;
            at = at.max(secret.end);
            is_behind
        });
        within.map(|secret| secret.start - start..secret.end - start).collect()
    }

    /// The value with its secrets masked, as explanations show it.
    pub(crate) fn masked(&self, entry: &Entry<'_>) -> Masked<'_> {
        Masked::json(self.value(entry), &self.hidden(entry))
    }

    /// All sensitive values and sensitive parts of values. The flag says whether the text is JSON.
    pub(crate) fn sensitive(&self) -> impl Iterator<Item = (&str, bool)> {
        let whole = self.entries.iter().filter(|entry| entry.sensitive);
        let whole = whole.map(|entry| (self.value(entry), entry.kind == ParamType::Json));
        whole.chain(self.secrets.iter().map(|secret| (&self.text[secret.clone()], true)))
    }

    fn secrets_in<'p>(&'p self, entry: &'p Entry<'_>) -> impl Iterator<Item = &'p Range<usize>> {
        let from = self.secrets.partition_point(|secret| secret.start < entry.value.start);
        let within = self.secrets[from..].iter();
        let within = within.take_while(|secret| secret.start < entry.value.end);
        within.filter(|secret| secret.end <= entry.value.end)
    }

    /// Adjusts the ranges of secrets after texts have moved. Each entry of `moved` is the old range
    /// of a text and its new start.
    pub(crate) fn move_secrets(&mut self, moved: &[(Range<usize>, usize)]) {
        for secret in &mut self.secrets {
            let home = moved.iter().find(|(old, _)| old.contains(&secret.start));
            if let Some((old, new)) = home {
                *secret = secret.start - old.start + new..secret.end - old.start + new;
            }
        }
    }

    /// Appends a parameter.
    pub(crate) fn push(&mut self, name: &str, value: &str, place: Location<'n>, role: Role) {
        let name = self.append(name);
        let value = self.append(value);
        let rank = self.entries.len();
        let (kind, sensitive) = (ParamType::Text, false);
        self.entries.push(Entry { name, value, place, role, kind, sensitive, rank });
    }

    /// Replaces the value of a parameter.
    pub(crate) fn fill(&mut self, index: usize, value: &str) {
        let value = self.append(value);
        self.entries[index].value = value;
    }

    pub(crate) fn append(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    pub(crate) fn sort(&mut self) {
        self.sort_secrets();
        let text = &self.text;
        let name = |entry: &Entry<'_>| &text.as_bytes()[entry.name.clone()];
        if !self.entries.is_sorted_by(|a, b| name(a) <= name(b)) {
            self.entries.sort_by(|a, b| name(a).cmp(name(b)));
        }
    }

    /// Sorts the ranges of secrets by their start. Of two ranges with the same start, the longer is
    /// first.
    pub(crate) fn sort_secrets(&mut self) {
        self.secrets.sort_by_key(|secret| (secret.start, std::cmp::Reverse(secret.end)));
    }

    /// The parameters with this name. All parameters must be sorted already.
    pub(crate) fn named(&self, name: &str) -> &[Entry<'n>] {
        &self.entries[self.places(name)]
    }

    /// The indexes of the parameters with this name. All parameters must be sorted already.
    pub(crate) fn places(&self, name: &str) -> Range<usize> {
        let start = self.entries.partition_point(|entry| self.name(entry) < name);
        let same = self.entries[start..].iter().take_while(|entry| self.name(entry) == name);
        start..start + same.count()
    }

    /// The index of the signature.
    pub(crate) fn signature(&self) -> Option<usize> {
        self.entries.iter().position(|entry| entry.role == Role::Signature)
    }

    /// The index of the first parameter that `wanted` accepts.
    pub(crate) fn position(&self, wanted: impl Fn(Param<'_>) -> bool) -> Option<usize> {
        self.entries.iter().position(|entry| wanted(self.view(entry)))
    }
}

impl std::fmt::Debug for Params<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter().map(|param| param.name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_keeps_repeated_names_as_sent_and_upper_case_first() {
        let mut params = Params::default();
        for (name, value) in [("b", "1"), ("a", "2"), ("$v", "3"), ("b", "0"), ("B", "4")] {
            params.push(name, value, Location::Form, Role::Business);
        }
        params.sort();
        let sorted: Vec<_> = params.iter().map(|param| (param.name, param.value)).collect();
        assert_eq!(sorted, [("$v", "3"), ("B", "4"), ("a", "2"), ("b", "1"), ("b", "0")]);
    }
}
