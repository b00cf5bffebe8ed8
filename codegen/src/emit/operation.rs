//! A method's file: request, response, types, and the client's functions.

use super::names::{Part, part};
use super::record::{item, record};
use super::types::field;
use super::{Lazy, facts, range, schema};
use crate::lower::Lowered;
use crate::plan::{Method, Platform, Response};
use bumpalo::Bump;
use proc_macro2::TokenStream;
use quote::quote;

/// Every item of the file, in its order.
pub fn operation<'a>(
    platform: &'a Platform<'_>,
    method: &'a Method<'_>,
    lowered: &'a Lowered<'_>,
    blocking: bool,
) -> Vec<Lazy<'a>> {
    let mut items = record(&method.request, method.std);
    if let Response::Record(response) = &method.response {
        items.extend(record(response, method.std));
    }
    items.push(Lazy::new(|| implementation(method, lowered)));
    items.extend(method.range.as_ref().map(|one| Lazy::new(|| range::ranged(method, one))));
    items.push(Lazy::new(move || calls(method, blocking)));
    let types = method.types.iter().filter_map(|&index| platform.types.get(index));
    items.extend(types.flat_map(|one| item(one, method.std)));
    items
}

fn implementation(method: &Method<'_>, lowered: &Lowered<'_>) -> TokenStream {
    let request = &method.request.ident;
    let response = response(method);
    let arena = Bump::new();
    let info = facts::method(&lowered.method(method.spec, &arena), &method.gateway);
    let returns = match &method.response {
        Response::Nothing | Response::Record(_) => None,
        Response::Value(place) => {
            let field = schema::value(place);
            Some(quote!(const RETURNS: rt::record::Field<'static> = #field;))
        }
    };
    quote! {
        impl rt::Operation for #request {
            type Platform = super::Platform;
            type Response = #response;
            const METHOD: rt::MethodInfo<'static> = #info;
            #returns
        }
    }
}

fn response(method: &Method<'_>) -> Part {
    match &method.response {
        Response::Nothing => part!(()),
        Response::Record(record) => {
            let ident = &record.ident;
            part!(#ident)
        }
        Response::Value(place) => field(place, method.std),
    }
}

/// The method's function of each client.
fn calls(method: &Method<'_>, blocking: bool) -> TokenStream {
    let (name, request, docs) = (&method.module, &method.request.ident, &method.call_docs);
    let response = response(method);
    let blocking = blocking.then(|| quote!(, super::blocking::Client));
    quote! {
        rt::calls! {
            #docs
            fn #name(#request) -> #response;
            [super::Client #blocking]
        }
    }
}
