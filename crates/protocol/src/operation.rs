//! The traits that generated code implements for platforms and methods.

use crate::check::Validate;
use crate::decode::{Decoded, Value};
use crate::gateway::Gateway;
use crate::method::MethodInfo;
use crate::record::{Field, Slot};
use crate::write::Encode;

/// A platform: its id and its gateways.
pub trait Platform {
    /// The platform's id.
    const ID: &'static str;
    /// The platform's gateways, the main one first.
    const GATEWAYS: &'static [&'static Gateway<'static>];
}

/// The request of a method.
pub trait Operation: Encode + Validate + Send + Sync {
    /// The platform of the method.
    type Platform: Platform;
    /// The type of the data in an answer; `()` if the method returns nothing.
    type Response: Slot + Default + Send;
    /// Static information about the method.
    const METHOD: MethodInfo<'static>;
    /// The method's name on the wire.
    const NAME: &'static str = Self::METHOD.name;
    /// The field that describes the data in an answer, if the data is not a record.
    const RETURNS: Field<'static> = Field::BARE;

    /// Decodes the data of an answer.
    ///
    /// # Errors
    /// [`Stop`](crate::Stop) if the data does not match the spec.
    fn read(value: Value<'_>, into: &mut Self::Response) -> Decoded {
        value.field(&Self::RETURNS, into)
    }
}
