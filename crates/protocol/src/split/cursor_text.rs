//! Cursors as text: `gatespec-cursor=1 platform=… method=… request=… from=… to=… … check=…`.

use std::fmt;
use std::fmt::Write as _;
use std::str::FromStr;

use md5::{Digest as _, Md5};

use super::RangeEnd;
use super::cursor::Cursor;
use super::error::InvalidCursor;
use super::finished::Finished;
use super::windows::Windows;
use crate::datetime::{DateTime, Grid, TimeUnit};
use crate::rules::TimeSpan;

const VERSION: &str = "gatespec-cursor";

/// Writes one line of ASCII without quotes, which [`FromStr`] parses.
impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content = self.content(self.windows.grid.offset);
        write!(f, "{content} check={}", check(&content))
    }
}

impl Cursor {
    /// Returns the line without its checksum. Its times are at the offset `shown_at`, in seconds.
    fn content(&self, shown_at: i32) -> String {
        let Cursor { platform, method, request, windows, finished } = self;
        let Windows { grid: Grid { unit, offset }, end, .. } = windows;
        let (from, to) = windows.range();
        let (from, to) = (from.to_offset(shown_at), to.to_offset(shown_at));
        let at_most = windows.at_most.duration().as_secs();
        let request = request.as_ref().map(|digest| format!(" request={digest}"));
        let request = request.unwrap_or_default();
        let mut text = format!(
            "{VERSION}=1 platform={platform} method={method}{request} from={from} to={to} \
             at_most={at_most}s end={end} unit={unit} zone={offset} done="
        );
        for (at, (start, end)) in finished.runs().iter().enumerate() {
            let separator = if at > 0 { "," } else { "" };
            // Writing to a `String` cannot fail.
            let _ = match start == end {
                true => write!(text, "{separator}{start}"),
                false => write!(text, "{separator}{start}-{end}"),
            };
        }
        text
    }
}

/// A checksum of eight hexadecimal digits. It detects damage, because a back-fill with a wrong
/// number in its cursor would leave out windows that were never sent.
fn check(content: &str) -> String {
    let digest = Md5::digest(content.as_bytes());
    digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// Ignores surrounding white space. The error does not quote the text.
impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Cursor, InvalidCursor> {
        let text = text.trim();
        let mut parts = Parts(text);
        match parts.value(VERSION) {
            Some("1") => {}
            Some(other) if !other.is_empty() && other.bytes().all(|byte| byte.is_ascii_digit()) => {
                let reason =
                    "the cursor was written by another version of gatespec: start again without it";
                return Err(InvalidCursor(reason.to_owned()));
            }
            _ => {
                let reason = format!("this is not a cursor: it does not begin with `{VERSION}=1`");
                return Err(InvalidCursor(reason));
            }
        }
        let cursor = parts.cursor().map_err(|key| damaged(&format!("`{key}` is invalid")))?;
        // The text is valid only if it is exactly what `Display` writes for the cursor. Its times
        // may be at the offset of the format or, as in early versions, in UTC.
        let is_written = |shown_at| {
            let content = cursor.content(shown_at);
            let rest = text.strip_prefix(&content).and_then(|rest| rest.strip_prefix(" check="));
            rest == Some(&check(&content))
        };
        match is_written(cursor.windows.grid.offset) || is_written(0) {
            true => Ok(cursor),
            false => Err(damaged("its checksum does not match")),
        }
    }
}

fn damaged(what: &str) -> InvalidCursor {
    InvalidCursor(format!("the cursor is damaged ({what}): use an older one, or start again"))
}

/// The rest of the line, which has not been read yet.
struct Parts<'t>(&'t str);

impl<'t> Parts<'t> {
    /// Takes the value of the next part, which must have this key.
    fn value(&mut self, key: &str) -> Option<&'t str> {
        let (part, rest) = self.0.split_once(' ').unwrap_or((self.0, ""));
        self.0 = rest;
        part.strip_prefix(key)?.strip_prefix('=')
    }

    fn read<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&'t str) -> Option<T>,
    ) -> Result<T, &'static str> {
        self.value(key).and_then(read).ok_or(key)
    }

    /// Reads everything after the version. The error is the key whose value cannot be read.
    fn cursor(&mut self) -> Result<Cursor, &'static str> {
        let platform = self.read("platform", |text| Some(text.to_owned()))?;
        let method = self.read("method", |text| Some(text.to_owned()))?;
        let request = match self.0.starts_with("request=") {
            true => Some(self.read("request", |text| Some(text.to_owned()))?),
            false => None,
        };
        let range = (self.read("from", time)?, self.read("to", time)?);
        let at_most = self.read("at_most", |text| {
            TimeSpan::long_seconds(text.strip_suffix('s')?.parse().ok()?)
        })?;
        let end = self.read("end", |text| named(text, [RangeEnd::Excluded, RangeEnd::Included]))?;
        let unit = self.read("unit", |text| named(text, TimeUnit::ALL))?;
        let offset = self.read("zone", |text| text.parse().ok())?;
        let windows = Windows::on(Grid { unit, offset }, range, at_most, end).ok_or("to")?;
        let finished = self.read("done", |text| runs(text, windows.count()))?;
        Ok(Cursor { platform, method, request, windows, finished })
    }
}

fn time(text: &str) -> Option<DateTime> {
    text.parse().ok()
}

/// Returns the value that is written as this text.
fn named<T: fmt::Display, const N: usize>(text: &str, all: [T; N]) -> Option<T> {
    all.into_iter().find(|one| one.to_string() == text)
}

/// Parses runs of numbers below `total`, such as `0-3,5`.
fn runs(text: &str, total: u64) -> Option<Finished> {
    let mut finished = Finished::default();
    for run in text.split(',').filter(|_| !text.is_empty()) {
        let (start, end) = run.split_once('-').unwrap_or((run, run));
        let (start, end) = (start.parse().ok()?, end.parse().ok()?);
        if end >= total || !finished.push_run(start, end) {
            return None;
        }
    }
    Some(finished)
}
