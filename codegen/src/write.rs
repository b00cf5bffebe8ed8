//! Files to disk: the only writer. It touches what differs, and only files that are ours.

mod disk;
mod output;

pub use output::OutputFile;

use crate::diagnostic::{Diagnostic, Rule, Sink, rules};
use crate::emit::MARK;
use std::collections::BTreeSet;
use std::path::Path;

/// What to do about a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Write it.
    Write,
    /// Report it.
    Check,
}

/// How the folder differs from the files; paths are relative to it, with `/`, and sorted.
/// After [`Mode::Write`] it is what was done, after [`Mode::Check`] what would have to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Not there yet.
    pub added: Vec<String>,
    /// There with another text.
    pub changed: Vec<String>,
    /// Ours, and no longer part of the output.
    pub orphaned: Vec<String>,
    /// As it should be.
    pub unchanged: usize,
}

impl Changes {
    /// Whether the folder is what the specs say.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.orphaned.is_empty()
    }
}

/// Compares a folder with the files that belong there, and writes the difference if asked to.
///
/// Only files whose bytes differ are written, each by a rename, so that a reader never sees half
/// a file; only files that carry our first line are replaced or deleted. After an error the
/// folder is as it was.
pub fn sync(folder: &Path, files: &[OutputFile], mode: Mode, sink: &mut Sink) -> Changes {
    let before = sink.fails();
    let changes = compare(folder, files, sink);
    if mode == Mode::Write && !before && !sink.fails() && !changes.is_empty() {
        let stale: BTreeSet<_> = changes.added.iter().chain(&changes.changed).collect();
        let replaced = files.iter().filter(|file| stale.contains(&file.path));
        if let Err(problem) = disk::replace(folder, replaced, &changes.orphaned) {
            sink.report(
                Diagnostic::new(rules::WRITE_FAILED, problem.to_string())
                    .help("the output folder is as it was before; look at its permissions and the room on the disk"),
            );
        }
    }
    changes
}

/// Gives a spec a new text, by a rename: its reader sees the old text or the new one. A link stays,
/// and what it leads to is replaced.
///
/// # Errors
///
/// When the file no longer has the old text, or cannot be written: what is wrong, in words.
pub fn rewrite(file: &Path, old: &str, new: &str) -> Result<(), String> {
    disk::rewrite(file, old, new).map_err(|problem| problem.to_string())
}

fn compare(folder: &Path, files: &[OutputFile], sink: &mut Sink) -> Changes {
    let mut changes = Changes::default();
    if let Some(file) = disk::file_in_the_way(folder) {
        let message = format!(
            "cannot write to {}: {} is a file, not a folder",
            folder.display(),
            file.display()
        );
        sink.report(in_the_way(rules::WRITE_FAILED, message));
        return changes;
    }
    for file in files {
        let path = folder.join(&file.path);
        match disk::read(&path) {
            Ok(None) => changes.added.push(file.path.clone()),
            Ok(Some(text)) if text == file.text.as_bytes() => changes.unchanged += 1,
            Ok(Some(text)) if is_ours(&text) => changes.changed.push(file.path.clone()),
            Ok(Some(_)) => {
                let message = format!(
                    "{} is in the place of an output file, and gatespec did not write it",
                    path.display()
                );
                sink.report(in_the_way(rules::OUTPUT_NOT_OURS, message));
            }
            Err(problem) => {
                let message = format!("cannot read {}: {problem}", path.display());
                sink.report(in_the_way(rules::WRITE_FAILED, message));
            }
        }
    }
    let known: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let found = disk::list(folder).unwrap_or_default();
    let orphans = found.into_iter().filter(|path| !known.contains(path.as_str()));
    changes.orphaned = orphans.filter(|path| owns(&folder.join(path))).collect();
    changes.orphaned.sort();
    changes.added.sort();
    changes.changed.sort();
    changes
}

fn owns(path: &Path) -> bool {
    matches!(disk::read(path), Ok(Some(text)) if is_ours(&text))
}

fn is_ours(text: &[u8]) -> bool {
    text.starts_with(MARK.as_bytes())
}

fn in_the_way(rule: &'static Rule, message: String) -> Diagnostic {
    Diagnostic::new(rule, message).help("move it away, or name another folder with `--out DIR`")
}
