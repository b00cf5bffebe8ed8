//! The data of an answer, typed by the model at run time.

use super::data::{Cell, Object};
use super::schema::{Schemas, Side};
use super::show::{self, Sensitive};
use crate::model::{self, Platform, Record, Returns};
use bumpalo::Bump;
use gatespec_protocol::record::Field;
use gatespec_protocol::{Decoded, Json, Schema, Value};

/// The type of the data that a method returns.
#[derive(Clone, Copy)]
pub struct Expected<'m>(Of<'m>);

#[derive(Clone, Copy)]
enum Of<'m> {
    Nothing,
    Record(&'m Platform, &'m Record, &'m Schema<'m>),
    Value(&'m Platform, &'m model::Field, Field<'m>),
}

impl<'m> Expected<'m> {
    /// The type of a method's data. The method belongs to `platform` and returns `returns`.
    pub fn of(platform: &'m Platform, returns: &'m Returns, arena: &'m Bump) -> Self {
        let schemas = Schemas::new(platform, Side::Answer, arena);
        Self(match returns {
            Returns::Nothing => Of::Nothing,
            Returns::Record(record) => Of::Record(platform, record, schemas.record(record)),
            Returns::Value(field) => Of::Value(platform, field, schemas.field(field)),
        })
    }
}

/// The data of an answer.
#[derive(Default)]
pub struct Answered<'m>(Shape<'m>);

#[derive(Default)]
enum Shape<'m> {
    #[default]
    Nothing,
    Record(Object<'m>),
    Value(Cell<'m>),
}

impl<'m> Answered<'m> {
    /// Reads data as the generated client does.
    ///
    /// # Errors
    ///
    /// When a value does not have the type of its field, or a field that is always present is
    /// missing.
    pub fn read(&mut self, expected: &Expected<'m>, value: Value<'_>) -> Decoded {
        match expected.0 {
            Of::Nothing => value.skip(),
            Of::Record(platform, record, schema) => {
                let mut object = Object::new(platform, record, schema);
                value.record(&mut object)?;
                self.0 = Shape::Record(object);
                Ok(())
            }
            Of::Value(platform, model, field) => {
                let mut cell = Cell::new(platform, model, field);
                value.field(&field, &mut cell)?;
                self.0 = Shape::Value(cell);
                Ok(())
            }
        }
    }

    /// The data as JSON, including sensitive fields. Each value is written as the platform writes
    /// its type. Null if there is no data.
    pub fn json(&self) -> Json {
        match &self.0 {
            Shape::Nothing => Json::Null,
            Shape::Record(object) => show::object(object, Sensitive::Shown),
            Shape::Value(cell) => {
                show::value(&cell.field, &cell.data, Sensitive::Shown).unwrap_or_default()
            }
        }
    }
}

impl std::fmt::Debug for Answered<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answered").finish_non_exhaustive()
    }
}
