//! A platform's module: facts, credentials, clients, and the way to everything else.

use super::names::doc;
use super::{Lazy, facts};
use crate::plan::{Credential, Item, Method, Platform, Response};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Every item of the module, in its order.
pub fn platform<'a>(platform: &'a Platform<'_>, blocking: bool) -> Vec<Lazy<'a>> {
    let mut items = vec![modules(platform)];
    items.extend(environments(platform));
    items.push(date_time(platform));
    items.extend(credentials(platform));
    items.push(clients(blocking));
    items.extend(replacements(platform, &quote!(Client)));
    items.extend(blocking.then(|| replacements(platform, &quote!(blocking::Client))).flatten());
    items.extend(marker(platform));
    items.extend(receiver(platform));
    items.extend(gateways(platform));
    items.extend(formats(platform));
    items.into_iter().map(|item| Lazy::new(|| item)).collect()
}

fn modules(platform: &Platform<'_>) -> TokenStream {
    let shared = !platform.shared.is_empty();
    let types = shared.then(|| {
        quote!(
            mod types;
        )
    });
    let modules = platform.methods.iter().map(|method| {
        let module = &method.module;
        let inception = (*module == platform.module).then(|| quote!(
            #[expect(clippy::module_inception, reason = "the platform has a method of its name")]
        ));
        let public = method.public.then(|| quote!(pub));
        quote!(#inception #public mod #module;)
    });
    let names = platform.shared.iter().filter_map(|&index| platform.types.get(index));
    let names: Vec<TokenStream> = names.map(name).collect();
    let reexport = shared.then(|| quote!(pub use self::types::{#(#names),*};));
    let requests = platform.methods.iter().map(requests);
    quote! {
        #(#modules)*
        #types
        #(#requests)*
        #reexport
    }
}

fn name(item: &Item<'_>) -> TokenStream {
    let ident = match item {
        Item::Record(record) => &record.ident,
        Item::Enumeration(enumeration) => &enumeration.ident,
    };
    quote!(#ident)
}

fn requests(method: &Method<'_>) -> TokenStream {
    let (module, request) = (&method.module, &method.request.ident);
    match &method.response {
        Response::Record(response) => {
            let response = &response.ident;
            quote!(pub use self::#module::{#request, #response};)
        }
        Response::Nothing | Response::Value(_) => quote!(pub use self::#module::#request;),
    }
}

fn environments(platform: &Platform<'_>) -> Option<TokenStream> {
    let docs = &platform.environment_docs;
    let constants = platform.environments.iter().map(|one| {
        let (docs, ident, url) = (&one.docs, &one.ident, one.url);
        quote!(#docs pub const #ident: &str = #url;)
    });
    (!platform.environments.is_empty()).then(|| {
        quote! {
            #docs
            pub mod environments {
                #(#constants)*
            }
        }
    })
}

fn date_time(platform: &Platform<'_>) -> TokenStream {
    let offset = Literal::i32_unsuffixed(platform.spec.time_zone);
    let docs =
        doc("The instant at which clocks in the platform's time zone show this date and time.");
    quote! {
        #docs
        ///
        /// # Errors
        ///
        /// When there is no such date, such as 30 February.
        pub fn datetime(
            year: i16,
            month: i8,
            day: i8,
            hour: i8,
            minute: i8,
            second: i8,
        ) -> ::core::result::Result<rt::DateTime, rt::InvalidDate> {
            rt::DateTime::civil(#offset, year, month, day, hour, minute, second)
        }
    }
}

fn credentials(platform: &Platform<'_>) -> Vec<TokenStream> {
    let docs = &platform.credential_docs;
    let all = &platform.credentials;
    let needed: Vec<&Credential<'_>> = all.iter().filter(|one| !one.optional).collect();
    let arguments = needed.iter().map(|one| argument(one));
    let withs = needed.iter().map(|one| {
        let (ident, wire) = (&one.ident, one.wire);
        quote!(.with(#wire, #ident))
    });
    let setters = all.iter().filter(|one| one.optional).map(credential_setter);
    let default = needed.is_empty().then(|| quote!(, Default));
    vec![
        quote! {
            #docs
            #[derive(Debug, Clone #default)]
            pub struct Credentials(rt::CredentialSet);
        },
        quote! {
            impl Credentials {
                /// With every required credential.
                pub fn new(#(#arguments),*) -> Self {
                    Self(rt::CredentialSet::new()#(#withs)*)
                }
                #(#setters)*
            }
        },
        quote! {
            impl ::core::convert::From<Credentials> for rt::CredentialSet {
                fn from(credentials: Credentials) -> Self {
                    credentials.0
                }
            }
        },
    ]
}

fn argument(credential: &Credential<'_>) -> TokenStream {
    let ident = &credential.ident;
    quote!(#ident: impl ::core::convert::Into<::std::string::String>)
}

fn credential_setter(credential: &Credential<'_>) -> TokenStream {
    let (ident, wire, argument) = (&credential.ident, credential.wire, argument(credential));
    let docs = doc(&format!("Sets `{ident}`."));
    quote! {
        #docs
        #[must_use]
        pub fn #ident(self, #argument) -> Self {
            Self(self.0.with(#wire, #ident))
        }
    }
}

fn clients(blocking: bool) -> TokenStream {
    let blocking = (!blocking).then(|| quote!(blocking: false,));
    quote!(rt::clients! { platform: Platform, credentials: Credentials, #blocking })
}

/// One application serves many shops.
fn replacements(platform: &Platform<'_>, client: &TokenStream) -> Option<TokenStream> {
    let replaced = platform.credentials.iter().filter_map(|one| Some((one, one.replace.as_ref()?)));
    let functions: Vec<TokenStream> = replaced
        .map(|(one, with)| {
            let (ident, wire, argument) = (&one.ident, one.wire, argument(one));
            let docs = doc(&format!(
                "This client for the shop of another `{ident}`; they share connections."
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

fn marker(platform: &Platform<'_>) -> Vec<TokenStream> {
    let id = &platform.spec.id;
    let gateways = platform.gateways.iter().map(|gateway| &gateway.ident);
    vec![
        quote! {
            /// The platform as a type.
            #[derive(Debug, Clone, Copy)]
            pub struct Platform;
        },
        quote! {
            impl rt::Platform for Platform {
                const ID: &'static str = #id;
                const GATEWAYS: &'static [&'static rt::Gateway<'static>] = &[#(&#gateways),*];
            }
        },
    ]
}

fn receiver(platform: &Platform<'_>) -> Vec<TokenStream> {
    let methods = platform.methods.iter().map(|method| {
        let request = &method.request.ident;
        quote!(<#request as rt::Operation>::METHOD)
    });
    vec![
        quote! {
            /// Verifies calls that come the other way: what the platform pushes, signed as it wants to be
            /// called. No document says that it signs them so; that is inferred.
            pub type Receiver = rt::Receiver<Platform>;
        },
        quote! {
            impl rt::Receives for Platform {
                type Credentials = Credentials;
                fn methods() -> &'static [rt::MethodInfo<'static>] {
                    &[#(#methods),*]
                }
            }
        },
    ]
}

fn gateways(platform: &Platform<'_>) -> Vec<TokenStream> {
    let specs = platform.gateways.iter().zip(&platform.spec.gateways);
    specs
        .map(|(gateway, spec)| {
            let (docs, ident, facts) = (&gateway.docs, &gateway.ident, facts::gateway(spec.facts));
            quote!(#docs pub static #ident: rt::Gateway<'static> = #facts;)
        })
        .collect()
}

fn formats(platform: &Platform<'_>) -> Option<TokenStream> {
    let constants = platform.formats.iter().map(|(ident, format)| {
        let format = facts::time_format(*format);
        quote!(const #ident: rt::TimeFormat<'static> = #format;)
    });
    let constants: Vec<TokenStream> = constants.collect();
    (!constants.is_empty()).then(|| quote!(#(#constants)*))
}
