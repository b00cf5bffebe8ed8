//! Reads, lists and replaces files. Either all files are replaced, or none.

use super::output::OutputFile;
use std::fmt;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// An operation that failed, and its path.
#[derive(Debug)]
pub(super) struct Problem {
    what: &'static str,
    path: PathBuf,
    error: io::Error,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}", self.what, self.path.display(), self.error)
    }
}

/// Returns the bytes of a file, or `None` if the file does not exist. Links are not followed,
/// because they may lead anywhere.
pub(super) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_file() => fs::read(path).map(Some),
        Ok(_) => Err(io::Error::other("it is not a regular file")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            Err(io::Error::other("a file has the path of a folder"))
        }
        Err(error) => Err(error),
    }
}

/// Replaces the text of a file, or of the target of a link. Fails if the text is no longer `old`.
pub(super) fn rewrite(file: &Path, old: &str, new: &str) -> Result<(), Problem> {
    let path = fs::canonicalize(file).map_err(failed("find", file))?;
    if fs::read(&path).map_err(failed("read", file))? != old.as_bytes() {
        let error = io::Error::other("it was changed in the meantime");
        return Err(failed("replace", file)(error));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.gatespec"));
    let permissions = fs::metadata(&path).map_err(failed("read", file))?.permissions();
    let replaced = fs::write(&temporary, new)
        .and_then(|()| fs::set_permissions(&temporary, permissions))
        .and_then(|()| fs::rename(&temporary, &path));
    if replaced.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    replaced.map_err(failed("replace", file))
}

/// Writes a new file. Fails if the file exists. If the text cannot be written completely, the file
/// is removed.
pub(super) fn create(file: &Path, text: &str) -> Result<(), Problem> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(failed("create the folder", folder))?;
    }
    let mut new = fs::File::create_new(file).map_err(failed("create", file))?;
    let written = new.write_all(text.as_bytes());
    if written.is_err() {
        let _ = fs::remove_file(file);
    }
    written.map_err(failed("write", file))
}

/// Returns the file that occupies the path of the folder or of one of its ancestors, if there is
/// one.
pub(super) fn file_in_the_way(folder: &Path) -> Option<&Path> {
    let mut there = folder.ancestors().filter(|path| path.exists());
    there.next().filter(|path| !path.is_dir())
}

/// Lists the files below a folder whose names have this ending, with `/` as separator. Links are
/// skipped.
pub(super) fn list(folder: &Path, ending: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
            if kind.is_dir() {
                open.push((entry.path(), format!("{prefix}{name}/")));
            } else if kind.is_file() && name.ends_with(ending) {
                found.push(format!("{prefix}{name}"));
            }
        }
    }
    Ok(found)
}

/// Writes files and deletes orphans. First writes the new files beside the old ones, so that a lack
/// of space or permission is noticed before anything is replaced. Then renames the new files, and
/// undoes the renames if one fails.
pub(super) fn replace<'f>(
    folder: &Path,
    files: impl Iterator<Item = &'f OutputFile>,
    orphans: &[String],
) -> Result<(), Problem> {
    let mut change = Change::default();
    let outcome = change.run(folder, files, orphans);
    match outcome {
        Ok(()) => change.finish(folder, orphans),
        Err(_) => change.undo(),
    }
    outcome
}

/// The steps done so far, so that they can be undone.
#[derive(Default)]
struct Change {
    folders: Vec<PathBuf>,
    /// New files under temporary names, each with its final path.
    ready: Vec<(PathBuf, PathBuf)>,
    /// Paths that were replaced, with their old bytes; `None` if there was no file.
    replaced: Vec<(PathBuf, Option<Vec<u8>>)>,
}

impl Change {
    fn run<'f>(
        &mut self,
        folder: &Path,
        files: impl Iterator<Item = &'f OutputFile>,
        orphans: &[String],
    ) -> Result<(), Problem> {
        for file in files {
            let path = folder.join(&file.path);
            let parent = path.parent().unwrap_or(folder);
            self.create(parent)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let temporary = parent.join(format!(".{name}.gatespec"));
            self.ready.push((temporary.clone(), path.clone()));
            fs::write(&temporary, &file.text).map_err(failed("write", &path))?;
        }
        for (temporary, path) in std::mem::take(&mut self.ready) {
            let old = read(&path).map_err(failed("read", &path))?;
            let renamed = fs::rename(&temporary, &path).map_err(failed("replace", &path));
            if renamed.is_err() {
                self.ready.push((temporary, path));
                return renamed;
            }
            self.replaced.push((path, old));
        }
        for orphan in orphans {
            let path = folder.join(orphan);
            let old = read(&path).map_err(failed("read", &path))?;
            fs::remove_file(&path).map_err(failed("delete", &path))?;
            self.replaced.push((path, old));
        }
        Ok(())
    }

    /// Creates a folder, and records each ancestor that it had to create.
    fn create(&mut self, folder: &Path) -> Result<(), Problem> {
        let missing: Vec<_> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .map(Path::to_path_buf)
            .collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(&folder).map_err(failed("create the folder", &folder))?;
            self.folders.push(folder);
        }
        Ok(())
    }

    /// Removes folders that have become empty.
    fn finish(&self, folder: &Path, orphans: &[String]) {
        for orphan in orphans {
            let path = folder.join(orphan);
            let below = path.ancestors().skip(1).take_while(|parent| *parent != folder);
            for parent in below {
                if fs::remove_dir(parent).is_err() {
                    break;
                }
            }
        }
    }

    /// Undoes the steps as far as possible. Further errors are ignored, because only the first
    /// error is reported.
    fn undo(self) {
        for (temporary, _) in self.ready {
            let _ = fs::remove_file(temporary);
        }
        for (path, old) in self.replaced.into_iter().rev() {
            let _ = match old {
                Some(bytes) => fs::write(path, bytes),
                None => fs::remove_file(path),
            };
        }
        for folder in self.folders.into_iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

fn failed(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Problem {
    let path = path.to_path_buf();
    move |error| Problem { what, path, error }
}
