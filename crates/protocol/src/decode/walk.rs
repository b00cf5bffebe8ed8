//! Values from serde_json's deserializer.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::bend::Step;
use super::value::{Items, Members, Next, Number, Sink};
use super::{Context, Decode, Decoded, Stop, Value};
use crate::raw_json::RawJson;

/// If the feature `arbitrary_precision` of serde_json is on, a number arrives as a map whose only
/// member has this name.
const NUMBER: &str = "$serde_json::private::Number";

/// A deserializer that is positioned before a value.
pub(crate) struct One<D>(Option<D>);

impl<D> One<D> {
    pub(crate) fn new(reader: D) -> One<D> {
        One(Some(reader))
    }
}

impl<'de, D: Deserializer<'de>> One<D> {
    /// Skips the value unless it has been decoded.
    pub(crate) fn finish(mut self, cx: &mut Context) -> Decoded {
        self.skip(cx)
    }
}

impl<'de, D: Deserializer<'de>> Next for One<D> {
    fn read(&mut self, sink: &mut dyn Sink, cx: &mut Context) -> Decoded {
        let Some(reader) = self.0.take() else { return Ok(()) };
        if cx.exact && sink.wants_digits() {
            let raw = <&RawValue>::deserialize(reader).map_err(|error| cx.syntax(&error))?;
            return read_exact(raw.get(), sink, cx);
        }
        let taker = Taker { sink, cx: &mut *cx };
        reader.deserialize_any(taker).map_err(|error| cx.syntax(&error))
    }

    fn skip(&mut self, cx: &mut Context) -> Decoded {
        let Some(reader) = self.0.take() else { return Ok(()) };
        IgnoredAny::deserialize(reader).map(drop).map_err(|error| cx.syntax(&error))
    }

    fn json(&mut self, cx: &mut Context) -> Result<RawJson, Stop> {
        let Some(reader) = self.0.take() else { return Ok(RawJson::default()) };
        let raw = <&RawValue>::deserialize(reader).map_err(|error| cx.syntax(&error))?;
        RawJson::new(raw).map_err(|error| cx.syntax(&error))
    }
}

/// Passes a number to the sink as its digits, and any other value as in an ordinary pass.
fn read_exact(raw: &str, sink: &mut dyn Sink, cx: &mut Context) -> Decoded {
    if raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
        return sink.number(Number::Token(raw), cx);
    }
    let mut reader = serde_json::Deserializer::from_str(raw);
    let taker = Taker { sink, cx: &mut *cx };
    reader.deserialize_any(taker).map_err(|error| cx.syntax(&error))
}

/// The visitor that passes values to a sink.
struct Taker<'a> {
    sink: &'a mut dyn Sink,
    cx: &'a mut Context,
}

/// Returns an error for serde. The real error is in the context.
fn stop<E: Error>(_: Stop) -> E {
    E::custom("stopped")
}

impl<'de> Visitor<'de> for Taker<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sink.expected())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.sink.null(self.cx).map_err(stop)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<(), E> {
        self.sink.flag(flag, self.cx).map_err(stop)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.sink.number(Number::Unsigned(number), self.cx).map_err(stop)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.sink.number(Number::Signed(number), self.cx).map_err(stop)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.sink.float(number, self.cx).map_err(stop)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.sink.text(text, self.cx).map_err(stop)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut items = Sequence { access, de: PhantomData };
        self.cx.enter().map_err(stop)?;
        self.sink.items(&mut items, self.cx).map_err(stop)?;
        self.cx.leave();
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let first = access.next_key_seed(Key)?;
        if first.as_deref() == Some(NUMBER) {
            let digits: String = access.next_value()?;
            return self.sink.number(Number::Token(&digits), self.cx).map_err(stop);
        }
        let mut members = Object { access, first, de: PhantomData };
        self.cx.enter().map_err(stop)?;
        self.sink.members(&mut members, self.cx).map_err(stop)?;
        self.cx.leave();
        Ok(())
    }
}

/// Reads a member's name. It is borrowed from the text, unless it has escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Cow<'de, str>, D::Error> {
        reader.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

struct Object<'de, A> {
    access: A,
    first: Option<Cow<'de, str>>,
    de: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> Members for Object<'de, A> {
    fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    fn each(&mut self, record: &mut dyn Decode, cx: &mut Context) -> Decoded {
        let mut next = self.first.take();
        let first = cx.bends.len();
        while let Some(name) = next {
            let known = cx.bends.len();
            let seed = Seed { cx: &mut *cx, take: |value: Value<'_>| record.field(&name, value) };
            if let Err(error) = self.access.next_value_seed(seed) {
                let stop = cx.syntax(&error);
                cx.at_member(&name);
                return Err(stop);
            }
            if cx.bends.len() > known {
                cx.bends.within(Step::Member(&name), first, known);
            }
            next = self.access.next_key_seed(Key).map_err(|error| cx.syntax(&error))?;
        }
        Ok(())
    }
}

struct Sequence<'de, A> {
    access: A,
    de: PhantomData<&'de ()>,
}

impl<'de, A: SeqAccess<'de>> Items for Sequence<'de, A> {
    fn each(&mut self, take: &mut dyn FnMut(Value<'_>) -> Decoded, cx: &mut Context) -> Decoded {
        let first = cx.bends.len();
        for index in 0.. {
            let known = cx.bends.len();
            let seed = Seed { cx: &mut *cx, take: &mut *take };
            match self.access.next_element_seed(seed) {
                Ok(Some(())) if cx.bends.len() > known => {
                    cx.bends.within(Step::Item, first, known);
                }
                Ok(Some(())) => {}
                Ok(None) => break,
                Err(error) => {
                    let stop = cx.syntax(&error);
                    cx.at_index(index);
                    return Err(stop);
                }
            }
        }
        Ok(())
    }
}

/// Passes the current value of serde_json to a function.
struct Seed<'a, F> {
    cx: &'a mut Context,
    take: F,
}

impl<'de, F: FnMut(Value<'_>) -> Decoded> DeserializeSeed<'de> for Seed<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(mut self, reader: D) -> Result<(), D::Error> {
        let mut one = One::new(reader);
        (self.take)(Value::new(&mut one, self.cx)).map_err(stop)?;
        match one.0 {
            None => Ok(()),
            Some(_) => one.finish(self.cx).map_err(stop),
        }
    }
}
