//! What generated code says about a method.

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
    /// Its gateways, the main one first.
    const GATEWAYS: &'static [&'static Gateway<'static>];
}

/// The request of one method.
pub trait Operation: Encode + Validate + Send + Sync {
    /// The platform that serves it.
    type Platform: Platform;
    /// The data of its answer; `()` if it returns nothing.
    type Response: Slot + Default + Send;
    /// The facts of the method.
    const METHOD: MethodInfo<'static>;
    /// The method's name on the wire.
    const NAME: &'static str = Self::METHOD.name;
    /// What the data of an answer is, if it is not a record.
    const RETURNS: Field<'static> = Field::BARE;

    /// Reads the data of an answer.
    ///
    /// # Errors
    /// [`Stop`](crate::Stop) if the data is not what the spec says.
    fn read(value: Value<'_>, into: &mut Self::Response) -> Decoded {
        value.field(&Self::RETURNS, into)
    }
}
