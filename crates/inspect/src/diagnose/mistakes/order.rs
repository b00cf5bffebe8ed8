//! Mistakes with the order of the pairs.

use crate::diagnose::mistake::Mistakes;
use crate::diagnose::parameter::{Compare, Parameter};
use crate::diagnose::recipe;
use crate::diagnose::signing::Habit;
use gatespec_protocol::sign::Order;
use gatespec_protocol::{Pairs, Role, Select};
use std::cmp::Ordering;

const GROUP: &str = "order";

/// For each order: the id of the cause, the description, and the comparison of parameters. `None`
/// sorts the pairs as they are written.
const ORDERS: [(&str, &str, Option<Compare>); 10] = [
    (
        "sorted_ignoring_case",
        "names were sorted case-insensitively",
        Some(|a, b| a.name.to_lowercase().cmp(&b.name.to_lowercase())),
    ),
    (
        "sorted_by_locale",
        "names were sorted by a locale (`localeCompare` and ICU, in which `_` comes before digits, and \
         digits before letters of either case)",
        Some(|a, b| by_icu(a.name).cmp(&by_icu(b.name))),
    ),
    (
        "sorted_by_locale",
        "names were sorted by a locale that ignores punctuation (`sort` under en_US, string \
         comparison in .NET)",
        Some(|a, b| letters(a.name).cmp(&letters(b.name))),
    ),
    ("sorted_by_pair", "the encoded pairs were sorted as whole texts instead of by name", None),
    (
        "sorted_by_pair",
        "the pairs were sorted as texts of the form `name=value` (`a=1` after `a-b=2`) instead of by name",
        Some(|a, b| pair(a).cmp(&pair(b))),
    ),
    (
        "not_sorted",
        "parameters were not sorted, but signed in the order in which they were given",
        Some(|_, _| Ordering::Equal),
    ),
    (
        "not_sorted",
        "parameters were not sorted: the method's parameters came before the public ones",
        Some(|a, b| is_own(a).cmp(&is_own(b))),
    ),
    (
        "sorted_by_value",
        "parameters were sorted by their values",
        Some(|a, b| a.value.cmp(b.value)),
    ),
    ("sorted_backwards", "names were sorted in descending order", Some(|a, b| b.name.cmp(a.name))),
    (
        "sorted_by_number",
        "numbers in names were sorted by value, `a2` before `a10`",
        Some(|a, b| natural(a.name).cmp(&natural(b.name))),
    ),
];

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let picked = |pairs: &Pairs<'_>| matches!(pairs.select, [Select::Names(_)]);
    let sorts = recipe::sets(&mistakes.base.recipe).any(|pairs| !picked(pairs));
    if sorts {
        let fix = "sort by the bytes of the names: digits before uppercase, uppercase before `_`, \
                    `_` before lowercase (`sorted` in Python, `ksort` with SORT_STRING in PHP, \
                    `TreeMap` in Java, `StringComparer.Ordinal` in .NET)";
        for (id, what, compare) in ORDERS {
            mistakes.add(GROUP, (id, what, fix), move |signing| match compare {
                Some(compare) => signing.order = Some(compare),
                None => signing.manner.order = Order::Pairs,
            });
        }
    }
    let what =
        "members of JSON objects were not sorted, but left in the order of the documentation";
    let fix =
        "sort the members of every object by the bytes of their names before signing and sending";
    let cause = ("json_not_sorted", what, fix);
    mistakes.add("json", cause, |signing| signing.adopt(Habit::KeepsOrder)).rebuilds = true;
    // If a parameter is a digest of the body, it may still be the digest of the sent body.
    mistakes
        .add("json", cause, |signing| {
            let params = signing.params.clone();
            signing.adopt(Habit::KeepsOrder);
            signing.params = params;
        })
        .rebuilds = true;
}

fn is_own(sent: &Parameter<'_>) -> bool {
    sent.role == Role::Public
}

fn pair(sent: &Parameter<'_>) -> String {
    format!("{}={}", sent.name, sent.value)
}

/// Returns a sort key like ICU's: punctuation, then digits, then letters. Case is compared last,
/// lowercase first.
fn by_icu(name: &str) -> (Vec<(u8, char)>, Vec<bool>) {
    let weight = |c: char| match c {
        c if c.is_alphabetic() => (2, c.to_ascii_lowercase()),
        c if c.is_ascii_digit() => (1, c),
        c => (0, c),
    };
    (name.chars().map(weight).collect(), name.chars().map(char::is_uppercase).collect())
}

fn letters(name: &str) -> (String, Vec<bool>) {
    let known: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    (known.to_lowercase(), name.chars().map(char::is_uppercase).collect())
}

/// Returns a sort key that compares runs of digits by value.
fn natural(name: &str) -> Vec<(String, u64)> {
    let mut runs: Vec<(String, u64)> = vec![(String::new(), 0)];
    let mut in_digits = false;
    for c in name.chars() {
        if let Some(last) = runs.last_mut() {
            match c.to_digit(10) {
                Some(digit) => last.1 = last.1.saturating_mul(10).saturating_add(u64::from(digit)),
                None if in_digits => runs.push((c.to_string(), 0)),
                None => last.0.push(c),
            }
        }
        in_digits = c.is_ascii_digit();
    }
    runs
}
