//! Decodes the members of an object into the fields of a record.

use super::{Field, Record, Slot};
use crate::decode::{Decode, Decoded, Value};

impl Value<'_> {
    /// Decodes an object into `record`. Null leaves the record unchanged.
    ///
    /// # Errors
    /// [`Stop`](crate::Stop) if a member does not have the type of its field, or if a required
    /// member is missing.
    pub fn record(self, record: &mut dyn Record) -> Decoded {
        self.members(&mut Filling::new(record))
    }

    /// Decodes the value of `field` into `slot`. Null leaves the slot unchanged.
    ///
    /// # Errors
    /// [`Stop`](crate::Stop) if the value does not have the field's type.
    pub fn field(self, field: &Field<'_>, slot: &mut dyn Slot) -> Decoded {
        let value = if field.sensitive { self.private() } else { self };
        match field.json_text {
            true => value.json_text(|value| slot.fill(value, field)),
            false => slot.fill(value, field),
        }
    }
}

/// A record that is being decoded.
pub struct Filling<'r> {
    record: &'r mut dyn Record,
    /// The index of the field after the one that was decoded last.
    next: usize,
    seen: Seen,
    /// Whether required members may be missing. [`missing`](Self::missing) still reports them.
    lenient: bool,
}

impl<'r> Filling<'r> {
    /// Starts decoding into this record.
    pub fn new(record: &'r mut dyn Record) -> Filling<'r> {
        Filling { record, next: 0, seen: Seen::default(), lenient: false }
    }

    /// Allows required members of this record to be missing. Records inside it must still be
    /// complete.
    #[must_use]
    pub fn lenient(self) -> Filling<'r> {
        Filling { lenient: true, ..self }
    }

    /// The names of the required members that have not been decoded.
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

/// A set of small numbers. Only numbers from 64 on need an allocation.
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
