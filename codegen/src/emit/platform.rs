//! A platform's module: facts, credentials, clients, and the re-exports of its other modules.

use super::facts;
use super::file::Lazy;
use super::names::doc;
use crate::plan::{Credential, Docs, Ident, Item, Method, Platform, Response, Std, code, order};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Returns every item of the module, in order.
pub(super) fn platform<'a>(platform: &'a Platform<'_>, blocking: bool) -> Vec<Lazy<'a>> {
    let mut items = vec![modules(platform)];
    items.extend(environments(platform));
    items.push(date_time(platform));
    items.extend(credentials(platform));
    items.push(declaration(platform, blocking));
    items.extend(replacements(platform, &quote!(Client)));
    items.extend(blocking.then(|| replacements(platform, &quote!(blocking::Client))).flatten());
    items.extend(gateways(platform));
    items.extend(formats(platform));
    items.into_iter().map(|item| Lazy::new(|| item)).collect()
}

/// Returns the modules and their re-exports. rustfmt sorts modules by the bytes of their names, but
/// re-exports in the order that [`order`] describes.
fn modules(platform: &Platform<'_>) -> TokenStream {
    let mut parts: Vec<(&str, TokenStream, TokenStream)> =
        platform.methods.iter().map(|one| method(platform, one)).collect();
    let mut shared: Vec<&Ident> =
        platform.shared.iter().filter_map(|&index| platform.types.get(index)).map(name).collect();
    shared.sort_by_key(|name| order(name.as_str()));
    if !shared.is_empty() {
        let module = quote!(
            mod types;
        );
        parts.push(("types", module, quote!(pub use self::types::{#(#shared),*};)));
    }
    let spec = quote!(
        mod spec;
    );
    parts.push((
        "spec",
        spec,
        quote!(
            pub use self::spec::SPEC;
        ),
    ));
    parts.sort_by_key(|(name, ..)| *name);
    let modules: Vec<TokenStream> = parts.iter().map(|(_, module, _)| module.clone()).collect();
    parts.sort_by_key(|(name, ..)| order(name));
    let exports = parts.iter().map(|(.., export)| export);
    quote!(#(#modules)* #(#exports)*)
}

fn name<'a>(item: &'a Item<'_>) -> &'a Ident {
    match item {
        Item::Record(record) => &record.ident,
        Item::Enumeration(enumeration) => &enumeration.ident,
    }
}

fn method<'a>(
    platform: &Platform<'_>,
    method: &'a Method<'_>,
) -> (&'a str, TokenStream, TokenStream) {
    let (module, request) = (&method.module, &method.request.ident);
    let inception = (*module == platform.module).then(|| {
        quote!(
            #[expect(clippy::module_inception, reason = "the platform has a method of its name")]
        )
    });
    let public = method.public.then(|| quote!(pub));
    let export = match &method.response {
        Response::Record(response) => {
            let response = &response.ident;
            quote!(pub use self::#module::{#request, #response};)
        }
        Response::Nothing | Response::Value(..) => quote!(pub use self::#module::#request;),
    };
    (module.as_str(), quote!(#inception #public mod #module;), export)
}

fn environments(platform: &Platform<'_>) -> Option<TokenStream> {
    let constants = platform.environments.iter().map(|one| {
        let (docs, ident, url) = (&one.docs, &one.ident, one.url);
        quote!(#docs pub const #ident: &str = #url;)
    });
    (!platform.environments.is_empty()).then(|| {
        quote! {
            /// Addresses of the gateway, for the client builder's `base_url`.
            pub mod environments {
                #(#constants)*
            }
        }
    })
}

fn date_time(platform: &Platform<'_>) -> TokenStream {
    let offset = Literal::i32_unsuffixed(platform.spec.time_zone);
    let result = platform.std.result();
    let docs = doc("Converts a date and time in the platform's time zone to an instant.");
    quote! {
        #docs
        ///
        /// # Errors
        /// If the date does not exist, such as 30 February.
        pub fn datetime(
            year: i16,
            month: i8,
            day: i8,
            hour: i8,
            minute: i8,
            second: i8,
        ) -> #result<rt::DateTime, rt::InvalidDate> {
            rt::DateTime::civil(#offset, year, month, day, hour, minute, second)
        }
    }
}

fn credentials(platform: &Platform<'_>) -> Vec<TokenStream> {
    let docs = &platform.credential_docs;
    let all = &platform.credentials;
    let needed: Vec<&Credential<'_>> = all.iter().filter(|one| !one.optional).collect();
    let arguments = needed.iter().map(|one| argument(one, platform.std));
    let withs = needed.iter().map(|one| {
        let (ident, wire) = (&one.ident, one.wire);
        quote!(.with(#wire, #ident))
    });
    let setters = all.iter().filter(|one| one.optional);
    let setters = setters.map(|one| credential_setter(one, platform.std));
    let default = needed.is_empty().then(|| quote!(, Default));
    vec![
        quote! {
            #docs
            #[derive(Debug, Clone #default)]
            pub struct Credentials(rt::CredentialSet);
        },
        quote! {
            impl Credentials {
                /// Creates credentials with all that are required.
                pub fn new(#(#arguments),*) -> Self {
                    Self(rt::CredentialSet::new()#(#withs)*)
                }
                #(#setters)*
            }
        },
    ]
}

fn argument(credential: &Credential<'_>, std: Std) -> TokenStream {
    let (ident, into, string) = (&credential.ident, std.into(), std.string());
    quote!(#ident: impl #into<#string>)
}

fn credential_setter(credential: &Credential<'_>, std: Std) -> TokenStream {
    let (ident, wire, argument) = (&credential.ident, credential.wire, argument(credential, std));
    let docs = doc(&format!("Sets `{ident}`."));
    quote! {
        #docs
        #[must_use]
        pub fn #ident(self, #argument) -> Self {
            Self(self.0.with(#wire, #ident))
        }
    }
}

/// Returns the macro call that declares the platform.
fn declaration(platform: &Platform<'_>, blocking: bool) -> TokenStream {
    let id = &platform.spec.id;
    let gateways = &platform.gateways;
    let methods = platform.methods.iter().map(|method| {
        let (function, request) = (&method.module, &method.request.ident);
        quote!(#function: #request)
    });
    let blocking = (!blocking).then(|| quote!(blocking: false,));
    quote! {
        rt::platform! {
            id: #id,
            gateways: [#(#gateways),*],
            credentials: Credentials,
            methods: [#(#methods),*],
            #blocking
        }
    }
}

/// Returns the functions that create a client for another shop: one application may serve many
/// shops.
fn replacements(platform: &Platform<'_>, client: &TokenStream) -> Option<TokenStream> {
    let replaced = platform.credentials.iter().filter_map(|one| Some((one, one.replace.as_ref()?)));
    let functions: Vec<TokenStream> = replaced
        .map(|(one, with)| {
            let (ident, wire) = (&one.ident, one.wire);
            let argument = argument(one, platform.std);
            let docs = doc(&format!(
                "Returns a client for the shop with another `{ident}`; both share their connections."
            ));
            quote! {
                #docs
                #[must_use]
                pub fn #with(&self, #argument) -> Self {
                    self.with_credential(#wire, #ident)
                }
            }
        })
        .collect();
    (!functions.is_empty()).then(|| quote!(impl #client { #(#functions)* }))
}

fn gateways(platform: &Platform<'_>) -> impl Iterator<Item = TokenStream> {
    let specs = platform.gateways.iter().zip(&platform.spec.gateways);
    specs.map(|(ident, spec)| {
        let (docs, facts) = (
            &Docs::of(0, &format!("The protocol of the gateway {}.", code(spec.name))),
            facts::fact(spec.facts),
        );
        quote!(#docs pub static #ident: rt::Gateway<'static> = #facts;)
    })
}

/// Returns the static `SPEC`, which contains the spec as text and has a file of its own.
pub(super) fn spec(platform: &Platform<'_>) -> TokenStream {
    let id = &platform.spec.id;
    let files = platform.spec.files.iter().map(|(name, text)| quote!((#name, #text)));
    quote! {
        /// The spec that this module was generated from, as for `Mock::of` of `gatespec-mock`.
        pub static SPEC: rt::Spec<'static> = rt::Spec { platform: #id, files: &[#(#files),*] };
    }
}

fn formats(platform: &Platform<'_>) -> Option<TokenStream> {
    let constants = platform.formats.iter().map(|(ident, format)| {
        let docs = doc(&format!(
            "Times as {}: `format` writes a time, `parse` reads one.",
            code(format.name())
        ));
        let format = facts::fact(format);
        quote!(#docs pub const #ident: rt::TimeFormat<'static> = #format;)
    });
    let constants: Vec<TokenStream> = constants.collect();
    (!constants.is_empty()).then(|| quote!(#(#constants)*))
}
