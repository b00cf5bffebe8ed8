//! `gatespec explain`: explains a rule, with a wrong and a right example, or a key of the language.

use super::terminal;
use clap::Parser;
use gatespec_language::diagnostic::rules;
use gatespec_language::explain;
use gatespec_language::suggest::closest;

#[derive(Debug, Parser)]
pub(super) struct Explain {
    /// The rule, such as `unknown_key`, or a key of the language; without it, all rules are listed
    id: Option<String>,
    /// Print all rules as one page of Markdown
    #[arg(long, conflicts_with = "id")]
    all: bool,
    /// Print the table of all keys of the language instead, as Markdown
    #[arg(long, conflicts_with_all = ["id", "all"])]
    keys: bool,
}

pub(super) fn run(arguments: &Explain) -> bool {
    if arguments.keys {
        return terminal::out(&explain::keys());
    }
    if arguments.all {
        return terminal::out(&explain::book());
    }
    let Some(id) = &arguments.id else { return terminal::out(&list()) };
    // The id may be pasted from a message: `error[unknown_key]`.
    let name = id.split_once('[').map_or(id.as_str(), |(_, name)| name.trim_end_matches(']'));
    match rules::find(name) {
        Some(rule) => {
            let level = explain::level(rule);
            terminal::out(&format!("{level}[{}]: {}", rule.id, explain::explain(rule)))
        }
        None => explain::key(name).map_or_else(|| unknown(name), |text| terminal::out(&text)),
    }
}

fn unknown(name: &str) -> bool {
    let known = rules::ALL.iter().map(|rule| rule.id).chain(explain::key_names());
    let advice = closest(name, known)
        .map_or("`gatespec explain` lists the rules".to_owned(), |near| {
            format!("did you mean `{near}`?")
        });
    terminal::err(&format!("there is no rule or key `{name}`; {advice}"));
    false
}

/// Lists every rule with its level and its meaning.
fn list() -> String {
    let width = rules::ALL.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let lines = rules::ALL.iter().map(|rule| {
        format!("{:<width$}  {:<7}  {}\n", rule.id, explain::level(rule), rule.meaning)
    });
    lines.collect()
}
