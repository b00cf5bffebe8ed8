//! Objects that fill records.

use super::source::{Nests, json_within, shown};
use super::{
    BendKind, Context, Decode, Decoded, Items, Members, RecordSlot, Sink, Value, from_inner,
};

impl Value<'_> {
    /// An object. Null leaves the place as it is.
    pub fn record<'i, T>(self, into: &'i mut (impl RecordSlot<Record = T> + 'i)) -> Decoded {
        let private = into.is_private();
        self.take(&mut RecordSink { target: &mut Target(into) }, private)
    }

    /// An object whose members `record` takes, of which these must be there: for records that are
    /// known at run time only.
    pub fn members(self, record: &mut dyn Decode, always: &[&str]) -> Decoded {
        self.take(&mut RecordSink { target: &mut Given { record, always } }, false)
    }
}

/// Makes the record only when an object is there.
trait Open {
    /// The record, and which members it must have.
    fn open(&mut self) -> (&mut dyn Decode, &[&str]);

    /// The members of a record that must be there itself.
    fn always(&self) -> &[&str];
}

struct Target<'a, S>(&'a mut S);

impl<S: RecordSlot> Open for Target<'_, S> {
    fn open(&mut self) -> (&mut dyn Decode, &[&str]) {
        let record = self.0.open();
        let always = record.always();
        (record, always)
    }

    fn always(&self) -> &[&str] {
        self.0.always()
    }
}

struct Given<'a> {
    record: &'a mut dyn Decode,
    always: &'a [&'a str],
}

impl Open for Given<'_> {
    fn open(&mut self) -> (&mut dyn Decode, &[&str]) {
        (self.record, self.always)
    }

    fn always(&self) -> &[&str] {
        self.always
    }
}

struct RecordSink<'a> {
    target: &'a mut dyn Open,
}

impl RecordSink<'_> {
    /// Some platforms write an object without members as an empty text or list.
    fn stand_in(&mut self, cx: &mut Context) -> Decoded {
        cx.bend(BendKind::StandIn);
        cx.lack(self.target.always());
        cx.filled = false;
        Ok(())
    }
}

impl Sink for RecordSink<'_> {
    fn expected(&self) -> &str {
        "an object"
    }

    fn nests(&self) -> Option<Nests<'_>> {
        Some(Nests::Object)
    }

    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        if text.is_empty() {
            return self.stand_in(cx);
        }
        let Some(json) = json_within(text) else {
            return Err(cx.mismatch(self.expected(), shown(text)));
        };
        cx.bend(BendKind::JsonInText);
        from_inner(json, cx, &mut |value| value.take(self, false))
    }

    fn items(&mut self, items: &mut dyn Items, cx: &mut Context) -> Decoded {
        items.each(&mut |value| value.refuse("an object", "a list"), cx)?;
        self.stand_in(cx)
    }

    fn members(&mut self, members: &mut dyn Members, cx: &mut Context) -> Decoded {
        let (record, always) = self.target.open();
        if always.is_empty() {
            members.each(record, cx)?;
        } else {
            let mut checked = Checked { record, always, seen: Seen::default() };
            members.each(&mut checked, cx)?;
            checked.finish(cx)?;
        }
        cx.filled = true;
        Ok(())
    }
}

/// A record some members of which must be there.
struct Checked<'a> {
    record: &'a mut dyn Decode,
    always: &'a [&'a str],
    seen: Seen,
}

impl Checked<'_> {
    fn finish(&self, cx: &mut Context) -> Decoded {
        for (index, name) in self.always.iter().enumerate() {
            if !self.seen.has(index) {
                return Err(cx.missing(name));
            }
        }
        Ok(())
    }
}

impl Decode for Checked<'_> {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        let Some(index) = self.always.iter().position(|always| *always == name) else {
            return self.record.field(name, value);
        };
        let Value { source, cx, .. } = value;
        cx.filled = false;
        self.record.field(name, Value::new(source, cx))?;
        if cx.filled {
            self.seen.add(index);
        }
        Ok(())
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
