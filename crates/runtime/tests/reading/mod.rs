//! A record whose member `x` can be read as any type of the spec language.

#![allow(dead_code, reason = "each test uses a part")]

use std::collections::BTreeMap;
use std::fmt::Debug;

use gatespec_runtime::decode::from_text;
use gatespec_runtime::record::{Field, FieldType, Form, Slot};
use gatespec_runtime::{
    DateTime, Decimal, Decode, Decoded, Fen, ListStyle, Private, RawJson, Spelling, TimeFormat,
    Value,
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

/// A record with a required member.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Item {
    pub sku: String,
    pub price: Option<Fen>,
}

gatespec_runtime::record! {
    struct Item {
        sku: "sku" Text always;
        price: "price" Integer;
    }
}

const DAY: TimeFormat<'_> = TimeFormat::Pattern { pattern: "yyyyMMdd", offset: 8 * 3600 };
const YN: Spelling<'_> = Spelling { yes: "Y", no: "N" };
const ONE_TWO: Spelling<'_> = Spelling { yes: "1", no: "2" };
const ONE_ZERO: Spelling<'_> = Spelling { yes: "1", no: "0" };

/// Reads the member `x` of a record as the type `kind`, and shows the value in `shown`.
pub(crate) struct Read<'k> {
    pub kind: &'k str,
    pub shown: String,
}

impl Read<'_> {
    fn show<T: Slot + Default + Debug>(&mut self, value: Value<'_>, field: &Field<'_>) -> Decoded {
        let mut into = T::default();
        value.field(field, &mut into)?;
        self.shown = format!("{into:?}").replace("Some(", "").replace(')', "");
        Ok(())
    }

    fn one(&mut self, value: Value<'_>) -> Decoded {
        let field = Field::BARE;
        let (quoted, bare) =
            (Field { form: Form::Quoted, ..field }, Field { form: Form::Bare, ..field });
        let kind = |kind| Field { kind, ..field };
        let yuan = FieldType::Amount(2);
        let seconds = FieldType::Time(TimeFormat::UnixSeconds, None);
        let secret = Field { sensitive: true, ..field };
        match self.kind {
            "text" => self.show::<Option<String>>(value, &field),
            "integer" => self.show::<Option<i64>>(value, &field),
            "integer as text" => self.show::<Option<i64>>(value, &quoted),
            "fen" => self.show::<Option<Fen>>(value, &field),
            "decimal" => self.show::<Option<Decimal>>(value, &kind(FieldType::Decimal(2))),
            "decimal as number" => self.show::<Option<Decimal>>(value, &bare),
            "yuan" => self.show::<Option<Decimal>>(value, &kind(yuan)),
            "yuan as number" => self.show::<Option<Decimal>>(value, &Field { kind: yuan, ..bare }),
            "flag" => self.show::<Option<bool>>(value, &kind(FieldType::Flag(Spelling::WORDS))),
            "flag Y/N" => self.show::<Option<bool>>(value, &kind(FieldType::Flag(YN))),
            "flag 1/2" => self.show::<Option<bool>>(value, &kind(FieldType::Flag(ONE_TWO))),
            "flag 1/0" => self.show::<Option<bool>>(value, &kind(FieldType::Flag(ONE_ZERO))),
            "day" => {
                self.show::<Option<DateTime>>(value, &kind(FieldType::Time(DAY, Some("19700101"))))
            }
            "seconds" => self.show::<Option<DateTime>>(value, &kind(seconds)),
            "seconds as text" => {
                self.show::<Option<DateTime>>(value, &Field { kind: seconds, ..quoted })
            }
            "state" => self.show::<Option<State>>(value, &field),
            "state of numbers" => self.show::<Option<State>>(value, &bare),
            "pin" => self.show::<Option<Private<i64>>>(value, &secret),
            "json" => self.show::<Option<RawJson>>(value, &field),
            "record" => self.show::<Option<Item>>(value, &field),
            "record in text" => {
                self.show::<Option<Item>>(value, &Field { json_text: true, ..field })
            }
            "map" => self.show::<BTreeMap<String, i64>>(value, &field),
            "private texts" => self.show::<Vec<Private<String>>>(value, &secret),
            "private map" => self.show::<BTreeMap<String, Private<String>>>(value, &secret),
            "private json in text" => {
                self.show::<Option<Private<RawJson>>>(value, &Field { json_text: true, ..secret })
            }
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
        let field = Field { list: Some(style), single, ..Field::BARE };
        match what {
            "items" => self.show::<Vec<Item>>(value, &field),
            "texts" => self.show::<Vec<String>>(value, &field),
            "flags" => self.show::<Vec<bool>>(value, &field),
            "yuans" => {
                let (kind, form) = (FieldType::Amount(2), Form::Bare);
                self.show::<Vec<Decimal>>(value, &Field { kind, form, single: true, ..field })
            }
            _ => self.show::<Vec<i64>>(value, &field),
        }
    }
}

impl Decode for Read<'_> {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        if name == "x" { self.one(value) } else { value.unknown() }
    }
}

/// Returns the value and its bends, or the error.
pub(crate) fn read(kind: &str, json: &str) -> Result<(String, String), String> {
    let mut target = Read { kind, shown: String::new() };
    let bends = from_text(&format!(r#"{{"x":{json}}}"#), &mut |value| {
        target = Read { kind, shown: String::new() };
        value.members(&mut target)
    });
    let bends = bends.map_err(|error| error.to_string())?;
    let bends: Vec<_> =
        bends.iter().map(|bend| format!("{} {}", bend.field, bend.kind.name())).collect();
    Ok((target.shown, bends.join(", ")))
}
