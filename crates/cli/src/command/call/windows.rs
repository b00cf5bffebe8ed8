//! Splits a range that is longer than its rule allows into windows, which are sent one after
//! another.

use super::arguments::Call;
use super::cursor::{self, CursorFile};
use crate::command::stop::Stop;
use gatespec_inspect::request::{Ask, TypedRequest};
use gatespec_runtime::split::{Cursor, Window, Windows};
use gatespec_runtime::{MethodInfo, RangeRule, Source};

/// The windows of a split range, and which of them are done.
pub(super) struct Split {
    cursor: Cursor,
    /// The file that records which windows are done. `None` without `--cursor` and in a dry run.
    file: Option<CursorFile>,
}

impl Split {
    /// Splits the request. Returns `None` if the request is sent as a whole: if no rule splits it,
    /// if its range fits one window and no cursor is wanted, or if its range is invalid, which
    /// validation will report.
    pub(super) fn of(
        arguments: &Call,
        (ask, method): (&Ask<'_>, MethodInfo<'_>),
        request: &TypedRequest<'_>,
    ) -> Result<Option<Split>, Stop> {
        let is_waived = |rule: &String| rule == "span" || rule.starts_with("span:");
        let is_whole = arguments.without_rule.iter().any(is_waived);
        let windows = request.windows().filter(|_| !is_whole);
        let windows = match (windows, &arguments.cursor) {
            (None, Some(_)) => {
                let problem = format!("`{}` has no range that can be split", ask.name);
                return Err(Stop::usage(format!("{problem}: remove --cursor")));
            }
            (None, None) | (Some(Err(_)), _) => return Ok(None),
            (Some(Ok(windows)), None) if windows.count() <= 1 => return Ok(None),
            (Some(Ok(windows)), _) => windows,
        };
        let (Some(named), Some(rule)) = (&arguments.cursor, request.range_rule()) else {
            let cursor = Cursor::new(&ask.platform.id, ask.name, windows);
            return Ok(Some(Split { cursor, file: None }));
        };
        let of = |windows| own(windows, (ask, method), (request, &rule));
        let read = || cursor::read(named, windows, (&rule, &of), arguments.same_request);
        if arguments.dry_run {
            return Ok(Some(Split { cursor: read()?, file: None }));
        }
        let file = CursorFile::hold(named)?;
        let cursor = read()?;
        // The file is written before anything is sent, because a window that is sent but not
        // recorded would be sent again.
        file.write(&cursor)?;
        Ok(Some(Split { cursor, file: Some(file) }))
    }

    pub(super) fn total(&self) -> u64 {
        self.cursor.total()
    }

    pub(super) fn done(&self) -> u64 {
        self.cursor.done()
    }

    /// Returns the first window that is not done.
    pub(super) fn next(&self) -> Option<Window> {
        self.cursor.remaining().next()
    }

    /// Records that a window is done. `range` describes the window in messages.
    pub(super) fn finish(&mut self, window: &Window, range: &str) -> Result<(), Stop> {
        self.cursor.finish(window.index);
        let Some(file) = &self.file else { return Ok(()) };
        file.write(&self.cursor).map_err(|stop| {
            let lost = format!(
                "window {} of {}, {range}, was sent and answered, but not recorded: the same command would send it again",
                window.index + 1,
                self.total()
            );
            match stop {
                Stop::Failed(reasons) => Stop::Failed([reasons, vec![lost]].concat()),
                other => other,
            }
        })
    }
}

/// Returns the cursor of this request. The cursor is identified by the request's fields and
/// overrides, and by the credentials that distinguish callers.
fn own(
    windows: Windows,
    (ask, method): (&Ask<'_>, MethodInfo<'_>),
    (request, rule): (&TypedRequest<'_>, &RangeRule<'_>),
) -> Cursor {
    let identifies = |name: &&str| {
        let known = ask.gateway.credentials.iter().find(|known| known.name == *name);
        known.is_some_and(|known| known.per_shop || !known.sensitive)
    };
    let caller = ask.credentials.names().filter(identifies);
    let caller = caller.filter_map(|name| Some((name, ask.credentials.get(name)?)));
    let clock = |name: &str| {
        let own = ask.gateway.public_param(name);
        own.is_some_and(|param| matches!(param.source, Source::Clock(_)))
    };
    let changed = ask.overrides.parameters.iter().chain(&ask.overrides.arguments);
    let changed = changed.filter(|(name, _)| !clock(name));
    let changed = changed.map(|(name, value)| (name.as_ref(), value.as_ref()));
    let others: Vec<(&str, &str)> = caller.chain(changed).collect();
    Cursor::new(&ask.platform.id, ask.name, windows).of_request(
        method.gateway,
        (request, rule),
        &others,
    )
}
