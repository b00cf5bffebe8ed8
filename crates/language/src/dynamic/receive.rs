//! A received request, whose types come from the model at run time.

use super::data::{Cell, Data, Object};
use super::schema::Side;
use super::show::{self, Sensitive};
use crate::model::{Field, Method, Platform};
use bumpalo::Bump;
use gatespec_protocol as rt;
use rt::incoming::{Incoming, IncomingError};
use rt::{Json, Validate, Violation};

/// The fields of a received request. Its `Debug` shows no values.
pub struct Received<'m>(Object<'m>);

impl<'m> Received<'m> {
    /// Reads the fields of a call by the spec of its method. A missing field is not an error here;
    /// [`violations`](Self::violations) reports it.
    ///
    /// # Errors
    ///
    /// [`Decode`](IncomingError::Decode) for the first field that does not have its type.
    pub fn read(
        platform: &'m Platform,
        method: &'m Method,
        arena: &'m Bump,
        call: &Incoming<'_>,
    ) -> Result<Self, IncomingError> {
        let blank = || Object::of(platform, &method.request, Side::Request, arena);
        let mut object = blank();
        call.fields(&mut |value| {
            object = blank();
            value.record(&mut object)
        })?;
        Ok(Self(object))
    }

    /// The rules that the request violates. The generated client checks the same rules before it
    /// sends a request.
    pub fn violations(&self) -> Vec<Violation> {
        self.0.violations()
    }

    /// The fields that are present, as JSON. Sensitive values are replaced by `<secret>`.
    pub fn shown(&self) -> Json {
        show::object(&self.0, Sensitive::Masked)
    }

    /// The field with this name, at any depth, and its value as JSON. `None` if no field or several
    /// fields have the name, or if the field is sensitive, a list, a map or a record.
    pub fn leaf(&self, name: &str) -> Option<(&'m Field, Json)> {
        let mut found = Vec::new();
        leaves(&self.0, name, &mut found);
        match found.as_slice() {
            [cell] => Some((cell.model, show::value(&cell.field, &cell.data, Sensitive::Masked)?)),
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

fn leaves<'o, 'm>(object: &'o Object<'m>, name: &str, found: &mut Vec<&'o Cell<'m>>) {
    for cell in &object.values {
        match &cell.data {
            Data::Absent | Data::List(_) | Data::Map(_) | Data::Json(_) => {}
            Data::Record(inner) => leaves(inner, name, found),
            _ if cell.field.name == name && !cell.field.sensitive => found.push(cell),
            _ => {}
        }
    }
}
