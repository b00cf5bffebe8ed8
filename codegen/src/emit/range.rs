//! The range of a request that can be split.

use super::names::{Part, part};
use super::schema::span;
use super::types::{format, set};
use crate::plan::{Field, Holds, Method, Range};
use gatespec_protocol::RangeEnd;
use proc_macro2::TokenStream;
use quote::quote;

/// `impl Ranged`.
pub fn ranged(method: &Method<'_>, range: &Range) -> TokenStream {
    let request = &method.request.ident;
    let options = [method.std.option(), method.std.option()];
    let (first, second) =
        (&method.request.fields[range.first], &method.request.fields[range.second]);
    let (first_wire, second_wire) = (first.wire, second.wire);
    let (at_most, format) = (span(&range.at_most), format(&range.format));
    let end = match range.end {
        RangeEnd::Excluded => part!(rt::RangeEnd::Excluded),
        RangeEnd::Included => part!(rt::RangeEnd::Included),
    };
    let given: [Part; 2] = [instant(first), instant(second)];
    let set = [set(first, &part!(from)), set(second, &part!(to))];
    quote! {
        impl rt::Ranged for #request {
            const RANGE: rt::RangeRule<'static> = rt::RangeRule {
                fields: [#first_wire, #second_wire],
                at_most: #at_most,
                end: #end,
                format: #format,
            };
            fn range(&self) -> (#(#options<rt::DateTime>),*) {
                (#(#given),*)
            }
            fn set_range(&mut self, from: rt::DateTime, to: rt::DateTime) {
                #(#set)*
            }
        }
    }
}

/// A time as an optional one.
fn instant(field: &Field<'_>) -> Part {
    let ident = &field.ident;
    match (field.place.holds, field.place.private) {
        (Holds::Option, true) => part!(self.#ident.as_deref().copied()),
        (Holds::Option, false) => part!(self.#ident),
        (_, true) => part!(Some(*self.#ident)),
        (_, false) => part!(Some(self.#ident)),
    }
}
