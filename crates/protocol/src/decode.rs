//! Decodes answers into typed data. Tolerates differences from the spec that lose nothing, and
//! keeps numbers exact.
//!
//! serde_json walks over the text once. A record only maps member names to fields. Everything else
//! (tolerance, paths of errors, the exact second pass) is in this module, and is not repeated for
//! each record.

mod bend;
mod context;
mod flag;
mod form;
mod lead;
mod list;
mod map;
mod mend;
mod number;
mod object;
mod opened;
mod pass;
mod scalar;
mod value;
mod walk;

pub use bend::{Bend, BendKind};
pub use context::{DecodeError, Decoded, Stop};
pub use pass::from_text;
pub use value::{Decode, Value};

pub(crate) use context::Context;
pub(crate) use lead::{before, is_readable, trim};
pub(crate) use mend::mend;
pub(crate) use opened::Opened;
pub(crate) use pass::{from_inner, once, passes};
pub(crate) use value::{Items, Members, Nests, Next, Number, Sink};
