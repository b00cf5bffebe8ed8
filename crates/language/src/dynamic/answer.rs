//! The data of an answer, typed by the model alone.

use super::data::{Data, Object};
use super::decode::{Filling, Reader, Side, always};
use super::show::{self, Sensitive};
use crate::model::{Field, Platform, Returns};
use gatespec_protocol::{Decoded, Json, Value};

/// The data of an answer.
#[derive(Default)]
pub struct Answered<'m>(Kind<'m>);

#[derive(Default)]
enum Kind<'m> {
    #[default]
    Nothing,
    Record(Object<'m>),
    Value(&'m Platform, &'m Field, Data<'m>),
}

impl<'m> Answered<'m> {
    /// Reads data as the generated client does.
    ///
    /// # Errors
    /// When a value is not of its type, or a field is missing that is always there.
    pub fn read(
        &mut self,
        platform: &'m Platform,
        returns: &'m Returns,
        value: Value<'_>,
    ) -> Decoded {
        let side = Side::Answer;
        match returns {
            Returns::Nothing => value.skip(),
            Returns::Record(record) => {
                let mut filling = Filling::new(platform, record, side);
                value.members(&mut filling, &always(record, side))?;
                self.0 = Kind::Record(filling.object);
                Ok(())
            }
            Returns::Value(field) => {
                let data = Reader { platform, field, side }.field(value)?;
                self.0 = Kind::Value(platform, field, data);
                Ok(())
            }
        }
    }

    /// The data as it stands in JSON, sensitive fields included: every value of its own type, as the
    /// platform writes it. Null if there is none.
    pub fn json(&self) -> Json {
        match &self.0 {
            Kind::Nothing => Json::Null,
            Kind::Record(object) => show::object(object, Sensitive::Shown),
            Kind::Value(platform, field, data) => {
                show::value(platform, field, data, Sensitive::Shown).unwrap_or_default()
            }
        }
    }
}

impl std::fmt::Debug for Answered<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answered").finish_non_exhaustive()
    }
}
