//! A record whose member `x` is read as any type of the spec language.

#![allow(dead_code, reason = "each test uses a part")]

use std::collections::BTreeMap;
use std::fmt::Debug;

use gatespec_runtime::decode::from_text;
use gatespec_runtime::{
    DateTime, Decimal, Decode, Decoded, Fen, Json, ListStyle, Private, Spelling, TimeFormat, Value,
};

gatespec_runtime::open_enum! {
    /// A state.
    pub(crate) enum State {
        /// Paid.
        Paid = "PAID",
        /// Sent.
        Sent = "7",
    }
}

/// A record of which one member must be there.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Item {
    pub sku: String,
    pub price: Option<Fen>,
}

impl Decode for Item {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        match name {
            "sku" => value.text(&mut self.sku),
            "price" => value.fen(&mut self.price),
            _ => value.unknown(),
        }
    }

    fn always(&self) -> &'static [&'static str] {
        &["sku"]
    }
}

const DAY: TimeFormat<'_> = TimeFormat::Pattern { pattern: "yyyyMMdd", offset: 8 * 3600 };
const YN: Spelling<'_> = Spelling { yes: "Y", no: "N" };
const ONE_TWO: Spelling<'_> = Spelling { yes: "1", no: "2" };
const ONE_ZERO: Spelling<'_> = Spelling { yes: "1", no: "0" };

/// The member `x` of a record, read as a type of the spec.
pub struct Read<'k> {
    pub kind: &'k str,
    pub shown: String,
}

impl Read<'_> {
    fn show<T: Default + Debug>(&mut self, read: impl FnOnce(&mut T) -> Decoded) -> Decoded {
        let mut into = T::default();
        read(&mut into)?;
        self.shown = format!("{into:?}").replace("Some(", "").replace(')', "");
        Ok(())
    }

    fn one(&mut self, value: Value<'_>) -> Decoded {
        match self.kind {
            "text" => self.show(|into: &mut Option<String>| value.text(into)),
            "integer" => self.show(|into: &mut Option<i64>| value.integer(into)),
            "integer as text" => self.show(|into: &mut Option<i64>| value.quoted().integer(into)),
            "fen" => self.show(|into: &mut Option<Fen>| value.fen(into)),
            "decimal" => self.show(|into: &mut Option<Decimal>| value.decimal(into)),
            "decimal as number" => {
                self.show(|into: &mut Option<Decimal>| value.bare().decimal(into))
            }
            "yuan" => self.show(|into: &mut Option<Decimal>| value.amount(into, 2)),
            "yuan as number" => {
                self.show(|into: &mut Option<Decimal>| value.bare().amount(into, 2))
            }
            "flag" => self.show(|into: &mut Option<bool>| value.flag(into, Spelling::WORDS)),
            "flag Y/N" => self.show(|into: &mut Option<bool>| value.flag(into, YN)),
            "flag 1/2" => self.show(|into: &mut Option<bool>| value.flag(into, ONE_TWO)),
            "flag 1/0" => self.show(|into: &mut Option<bool>| value.flag(into, ONE_ZERO)),
            "day" => {
                self.show(|into: &mut Option<DateTime>| value.time(into, DAY, Some("19700101")))
            }
            "seconds" => self.show(|into: &mut Option<DateTime>| {
                value.time(into, TimeFormat::UnixSeconds, None)
            }),
            "seconds as text" => self.show(|into: &mut Option<DateTime>| {
                value.quoted().time(into, TimeFormat::UnixSeconds, None)
            }),
            "state" => self.show(|into: &mut Option<State>| value.choice(into)),
            "state of numbers" => self.show(|into: &mut Option<State>| value.bare().choice(into)),
            "pin" => self.show(|into: &mut Option<Private<i64>>| value.integer(into)),
            "json" => self.show(|into: &mut Option<Json>| value.json(into)),
            "record" => self.show(|into: &mut Option<Item>| value.record(into)),
            "record in text" => {
                self.show(|into: &mut Option<Item>| value.json_text(|value| value.record(into)))
            }
            "map" => self.show(|into: &mut BTreeMap<String, i64>| {
                value.map(into, |value, into| value.integer(into))
            }),
            "private texts" => self.show(|into: &mut Vec<Private<String>>| {
                value.private().list(into, ListStyle::Json, |value, into| value.text(into))
            }),
            "private map" => self.show(|into: &mut BTreeMap<String, Private<String>>| {
                value.private().map(into, |value, into| value.text(into))
            }),
            "private json in text" => self.show(|into: &mut Option<Private<Json>>| {
                value.private().json_text(|value| value.json(into))
            }),
            kind => self.list(kind, value),
        }
    }

    fn list(&mut self, kind: &str, value: Value<'_>) -> Decoded {
        let (style, single) = match kind.split_once(", or one") {
            Some((style, _)) => (style, true),
            None => (kind, false),
        };
        let (what, style) = style.split_once(' ').unwrap();
        let style = match style {
            "list" => ListStyle::Json,
            "in text" => ListStyle::JsonText,
            "delimited" => ListStyle::Delimited("|"),
            _ => ListStyle::Inside("item"),
        };
        match (what, single) {
            ("items", false) => self.show(|into: &mut Vec<Item>| {
                value.list(into, style, |value, into| value.record(into))
            }),
            ("items", true) => self.show(|into: &mut Vec<Item>| {
                value.list_or_one(into, style, |value, into| value.record(into))
            }),
            ("texts", false) => self.show(|into: &mut Vec<String>| {
                value.list(into, style, |value, into| value.text(into))
            }),
            ("texts", true) => self.show(|into: &mut Vec<String>| {
                value.list_or_one(into, style, |value, into| value.text(into))
            }),
            ("flags", _) => self.show(|into: &mut Vec<bool>| {
                value.list(into, style, |value, into| value.flag(into, Spelling::WORDS))
            }),
            ("yuans", _) => self.show(|into: &mut Vec<Decimal>| {
                value.list_or_one(into, style, |value, into| value.bare().amount(into, 2))
            }),
            (_, _) => self.show(|into: &mut Vec<i64>| {
                value.list(into, style, |value, into| value.integer(into))
            }),
        }
    }
}

impl Decode for Read<'_> {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        if name == "x" { self.one(value) } else { value.unknown() }
    }
}

/// The value with its bends, or the error.
pub fn read(kind: &str, json: &str) -> Result<(String, String), String> {
    let mut target = Read { kind, shown: String::new() };
    let bends = from_text(&format!(r#"{{"x":{json}}}"#), &mut |value| {
        target = Read { kind, shown: String::new() };
        value.members(&mut target, &[])
    });
    let bends = bends.map_err(|error| error.to_string())?;
    let bends: Vec<_> =
        bends.iter().map(|bend| format!("{} {}", bend.field, bend.kind.name())).collect();
    Ok((target.shown, bends.join(", ")))
}
