//! Splits a range of time that is longer than a rule allows into several requests.
//!
//! A rule such as "at most 7 days apart" makes a request [`Ranged`]. The range of the request is
//! split into [`Windows`], each of which obeys the rule. Together, the windows cover the range
//! without gaps and without overlaps. They are computed, not stored, so a range of a thousand years
//! costs no more than a range of a week. A [`Cursor`] records which windows are done.
//!
//! A client's `back_fill` sends the windows. A program can also send them itself:
//!
//! ```
//! use gatespec_protocol::split::Window;
//! use gatespec_protocol::{DateTime, RangeEnd, RangeRule, Ranged, TimeSpan, TimeFormat};
//!
//! #[derive(Clone)]
//! struct Orders {
//!     from: DateTime,
//!     to: DateTime,
//! }
//!
//! // Generated code implements this for requests with such a rule.
//! impl Ranged for Orders {
//!     const RANGE: RangeRule<'static> = RangeRule {
//!         fields: ["from", "to"],
//!         at_most: TimeSpan::days(7),
//!         end: RangeEnd::Excluded,
//!         format: TimeFormat::UnixSeconds,
//!     };
//!     fn range(&self) -> (Option<DateTime>, Option<DateTime>) {
//!         (Some(self.from), Some(self.to))
//!     }
//!     fn set_range(&mut self, from: DateTime, to: DateTime) {
//!         (self.from, self.to) = (from, to);
//!     }
//! }
//!
//! let day = |day| DateTime::civil(0, 2023, 1, day, 0, 0, 0);
//! let request = Orders { from: day(1)?, to: day(31)? };
//! let windows = request.windows()?;
//! assert_eq!(windows.count(), 5);
//! let parts: Vec<Orders> = windows.into_iter().map(|window| request.part(&window)).collect();
//! assert_eq!(parts[0].to, parts[1].from);
//! assert_eq!(windows.get(4), Some(Window { index: 4, from: day(29)?, to: day(31)? }));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod cursor;
mod cursor_text;
mod error;
mod finished;
mod rule;
mod windows;

use crate::check::Validate;
use crate::datetime::{DateTime, TimeFormat};
use crate::record::{Field, FieldType, Record, Required, Rule, Schema, Slot, View};

pub use cursor::Cursor;
pub use error::{InvalidCursor, SplitError};
pub use rule::{RangeEnd, RangeRule};
pub use windows::{Iter, Window, Windows};

/// A request whose range of time can be split. It has a rule that limits the length of the range.
pub trait Ranged: Clone {
    /// The rule that limits the length of the range.
    const RANGE: RangeRule<'static>;

    /// The start and the end of the range, each `None` if it is not set.
    fn range(&self) -> (Option<DateTime>, Option<DateTime>);

    /// Sets both ends of the range.
    fn set_range(&mut self, from: DateTime, to: DateTime);

    /// Splits the range of this request into windows that obey the rule. To get other windows,
    /// change the rule:
    /// `RangeRule { end: RangeEnd::Included, ..Orders::RANGE }.windows(orders.range())`.
    ///
    /// # Errors
    /// The start or the end of the range is not set, the range is reversed, or the rule does not
    /// allow windows.
    fn windows(&self) -> Result<Windows, SplitError> {
        Self::RANGE.windows(self.range())
    }

    /// Returns a copy of this request whose range is this window.
    #[must_use]
    fn part(&self, window: &Window) -> Self {
        let mut part = self.clone();
        part.set_range(window.from, window.to);
        part
    }
}

impl RangeRule<'_> {
    /// Why the rule does not allow windows; `None` if it does.
    pub fn problem(&self) -> Option<String> {
        let TimeFormat::Pattern { pattern, .. } = self.format else { return self.too_short() };
        match self.format.unit() {
            Some(_) => self.too_short(),
            None => Some(format!(
                "`{pattern}` has no regular steps: it must have year, month and day, and must not skip a part above its smallest one"
            )),
        }
    }

    /// Returns a message if windows would not advance, because they are shorter than one unit and
    /// their ends are excluded.
    fn too_short(&self) -> Option<String> {
        let unit = self.format.unit()?;
        let short = windows::units(self.at_most, unit) == 0 && self.end == RangeEnd::Excluded;
        short.then(|| format!("a window of {} is shorter than one {unit}", self.at_most))
    }

    /// Splits a range into windows that obey the rule. The start and the end are truncated to times
    /// that the format can write, for example to whole seconds.
    ///
    /// # Errors
    /// The start or the end of the range is not set, the range is reversed, or the rule does not
    /// allow windows.
    pub fn windows(
        &self,
        (from, to): (Option<DateTime>, Option<DateTime>),
    ) -> Result<Windows, SplitError> {
        let kind = FieldType::Time(self.format, None);
        let fields =
            self.fields.map(|name| Field { name, kind, required: Required::Yes, ..Field::BARE });
        let rules = &[Rule::NotAfter(0, 1)];
        let schema = Schema { fields: &fields, order: &[], places: &[], rules };
        let violations = Bounds { schema: &schema, ends: [from, to] }.violations();
        if !violations.is_empty() {
            return Err(SplitError::Range(violations));
        }
        if let Some(problem) = self.problem() {
            return Err(SplitError::Rule(problem));
        }
        let windows = match (from, to, self.format.unit()) {
            (Some(from), Some(to), Some(unit)) => Windows::new(self, unit, from, to),
            _ => None,
        };
        windows.ok_or_else(|| SplitError::Rule("the range cannot be split".to_owned()))
    }
}

/// The ends of a range as a record, to be validated like a request.
struct Bounds<'a> {
    schema: &'a Schema<'a>,
    ends: [Option<DateTime>; 2],
}

impl Record for Bounds<'_> {
    fn schema(&self) -> &Schema<'_> {
        self.schema
    }

    fn view(&self, field: usize) -> View<'_> {
        self.ends[field].view()
    }

    fn slot(&mut self, field: usize) -> (&Field<'_>, &mut dyn Slot) {
        (&self.schema.fields[field], &mut self.ends[field])
    }
}
