//! Writes the protocol's facts as Rust: the same values with which the vectors were checked.

use crate::plan::Ident;
use gatespec_protocol::MethodInfo;
use gatespec_protocol::fact::{Fact, Term};
use proc_macro2::{Ident as Name, Literal, Span, TokenStream};
use quote::quote;

/// Returns a fact as a literal.
pub(super) fn fact(fact: &(impl Fact + ?Sized)) -> TokenStream {
    term(&fact.term())
}

/// Returns the facts of a method as a literal that states only the values that differ from the
/// usual ones, and refers to the gateway's constant.
pub(super) fn method(method: &MethodInfo<'_>, gateway: &Ident) -> TokenStream {
    let name = method.name;
    let usual = quote!(rt::MethodInfo::new(#name, &super::#gateway));
    let base = MethodInfo::new(name, method.gateway);
    let said = unusual(&method.fields(), &base.fields());
    quote!(rt::MethodInfo { #(#said,)* request: rt::record::schema_of::<Self>(), ..#usual })
}

/// Returns the fields of a structure that differ from its base.
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
        Term::List(items) if is_errors(items) => {
            let rows = items.iter().map(error);
            quote!(rt::errors! { #(#rows)* })
        }
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

fn is_errors(items: &[Term<'_>]) -> bool {
    matches!(items.first(), Some(Term::Struct { path: "ErrorCode", .. }))
}

/// Returns an error code as a row of the `errors!` table.
fn error(row: &Term<'_>) -> Option<TokenStream> {
    let Term::Struct { fields, usual, .. } = row else { return None };
    let of = |name: &str| fields.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
    let given = |name: &str| match of(name) {
        Some(Term::Option(value)) => value.as_deref(),
        value => value,
    };
    let word = |name: &str| match given(name) {
        Some(Term::Call(path, None)) => path.rsplit("::").next(),
        _ => None,
    };
    let word = |name: &str| word(name).map(|word| Name::new(word, Span::call_site()));
    let columns = ["code", "http", "class", "means", "doc"];
    let more: Vec<_> = fields.iter().filter(|(name, _)| !columns.contains(name)).cloned().collect();
    let more = unusual(&more, usual.as_deref().unwrap_or_default());
    let (code, http, doc) = (of("code").map(term), given("http").map(term), of("doc").map(term));
    let (class, means) = (word("class"), word("means"));
    let more = (!more.is_empty()).then(|| quote!((#(#more),*)));
    Some(quote!(#code #http #class #means #more: #doc;))
}

/// Returns the path by which the runtime exports a name such as `Verb::Post`.
fn path(path: &str) -> TokenStream {
    let names = path.split("::").map(|name| Name::new(name, Span::call_site()));
    quote!(rt #(::#names)*)
}
