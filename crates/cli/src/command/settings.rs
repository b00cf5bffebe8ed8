//! `gatespec.toml`: levels of lints, for a folder and everything below it.

use gatespec_language::diagnostic::{Level, Levels};
use gatespec_language::source;
use gatespec_language::suggest::closest;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml_edit::{Document, Item};

const NAME: &str = "gatespec.toml";

/// Returns the levels in the nearest `gatespec.toml`, which is in the current folder or above it.
/// Returns the defaults if there is no such file.
pub(super) fn levels() -> Result<Levels, String> {
    let here = std::env::current_dir().unwrap_or_default();
    let Some(file) = here.ancestors().map(|folder| folder.join(NAME)).find(|file| file.is_file())
    else {
        return Ok(Levels::default());
    };
    let text = source::text(&file)?;
    let shown: PathBuf = file.strip_prefix(&here).map_or(file.clone(), Path::to_path_buf);
    read(&text).map_err(|(at, problem)| {
        let before = text.get(..at).unwrap_or(&text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        format!("{}:{line}:{column}: {problem}", shown.display())
    })
}

/// Parses the levels. The error is a byte offset and a message.
fn read(text: &str) -> Result<Levels, (usize, String)> {
    let start = |span: Option<Range<usize>>| span.map_or(0, |span| span.start);
    let document = Document::parse(text)
        .map_err(|error| (start(error.span()), error.message().trim().to_owned()))?;
    let mut levels = Levels::default();
    for (key, item) in document.as_table() {
        let at = document.as_table().key(key).and_then(toml_edit::Key::span);
        if key != "lints" {
            return Err((start(at), format!("unknown table `{key}`: the only table is `[lints]`")));
        }
        let Some(lints) = item.as_table_like() else {
            return Err((start(item.span()), "`lints` must be a table: `[lints]`".to_owned()));
        };
        for (id, item) in lints.iter() {
            let level = level(item).map_err(|problem| (start(item.span()), problem))?;
            let at = start(lints.key(id).and_then(toml_edit::Key::span));
            levels.set(id, level).map_err(|error| (at, error.to_string()))?;
        }
    }
    Ok(levels)
}

fn level(item: &Item) -> Result<Level, String> {
    const KNOWN: &str = "a level must be \"allow\", \"warn\" or \"deny\"";
    let word = item.as_str().ok_or(KNOWN)?;
    let found = Level::ALL.iter().find(|(known, _)| *known == word);
    found.map(|(_, level)| *level).ok_or_else(|| {
        let near = closest(word, Level::ALL.iter().map(|(known, _)| *known));
        near.map_or(KNOWN.to_owned(), |near| format!("{KNOWN}; did you mean \"{near}\"?"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_by_name() {
        let levels = read("# ours\n[lints]\nwarnings = \"deny\"\nmissing_doc = \"allow\"\n");
        let mut expected = Levels::default();
        expected.set("warnings", Level::Deny).unwrap();
        expected.set("missing_doc", Level::Allow).unwrap();
        assert_eq!(levels, Ok(expected));
        assert_eq!(read(""), Ok(Levels::default()));
    }

    #[test]
    fn what_is_wrong_is_said_at_its_place() {
        let said = |text: &str| read(text).unwrap_err();
        assert_eq!(said("[lint]\n").0, 1);
        assert_eq!(said("[lints]\nmissing_docs = \"deny\"\n").0, 8);
        assert!(said("[lints]\nmissing_docs = \"deny\"\n").1.contains("`missing_doc`"));
        assert_eq!(said("[lints]\nmissing_doc = 1\n").0, 22);
        assert!(said("[lints]\nmissing_doc = \"wran\"\n").1.contains("did you mean \"warn\"?"));
        assert!(said("[lints]\nyaml = \"allow\"\n").1.contains("always an error"));
        assert!(!said("[lints\n").1.is_empty());
    }
}
