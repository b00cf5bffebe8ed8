//! Parts of the formula that were left out, and parameters that were signed as part of another
//! location.

use super::secret::remove_with_separator;
use crate::diagnose::change::Half;
use crate::diagnose::mistake::Mistakes;
use crate::diagnose::recipe;
use crate::diagnose::signing::Signing;
use gatespec_protocol::text::visible;
use gatespec_protocol::{Function, Location, Op, Role};

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    empty_parts(mistakes);
    left_out(mistakes);
    case(mistakes);
    places(mistakes);
}

/// Adds the mistakes with the case of names and texts.
fn case(mistakes: &mut Mistakes<'_>) {
    let folds = |function: Function| matches!(function, Function::Lower | Function::Upper);
    let what = "names and values were signed without a change of case";
    let fix = "convert names and values to the case that the formula requires";
    mistakes.add("case", ("case_kept", what, fix), move |signing| {
        recipe::unwrap(&mut signing.recipe, |call, _| folds(call.function));
        signing.change_encoders(&|_, all| {
            all.iter().copied().filter(|function| !folds(*function)).collect()
        });
    });
    for (function, case) in [(Function::Lower, "lowercase"), (Function::Upper, "uppercase")] {
        let what = format!("names were signed in {case}");
        let fix = "do not change the letter case of names, unless the formula does";
        mistakes.add("case", ("case_changed", what, fix), move |signing| {
            signing.change_encoders(&|kind, all| {
                let mut all: Vec<_> = all.iter().copied().filter(|one| !folds(*one)).collect();
                if kind == Half::Name {
                    all.insert(0, function);
                }
                all
            });
        });
    }
}

fn left_out(mistakes: &mut Mistakes<'_>) {
    let base = mistakes.base.clone();
    for (at, op) in base.recipe.iter().enumerate() {
        let (op, Some(part)) = (*op, described(op)) else { continue };
        let n = base.recipe[..at].iter().filter(|other| **other == op).count();
        let what = format!("{part} was missing from the signed text");
        let fix = format!("put {part} where the formula has it");
        let cause = ("part_missing", what.as_str(), fix.as_str());
        let group = format!("part {at}");
        mistakes.add(group.clone(), cause, move |signing| {
            if let Some(at) = recipe::nth(&signing.recipe, &op, n) {
                signing.recipe.remove(at);
            }
        });
        if !matches!(op, Op::Text(_)) {
            mistakes.add(group, cause, move |signing| {
                if let Some(at) = recipe::nth(&signing.recipe, &op, n) {
                    remove_with_separator(signing, around(&signing.recipe, at));
                }
            });
        }
    }
}

fn described(op: &Op<'_>) -> Option<String> {
    Some(match op {
        Op::Text(text) => format!("the literal `{}`", visible(text)),
        Op::Label(name) => format!("the label `{name}`"),
        Op::Verb => "the verb".to_owned(),
        Op::Method => "the method's name".to_owned(),
        Op::Nonce => "the nonce".to_owned(),
        Op::Path => "the path".to_owned(),
        Op::Body => "the body".to_owned(),
        Op::Clock => "the clock".to_owned(),
        Op::Value(name) => format!("the value of `{name}`"),
        Op::Pairs(pairs) => format!("the block of {}", recipe::named(pairs.select)),
        Op::Credential(_) | Op::Open | Op::Close(_) => return None,
    })
}

/// Returns the range of an operation, including the functions that are applied to it alone.
fn around(ops: &[Op<'_>], at: usize) -> std::ops::Range<usize> {
    let mut range = at..at + 1;
    while let (Some(Op::Open), Some(Op::Close(function))) =
        (range.start.checked_sub(1).map(|before| &ops[before]), ops.get(range.end))
        && !function.is_hmac()
        && recipe::outermost(ops).is_none_or(|outer| outer.close != range.end)
    {
        range = range.start - 1..range.end + 1;
    }
    range
}

/// Adds the mistake of leaving out empty parts together with their separators.
fn empty_parts(mistakes: &mut Mistakes<'_>) {
    if found_empty(&mistakes.base).is_empty() {
        return;
    }
    let what = "empty parts were left out, together with their separators";
    let fix = "join empty parts as well: an empty part leaves two separators side by side";
    mistakes.add("empty parts", ("empty_parts_dropped", what, fix), |signing| {
        for range in found_empty(signing).into_iter().rev() {
            remove_with_separator(signing, range);
        }
    });
}

/// Returns the ranges of the operations that write nothing into the signed text.
fn found_empty(signing: &Signing<'_>) -> Vec<std::ops::Range<usize>> {
    let Some(outer) = recipe::outermost(&signing.recipe) else { return Vec::new() };
    let content =
        |at: &usize| !matches!(signing.recipe[*at], Op::Open | Op::Close(_) | Op::Text(_));
    (outer.open + 1..outer.close)
        .filter(content)
        .map(|at| around(&signing.recipe, at))
        .filter(|range| {
            let part =
                Signing { recipe: signing.recipe[range.clone()].to_vec(), ..signing.clone() };
            part.sign().is_ok_and(|text| text.is_empty())
        })
        .collect()
}

/// Adds the mistakes of signing parameters as part of another location. They matter only to
/// formulas that distinguish locations.
fn places(mistakes: &mut Mistakes<'_>) {
    let own = |role| matches!(role, Role::Public | Role::Signature);
    let moves: [(&str, Location<'static>, bool); 4] = [
        ("the public parameters were signed as part of the query", Location::Query, true),
        ("all parameters were signed as part of the query", Location::Query, false),
        ("all parameters were signed as part of the form", Location::Form, false),
        ("the public parameters were signed as part of the form", Location::Form, true),
    ];
    let fix = "sign every parameter in the place where it is sent, or send it in the place where it was signed";
    for (what, place, only_own) in moves {
        mistakes.add("place", ("other_place", what, fix), move |signing| {
            for sent in &mut signing.params {
                if matches!(sent.place, Location::Query | Location::Form)
                    && (!only_own || own(sent.role))
                {
                    sent.place = place;
                }
            }
        });
    }
}
