//! Identifiers and paths as tokens.

use crate::plan::{Docs, Home, Ident, RuntimePath, Std, TypePath};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};
use std::cell::Cell;

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(proc_macro2::Ident::new(self.as_str(), Span::call_site()));
    }
}

impl ToTokens for TypePath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ident = &self.ident;
        tokens.extend(match &self.home {
            Home::Here => quote!(#ident),
            Home::Platform => quote!(super::#ident),
            Home::Method(module) => quote!(super::#module::#ident),
        });
    }
}

impl ToTokens for RuntimePath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let segments = &self.segments;
        tokens.extend(match self.external {
            true => quote!(::#(#segments)::*),
            false => quote!(#(#segments)::*),
        });
    }
}

/// Writes one `doc` attribute per line.
impl ToTokens for Docs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for line in self.lines() {
            let text = if line.is_empty() { String::new() } else { format!(" {line}") };
            tokens.extend(quote!(#[doc = #text]));
        }
    }
}

/// Tokens that are used once. `to_tokens` moves them out, whereas a `TokenStream` would be cloned
/// with every name in it. For millions of tokens, moving saves a fifth of the time.
pub(crate) struct Part(Cell<TokenStream>);

impl From<TokenStream> for Part {
    fn from(tokens: TokenStream) -> Self {
        Self(Cell::new(tokens))
    }
}

impl ToTokens for Part {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.take());
    }
}

/// `quote!` that returns a [`Part`].
macro_rules! part {
    ($($tokens:tt)*) => { $crate::emit::names::Part::from(::quote::quote!($($tokens)*)) };
}

pub(super) use part;

/// Returns the `doc` attribute for a line of documentation that does not come from a spec.
pub(super) fn doc(line: &str) -> TokenStream {
    let text = format!(" {line}");
    quote!(#[doc = #text])
}

/// Names of the standard library, as a file spells them.
impl Std {
    /// `Option`
    pub(crate) fn option(self) -> Part {
        self.pick(part!(Option), part!(::core::option::Option))
    }

    /// `Result`
    pub(crate) fn result(self) -> Part {
        self.pick(part!(Result), part!(::core::result::Result))
    }

    /// `String`
    pub(crate) fn string(self) -> Part {
        self.pick(part!(String), part!(::std::string::String))
    }

    /// `Vec`
    pub(crate) fn vec(self) -> Part {
        self.pick(part!(Vec), part!(::std::vec::Vec))
    }

    /// `Into`
    pub(crate) fn into(self) -> Part {
        self.pick(part!(Into), part!(::core::convert::Into))
    }

    /// `IntoIterator`
    pub(crate) fn into_iterator(self) -> Part {
        self.pick(part!(IntoIterator), part!(::core::iter::IntoIterator))
    }

    fn pick(self, short: Part, long: Part) -> Part {
        match self {
            Std::Prelude => short,
            Std::Path => long,
        }
    }
}
