//! Types of fields and arguments, and the way from one to the other.

use super::names::{Part, part};
use crate::model::MapOf;
use crate::plan::{Field, Format, Holds, Place, Std, Value};
use gatespec_protocol::ListStyle;
use proc_macro2::Literal;

/// The type of a field.
pub fn field(place: &Place<'_>, std: Std) -> Part {
    let one = one(place, std);
    match place.holds {
        Holds::One => one,
        Holds::Option => {
            let option = std.option();
            part!(#option<#one>)
        }
        Holds::List(_) => {
            let vec = std.vec();
            part!(#vec<#one>)
        }
    }
}

/// The type of one of its values.
pub fn one(place: &Place<'_>, std: Std) -> Part {
    match &place.value {
        Value::Map(of) => map(&private(member(*of, std), place.private), std),
        value => private(bare(value, std), place.private),
    }
}

/// A map with free keys.
pub fn map(member: &Part, std: Std) -> Part {
    let string = std.string();
    part!(::std::collections::BTreeMap<#string, #member>)
}

/// What a map holds.
pub fn member(of: MapOf, std: Std) -> Part {
    match of {
        MapOf::Text => std.string(),
        MapOf::Integer => part!(i64),
        MapOf::Json => part!(rt::Json),
    }
}

fn private(ty: Part, private: bool) -> Part {
    if private { part!(rt::Private<#ty>) } else { ty }
}

/// The type of a value, private or not.
fn bare(value: &Value<'_>, std: Std) -> Part {
    match value {
        Value::Text => std.string(),
        Value::Integer(_) => part!(i64),
        Value::Fen(_) => part!(rt::Fen),
        Value::Decimal { .. } => part!(rt::Decimal),
        Value::Flag(..) => part!(bool),
        Value::Time(_) => part!(rt::DateTime),
        Value::Json => part!(rt::Json),
        Value::Map(of) => map(&member(*of, std), std),
        Value::Record(path) | Value::Choice(path, _) => part!(#path),
    }
}

/// The type of the argument that sets a field.
pub fn argument(place: &Place<'_>, std: Std) -> Part {
    let (into, string) = (std.into(), std.string());
    let value = match &place.value {
        Value::Text => part!(impl #into<#string>),
        Value::Map(_) => one(place, std),
        value => bare(value, std),
    };
    match place.holds {
        Holds::One | Holds::Option => value,
        Holds::List(_) => {
            let iterator = std.into_iterator();
            part!(impl #iterator<Item = #value>)
        }
    }
}

/// The argument as what the field holds.
pub fn converted(field: &Field<'_>) -> Part {
    let ident = &field.ident;
    let place = &field.place;
    match place.holds {
        Holds::One => one_converted(field),
        Holds::Option => {
            let value = one_converted(field);
            part!(Some(#value))
        }
        Holds::List(_) => match (&place.value, place.private) {
            (Value::Text, false) => part!(rt::texts(#ident)),
            (Value::Text, true) => part!(rt::private_texts(#ident)),
            (Value::Map(_), _) | (_, false) => part!(#ident.into_iter().collect()),
            (_, true) => part!(#ident.into_iter().map(rt::Private::new).collect()),
        },
    }
}

/// Sets a field to a value.
pub fn set(field: &Field<'_>, value: &Part) -> Part {
    let ident = &field.ident;
    let value = if field.place.private { part!(rt::Private::new(#value)) } else { part!(#value) };
    match field.place.holds {
        Holds::Option => part!(self.#ident = Some(#value);),
        _ => part!(self.#ident = #value;),
    }
}

/// The argument is what the field holds.
pub fn is_same(place: &Place<'_>) -> bool {
    let kept = !place.private && !matches!(place.value, Value::Text);
    place.holds == Holds::One && (kept || matches!(place.value, Value::Map(_)))
}

fn one_converted(field: &Field<'_>) -> Part {
    let ident = &field.ident;
    match (&field.place.value, field.place.private) {
        (Value::Text, false) => part!(#ident.into()),
        (Value::Text, true) => part!(rt::Private::new(#ident.into())),
        (Value::Map(_), _) | (_, false) => part!(#ident),
        (_, true) => part!(rt::Private::new(#ident)),
    }
}

/// What a field holds before it is set.
pub fn empty(place: &Place<'_>, std: Std) -> Part {
    match place.holds {
        Holds::Option => part!(None),
        Holds::One => part!(::std::collections::BTreeMap::new()),
        Holds::List(_) => {
            let vec = std.vec();
            part!(#vec::new())
        }
    }
}

/// A format as the runtime's constant.
pub fn format(format: &Format) -> Part {
    match format {
        Format::Constant(ident) => part!(super::#ident),
        Format::UnixSeconds => part!(rt::TimeFormat::UnixSeconds),
        Format::UnixMillis => part!(rt::TimeFormat::UnixMillis),
    }
}

/// The spellings of yes and no.
pub fn spelling(yes: &str, no: &str) -> Part {
    match (yes, no) {
        ("true", "false") => part!(rt::Spelling::WORDS),
        _ => part!(rt::Spelling { yes: #yes, no: #no }),
    }
}

/// How a list travels.
pub fn list_style(style: ListStyle<'_>) -> Part {
    match style {
        ListStyle::Delimited(delimiter) => part!(rt::ListStyle::Delimited(#delimiter)),
        ListStyle::Json => part!(rt::ListStyle::Json),
        ListStyle::Repeat => part!(rt::ListStyle::Repeat),
        ListStyle::Inside(member) => part!(rt::ListStyle::Inside(#member)),
        ListStyle::JsonText => part!(rt::ListStyle::JsonText),
    }
}

/// A number without its type.
pub fn number(number: u64) -> Literal {
    Literal::u64_unsuffixed(number)
}
