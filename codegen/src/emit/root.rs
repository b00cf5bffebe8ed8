//! The root: a module a platform, behind a feature where it is a crate.

use crate::plan::{Ident, Plan, Root, RuntimePath};
use proc_macro2::TokenStream;
use quote::quote;

/// Every item of the root, in its order.
pub(crate) fn root(plan: &Plan<'_>) -> Vec<TokenStream> {
    match plan.options.root {
        Root::Module => plan.platforms.iter().map(|platform| module(&platform.module)).collect(),
        Root::Crate => {
            let features = plan.platforms.iter().map(|platform| {
                let (feature, module) = (&platform.spec.id, module(&platform.module));
                quote!(#[cfg(feature = #feature)] #[rustfmt::skip] #module)
            });
            features.chain([reexports(&plan.runtime)]).collect()
        }
    }
}

fn module(module: &Ident) -> TokenStream {
    quote!(pub mod #module;)
}

/// What appears in the signatures of every platform.
fn reexports(runtime: &RuntimePath) -> TokenStream {
    quote! {
        pub(crate) use #runtime as runtime;
        pub(crate) use #runtime::{Answer, Error, ErrorKind, Violation};
        pub(crate) use #runtime::{DateTime, Decimal, Fen, InvalidDate, Json, Private};
    }
}
