//! The file that records which windows of a range are done.

use crate::command::stop::Stop;
use crate::command::terminal;
use gatespec_language::source;
use gatespec_runtime::RangeRule;
use gatespec_runtime::split::{Cursor, Windows};
use std::fmt::Display;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// The maximum number of links that are followed. Operating systems have such a limit too.
const MOST_LINKS: usize = 40;

/// The file of a cursor, locked for this run.
pub(super) struct CursorFile {
    /// The path as given.
    named: PathBuf,
    /// The absolute path of the file; if `named` is a link, of its target.
    path: PathBuf,
    lock: PathBuf,
    /// Holds the lock until the process ends.
    _held: File,
}

impl CursorFile {
    /// Locks the file for this run.
    pub(super) fn hold(named: &Path) -> Result<CursorFile, Stop> {
        let unwritable = |error| unwritable(named, &error);
        let path = behind_links(named).map_err(unwritable)?;
        let lock = beside(&path, ".lock");
        loop {
            let held = File::create(&lock).map_err(unwritable)?;
            match held.try_lock() {
                Err(TryLockError::WouldBlock) => {
                    return Err(wrong(named, "another run is using it; wait until it ends"));
                }
                // Some file systems do not support locks.
                Err(TryLockError::Error(error)) if error.kind() != ErrorKind::Unsupported => {
                    return Err(unwritable(error));
                }
                Err(TryLockError::Error(_)) | Ok(()) => {}
            }
            // If another run ended in the meantime, it removed the lock file that was opened here.
            if is_at(&held, &lock) {
                return Ok(CursorFile { named: named.to_owned(), path, lock, _held: held });
            }
        }
    }

    /// Replaces the file atomically and durably: after a kill or a power failure, either the old
    /// file or the new one is there.
    pub(super) fn write(&self, cursor: &Cursor) -> Result<(), Stop> {
        let part = beside(&self.path, ".part");
        let write = || {
            let mut file = File::create(&part)?;
            file.write_all(format!("{cursor}\n").as_bytes())?;
            file.sync_all()?;
            fs::rename(&part, &self.path)?;
            sync_folder(&self.path)
        };
        write().map_err(|error| unwritable(&self.named, &error))
    }
}

impl Drop for CursorFile {
    fn drop(&mut self) {
        // A lock file that is left behind, such as after ctrl-c, is not locked and does no harm.
        let _ = fs::remove_file(&self.lock);
    }
}

/// Reads the cursor that an earlier run of the same request left, or creates a new one. `of`
/// creates the cursor of this request for a range. `vouched` skips the check that the request is
/// the same.
pub(super) fn read(
    path: &Path,
    windows: Windows,
    (rule, of): (&RangeRule<'_>, &dyn Fn(Windows) -> Cursor),
    vouched: bool,
) -> Result<Cursor, Stop> {
    if !path.exists() {
        return Ok(of(windows));
    }
    let wrong = |reason: &dyn Display| wrong(path, &reason.to_string());
    let text = source::text(path).map_err(|reason| wrong(&reason))?;
    let saved: Cursor = text.trim().parse().map_err(|error| wrong(&error))?;
    let this = of(saved.windows());
    let taken = saved.clone().taken_for(&this).map_err(|error| wrong(&error))?;
    match saved.check_resumes(&this) {
        Err(error) if !vouched => {
            return Err(wrong(&format!(
                "{error}; give another file, or add --same-request if only a token was renewed"
            )));
        }
        Ok(()) if !saved.knows_request() => terminal::note(&format!(
            "{} was written by an earlier version, which did not record the request: it is used for this request",
            path.display()
        )),
        _ => {}
    }
    let range = |windows: Windows| {
        let (from, to) = windows.range();
        format!("{} to {}", rule.format.format(from), rule.format.format(to))
    };
    let (own, other) = (range(saved.windows()), range(windows));
    match taken.check_resumes(&of(windows)) {
        Ok(()) => Ok(taken),
        Err(_) if own == other => {
            Err(wrong(&format!("the rule that splits {own} has changed since; give another file")))
        }
        Err(_) => Err(wrong(&format!(
            "it is for {own}, but this request is for {other}; ask for the same range, or give another file"
        ))),
    }
}

/// Follows links, and returns the path of the target in its real folder. The target need not exist.
fn behind_links(named: &Path) -> io::Result<PathBuf> {
    let mut path = named.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(target) = fs::read_link(&path) else { break };
        path = folder(&path).join(target);
    }
    let folder = folder(&path).canonicalize()?;
    Ok(path.file_name().map_or(folder.clone(), |name| folder.join(name)))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether an open file is still the one at this path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let id = |data: fs::Metadata| (data.dev(), data.ino());
    let (own, other) = (file.metadata().map(id), fs::metadata(path).map(id));
    own.is_ok_and(|own| other.is_ok_and(|other| own == other))
}

/// On other systems, an open file cannot be removed.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Makes a renamed file durable, by flushing its folder to the disk.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    match File::open(folder(path))?.sync_all() {
        // Some file systems do not support this for folders.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => {
            Ok(())
        }
        done => done,
    }
}

/// On other systems, folders cannot be opened.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn wrong(path: &Path, reason: &str) -> Stop {
    Stop::usage(format!("--cursor {}: {reason}", path.display()))
}

fn unwritable(path: &Path, error: &io::Error) -> Stop {
    let reason = format!("--cursor {}: cannot write the file: {error}", path.display());
    Stop::Failed(vec![reason])
}
