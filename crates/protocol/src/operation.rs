//! What generated code says about a method.

use crate::check::Validate;
use crate::decode::{Decoded, Value};
use crate::gateway::Gateway;
use crate::method::MethodInfo;
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
    type Response: Default + Send;
    /// The facts of the method.
    const METHOD: MethodInfo<'static>;
    /// The method's name on the wire.
    const NAME: &'static str = Self::METHOD.name;

    /// Reads the data of an answer.
    fn read(value: Value<'_>, into: &mut Self::Response) -> Decoded;
}
