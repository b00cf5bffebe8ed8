//! One description of a record: what its fields are called on the wire, what they hold, and which
//! rules they obey.
//!
//! Generated code states a record with [`record!`](crate::record!); a record that is known at run
//! time only makes its [`Schema`] then. Writing, validating, decoding and masking are loops over
//! the schema, each of which exists once.

mod checking;
mod filling;
mod macros;
mod places;
mod schema;
mod types;
mod view;
mod writing;

pub use filling::Filling;
#[doc(hidden)]
pub use places::{place, places};
pub use schema::{
    Condition, Describe, Described, Field, FieldType, Form, Limit, MapOf, Required, Rule, Schema,
    schema_of,
};
#[doc(hidden)]
pub use types::choose;
pub use view::{Enumeration, List, Map, Record, Slot, View};
