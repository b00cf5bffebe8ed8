//! The Rust types that fields can have.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Field, FieldType, Form, List, Map, Slot, View};
use crate::blank::Blank;
use crate::datetime::DateTime;
use crate::decode::{Decoded, Value};
use crate::layout::Spelling;
use crate::money::Fen;
use crate::private::Private;
use crate::raw_json::RawJson;
use crate::write::ListStyle;

/// `()` is the data of a method that returns nothing.
impl Slot for () {
    fn view(&self) -> View<'_> {
        View::Absent
    }

    fn fill(&mut self, value: Value<'_>, _: &Field<'_>) -> Decoded {
        value.skip()
    }
}

impl<T: Slot + Blank> Slot for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, T::some)
    }

    fn fill(&mut self, value: Value<'_>, field: &Field<'_>) -> Decoded {
        let mut one = T::blank();
        if value.optional(|value| one.fill(value, field))? {
            *self = Some(one);
        }
        Ok(())
    }
}

impl<T: Slot> Slot for Private<T> {
    fn view(&self) -> View<'_> {
        (**self).view()
    }

    fn some(&self) -> View<'_> {
        (**self).some()
    }

    fn is_private(&self) -> bool {
        true
    }

    fn fill(&mut self, value: Value<'_>, field: &Field<'_>) -> Decoded {
        (**self).fill(value, field)
    }
}

impl<T: Slot> Slot for Box<T> {
    fn view(&self) -> View<'_> {
        (**self).view()
    }

    fn some(&self) -> View<'_> {
        (**self).some()
    }

    fn fill(&mut self, value: Value<'_>, field: &Field<'_>) -> Decoded {
        (**self).fill(value, field)
    }
}

impl<T: Slot + Blank> Slot for Vec<T> {
    fn view(&self) -> View<'_> {
        if self.is_empty() { View::Absent } else { self.some() }
    }

    fn some(&self) -> View<'_> {
        View::List(self)
    }

    fn fill(&mut self, value: Value<'_>, field: &Field<'_>) -> Decoded {
        let style = field.list.unwrap_or(ListStyle::Json);
        value.list(self, style, field.single, |value, item| item.fill(value, field))
    }
}

impl<T: Slot + Blank> Slot for BTreeMap<String, T> {
    fn view(&self) -> View<'_> {
        if self.is_empty() { View::Absent } else { self.some() }
    }

    fn some(&self) -> View<'_> {
        View::Map(self)
    }

    fn fill(&mut self, value: Value<'_>, _: &Field<'_>) -> Decoded {
        value.map(self, |value, member| member.fill(value, &Field::BARE))
    }
}

impl Slot for RawJson {
    fn view(&self) -> View<'_> {
        View::Json(self)
    }

    fn fill(&mut self, value: Value<'_>, _: &Field<'_>) -> Decoded {
        put(self, value.json()?)
    }
}

impl Slot for String {
    fn view(&self) -> View<'_> {
        View::Text(self)
    }

    fn fill(&mut self, value: Value<'_>, _: &Field<'_>) -> Decoded {
        put(self, value.text()?)
    }
}

impl Slot for i64 {
    fn view(&self) -> View<'_> {
        View::Integer(*self)
    }

    fn fill(&mut self, value: Value<'_>, field: &Field<'_>) -> Decoded {
        put(self, written(value, field).integer()?)
    }
}

impl Slot for Fen {
    fn view(&self) -> View<'_> {
        View::Integer(self.0)
    }

    fn fill(&mut self, value: Value<'_>, field: &Field<'_>) -> Decoded {
        self.0.fill(value, field)
    }
}

impl Slot for Decimal {
    fn view(&self) -> View<'_> {
        View::Decimal(*self)
    }

    fn fill(&mut self, value: Value<'_>, field: &Field<'_>) -> Decoded {
        let most = if let FieldType::Amount(scale) = field.kind { Some(scale) } else { None };
        put(self, written(value, field).decimal(most)?)
    }
}

impl Slot for bool {
    fn view(&self) -> View<'_> {
        View::Flag(*self)
    }

    fn fill(&mut self, value: Value<'_>, field: &Field<'_>) -> Decoded {
        let spelling = if let FieldType::Flag(own) = field.kind { own } else { Spelling::WORDS };
        put(self, value.flag(spelling)?)
    }
}

impl Slot for DateTime {
    fn view(&self) -> View<'_> {
        View::Time(*self)
    }

    fn fill(&mut self, value: Value<'_>, field: &Field<'_>) -> Decoded {
        let FieldType::Time(format, never) = field.kind else {
            return value.refuse("a field of the kind Time", "a field of another kind");
        };
        put(self, written(value, field).time(format, never)?)
    }
}

impl<T: Slot> List for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> View<'_> {
        self[index].view()
    }
}

impl<T: Slot + Blank> Map for BTreeMap<String, T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn each(&self, take: &mut dyn FnMut(&str, View<'_>)) {
        for (name, value) in self {
            take(name, value.view());
        }
    }

    fn keep(&mut self, name: &str, value: Value<'_>) -> Decoded {
        value.entry(name, self, |value, member| member.fill(value, &Field::BARE))
    }
}

/// Makes the decoder expect the value in the JSON form that the field has.
fn written<'v>(value: Value<'v>, field: &Field<'_>) -> Value<'v> {
    match field.form {
        Form::Usual => value,
        Form::Quoted => value.quoted(),
        Form::Bare => value.bare(),
    }
}

/// Decodes a value of an open enumeration, for [`open_enum!`](crate::open_enum).
#[doc(hidden)]
pub fn choose(
    value: Value<'_>,
    field: &Field<'_>,
    choose: &mut dyn FnMut(&str) -> bool,
) -> Decoded {
    written(value, field).choice(choose)
}

fn put<T>(place: &mut T, found: Option<T>) -> Decoded {
    if let Some(value) = found {
        *place = value;
    }
    Ok(())
}
