//! Reads descriptions: the values, units, formats, conditions and limits that they state.

mod choices;
mod conditions;
mod item;
mod members;
mod phrases;
mod plain;
mod term;
mod times;

pub(crate) use choices::{Choice, choices};
pub(crate) use conditions::{Condition, condition, said};
pub(crate) use members::members;
pub(crate) use phrases::{constant, decimals, delimiter, longest, most, never, unit};
pub(crate) use plain::plain;
pub(crate) use term::term;
pub(crate) use times::{format, time_format, unix};
