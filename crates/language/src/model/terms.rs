//! Converts parts of a field to the protocol's types, for schemas and for generated code.

use super::{Constraint, Field, ListStyle, Required, TimeCodec};
use gatespec_protocol::record::Limit;
use gatespec_protocol::{self as rt, TimeFormat};

impl Field {
    /// Whether a request must have the field. Fields in the path are always required.
    pub fn is_needed(&self) -> bool {
        self.required == Required::Yes || self.in_path
    }

    /// How a list in the field is sent.
    pub fn list_style(&self) -> Option<rt::ListStyle<'_>> {
        Some(match self.list.as_ref()? {
            _ if self.json_text => rt::ListStyle::JsonText,
            ListStyle::Delimited(delimiter) => rt::ListStyle::Delimited(delimiter),
            ListStyle::Json => rt::ListStyle::Json,
            ListStyle::Repeat => rt::ListStyle::Repeat,
            ListStyle::Inside(item) => rt::ListStyle::Inside(item),
        })
    }
}

impl TimeCodec {
    /// The format of a time.
    pub fn time_format(&self) -> TimeFormat<'_> {
        TimeFormat::named(&self.format, self.offset)
    }
}

/// Writes seconds east of UTC as a spec does: `+08:00`.
pub fn offset(seconds: i32) -> String {
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

impl Constraint {
    /// The limit for a value.
    pub fn limit(&self) -> Limit<'_> {
        let count =
            |limit: &Option<u64>| limit.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
        let number = |limit: &Option<String>| limit.as_deref()?.parse().ok();
        match self {
            Constraint::Length { min, max } => Limit::Length(count(min), count(max)),
            Constraint::Range { min, max } => Limit::Range(number(min), number(max)),
            Constraint::Pattern(pattern) => Limit::Pattern(pattern),
            Constraint::Items { min, max } => Limit::Items(count(min), count(max)),
        }
    }
}
