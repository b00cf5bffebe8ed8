//! A range that is longer than its rule allows, one window after another.

use super::arguments::Call;
use crate::command::stop::Stop;
use gatespec_codegen::request::TypedRequest;
use gatespec_codegen::source;
use gatespec_runtime::split::{Cursor, Window};
use std::fs;
use std::path::Path;

/// Which windows are to be sent.
pub(super) struct Split {
    cursor: Cursor,
}

impl Split {
    /// `None` if the request is to be sent as it is: nothing splits it, or it is short enough, or
    /// its validators will say what is wrong with its range.
    pub(super) fn of(
        arguments: &Call,
        (platform, method): (&str, &str),
        request: &TypedRequest<'_>,
    ) -> Result<Option<Split>, Stop> {
        let waived = |rule: &String| rule == "span" || rule.starts_with("span:");
        let windows = request.windows().and_then(Result::ok);
        let windows = windows.filter(|windows| windows.count() > 1);
        let Some(windows) = windows.filter(|_| !arguments.without_rule.iter().any(waived)) else {
            return match &arguments.cursor {
                Some(_) => Err(Stop::usage("there is no range to split: leave --cursor out")),
                None => Ok(None),
            };
        };
        let fresh = Cursor::new(platform, method, windows);
        let saved = arguments.cursor.as_deref().map(read).transpose()?.flatten();
        let Some(cursor) = saved else { return Ok(Some(Split { cursor: fresh })) };
        match cursor.check_resumes(&fresh) {
            Ok(()) => Ok(Some(Split { cursor })),
            Err(error) => Err(Stop::usage(format!("--cursor: {error}"))),
        }
    }

    pub(super) fn total(&self) -> u64 {
        self.cursor.total()
    }

    pub(super) fn done(&self) -> u64 {
        self.cursor.done()
    }

    pub(super) fn remaining(&self) -> Vec<Window> {
        self.cursor.remaining().collect()
    }

    /// Remembers that a window is done.
    pub(super) fn finish(&mut self, window: &Window, file: Option<&Path>) -> Result<(), Stop> {
        self.cursor.finish(window.index);
        file.map_or(Ok(()), |file| write(file, &self.cursor))
    }
}

/// The cursor of an earlier run; none if there is no such file.
fn read(file: &Path) -> Result<Option<Cursor>, Stop> {
    if !file.exists() {
        return Ok(None);
    }
    let wrong = |reason: String| Stop::usage(format!("--cursor {}: {reason}", file.display()));
    let text = source::text(file).map_err(wrong)?;
    text.trim().parse().map(Some).map_err(|error| wrong(format!("{error}")))
}

/// In one step, so that a run that is killed leaves the old one or the new one.
fn write(file: &Path, cursor: &Cursor) -> Result<(), Stop> {
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let written = fs::write(&part, format!("{cursor}\n")).and_then(|()| fs::rename(&part, file));
    written.map_err(|error| {
        Stop::Failed(vec![format!("--cursor {}: it cannot be written: {error}", file.display())])
    })
}
