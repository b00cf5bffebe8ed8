//! A method's file: its request, response and types, and the client's functions.

use super::file::Lazy;
use super::names::{Part, part};
use super::record::{item, record};
use super::types::field;
use super::{facts, range, schema};
use crate::plan::{Method, Platform, Response};
use proc_macro2::TokenStream;
use quote::quote;

/// Returns every item of the file, in order.
pub(super) fn operation<'a>(
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
    items.push(Lazy::new(|| function(method, false)));
    items.extend(blocking.then(|| Lazy::new(|| function(method, true))));
    let types = method.types.iter().filter_map(|&index| platform.types.get(index));
    items.extend(types.flat_map(|one| item(one, method.std)));
    items
}

fn implementation(method: &Method<'_>) -> TokenStream {
    let request = &method.request.ident;
    let response = response(method);
    let info = facts::method(&method.spec.facts, &method.gateway);
    let returns = match &method.response {
        Response::Nothing | Response::Record(_) => None,
        Response::Value(ty, facts) => {
            let field = schema::value(ty, facts);
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
        Response::Value(ty, _) => field(ty, method.std),
    }
}

/// Returns the method's function on a client.
fn function(method: &Method<'_>, blocking: bool) -> TokenStream {
    let (name, request, docs) = (&method.module, &method.request.ident, &method.call_docs);
    let (result, response) = (method.std.result(), response(method));
    let (client, async_, wait) = match blocking {
        true => (quote!(super::blocking::Client), None, None),
        false => (quote!(super::Client), Some(quote!(async)), Some(quote!(.await))),
    };
    // Clippy's `should_implement_trait` mistakes a function of this shape for a trait's only if its
    // name is `cmp` (`Ord::cmp`).
    let comparing = (blocking && name.as_str() == "cmp").then(|| {
        quote!(
            #[expect(clippy::should_implement_trait, reason = "the platform has a method of this name")]
        )
    });
    quote! {
        impl #client {
            #docs
            #comparing
            pub #async_ fn #name(&self, request: &#request) -> #result<#response, rt::Error> {
                self.data(request)#wait
            }
        }
    }
}
