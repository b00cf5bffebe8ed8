//! Paths that can be split into fields in two ways. A formula signs the decoded path, so `/a%2Fb/c`
//! and `/a/b%2Fc` have the same signature. If a gateway has methods for both, this is also true of
//! `/a%2Fb` and `/a/b`.

use std::cell::Cell;

use super::name::is_of;
use crate::address::is_dots;
use crate::incoming::path::{Fit, Template};
use crate::method::MethodInfo;
use crate::parameter::Source;

/// The maximum number of steps of a search. A path that needs more steps can be split in too many
/// ways to be trusted.
const MOST_STEPS: usize = 10_000;

/// Searches for another valid way to split the path into fields, by the template of this method or
/// of another method of the gateway. Returns the names of the fields whose values contain a `/`,
/// first in the received path, then in the other split. Both lists are empty if there are too many
/// splits to search. Returns `None` if there is no other split.
pub(in crate::incoming) fn other_path(
    own: &MethodInfo<'_>,
    fit: &Fit,
    methods: &[MethodInfo<'_>],
) -> Option<(Vec<String>, Vec<String>)> {
    let values: Vec<&str> = fit.fields.iter().map(|(_, at)| &fit.signed[at.clone()]).collect();
    // If no value contains a `/`, all slashes belong to the template, and there is no other split.
    if !values.iter().any(|value| value.contains('/')) {
        return None;
    }
    let is_named = own.gateway.public.iter().any(|param| param.source == Source::Method);
    let steps = Cell::new(MOST_STEPS);
    for method in methods.iter().filter(|method| {
        method.gateway.name == own.gateway.name
            && !method.path().is_empty()
            && (!is_named || method.name == own.name)
    }) {
        let Some(template) = Template::of(method) else { continue };
        let is_own = method.name == own.name && method.labels == own.labels;
        let literals = template.literals();
        let names: Vec<&str> = template.fields.iter().map(|(name, _)| name.as_str()).collect();
        let search = Search {
            steps: &steps,
            accepts: &|found: &[&str]| {
                let mut all = names.iter().zip(found);
                !(is_own && found == values) && all.all(|(name, value)| fits(method, name, value))
            },
        };
        let mut found = Vec::new();
        let rest = literals.first().and_then(|first| fit.signed.strip_prefix(first));
        if rest.is_some_and(|rest| search.walk(rest, &literals[1..], &mut found)) {
            let own = fit.fields.iter().map(|(name, _)| name.as_str()).zip(values);
            return Some((with_slash(own), with_slash(names.into_iter().zip(found))));
        }
    }
    (steps.get() == 0).then(Default::default)
}

/// The names whose values contain a `/`.
fn with_slash<'n>(all: impl Iterator<Item = (&'n str, &'n str)>) -> Vec<String> {
    all.filter(|(_, value)| value.contains('/')).map(|(name, _)| name.to_owned()).collect()
}

/// Whether a client can send this value in the path.
fn fits(method: &MethodInfo<'_>, name: &str, value: &str) -> bool {
    let mut fields = method.request.schema().fields.iter();
    let field = fields.find(|field| field.name == name);
    !value.is_empty() && !is_dots(value) && field.is_none_or(|field| is_of(field, value))
}

struct Search<'s> {
    steps: &'s Cell<usize>,
    accepts: &'s dyn Fn(&[&str]) -> bool,
}

impl Search<'_> {
    /// Splits `rest` into values, each of which ends before the next literal. The last literal must
    /// be at the end of the text. Returns whether a split was accepted; its values are in `found`.
    fn walk<'t>(&self, rest: &'t str, literals: &[&str], found: &mut Vec<&'t str>) -> bool {
        let [literal, others @ ..] = literals else {
            return rest.is_empty() && (self.accepts)(found);
        };
        let places = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
        for at in places.filter(|at| rest[*at..].starts_with(literal)) {
            if others.is_empty() && at + literal.len() < rest.len() {
                continue;
            }
            self.steps.set(self.steps.get().saturating_sub(1));
            if self.steps.get() == 0 {
                return false;
            }
            found.push(&rest[..at]);
            if self.walk(&rest[at + literal.len()..], others, found) {
                return true;
            }
            found.pop();
        }
        false
    }
}
