//! Explanations of rules, for `gatespec explain` and the documentation.

mod keys;

pub use keys::{key, key_names, keys};

use crate::diagnostic::{Edition, Rule, Severity, rules};
use std::fmt::Write as _;

/// The explanation of a rule in Markdown, without a heading.
pub fn explain(rule: &Rule) -> String {
    let mut text = format!("{}\n\n{}", rule.meaning, rule.explanation.trim_end());
    if let Some(since) = rule.since {
        let _ = write!(
            text,
            "\n\nIt is an error in edition {}, and a warning in earlier editions.",
            since.name()
        );
    }
    if let Some(help) = rule.help {
        let _ = write!(text, "\n\nHelp: {help}.");
    }
    text
}

/// The default level of a rule in the first edition, or `error` if the rule is an error there.
pub fn level(rule: &Rule) -> &'static str {
    match rule.severity_in(Edition::default()) {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// All rules as a page of Markdown: a table, then one section per rule.
pub fn book() -> String {
    let mut page = String::from(concat!(
        "# Rules\n\n",
        "<!-- Written by `cargo run -q -- explain --all > docs/src/rules.md` -->\n\n",
        "What the compiler checks. `gatespec explain ID` prints a section of this page. An error keeps `build` from ",
        "writing; warnings and notes have\n[levels](checking.md#levels). The examples are excerpts from a platform ",
        "`shop` that is otherwise valid.\n\n",
        "| rule | | |\n|---|---|---|\n",
    ));
    for rule in rules::ALL {
        let _ = writeln!(page, "| [`{0}`](#{0}) | {1} | {2} |", rule.id, level(rule), rule.meaning);
    }
    for rule in rules::ALL {
        let _ = write!(page, "\n## {}\n\n{}\n", rule.id, explain(rule));
    }
    page
}
