//! Writes files to disk. Only files that differ are written, and only generated files are replaced
//! or deleted.

mod disk;
mod output;

pub use output::OutputFile;

use crate::diagnostic::{Diagnostic, Rule, Sink, rules};
use crate::emit::MARK;
use std::collections::BTreeSet;
use std::path::Path;

/// The ending of the names of generated files.
const RUST: &str = ".rs";

/// What to do about differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Write the files.
    Write,
    /// Report the differences.
    Check,
}

/// The differences between the folder and the output, as sorted paths relative to the folder, with
/// `/` as separator. [`Mode::Write`] removes the differences, [`Mode::Check`] leaves them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Missing files.
    pub added: Vec<String>,
    /// Files whose text differs.
    pub changed: Vec<String>,
    /// Generated files that are no longer part of the output.
    pub orphaned: Vec<String>,
    /// The number of files that are up to date.
    pub unchanged: usize,
}

impl Changes {
    /// Whether the folder matches the output.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.orphaned.is_empty()
    }
}

/// Compares a folder with the output, and writes the differences in [`Mode::Write`].
///
/// Only files whose bytes differ are written, each by a rename, so that readers never see half a
/// file. Only files that begin like generated files are replaced or deleted. After an error the
/// folder is unchanged.
pub fn sync(folder: &Path, files: &[OutputFile], mode: Mode, sink: &mut Sink) -> Changes {
    let before = sink.fails();
    let changes = compare(folder, files, sink);
    if mode == Mode::Write && !before && !sink.fails() && !changes.is_empty() {
        let stale: BTreeSet<_> = changes.added.iter().chain(&changes.changed).collect();
        let replaced = files.iter().filter(|file| stale.contains(&file.path));
        if let Err(problem) = disk::replace(folder, replaced, &changes.orphaned) {
            sink.report(
                Diagnostic::new(rules::WRITE_FAILED, problem.to_string())
                    .help("the output folder is unchanged; check its permissions and the free space on the disk"),
            );
        }
    }
    changes
}

/// Replaces the text of a spec by a rename, so that readers see the old or the new text. For a
/// link, replaces its target.
///
/// # Errors
///
/// When the file no longer has the old text, or cannot be written. The error is a description.
pub fn rewrite(file: &Path, old: &str, new: &str) -> Result<(), String> {
    disk::rewrite(file, old, new).map_err(|problem| problem.to_string())
}

/// Writes a new spec, and creates its folder if necessary.
///
/// # Errors
///
/// When the file exists already, or cannot be written. The error is a description.
pub fn create(file: &Path, text: &str) -> Result<(), String> {
    disk::create(file, text).map_err(|problem| problem.to_string())
}

/// Writes the files that differ from those in a folder, all or none. Creates the folder if
/// necessary. Returns the paths of the written files. An existing file that does not contain `mark`
/// was written by somebody else and is not replaced. Files that contain `mark`, whose names end with
/// `ending` and that are not among `files` are deleted; without an `ending`, no file is.
///
/// # Errors
///
/// When somebody else wrote an existing file, or a file cannot be read or written. The error is a
/// description.
pub fn put(
    folder: &Path,
    files: &[OutputFile],
    mark: &str,
    ending: Option<&str>,
) -> Result<Vec<String>, String> {
    let contains = |text: &[u8]| String::from_utf8_lossy(text).contains(mark);
    let mut changed = Vec::new();
    for file in files {
        let path = folder.join(&file.path);
        let shown = path.display();
        let old = disk::read(&path).map_err(|error| format!("cannot read {shown}: {error}"))?;
        match old {
            Some(old) if old == file.text.as_bytes() => continue,
            Some(old) if !contains(&old) => {
                return Err(format!("{shown} was not written by gatespec: move it elsewhere"));
            }
            _ => changed.push(file.path.clone()),
        }
    }
    let orphans = match ending {
        Some(ending) => orphans(folder, files, ending, &contains),
        None => Vec::new(),
    };
    let differ = files.iter().filter(|file| changed.contains(&file.path));
    disk::replace(folder, differ, &orphans).map_err(|problem| problem.to_string())?;
    Ok(changed)
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
                    "{} has the path of an output file, but was not written by gatespec",
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
    changes.orphaned = orphans(folder, files, RUST, &is_ours);
    changes.added.sort();
    changes.changed.sort();
    changes
}

/// Returns the files below a folder that were written before and are not written any more, sorted.
fn orphans(
    folder: &Path,
    files: &[OutputFile],
    ending: &str,
    is_ours: &dyn Fn(&[u8]) -> bool,
) -> Vec<String> {
    let known: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let owns =
        |path: &String| matches!(disk::read(&folder.join(path)), Ok(Some(text)) if is_ours(&text));
    let found = disk::list(folder, ending).unwrap_or_default().into_iter();
    let mut orphans: Vec<_> =
        found.filter(|path| !known.contains(path.as_str())).filter(owns).collect();
    orphans.sort();
    orphans
}

fn is_ours(text: &[u8]) -> bool {
    text.starts_with(MARK.as_bytes())
}

fn in_the_way(rule: &'static Rule, message: String) -> Diagnostic {
    Diagnostic::new(rule, message)
        .help("move it elsewhere, or choose another folder with `--out DIR`")
}
