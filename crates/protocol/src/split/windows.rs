//! The windows of a range. They are computed from their indexes, and not stored.

use std::fmt;
use std::iter::FusedIterator;

use super::{RangeEnd, RangeRule};
use crate::datetime::{DateTime, Grid, TimeUnit};
use crate::rules::TimeSpan;

/// A part of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    /// The index of the window in the range, from 0.
    pub index: u64,
    /// The start of the window.
    pub from: DateTime,
    /// The end of the window.
    pub to: DateTime,
}

/// Writes a text such as `2023-01-01T00:00:00+08:00 to 2023-01-08T00:00:00+08:00`.
impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.from, self.to)
    }
}

/// A range that is split into windows, earliest first. There is at least one window, even if the
/// range is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    pub(super) grid: Grid,
    /// `first` and `last` are the numbers of the range's start and end on the grid.
    first: i64,
    last: i64,
    pub(super) at_most: TimeSpan,
    pub(super) end: RangeEnd,
}

impl Windows {
    /// Splits a range. Returns `None` if the range is reversed or the windows would not advance.
    pub(super) fn new(
        rule: &RangeRule<'_>,
        unit: TimeUnit,
        from: DateTime,
        to: DateTime,
    ) -> Option<Windows> {
        let grid = Grid { unit, offset: rule.format.offset() };
        Windows::on(grid, (from, to), rule.at_most, rule.end)
    }

    pub(super) fn on(
        grid: Grid,
        (from, to): (DateTime, DateTime),
        at_most: TimeSpan,
        end: RangeEnd,
    ) -> Option<Windows> {
        let (first, last) = (grid.number(from), grid.number(to));
        let windows = Windows { grid, first, last, at_most, end };
        (first <= last && windows.stride() > 0).then_some(windows)
    }

    /// The start and the end of the range, truncated to what the wire format can write.
    pub fn range(&self) -> (DateTime, DateTime) {
        (self.grid.instant(self.first), self.grid.instant(self.last))
    }

    /// The number of windows.
    pub fn count(&self) -> u64 {
        let (length, stride) = (self.last.abs_diff(self.first), self.stride().unsigned_abs());
        match self.end {
            RangeEnd::Excluded => length.div_ceil(stride).max(1),
            RangeEnd::Included => length / stride + 1,
        }
    }

    /// The window with this index; `None` if there is no such window.
    pub fn get(&self, index: u64) -> Option<Window> {
        if index >= self.count() {
            return None;
        }
        let offset = i64::try_from(index).ok()?.checked_mul(self.stride())?;
        let from = self.first.checked_add(offset)?;
        let to = from.saturating_add(self.reach()).min(self.last);
        Some(Window { index, from: self.grid.instant(from), to: self.grid.instant(to) })
    }

    /// The length of a window in steps of the grid.
    fn reach(&self) -> i64 {
        units(self.at_most, self.grid.unit)
    }

    /// The distance between the starts of two windows in steps of the grid.
    fn stride(&self) -> i64 {
        match self.end {
            RangeEnd::Excluded => self.reach(),
            RangeEnd::Included => self.reach().saturating_add(1),
        }
    }
}

/// The number of whole units in a span.
pub(super) fn units(span: TimeSpan, unit: TimeUnit) -> i64 {
    let millis = span.duration().as_millis();
    i64::try_from(millis).unwrap_or(i64::MAX) / unit.millis()
}

/// Writes a text such as
/// `2023-01-01T00:00:00+08:00 to 2023-04-01T00:00:00+08:00 in 13 windows of at most 7 days, ends
/// excluded`.
impl fmt::Display for Windows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(self.grid.offset))
    }
}

impl Windows {
    /// Describes the windows, with times at this offset.
    pub(super) fn told(&self, offset: i32) -> String {
        let ((from, to), count) = (self.range(), self.count());
        let (from, to) = (from.to_offset(offset), to.to_offset(offset));
        let plural = if count == 1 { "" } else { "s" };
        let Windows { at_most, end, .. } = self;
        format!("{from} to {to} in {count} window{plural} of at most {at_most}, ends {end}")
    }
}

impl IntoIterator for Windows {
    type Item = Window;
    type IntoIter = Iter;

    fn into_iter(self) -> Iter {
        Iter { windows: self, next: 0, end: self.count() }
    }
}

impl IntoIterator for &Windows {
    type Item = Window;
    type IntoIter = Iter;

    fn into_iter(self) -> Iter {
        (*self).into_iter()
    }
}

/// Iterates over windows, in both directions.
#[derive(Debug, Clone)]
pub struct Iter {
    windows: Windows,
    next: u64,
    end: u64,
}

impl Iterator for Iter {
    type Item = Window;

    fn next(&mut self) -> Option<Window> {
        self.nth(0)
    }

    fn nth(&mut self, skip: usize) -> Option<Window> {
        let skip = u64::try_from(skip).unwrap_or(u64::MAX);
        let at = self.next.saturating_add(skip).min(self.end);
        self.next = at.saturating_add(1).min(self.end);
        if at < self.end { self.windows.get(at) } else { None }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.end.saturating_sub(self.next)).ok();
        (left.unwrap_or(usize::MAX), left)
    }
}

impl DoubleEndedIterator for Iter {
    fn next_back(&mut self) -> Option<Window> {
        if self.next >= self.end {
            return None;
        }
        self.end -= 1;
        self.windows.get(self.end)
    }
}

impl FusedIterator for Iter {}
