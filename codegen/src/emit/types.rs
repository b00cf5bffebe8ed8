//! Types of fields and arguments, and the way from one to the other.

use crate::model::MapOf;
use crate::plan::{Field, Format, Holds, ListStyle, Place, Std, Value};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The type of a field.
pub fn field(place: &Place<'_>, std: Std) -> TokenStream {
    let one = one(place, std);
    match place.holds {
        Holds::One => one,
        Holds::Option => {
            let option = std.option();
            quote!(#option<#one>)
        }
        Holds::List(_) => {
            let vec = std.vec();
            quote!(#vec<#one>)
        }
    }
}

/// The type of one of its values.
pub fn one(place: &Place<'_>, std: Std) -> TokenStream {
    match &place.value {
        Value::Map(of) => map(&private(member(*of, std), place.private), std),
        value => private(bare(value, std), place.private),
    }
}

/// A map with free keys.
pub fn map(member: &TokenStream, std: Std) -> TokenStream {
    let string = std.string();
    quote!(::std::collections::BTreeMap<#string, #member>)
}

/// What a map holds.
pub fn member(of: MapOf, std: Std) -> TokenStream {
    match of {
        MapOf::Text => std.string(),
        MapOf::Integer => quote!(i64),
        MapOf::Json => quote!(rt::Json),
    }
}

fn private(ty: TokenStream, private: bool) -> TokenStream {
    if private { quote!(rt::Private<#ty>) } else { ty }
}

/// The type of a value, private or not.
fn bare(value: &Value<'_>, std: Std) -> TokenStream {
    match value {
        Value::Text => std.string(),
        Value::Integer(_) => quote!(i64),
        Value::Fen(_) => quote!(rt::Fen),
        Value::Decimal { .. } => quote!(rt::Decimal),
        Value::Flag(..) => quote!(bool),
        Value::Time(_) => quote!(rt::DateTime),
        Value::Json => quote!(rt::Json),
        Value::Map(of) => map(&member(*of, std), std),
        Value::Record(path) | Value::Choice(path, _) => quote!(#path),
    }
}

/// The type of the argument that sets a field.
pub fn argument(place: &Place<'_>, std: Std) -> TokenStream {
    let (into, string) = (std.into(), std.string());
    let value = match &place.value {
        Value::Text => quote!(impl #into<#string>),
        Value::Map(_) => one(place, std),
        value => bare(value, std),
    };
    match place.holds {
        Holds::One | Holds::Option => value,
        Holds::List(_) => {
            let iterator = std.into_iterator();
            quote!(impl #iterator<Item = #value>)
        }
    }
}

/// The argument as what the field holds.
pub fn converted(field: &Field<'_>) -> TokenStream {
    let ident = &field.ident;
    let place = &field.place;
    match place.holds {
        Holds::One => one_converted(field),
        Holds::Option => {
            let value = one_converted(field);
            quote!(Some(#value))
        }
        Holds::List(_) => match (&place.value, place.private) {
            (Value::Text, false) => quote!(rt::texts(#ident)),
            (Value::Text, true) => quote!(rt::private_texts(#ident)),
            (Value::Map(_), _) | (_, false) => quote!(#ident.into_iter().collect()),
            (_, true) => quote!(#ident.into_iter().map(rt::Private::new).collect()),
        },
    }
}

/// The argument is what the field holds.
pub fn is_same(place: &Place<'_>) -> bool {
    let kept = !place.private && !matches!(place.value, Value::Text);
    place.holds == Holds::One && (kept || matches!(place.value, Value::Map(_)))
}

fn one_converted(field: &Field<'_>) -> TokenStream {
    let ident = &field.ident;
    match (&field.place.value, field.place.private) {
        (Value::Text, false) => quote!(#ident.into()),
        (Value::Text, true) => quote!(rt::Private::new(#ident.into())),
        (Value::Map(_), _) | (_, false) => quote!(#ident),
        (_, true) => quote!(rt::Private::new(#ident)),
    }
}

/// What a field holds before it is set.
pub fn empty(place: &Place<'_>, std: Std) -> TokenStream {
    match place.holds {
        Holds::Option => quote!(None),
        Holds::One => quote!(::std::collections::BTreeMap::new()),
        Holds::List(_) => {
            let vec = std.vec();
            quote!(#vec::new())
        }
    }
}

/// A format as the runtime's constant.
pub fn format(format: &Format) -> TokenStream {
    match format {
        Format::Constant(ident) => quote!(super::#ident),
        Format::UnixSeconds => quote!(rt::TimeFormat::UnixSeconds),
        Format::UnixMillis => quote!(rt::TimeFormat::UnixMillis),
    }
}

/// The spellings of yes and no.
pub fn spelling(yes: &str, no: &str) -> TokenStream {
    match (yes, no) {
        ("true", "false") => quote!(rt::Spelling::WORDS),
        _ => quote!(rt::Spelling { yes: #yes, no: #no }),
    }
}

/// How a list travels.
pub fn list_style(style: ListStyle<'_>) -> TokenStream {
    match style {
        ListStyle::Delimited(delimiter) => quote!(rt::ListStyle::Delimited(#delimiter)),
        ListStyle::Json => quote!(rt::ListStyle::Json),
        ListStyle::Repeat => quote!(rt::ListStyle::Repeat),
        ListStyle::Inside(member) => quote!(rt::ListStyle::Inside(#member)),
        ListStyle::JsonText => quote!(rt::ListStyle::JsonText),
    }
}

/// A number without its type.
pub fn number(number: u64) -> Literal {
    Literal::u64_unsuffixed(number)
}
