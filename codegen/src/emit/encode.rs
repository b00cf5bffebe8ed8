//! How a record puts its fields on the wire: one line a field.

use super::names::{Part, part};
use super::types::{format, list_style, number, spelling};
use crate::plan::{Build, Field, Holds, Ident, Place, Record, Value};
use proc_macro2::TokenStream;
use quote::quote;

/// `impl Encode`.
pub fn encode(record: &Record<'_>, build: &Build<'_>) -> TokenStream {
    let ident = &record.ident;
    let fields = build.order.iter().filter_map(|&index| record.fields.get(index));
    let puts: Vec<Part> = fields.map(put).collect();
    let others = record.others.map(|_| quote!(rt::Encode::encode(&self.others, out);));
    let out = if puts.is_empty() && others.is_none() { quote!(_) } else { quote!(out) };
    quote! {
        impl rt::Encode for #ident {
            fn encode(&self, #out: &mut rt::Writer<'_>) {
                #(#puts)*
                #others
            }
        }
    }
}

fn put(field: &Field<'_>) -> Part {
    let (wire, place, ident) = (field.wire, &field.place, &field.ident);
    let out = if place.private { part!(out.private()) } else { part!(out) };
    match place.holds {
        Holds::List(style) => {
            let style = list_style(style);
            match &place.value {
                Value::Text | Value::Choice(_, false) => {
                    part!(#out.texts(#wire, &self.#ident, #style);)
                }
                Value::Record(_) => part!(#out.records(#wire, &self.#ident, #style);),
                _ => {
                    let items = items(field);
                    part!(#out.list(#wire, &mut #items, #style);)
                }
            }
        }
        Holds::One if matches!(place.value, Value::Map(_)) => {
            let value = one(field);
            part!(#out.maybe(#wire, (!self.#ident.is_empty()).then_some(#value));)
        }
        Holds::One if field.in_path => {
            let value = one(field);
            part!(#out.in_path(#wire, #value);)
        }
        Holds::One => {
            let value = one(field);
            part!(#out.put(#wire, #value);)
        }
        Holds::Option => {
            let value = option(field);
            let put = if field.nullable { part!(nullable) } else { part!(maybe) };
            part!(#out.#put(#wire, #value);)
        }
    }
}

/// Where one value is.
enum Access<'a> {
    /// In a field; private if true.
    Field(&'a Ident, bool),
    /// In the argument `it` of a closure, lent or copied as its type asks.
    Given,
    /// Behind the argument `it` of a closure; private if true.
    Item(bool),
}

impl Access<'_> {
    /// A reference to it.
    fn reference(&self) -> Part {
        match self {
            Access::Field(ident, _) => part!(&self.#ident),
            Access::Given | Access::Item(_) => part!(it),
        }
    }

    /// A copy of it.
    fn copy(&self) -> Part {
        match self {
            Access::Field(ident, false) => part!(self.#ident),
            Access::Field(ident, true) => part!(*self.#ident),
            Access::Given => part!(it),
            Access::Item(false) => part!(*it),
            Access::Item(true) => part!(**it),
        }
    }

    /// Itself, for what is written behind it.
    fn itself(&self) -> Part {
        match self {
            Access::Field(ident, _) => part!(self.#ident),
            Access::Given | Access::Item(_) => part!(it),
        }
    }
}

fn one(field: &Field<'_>) -> Part {
    wire(&field.place, &Access::Field(&field.ident, field.place.private))
}

fn option(field: &Field<'_>) -> Part {
    let (ident, place) = (&field.ident, &field.place);
    let values = match (&place.value, place.private) {
        (Value::Text, false) => return part!(self.#ident.as_deref().map(rt::Wire::Text)),
        (value, private) if is_copy(value) => copied(ident, private),
        (Value::Json, true) => part!(self.#ident.as_deref()),
        _ => part!(self.#ident.as_ref()),
    };
    if let Some(constructor) = constructor(place) {
        return part!(#values.map(#constructor));
    }
    let value = wire(place, &Access::Given);
    part!(#values.map(|it| #value))
}

/// An optional value that can be copied, out of its wrapping.
pub fn copied(ident: &Ident, private: bool) -> Part {
    if private { part!(self.#ident.as_deref().copied()) } else { part!(self.#ident) }
}

/// Values that are handed over, not lent.
pub fn is_copy(value: &Value<'_>) -> bool {
    use Value::{Decimal, Fen, Flag, Integer, Time};
    matches!(value, Integer(_) | Fen(_) | Decimal { .. } | Flag(..) | Time(_))
}

/// The wire's own constructor takes the value as it is.
fn constructor(place: &Place<'_>) -> Option<Part> {
    match place.value {
        Value::Integer(false) => Some(part!(rt::Wire::Integer)),
        Value::Integer(true) => Some(part!(rt::Wire::QuotedInteger)),
        Value::Json => Some(part!(rt::Wire::Json)),
        Value::Choice(_, false) => Some(part!(rt::Wire::choice)),
        Value::Choice(_, true) => Some(part!(rt::Wire::number)),
        _ => None,
    }
}

fn items(field: &Field<'_>) -> Part {
    let (ident, place) = (&field.ident, &field.place);
    if matches!(place.value, Value::Json) && !place.private {
        return part!(self.#ident.iter().map(rt::Wire::Json));
    }
    let item = wire(place, &Access::Item(place.private));
    part!(self.#ident.iter().map(|it| #item))
}

/// One value on its way to the wire.
fn wire(place: &Place<'_>, access: &Access<'_>) -> Part {
    let (reference, copy, itself) = (access.reference(), access.copy(), access.itself());
    match &place.value {
        Value::Text => part!(rt::Wire::Text(#reference)),
        Value::Integer(false) => part!(rt::Wire::Integer(#copy)),
        Value::Integer(true) => part!(rt::Wire::QuotedInteger(#copy)),
        Value::Fen(false) => part!(rt::Wire::Integer(#itself.0)),
        Value::Fen(true) => part!(rt::Wire::QuotedInteger(#itself.0)),
        Value::Decimal { scale, bare, .. } => {
            let scale = number((*scale).into());
            let wire = if *bare { part!(bare_decimal) } else { part!(decimal) };
            part!(rt::Wire::#wire(#copy, #scale))
        }
        Value::Flag(yes, no) => {
            let spelling = spelling(yes, no);
            part!(rt::Wire::Flag(#copy, #spelling))
        }
        Value::Time(time) => {
            let format = format(&time.format);
            let wire = if time.quoted { part!(QuotedTime) } else { part!(Time) };
            part!(rt::Wire::#wire(#copy, #format))
        }
        Value::Json => part!(rt::Wire::Json(#reference)),
        Value::Map(_) | Value::Record(_) if place.json_text => {
            part!(rt::Wire::JsonText(#reference))
        }
        Value::Map(_) => part!(rt::Wire::Map(#reference)),
        Value::Record(_) => part!(rt::Wire::Record(#reference)),
        Value::Choice(_, false) => part!(rt::Wire::Text(#itself.as_str())),
        Value::Choice(_, true) => part!(rt::Wire::Number(#itself.as_str())),
    }
}
