//! Records and enumerations: their types, and the functions that build them.

use super::file::Lazy;
use super::names::{Part, doc, part};
use super::schema;
use super::types::{argument, converted, field, is_same, map, member};
use crate::plan::{Enumeration, Field, Holds, Item, Record, Std, Value};
use proc_macro2::TokenStream;
use quote::quote;

/// The maximum number of arguments that a function may have without a warning from Clippy.
const MANY: usize = 7;

/// The maximum number of `bool` arguments that a function may have without a warning from Clippy's
/// `fn_params_excessive_bools`.
const MANY_FLAGS: usize = 3;
/// Documentation of the field for members that the spec does not list.
const OTHERS: &str = "Members that have no field, by their names on the wire.";

/// Returns a type and its functions, one item each.
pub(super) fn item<'a>(item: &'a Item<'_>, std: Std) -> Vec<Lazy<'a>> {
    match item {
        Item::Record(one) => record(one, std),
        Item::Enumeration(one) => vec![Lazy::new(|| enumeration(one))],
    }
}

/// Returns a record and its functions, one item each.
pub(super) fn record<'a>(record: &'a Record<'_>, std: Std) -> Vec<Lazy<'a>> {
    let mut items = vec![Lazy::new(move || definition(record, std))];
    if record.built {
        items.push(Lazy::new(move || construction(record, std)));
    }
    items.push(Lazy::new(|| schema::record(record)));
    items
}

fn enumeration(enumeration: &Enumeration<'_>) -> TokenStream {
    let Enumeration { ident, docs, variants } = enumeration;
    let variants = variants.iter().map(|(wire, ident, docs)| quote!(#docs #ident = #wire));
    quote! {
        rt::open_enum! {
            #docs
            pub enum #ident {
                #(#variants,)*
            }
        }
    }
}

fn definition(record: &Record<'_>, std: Std) -> TokenStream {
    let Record { ident, docs, .. } = record;
    let derives = match record.default {
        true => quote!(Debug, Clone, Default, PartialEq),
        false => quote!(Debug, Clone, PartialEq),
    };
    let fields = record.fields.iter().map(|one| {
        let (docs, ident, ty) = (&one.docs, &one.ident, field(&one.ty, std));
        part!(#docs pub #ident: #ty)
    });
    let others = others(record, std);
    quote! {
        #docs
        #[derive(#derives)]
        #[non_exhaustive]
        pub struct #ident {
            #(#fields,)*
            #others
        }
    }
}

fn others(record: &Record<'_>, std: Std) -> Option<TokenStream> {
    let docs = doc(OTHERS);
    record.others.map(|of| {
        let ty = map(&member(of, std), std);
        quote!(#docs pub others: #ty,)
    })
}

fn construction(record: &Record<'_>, std: Std) -> TokenStream {
    let ident = &record.ident;
    let given: Vec<&Field<'_>> = record.arguments().collect();
    let new = (!given.is_empty()).then(|| Part::from(new(record, &given, std)));
    let setters = setters(record, std).map(Part::from);
    quote!(impl #ident { #new #setters })
}

/// Returns the `setters!` call, which states the documentation, argument and new value of each
/// field.
fn setters(record: &Record<'_>, std: Std) -> Option<TokenStream> {
    let set = record.setters().map(|field| {
        let (docs, ident, ty) = (&field.brief, &field.ident, argument(&field.ty, std));
        let value = converted(field);
        part!(#docs #ident: #ty => #value)
    });
    let others = record.others.map(|of| {
        let ty = map(&member(of, std), std);
        let docs = doc(OTHERS);
        part!(#docs others: #ty => others)
    });
    // Without arguments, `new` is the same for every record, so the macro writes it.
    let new = (record.arguments().next().is_none()).then(|| part!(new));
    let set: Vec<Part> = new.into_iter().chain(set).chain(others).collect();
    (!set.is_empty()).then(|| quote!(rt::setters! { #(#set,)* }))
}

fn new(record: &Record<'_>, given: &[&Field<'_>], std: Std) -> TokenStream {
    let arguments = given.iter().map(|field| {
        let (ident, ty) = (&field.ident, argument(&field.ty, std));
        quote!(#ident: #ty)
    });
    let leave =
        |lint: TokenStream| quote!(#[expect(clippy::#lint, reason = "all of them are required")]);
    let many = (given.len() > MANY).then(|| leave(quote!(too_many_arguments)));
    let flags = given.iter().filter(|field| {
        matches!((&field.ty.value, field.ty.holds), (Value::Flag, Holds::One | Holds::Option))
    });
    let flags = (flags.count() > MANY_FLAGS).then(|| leave(quote!(fn_params_excessive_bools)));
    let body = fresh(record, given);
    let docs = doc("Creates a value with all required fields.");
    quote! {
        #docs
        #many
        #flags
        pub fn new(#(#arguments),*) -> Self {
            #body
        }
    }
}

fn fresh(record: &Record<'_>, given: &[&Field<'_>]) -> Part {
    let fields = given.iter().map(|field| {
        let (ident, value) = (&field.ident, converted(field));
        // Uses the shorthand for fields if the field and the argument have the same type.
        if is_same(&field.ty) { value } else { part!(#ident: #value) }
    });
    let all = given.len() == record.fields.len() && record.others.is_none();
    let rest = (!all).then(|| part!(..rt::Blank::blank()));
    let fields: Vec<Part> = fields.chain(rest).collect();
    part!(Self { #(#fields),* })
}
