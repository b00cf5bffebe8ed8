//! Identifiers and paths as tokens.

use crate::plan::{Docs, Home, Ident, RuntimePath, Std, TypePath};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};

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

/// One attribute a line.
impl ToTokens for Docs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for line in self.lines() {
            let text = if line.is_empty() { String::new() } else { format!(" {line}") };
            tokens.extend(quote!(#[doc = #text]));
        }
    }
}

/// A line of documentation that no spec writes.
pub(crate) fn doc(line: &str) -> TokenStream {
    let text = format!(" {line}");
    quote!(#[doc = #text])
}

/// The standard library, as a file names it.
impl Std {
    /// `Option`
    pub(crate) fn option(self) -> TokenStream {
        self.pick(quote!(Option), quote!(::core::option::Option))
    }

    /// `String`
    pub(crate) fn string(self) -> TokenStream {
        self.pick(quote!(String), quote!(::std::string::String))
    }

    /// `Vec`
    pub(crate) fn vec(self) -> TokenStream {
        self.pick(quote!(Vec), quote!(::std::vec::Vec))
    }

    /// `Into`
    pub(crate) fn into(self) -> TokenStream {
        self.pick(quote!(Into), quote!(::core::convert::Into))
    }

    /// `IntoIterator`
    pub(crate) fn into_iterator(self) -> TokenStream {
        self.pick(quote!(IntoIterator), quote!(::core::iter::IntoIterator))
    }

    /// `Result`
    pub(crate) fn result(self) -> TokenStream {
        self.pick(quote!(Result), quote!(::core::result::Result))
    }

    fn pick(self, short: TokenStream, long: TokenStream) -> TokenStream {
        match self {
            Std::Prelude => short,
            Std::Path => long,
        }
    }
}
