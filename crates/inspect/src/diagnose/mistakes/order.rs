//! The order of the pairs.

use super::super::habits::Habit;
use super::super::mistake::Mistakes;
use super::super::recipe;
use super::super::signing::{Compare, Sent};
use gatespec_protocol::{Pairs, Role, Select};
use std::cmp::Ordering;

const GROUP: &str = "order";

const ORDERS: [(&str, &str, Compare); 9] = [
    ("sorted_ignoring_case", "names were sorted without regard to upper and lower case", |a, b| {
        a.name.to_lowercase().cmp(&b.name.to_lowercase())
    }),
    (
        "sorted_by_locale",
        "names were sorted by a locale (`localeCompare` and ICU, in which `_` comes \
      before digits, and digits before letters of either case)",
        |a, b| by_icu(a.name).cmp(&by_icu(b.name)),
    ),
    (
        "sorted_by_locale",
        "names were sorted by a locale that passes over punctuation (`sort` under \
      en_US, string comparison in .NET)",
        |a, b| letters(a.name).cmp(&letters(b.name)),
    ),
    ("not_sorted", "parameters were not sorted but taken in the order given", |_, _| {
        Ordering::Equal
    }),
    (
        "not_sorted",
        "parameters were not sorted; those of the method came before the gateway's own",
        |a, b| is_own(a).cmp(&is_own(b)),
    ),
    (
        "sorted_by_pair",
        "the written pairs were sorted as whole texts, `a=1` after `a-b=2`, and not the \
      names",
        |a, b| pair(a).cmp(&pair(b)),
    ),
    ("sorted_by_value", "parameters were sorted by their values", |a, b| a.value.cmp(b.value)),
    ("sorted_backwards", "names were sorted from last to first", |a, b| b.name.cmp(a.name)),
    (
        "sorted_by_number",
        "digits in names were sorted by their number, `a2` before `a10`",
        |a, b| natural(a.name).cmp(&natural(b.name)),
    ),
];

pub(super) fn add(mistakes: &mut Mistakes<'_>) {
    let picked = |pairs: &Pairs<'_>| matches!(pairs.select, [Select::Names(_)]);
    let sorts = recipe::sets(&mistakes.base.recipe).any(|pairs| !picked(pairs));
    if sorts {
        let mend = "sort by the bytes of the names: digits before capitals, capitals before `_`, `_` \
                    before small letters (`sorted` in Python, `ksort` with SORT_STRING in PHP, \
                    `TreeMap` in Java, `StringComparer.Ordinal` in .NET)";
        for (id, what, compare) in ORDERS {
            mistakes.add(GROUP, (id, what, mend), move |signing| signing.order = Some(compare));
        }
    }
    let what = "members of JSON objects were not sorted but left as the page lists them";
    let mend =
        "sort the members of every object by the bytes of their names before signing and sending";
    let cause = ("json_not_sorted", what, mend);
    mistakes.add("json", cause, |signing| signing.adopt(Habit::KeepsOrder)).rebuilds = true;
    // A digest of the body that travels may have been made of the body that was sent.
    mistakes
        .add("json", cause, |signing| {
            let params = signing.params.clone();
            signing.adopt(Habit::KeepsOrder);
            signing.params = params;
        })
        .rebuilds = true;
}

fn is_own(sent: &Sent<'_>) -> bool {
    sent.role == Role::Public
}

fn pair(sent: &Sent<'_>) -> String {
    format!("{}={}", sent.name, sent.value)
}

/// Punctuation, digits, letters; case counts last, small letters first.
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

/// Runs of digits by their number.
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
