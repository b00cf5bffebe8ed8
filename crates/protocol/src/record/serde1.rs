//! `serde` for records, enumerations, times and money.
//!
//! Records become objects with their wire names, as the platform writes them in JSON. The loops
//! over the schema do the work, so records do not need a derived implementation.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, SerializeMap as _, SerializeSeq as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::{FromJson, Record};
use crate::blank::Blank;
use crate::datetime::DateTime;
use crate::json::{DEEPEST, members, push_quoted};
use crate::layout::{Escape, JsonStyle, Nested};
use crate::money::Fen;
use crate::params::Params;
use crate::raw_json::RawJson;
use crate::write::Writer;

#[doc(hidden)]
pub use serde;

/// Serialises a record with its private values. Without this wrapper, serialising a record that has
/// private fields fails, so that personal data is not stored by accident.
///
/// ```
/// use gatespec_protocol::{Private, serde1::Revealed};
///
/// struct Buyer { name: Private<String> }
/// gatespec_protocol::record! { struct Buyer { name: "name" Text { sensitive: true }; } }
///
/// let buyer = Buyer { name: "Li".into() };
/// assert_eq!(serde_json::to_string(&Revealed(&buyer)).unwrap(), r#"{"name":"Li"}"#);
/// let error = serde_json::to_string(&buyer).unwrap_err().to_string();
/// assert_eq!(error, "`name` is private: serialise `Revealed(&value)`");
/// ```
pub struct Revealed<'a, T>(pub &'a T);

impl<T: Record> Serialize for Revealed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        transcode(&written(self.0), serializer)
    }
}

/// Writes a record as JSON with its wire names, including private values. Fields that fill the path
/// are members too.
fn written(record: &dyn Record) -> String {
    Writer::new(Params::default(), JsonStyle::BARE, Nested::Json).document(record)
}

#[doc(hidden)]
pub fn serialize<S: Serializer>(record: &dyn Record, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(name) = record.schema().sensitive().first() {
        return Err(S::Error::custom(format_args!(
            "`{name}` is private: serialise `Revealed(&value)`"
        )));
    }
    transcode(&written(record), serializer)
}

#[doc(hidden)]
pub fn deserialize<'de, T: Record + Blank, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::from_json(&text(deserializer)?).map_err(D::Error::custom)
}

/// The name that `serde_json` gives to a `RawValue`. If asked for a newtype struct with this name,
/// its deserialisers return the JSON text itself, with every digit. Deserialisers of other formats
/// ignore the name.
const RAW: &str = "$serde_json::private::RawValue";

/// Converts any value that can be deserialised to JSON text.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let mut out = String::new();
    deserializer.deserialize_newtype_struct(RAW, Writing { out: &mut out, depth: 0 })?;
    Ok(out)
}

/// A visitor that writes the value of a deserialiser as JSON.
struct Writing<'o> {
    out: &'o mut String,
    depth: usize,
}

impl Writing<'_> {
    fn bare<E>(self, value: impl fmt::Display) -> Result<(), E> {
        use fmt::Write as _;
        // Writing to a `String` cannot fail.
        let _ = write!(self.out, "{value}");
        Ok(())
    }

    /// Returns a writer for a value inside this one. Fails if that value is nested too deeply.
    fn inner<E: serde::de::Error>(&mut self) -> Result<Writing<'_>, E> {
        match self.depth < DEEPEST {
            true => Ok(Writing { out: self.out, depth: self.depth + 1 }),
            false => Err(E::custom(format_args!("it nests deeper than {DEEPEST}"))),
        }
    }
}

impl<'de> serde::de::DeserializeSeed<'de> for Writing<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Writing<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can hold")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.bare(value)
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.bare(value)
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.bare(value)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<(), E> {
        match serde_json::Number::from_f64(value) {
            Some(number) => self.bare(number),
            None => Err(E::custom("a number that JSON cannot hold")),
        }
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        push_quoted(value, Escape::Minimal, self.out);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.bare("null")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.bare("null")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut access: A) -> Result<(), A::Error> {
        self.out.push('[');
        let start = self.out.len();
        loop {
            let end = self.out.len();
            if end > start {
                self.out.push(',');
            }
            if access.next_element_seed(self.inner()?)?.is_none() {
                self.out.truncate(end);
                break;
            }
        }
        self.out.push(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut access: A) -> Result<(), A::Error> {
        self.out.push('{');
        let start = self.out.len();
        while let Some(name) = access.next_key::<Cow<'de, str>>()? {
            if name == RAW && self.out.len() == start {
                self.out.truncate(start - 1);
                self.out.push_str(&access.next_value::<Cow<'de, str>>()?);
                return Ok(());
            }
            if self.out.len() > start {
                self.out.push(',');
            }
            push_quoted(&name, Escape::Minimal, self.out);
            self.out.push(':');
            access.next_value_seed(self.inner()?)?;
        }
        self.out.push('}');
        Ok(())
    }
}

/// Parses JSON text and serialises the value in it.
fn transcode<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let raw: &RawValue = serde_json::from_str(text).map_err(S::Error::custom)?;
    Held(raw).serialize(serializer)
}

/// Serialises the value that a JSON text contains.
struct Held<'t>(&'t RawValue);

impl Serialize for Held<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.get();
        match text.as_bytes().first() {
            Some(b'{') => {
                let members = members(text, usize::MAX).map_err(S::Error::custom)?;
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(&name, &Held(value))?;
                }
                map.end()
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text).map_err(S::Error::custom)?;
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&Held(item))?;
                }
                list.end()
            }
            Some(b'"') => {
                let text: String = serde_json::from_str(text).map_err(S::Error::custom)?;
                serializer.serialize_str(&text)
            }
            Some(b't') => serializer.serialize_bool(true),
            Some(b'f') => serializer.serialize_bool(false),
            Some(b'n') => serializer.serialize_unit(),
            _ => number(self.0, serializer),
        }
    }
}

/// Serialises a number as an `i64` or `f64`. If neither can represent the number exactly as
/// written, serialises it as raw JSON.
fn number<S: Serializer>(raw: &RawValue, serializer: S) -> Result<S::Ok, S::Error> {
    let text = raw.get();
    if let Ok(number) = text.parse::<i64>() {
        return serializer.serialize_i64(number);
    }
    let float = text.parse::<f64>().ok().and_then(serde_json::Number::from_f64);
    match float.filter(|float| float.to_string() == text).and_then(|float| float.as_f64()) {
        Some(float) => serializer.serialize_f64(float),
        None => raw.serialize(serializer),
    }
}

/// Serialises as RFC 3339 text at the time's offset.
impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(|error| D::Error::custom(format_args!("expected {error}")))
    }
}

/// Serialises as a whole number of fen.
impl Serialize for Fen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de> Deserialize<'de> for Fen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fen, D::Error> {
        i64::deserialize(deserializer).map(Fen)
    }
}

/// Serialises the value that the JSON contains.
impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        transcode(self.as_str(), serializer)
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RawJson, D::Error> {
        text(deserializer)?.parse().map_err(D::Error::custom)
    }
}
