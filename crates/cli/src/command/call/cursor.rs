//! The file that remembers which windows of a range are done.

use crate::command::stop::Stop;
use gatespec_language::source;
use gatespec_runtime::RangeRule;
use gatespec_runtime::split::{Cursor, Windows};
use std::fmt::Display;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The file of a cursor, which no other run uses meanwhile.
pub(super) struct CursorFile {
    path: PathBuf,
    lock: PathBuf,
    /// The lock goes with it, however the run ends.
    _held: File,
}

impl CursorFile {
    /// Takes the file for this run.
    pub(super) fn hold(path: &Path) -> Result<CursorFile, Stop> {
        let lock = beside(path, ".lock");
        let held = File::create(&lock).map_err(|error| unwritable(path, &error))?;
        match held.try_lock() {
            Err(TryLockError::WouldBlock) => {
                return Err(wrong(path, "another run is using it; wait for its end"));
            }
            // There are file systems without locks.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(unwritable(path, &error)),
            Ok(()) => {}
        }
        Ok(CursorFile { path: path.to_owned(), lock, _held: held })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What an earlier run of this method over these windows has left; a new one if there was none.
    pub(super) fn read(
        path: &Path,
        (platform, method): (&str, &str),
        windows: Windows,
        rule: &RangeRule<'_>,
    ) -> Result<Cursor, Stop> {
        let of = |windows| Cursor::new(platform, method, windows);
        if !path.exists() {
            return Ok(of(windows));
        }
        let wrong = |reason: &dyn Display| wrong(path, &reason.to_string());
        let text = source::text(path).map_err(|reason| wrong(&reason))?;
        let saved: Cursor = text.trim().parse().map_err(|error| wrong(&error))?;
        saved.check_resumes(&of(saved.windows())).map_err(|error| wrong(&error))?;
        let range = |windows: Windows| {
            let (from, to) = windows.range();
            format!("{} to {}", rule.format.format(from), rule.format.format(to))
        };
        let (own, other) = (range(saved.windows()), range(windows));
        match saved.check_resumes(&of(windows)) {
            Ok(()) => Ok(saved),
            Err(_) if own == other => Err(wrong(&format!(
                "the rule has changed since, by which {own} is split; name another file"
            ))),
            Err(_) => Err(wrong(&format!(
                "it is of {own}, and this is {other}; ask for the same range, or name another file"
            ))),
        }
    }

    /// In one step, so that a run that is killed leaves the old one or the new one.
    pub(super) fn write(&self, cursor: &Cursor) -> Result<(), Stop> {
        let part = beside(&self.path, ".part");
        let written = fs::write(&part, format!("{cursor}\n"));
        let written = written.and_then(|()| fs::rename(&part, &self.path));
        written.map_err(|error| unwritable(&self.path, &error))
    }
}

impl Drop for CursorFile {
    fn drop(&mut self) {
        // One that stays behind, as after ctrl-c, is not locked and does no harm.
        let _ = fs::remove_file(&self.lock);
    }
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
    let reason = format!("--cursor {}: it cannot be written: {error}", path.display());
    Stop::Failed(vec![reason])
}
