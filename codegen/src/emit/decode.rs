//! How a record is filled: one line a field, from wire name to place.

use super::names::{Part, part};
use super::types::{format, list_style, number, spelling};
use crate::model::MapOf;
use crate::plan::{Field, Holds, Place, Record, Value};
use proc_macro2::TokenStream;
use quote::quote;

/// `impl Decode`.
pub fn decode(record: &Record<'_>) -> TokenStream {
    let ident = &record.ident;
    let arms: Vec<Part> = record.fields.iter().map(arm).collect();
    let rest = match record.others {
        Some(of) => {
            let member = member(of);
            quote!(value.entry(name, &mut self.others, |value, into| #member))
        }
        None => quote!(value.unknown()),
    };
    let always = always(record);
    if arms.is_empty() {
        let name = if record.others.is_some() { quote!(name) } else { quote!(_) };
        return quote! {
            impl rt::Decode for #ident {
                fn field(&mut self, #name: &str, value: rt::Value<'_>) -> rt::Decoded {
                    #rest
                }
            }
        };
    }
    quote! {
        #[rustfmt::skip]
        impl rt::Decode for #ident {
            fn field(&mut self, name: &str, value: rt::Value<'_>) -> rt::Decoded {
                match name {
                    #(#arms,)*
                    _ => #rest,
                }
            }
            #always
        }
    }
}

/// How it is blank before it is decoded, where it has no `Default`.
pub fn blank(record: &Record<'_>) -> TokenStream {
    let ident = &record.ident;
    let others = record.others.map(|_| part!(others));
    let fields = record.fields.iter().map(|field| {
        let ident = &field.ident;
        part!(#ident)
    });
    let fields: Vec<Part> = fields.chain(others).collect();
    quote!(rt::blank!(#ident { #(#fields),* });)
}

fn arm(field: &Field<'_>) -> Part {
    let (wire, ident) = (field.wire, &field.ident);
    let read = read(&field.place, &part!(&mut self.#ident));
    part!(#wire => #read)
}

fn always(record: &Record<'_>) -> Option<TokenStream> {
    let fields = record.fields.iter().filter(|field| field.always);
    let names: Vec<&str> = fields.map(|field| field.wire).collect();
    (!names.is_empty()).then(|| quote!(rt::always![#(#names),*];))
}

/// Reads `value` into a place.
pub fn read(place: &Place<'_>, into: &Part) -> Part {
    match place.holds {
        Holds::List(style) => {
            let (style, item) = (list_style(style), one(place, &part!(into)));
            let list = if place.single { part!(list_or_one) } else { part!(list) };
            let value = hidden(place);
            part!(#value.#list(#into, #style, |value, into| #item))
        }
        Holds::One | Holds::Option if place.json_text => {
            let (value, inner) = (hidden(place), one(place, into));
            part!(#value.json_text(|value| #inner))
        }
        Holds::One | Holds::Option => one(place, into),
    }
}

fn one(place: &Place<'_>, into: &Part) -> Part {
    match &place.value {
        Value::Text => part!(value.text(#into)),
        Value::Integer(quoted) => {
            let value = travels(*quoted, &part!(quoted));
            part!(#value.integer(#into))
        }
        Value::Fen(quoted) => {
            let value = travels(*quoted, &part!(quoted));
            part!(#value.fen(#into))
        }
        Value::Decimal { scale, bare, amount } => {
            let value = travels(*bare, &part!(bare));
            let scale = number((*scale).into());
            if *amount { part!(#value.amount(#into, #scale)) } else { part!(#value.decimal(#into)) }
        }
        Value::Flag(yes, no) => {
            let spelling = spelling(yes, no);
            part!(value.flag(#into, #spelling))
        }
        Value::Time(time) => {
            let format = format(&time.format);
            let never = time.never.map_or(part!(None), |never| part!(Some(#never)));
            let value = travels(time.quoted, &part!(quoted));
            part!(#value.time(#into, #format, #never))
        }
        Value::Json => part!(value.json(#into)),
        Value::Map(of) => {
            let (value, member) = (hidden(place), member(*of));
            part!(#value.map(#into, |value, into| #member))
        }
        Value::Record(_) => part!(value.record(#into)),
        Value::Choice(_, bare) => {
            let value = travels(*bare, &part!(bare));
            part!(#value.choice(#into))
        }
    }
}

/// The value, which an error must not show if the place is private and does not say so itself.
fn hidden(place: &Place<'_>) -> Part {
    if place.private { part!(value.private()) } else { part!(value) }
}

/// The value, in another form than its type usually has.
fn travels(otherwise: bool, form: &Part) -> Part {
    if otherwise { part!(value.#form()) } else { part!(value) }
}

fn member(of: MapOf) -> Part {
    match of {
        MapOf::Text => part!(value.text(into)),
        MapOf::Integer => part!(value.integer(into)),
        MapOf::Json => part!(value.json(into)),
    }
}
