//! How received members find their fields.

use super::{Field, Record, Slot};
use crate::decode::{Decode, Decoded, Value};

impl Value<'_> {
    /// An object whose members are the fields of `record`. Null leaves the record as it is.
    ///
    /// # Errors
    /// [`Stop`](crate::Stop) if a member is not of its field's type, or one is missing that is
    /// always there.
    pub fn record(self, record: &mut dyn Record) -> Decoded {
        self.members(&mut Filling::new(record))
    }

    /// A value of one field, which goes to `slot`. Null leaves it as it is.
    ///
    /// # Errors
    /// [`Stop`](crate::Stop) if the value is not of the field's type.
    pub fn field(self, field: &Field<'_>, slot: &mut dyn Slot) -> Decoded {
        let value = if field.sensitive { self.private() } else { self };
        match field.json_text {
            true => value.json_text(|value| slot.fill(value, field)),
            false => slot.fill(value, field),
        }
    }
}

/// A record while its members arrive.
pub struct Filling<'r> {
    record: &'r mut dyn Record,
    /// The field after the last one that arrived.
    next: usize,
    seen: Seen,
    /// What is missing is reported by [`missing`](Self::missing), and is no error.
    lenient: bool,
}

impl<'r> Filling<'r> {
    /// Members go into this record.
    pub fn new(record: &'r mut dyn Record) -> Filling<'r> {
        Filling { record, next: 0, seen: Seen::default(), lenient: false }
    }

    /// Lets a member of this record be missing although it is always there. Records in it are as
    /// strict as before.
    #[must_use]
    pub fn lenient(self) -> Filling<'r> {
        Filling { lenient: true, ..self }
    }

    /// The names of members that are always there, and have not arrived.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        let fields = self.record.schema().fields.iter().enumerate();
        let lacks = fields.filter(|(at, field)| field.always && !self.seen.has(*at));
        lacks.map(|(_, field)| field.name)
    }
}

impl Decode for Filling<'_> {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        let Some(at) = self.record.schema().find(name, self.next) else {
            return match self.record.others_mut() {
                Some(others) => others.keep(name, value),
                None => value.unknown(),
            };
        };
        self.next = at + 1;
        let (field, slot) = self.record.slot(at);
        if !field.always {
            return value.field(field, slot);
        }
        if value.optional(|value| value.field(field, slot))? {
            self.seen.add(at);
        }
        Ok(())
    }

    fn lacks(&self) -> Option<&str> {
        if self.lenient { None } else { self.missing().next() }
    }
}

/// A set of small numbers that allocates for large ones only.
#[derive(Default)]
struct Seen {
    first: u64,
    rest: Vec<u64>,
}

impl Seen {
    fn add(&mut self, index: usize) {
        let bit = 1 << (index % 64);
        match index / 64 {
            0 => self.first |= bit,
            word => {
                self.rest.resize(self.rest.len().max(word), 0);
                self.rest[word - 1] |= bit;
            }
        }
    }

    fn has(&self, index: usize) -> bool {
        let word = match index / 64 {
            0 => self.first,
            word => self.rest.get(word - 1).copied().unwrap_or(0),
        };
        word & (1 << (index % 64)) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn a_set_of_any_size() {
        let mut seen = Seen::default();
        for index in [0, 63, 64, 200] {
            assert!(!seen.has(index));
            seen.add(index);
        }
        let all: Vec<usize> = (0..300).filter(|index| seen.has(*index)).collect();
        assert_eq!(all, [0, 63, 64, 200]);
    }
}
