//! A method's file: request, response, types, and the client's functions.

use super::decode::read;
use super::names::{Part, part};
use super::record::{item, record};
use super::types::field;
use super::{Lazy, facts, range};
use crate::plan::{Method, Platform, Response};
use proc_macro2::TokenStream;
use quote::quote;

/// Every item of the file, in its order.
pub fn operation<'a>(
    platform: &'a Platform<'_>,
    method: &'a Method<'_>,
    blocking: bool,
) -> Vec<Lazy<'a>> {
    let mut items = record(&method.request, method.std);
    if let Response::Record(response) = &method.response {
        items.extend(record(response, method.std));
    }
    items.push(Lazy::new(|| implementation(method)));
    items.extend(method.range.as_ref().map(|one| Lazy::new(|| range::ranged(method, one))));
    items.push(Lazy::new(move || calls(method, blocking)));
    let types = method.types.iter().filter_map(|&index| platform.types.get(index));
    items.extend(types.flat_map(|one| item(one, method.std)));
    items
}

fn implementation(method: &Method<'_>) -> TokenStream {
    let request = &method.request.ident;
    let response = response(method);
    let info = facts::method(&method.spec.facts, &method.gateway);
    let (into, read) = match &method.response {
        Response::Nothing => (part!(_), part!(value.skip())),
        Response::Record(_) => (part!(into), part!(value.record(into))),
        Response::Value(place) => (part!(into), read(place, &part!(into))),
    };
    quote! {
        impl rt::Operation for #request {
            type Platform = super::Platform;
            type Response = #response;
            const METHOD: rt::MethodInfo<'static> = #info;
            fn read(value: rt::Value<'_>, #into: &mut Self::Response) -> rt::Decoded {
                #read
            }
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
