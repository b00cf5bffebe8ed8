//! A request that was received, typed by the model alone.

use super::data::{Data, Object};
use super::decode::{Filling, Side};
use super::show::Sensitive;
use crate::model::{Field, Method, Platform};
use gatespec_protocol as rt;
use rt::incoming::{Incoming, IncomingError};
use rt::{Json, Validate, Violation};

/// The fields of a received request. Its `Debug` shows no values.
pub struct Received<'m>(Object<'m>);

impl<'m> Received<'m> {
    /// Reads the fields of a call by what the spec says of its method. Fields that are missing are
    /// no error: [`violations`](Self::violations) tells which of them must be there.
    ///
    /// # Errors
    /// [`Decode`](IncomingError::Decode) for the first field that is not of its type.
    pub fn read(
        platform: &'m Platform,
        method: &'m Method,
        call: &Incoming<'_>,
    ) -> Result<Self, IncomingError> {
        let blank = || Filling::new(platform, &method.request, Side::Request);
        let mut filling = blank();
        call.fields(&mut |value| {
            filling = blank();
            value.members(&mut filling, &[])
        })?;
        Ok(Self(filling.object))
    }

    /// The rules that the request breaks, as the generated client judges it before it is sent.
    pub fn violations(&self) -> Vec<Violation> {
        self.0.violations()
    }

    /// The fields that were there, as they stand in JSON; `<secret>` in place of what is sensitive.
    pub fn shown(&self) -> Json {
        super::show::object(&self.0, Sensitive::Masked)
    }

    /// The field of this name, at any depth, with its value as it stands in JSON. `None` if there
    /// is none, if there are several, or if it is sensitive, a list, a map or a record.
    pub fn leaf(&self, name: &str) -> Option<(&'m Field, Json)> {
        let mut found = Vec::new();
        leaves(&self.0, name, &mut found);
        match found.as_slice() {
            [(field, data)] => {
                Some((field, super::show::value(self.0.platform, field, data, Sensitive::Masked)?))
            }
            _ => None,
        }
    }
}

impl std::fmt::Debug for Received<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<_> = self.0.record.fields.iter().map(|field| field.name.as_str()).collect();
        f.debug_struct("Received").field("fields", &names).finish_non_exhaustive()
    }
}

fn leaves<'o, 'm>(object: &'o Object<'m>, name: &str, found: &mut Vec<(&'m Field, &'o Data<'m>)>) {
    for (field, data) in object.record.fields.iter().zip(&object.values) {
        match data {
            Data::Absent | Data::List(_) | Data::Map(_) | Data::Json(_) => {}
            Data::Record(inner) => leaves(inner, name, found),
            data if field.name == name && !field.sensitive => found.push((field, data)),
            _ => {}
        }
    }
}
