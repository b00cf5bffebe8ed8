//! How a record puts its fields on the wire: one line a field.

use super::names::Part;
use super::types::{format, list_style, number, spelling};
use crate::plan::{Build, Field, Holds, Place, Record, Value};
use proc_macro2::TokenStream;
use quote::quote;

/// `impl Encode`.
pub fn encode(record: &Record<'_>, build: &Build<'_>) -> TokenStream {
    let ident = &record.ident;
    let fields = build.order.iter().filter_map(|&index| record.fields.get(index));
    let puts: Vec<Part> = fields.map(|field| put(field).into()).collect();
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

fn put(field: &Field<'_>) -> TokenStream {
    let (wire, place, ident) = (field.wire, &field.place, &field.ident);
    let out = if place.private { quote!(out.private()) } else { quote!(out) };
    match place.holds {
        Holds::List(style) => {
            let style = list_style(style);
            match &place.value {
                Value::Text | Value::Choice(_, false) => {
                    quote!(#out.texts(#wire, &self.#ident, #style);)
                }
                Value::Record(_) => quote!(#out.records(#wire, &self.#ident, #style);),
                _ => {
                    let items = items(field);
                    quote!(#out.list(#wire, &mut #items, #style);)
                }
            }
        }
        Holds::One if matches!(place.value, Value::Map(_)) => {
            let value = one(field);
            quote!(#out.maybe(#wire, (!self.#ident.is_empty()).then_some(#value));)
        }
        Holds::One if field.in_path => {
            let value = one(field);
            quote!(#out.in_path(#wire, #value);)
        }
        Holds::One => {
            let value = one(field);
            quote!(#out.put(#wire, #value);)
        }
        Holds::Option => {
            let value = option(field);
            let put = if field.nullable { quote!(nullable) } else { quote!(maybe) };
            quote!(#out.#put(#wire, #value);)
        }
    }
}

/// The ways to name one value.
struct Access {
    /// A reference to it.
    reference: TokenStream,
    /// A copy of it.
    copy: TokenStream,
    /// Itself, for what is written behind it.
    itself: TokenStream,
}

fn one(field: &Field<'_>) -> TokenStream {
    let (ident, place) = (&field.ident, &field.place);
    let itself = quote!(self.#ident);
    let copy = if place.private { quote!(*self.#ident) } else { itself.clone() };
    wire(place, &Access { reference: quote!(&self.#ident), copy, itself })
}

fn option(field: &Field<'_>) -> TokenStream {
    let (ident, place) = (&field.ident, &field.place);
    let values = match (&place.value, place.private) {
        (Value::Text, false) => return quote!(self.#ident.as_deref().map(rt::Wire::Text)),
        (value, private) if is_copy(value) => copied(ident, private),
        (Value::Json, true) => quote!(self.#ident.as_deref()),
        _ => quote!(self.#ident.as_ref()),
    };
    if let Some(constructor) = constructor(place) {
        return quote!(#values.map(#constructor));
    }
    let it = quote!(it);
    let value = wire(place, &Access { reference: it.clone(), copy: it.clone(), itself: it });
    quote!(#values.map(|it| #value))
}

/// An optional value that can be copied, out of its wrapping.
pub fn copied(ident: &crate::plan::Ident, private: bool) -> TokenStream {
    if private { quote!(self.#ident.as_deref().copied()) } else { quote!(self.#ident) }
}

/// Values that are handed over, not lent.
pub fn is_copy(value: &Value<'_>) -> bool {
    use Value::{Decimal, Fen, Flag, Integer, Time};
    matches!(value, Integer(_) | Fen(_) | Decimal { .. } | Flag(..) | Time(_))
}

/// The wire's own constructor takes the value as it is.
fn constructor(place: &Place<'_>) -> Option<TokenStream> {
    match place.value {
        Value::Integer(false) => Some(quote!(rt::Wire::Integer)),
        Value::Integer(true) => Some(quote!(rt::Wire::QuotedInteger)),
        Value::Json => Some(quote!(rt::Wire::Json)),
        Value::Choice(_, false) => Some(quote!(rt::Wire::choice)),
        Value::Choice(_, true) => Some(quote!(rt::Wire::number)),
        _ => None,
    }
}

fn items(field: &Field<'_>) -> TokenStream {
    let (ident, place) = (&field.ident, &field.place);
    if matches!(place.value, Value::Json) && !place.private {
        return quote!(self.#ident.iter().map(rt::Wire::Json));
    }
    let it = quote!(it);
    let copy = if place.private { quote!(**it) } else { quote!(*it) };
    let item = wire(place, &Access { reference: it.clone(), copy, itself: it });
    quote!(self.#ident.iter().map(|it| #item))
}

/// One value on its way to the wire.
fn wire(place: &Place<'_>, access: &Access) -> TokenStream {
    let Access { reference, copy, itself } = access;
    match &place.value {
        Value::Text => quote!(rt::Wire::Text(#reference)),
        Value::Integer(false) => quote!(rt::Wire::Integer(#copy)),
        Value::Integer(true) => quote!(rt::Wire::QuotedInteger(#copy)),
        Value::Fen(false) => quote!(rt::Wire::Integer(#itself.0)),
        Value::Fen(true) => quote!(rt::Wire::QuotedInteger(#itself.0)),
        Value::Decimal { scale, bare } => {
            let scale = number((*scale).into());
            let wire = if *bare { quote!(bare_decimal) } else { quote!(decimal) };
            quote!(rt::Wire::#wire(#copy, #scale))
        }
        Value::Flag(yes, no) => {
            let spelling = spelling(yes, no);
            quote!(rt::Wire::Flag(#copy, #spelling))
        }
        Value::Time(time) => {
            let format = format(&time.format);
            let wire = if time.quoted { quote!(QuotedTime) } else { quote!(Time) };
            quote!(rt::Wire::#wire(#copy, #format))
        }
        Value::Json => quote!(rt::Wire::Json(#reference)),
        Value::Map(_) | Value::Record(_) if place.json_text => {
            quote!(rt::Wire::JsonText(#reference))
        }
        Value::Map(_) => quote!(rt::Wire::Map(#reference)),
        Value::Record(_) => quote!(rt::Wire::Record(#reference)),
        Value::Choice(_, false) => quote!(rt::Wire::Text(#itself.as_str())),
        Value::Choice(_, true) => quote!(rt::Wire::Number(#itself.as_str())),
    }
}
