//! Where a value goes: a field, an optional field, a private one.

use super::{Blank, Decode};
use crate::enumeration::{Enumeration, OpenEnumeration};
use crate::private::Private;

/// A place for a `T`: `T`, `Option<T>`, `Private<T>` or `Option<Private<T>>`.
pub trait Slot<T> {
    /// What goes there never shows.
    const PRIVATE: bool = false;

    /// Puts a value there.
    fn fill(&mut self, value: T);
}

impl<T> Slot<T> for T {
    fn fill(&mut self, value: T) {
        *self = value;
    }
}

impl<T> Slot<T> for Option<T> {
    fn fill(&mut self, value: T) {
        *self = Some(value);
    }
}

impl<T> Slot<T> for Private<T> {
    const PRIVATE: bool = true;

    fn fill(&mut self, value: T) {
        *self = Private::new(value);
    }
}

impl<T> Slot<T> for Option<Private<T>> {
    const PRIVATE: bool = true;

    fn fill(&mut self, value: T) {
        *self = Some(Private::new(value));
    }
}

/// A place for a record, wrapped like that; the record is made when an object arrives.
pub trait RecordSlot {
    /// The record.
    type Record;

    /// What goes there never shows.
    fn is_private(&self) -> bool {
        false
    }

    /// The record there, made if there is none.
    fn open(&mut self) -> &mut dyn Decode;

    /// Members that the record has always, if there always is a record.
    fn always(&self) -> &'static [&'static str] {
        &[]
    }
}

impl<T: Decode> RecordSlot for T {
    type Record = T;

    fn open(&mut self) -> &mut dyn Decode {
        self
    }

    fn always(&self) -> &'static [&'static str] {
        Decode::always(self)
    }
}

impl<T: Decode + Blank> RecordSlot for Option<T> {
    type Record = T;

    fn open(&mut self) -> &mut dyn Decode {
        self.get_or_insert_with(T::blank)
    }
}

impl<T: Decode> RecordSlot for Private<T> {
    type Record = T;

    fn is_private(&self) -> bool {
        true
    }

    fn open(&mut self) -> &mut dyn Decode {
        &mut **self
    }

    fn always(&self) -> &'static [&'static str] {
        Decode::always(&**self)
    }
}

impl<T: Decode + Blank> RecordSlot for Option<Private<T>> {
    type Record = T;

    fn is_private(&self) -> bool {
        true
    }

    fn open(&mut self) -> &mut dyn Decode {
        &mut **self.get_or_insert_with(|| Private::new(T::blank()))
    }
}

/// A place for a value of an open enumeration, wrapped like that.
pub trait ChoiceSlot {
    /// The enumeration.
    type Choice;

    /// What goes there never shows.
    fn is_private(&self) -> bool {
        false
    }

    /// Puts the value of this text there, and says whether the enumeration lists it.
    fn choose(&mut self, text: String) -> bool;
}

impl<T: OpenEnumeration> ChoiceSlot for T {
    type Choice = T;

    fn choose(&mut self, text: String) -> bool {
        *self = text.into();
        self.is_known()
    }
}

impl<T: OpenEnumeration> ChoiceSlot for Option<T> {
    type Choice = T;

    fn choose(&mut self, text: String) -> bool {
        self.insert(text.into()).is_known()
    }
}

impl<T: OpenEnumeration> ChoiceSlot for Private<T> {
    type Choice = T;

    fn is_private(&self) -> bool {
        true
    }

    fn choose(&mut self, text: String) -> bool {
        *self = Private::new(text.into());
        self.is_known()
    }
}

impl<T: OpenEnumeration> ChoiceSlot for Option<Private<T>> {
    type Choice = T;

    fn is_private(&self) -> bool {
        true
    }

    fn choose(&mut self, text: String) -> bool {
        self.insert(Private::new(text.into())).is_known()
    }
}
