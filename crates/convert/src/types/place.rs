//! The place of a value, which decides how its schema looks.

use gatespec_protocol::Nested;

pub(crate) use gatespec_language::dynamic::Side;

/// Where a value is written, which decides how records and lists look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wire {
    /// In JSON.
    Json,
    /// As the text of a parameter.
    Parameter(Nested),
}

/// The place of a value.
#[derive(Debug, Clone)]
pub(crate) struct At {
    pub(crate) side: Side,
    pub(crate) wire: Wire,
    /// The method or type, for the report of losses.
    pub(crate) subject: String,
}

impl At {
    /// A place in JSON.
    pub(crate) fn json(subject: &str, side: Side) -> At {
        At { side, wire: Wire::Json, subject: subject.to_owned() }
    }
}
