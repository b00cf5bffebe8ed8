//! The code for requests whose range can be split.

use super::facts;
use super::names::{Part, part};
use super::schema::{format, span};
use super::types::set;
use crate::plan::{Field, Holds, Method, Range};
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the `impl Ranged` of a request.
pub(super) fn ranged(method: &Method<'_>, range: &Range<'_>) -> TokenStream {
    let request = &method.request.ident;
    let options = [method.std.option(), method.std.option()];
    let [first, second] = range.fields.map(|index| &method.request.fields[index]);
    let rule = &range.rule;
    let [first_wire, second_wire] = rule.fields;
    let (at_most, end, format) =
        (span(&rule.at_most), facts::fact(&rule.end), format(&first.ty.value, &rule.format));
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

/// Returns the expression that reads a time field as an `Option`.
fn instant(field: &Field<'_>) -> Part {
    let ident = &field.ident;
    match (field.ty.holds, field.ty.private) {
        (Holds::Option, true) => part!(self.#ident.as_deref().copied()),
        (Holds::Option, false) => part!(self.#ident),
        (_, true) => part!(Some(*self.#ident)),
        (_, false) => part!(Some(self.#ident)),
    }
}
