//! A range that is longer than its rule allows, one window after another.

use super::arguments::Call;
use super::cursor::CursorFile;
use crate::command::stop::Stop;
use gatespec_inspect::request::TypedRequest;
use gatespec_runtime::split::{Cursor, Window};

/// Which windows are to be sent.
pub(super) struct Split {
    cursor: Cursor,
    /// Where it is remembered; a dry run does nothing that is worth it.
    file: Option<CursorFile>,
}

impl Split {
    /// `None` if the request is to be sent as it is: nothing splits it, or it is short enough and nothing
    /// is to be remembered, or its validators will say what is wrong with its range.
    pub(super) fn of(
        arguments: &Call,
        name: (&str, &str),
        request: &TypedRequest<'_>,
    ) -> Result<Option<Split>, Stop> {
        let is_waived = |rule: &String| rule == "span" || rule.starts_with("span:");
        let is_whole = arguments.without_rule.iter().any(is_waived);
        let windows = request.windows().filter(|_| !is_whole);
        let windows = match (windows, &arguments.cursor) {
            (None, Some(_)) => {
                let problem = format!("`{}` has no range that is split here", name.1);
                return Err(Stop::usage(format!("{problem}: leave --cursor out")));
            }
            (None, None) | (Some(Err(_)), _) => return Ok(None),
            (Some(Ok(windows)), None) if windows.count() <= 1 => return Ok(None),
            (Some(Ok(windows)), _) => windows,
        };
        let (Some(file), Some(rule)) = (&arguments.cursor, request.range_rule()) else {
            return Ok(Some(Split { cursor: Cursor::new(name.0, name.1, windows), file: None }));
        };
        if arguments.dry_run {
            let cursor = CursorFile::read(file, name, windows, &rule)?;
            return Ok(Some(Split { cursor, file: None }));
        }
        let file = CursorFile::hold(file)?;
        let cursor = CursorFile::read(file.path(), name, windows, &rule)?;
        // Now, because what is sent and cannot be remembered would be sent again.
        file.write(&cursor)?;
        Ok(Some(Split { cursor, file: Some(file) }))
    }

    pub(super) fn total(&self) -> u64 {
        self.cursor.total()
    }

    pub(super) fn done(&self) -> u64 {
        self.cursor.done()
    }

    /// The first window that is not done.
    pub(super) fn next(&self) -> Option<Window> {
        self.cursor.remaining().next()
    }

    /// Remembers that a window is done.
    pub(super) fn finish(&mut self, window: &Window) -> Result<(), Stop> {
        self.cursor.finish(window.index);
        self.file.as_ref().map_or(Ok(()), |file| file.write(&self.cursor))
    }
}
