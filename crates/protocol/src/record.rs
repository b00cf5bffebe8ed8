//! Records and their descriptions: the wire names, types and rules of their fields.
//!
//! Generated code describes a record with [`record!`](crate::record!). For records that are only
//! known at run time, a program builds the [`Schema`] itself. Writing, validating, decoding and
//! masking are each a loop over the schema.

mod checking;
mod filling;
mod from_json;
mod limit;
mod macros;
mod places;
mod schema;
#[cfg(feature = "serde1")]
pub mod serde1;
mod serde1_macros;
mod types;
mod view;
mod writing;

pub use filling::Filling;
pub use from_json::FromJson;
pub use limit::Limit;
#[doc(hidden)]
pub use places::{place, places};
pub use schema::{
    Condition, Describe, Described, Field, FieldType, Form, MapOf, Required, Rule, Schema,
    schema_of,
};
#[doc(hidden)]
pub use types::choose;
pub use view::{Enumeration, List, Map, Record, Slot, View};
