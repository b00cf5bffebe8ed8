//! The root file: one module per platform, each with its own feature if the output is a crate.

use super::file::Lazy;
use crate::plan::{Ident, Plan, Root, RuntimePath};
use proc_macro2::TokenStream;
use quote::quote;

/// Returns every item of the root file, in order.
pub(super) fn root(plan: &Plan<'_>) -> Vec<Lazy<'static>> {
    let items: Vec<TokenStream> = match plan.options.root {
        Root::Module => plan.platforms.iter().map(|platform| module(&platform.module)).collect(),
        Root::Crate => {
            let features = plan.platforms.iter().map(|platform| {
                let (feature, module) = (&platform.spec.id, module(&platform.module));
                quote!(#[cfg(feature = #feature)] #[rustfmt::skip] #module)
            });
            features.chain([reexports(&plan.runtime)]).collect()
        }
    };
    let runtime = &plan.runtime;
    let checked = quote!(#runtime::generated_by! { #VERSION; #(#items)* });
    vec![Lazy::new(|| checked)]
}

/// The version of the runtime that the generated code needs.
const VERSION: &str =
    concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

fn module(module: &Ident) -> TokenStream {
    quote!(pub mod #module;)
}

/// Returns the re-exports of types that programs name in addition to the platforms.
fn reexports(runtime: &RuntimePath) -> TokenStream {
    quote! {
        pub use #runtime as runtime;
        #[doc(inline)]
        pub use #runtime::face::*;
    }
}
