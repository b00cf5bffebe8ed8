//! The range of a request that can be split.

use super::tree::{Format, Record, Value};
use crate::model::Method;
use gatespec_language::range::splitting;
use gatespec_protocol::{RangeEnd, TimeSpan};

/// The range of a request that can be split. Indices point at [`Record::fields`].
#[derive(Debug)]
pub struct Range {
    /// Where it begins.
    pub first: usize,
    /// Where it ends.
    pub second: usize,
    /// How long a window is at most.
    pub at_most: TimeSpan,
    /// How two windows meet.
    pub end: RangeEnd,
    /// How both ends are written.
    pub format: Format,
}

/// Plans the range of a request, if it has one.
pub fn range(spec: &Method, request: &Record<'_>) -> Option<Range> {
    let (_, rule) = splitting(&spec.request)?;
    let [first, second] =
        rule.fields.map(|name| request.fields.iter().position(|field| field.wire == name));
    let (first, second) = (first?, second?);
    let Value::Time(time) = &request.fields[first].place.value else { return None };
    let format = time.format.clone();
    Some(Range { first, second, at_most: rule.at_most, end: rule.end, format })
}
