//! The runtime's facts as Rust: literally the values that the vectors were checked with.

use crate::plan::Ident;
use gatespec_protocol::fact::{Fact, Term};
use gatespec_protocol::{Gateway, MethodInfo, TimeFormat};
use proc_macro2::{Ident as Name, Literal, Span, TokenStream};
use quote::quote;

/// A gateway as a literal.
pub fn gateway(gateway: &Gateway<'_>) -> TokenStream {
    term(&gateway.term())
}

/// A time's format as a literal.
pub fn time_format(format: TimeFormat<'_>) -> TokenStream {
    term(&format.term())
}

/// A method as a literal that says only what is not usual; it points at its gateway's constant.
pub fn method(method: &MethodInfo<'_>, gateway: &Ident) -> TokenStream {
    let name = method.name;
    let usual = quote!(rt::MethodInfo::new(#name, &super::#gateway));
    let base = MethodInfo::new(name, method.gateway);
    match unusual(&method.fields(), &base.fields()) {
        fields if fields.is_empty() => usual,
        fields => quote!(rt::MethodInfo { #(#fields,)* ..#usual }),
    }
}

/// What a structure says beyond its base.
fn unusual(fields: &[(&str, Term<'_>)], base: &[(&str, Term<'_>)]) -> Vec<TokenStream> {
    fields.iter().filter(|field| !base.contains(field)).map(field).collect()
}

fn field((name, value): &(&str, Term<'_>)) -> TokenStream {
    let (name, value) = (Name::new(name, Span::call_site()), term(value));
    quote!(#name: #value)
}

fn term(term: &Term<'_>) -> TokenStream {
    let list = |items: &[Term<'_>]| items.iter().map(self::term).collect::<Vec<_>>();
    match term {
        Term::Text(text) => quote!(#text),
        Term::Number(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(#number)
        }
        Term::Flag(flag) => quote!(#flag),
        Term::List(items) => {
            let items = list(items);
            quote!(&[#(#items),*])
        }
        Term::Tuple(items) => {
            let items = list(items);
            quote!((#(#items),*))
        }
        Term::Option(None) => quote!(None),
        Term::Option(Some(value)) => {
            let value = self::term(value);
            quote!(Some(#value))
        }
        Term::Call(name, held) => {
            let (path, held) = (path(name), held.as_deref().map(self::term));
            let held = held.map(|held| quote!((#held)));
            quote!(#path #held)
        }
        Term::Struct { path: name, fields, usual } => {
            let path = path(name);
            let said = unusual(fields, usual.as_deref().unwrap_or_default());
            let rest = (said.len() < fields.len()).then(|| quote!(..#path::BARE));
            quote!(#path { #(#said,)* #rest })
        }
    }
}

/// `Verb::Post` as the runtime exports it.
fn path(path: &str) -> TokenStream {
    let names = path.split("::").map(|name| Name::new(name, Span::call_site()));
    quote!(rt #(::#names)*)
}
