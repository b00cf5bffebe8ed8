//! Wrong specs, written as edits of valid ones. Each edit gives one error, and marks the span that
//! the message points at.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use crate::corpus::{entries, name, source_map};
use crate::harness::workspace;
use crate::markdown::blocks;
use gatespec_language::source::SourceMap;
use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

/// An edit of a valid spec.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// The name of the case.
    pub name: String,
    /// The rule that the edit violates.
    pub rule: String,
    /// Further rules that the edit violates.
    pub also: Vec<String>,
    /// The path of the file, which begins with the platform's folder.
    file: String,
    from: String,
    to: String,
}

/// The specs after the edit. If the edit marks what the message points at, also the file and the
/// range of bytes.
pub type Edited = (SourceMap, Option<(String, Range<usize>)>);

/// Reads a file of edits:
///
/// ```text
/// # name: rule in platform/file.yaml (also: other_rule)
/// -the text, line by line
/// +its replacement; ⟦this⟧ is what the message points at
/// ```
///
/// A replacement may contain the escapes `\t`, `\r` and `\u{a0}`.
///
/// # Panics
///
/// When the file does not have this form.
pub fn read(text: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(head) = line.strip_prefix("# ") {
            edits.push(heading(head).unwrap_or_else(|| panic!("this is no heading: {line}")));
            continue;
        }
        let edit = edits.last_mut().unwrap_or_else(|| panic!("no heading before: {line}"));
        let (side, rest) = match (line.strip_prefix('-'), line.strip_prefix('+')) {
            (Some(rest), _) => (&mut edit.from, rest.to_owned()),
            (_, Some(rest)) => (&mut edit.to, unescaped(rest)),
            _ => panic!("neither removed nor added: {line}"),
        };
        if !side.is_empty() {
            side.push('\n');
        }
        side.push_str(&rest);
    }
    edits
}

fn heading(head: &str) -> Option<Edit> {
    let (name, rest) = head.split_once(": ")?;
    let (rest, also) = match rest.split_once(" (also: ") {
        Some((rest, also)) => (rest, also.strip_suffix(')')?),
        None => (rest, ""),
    };
    let (rule, file) = rest.split_once(" in ")?;
    let also = also.split(", ").filter(|rule| !rule.is_empty()).map(str::to_owned).collect();
    let (name, rule, file) = (name.to_owned(), rule.to_owned(), file.to_owned());
    Some(Edit { name, rule, also, file, ..Edit::default() })
}

fn unescaped(text: &str) -> String {
    let text = text.replace("\\t", "\t").replace("\\r", "\r");
    let mut parts = text.split("\\u{");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').expect("an escape ends with `}`");
        let code = u32::from_str_radix(code, 16).expect("an escape is a number");
        plain.push(char::from_u32(code).expect("an escape is a character"));
        plain.push_str(rest);
    }
    plain
}

impl Edit {
    /// Applies the edit. The text to be replaced must be unique: otherwise the edit could cause a
    /// different error than intended.
    ///
    /// # Panics
    ///
    /// When the text to be replaced does not occur exactly once.
    pub fn apply(&self) -> Edited {
        let (platform, _) = self.file.split_once('/').expect("a platform and a file");
        let mut files = base(platform);
        let text = files.get_mut(&self.file).unwrap_or_else(|| panic!("no file {}", self.file));
        let found: Vec<_> = text.match_indices(&self.from).map(|(at, _)| at).collect();
        let &[at] = found.as_slice() else {
            panic!("{}: `{}` is there {} times", self.name, self.from, found.len());
        };
        let to = self.to.replace(['⟦', '⟧'], "");
        text.replace_range(at..at + self.from.len(), &to);
        if self.to.contains('\r') {
            *text = text.replace('\n', "\r");
        }
        let open = self.to.find('⟦');
        let place = open
            .zip(self.to.find('⟧'))
            .map(|(open, close)| (self.file.clone(), at + open..at + close - '⟦'.len_utf8()));
        (source_map(files.into_iter().collect()), place)
    }
}

/// The files of a valid platform: one that ships, or the example in the manual.
fn base(platform: &str) -> BTreeMap<String, String> {
    let read = |path: &Path| fs::read_to_string(path).expect("a spec that can be read");
    if platform != "lantern" {
        let folder = workspace("specs").join(platform);
        let files = entries(&folder).expect("a platform that ships");
        return files
            .iter()
            .map(|path| (format!("{platform}/{}", name(path)), read(path)))
            .collect();
    }
    let manual = blocks(&read(&workspace("specs/README.md")));
    let named = manual.into_iter().filter_map(|(language, text)| {
        let name = text.lines().next()?.strip_prefix("# ")?.to_owned();
        let is_spec = language == "yaml" && name.ends_with(".yaml");
        is_spec.then(|| (format!("{platform}/{name}"), text))
    });
    named.collect()
}
