//! The wrapping of answers as Rust.

use super::recipe::recipe;
use gatespec_protocol::{
    Algorithm, Cipher, Encoding, Envelope, Expected, FailureShape, Iv, OpenStep, Opening, Origin,
    Padding, Predicate,
};
use proc_macro2::TokenStream;
use quote::quote;

/// An envelope as a literal.
pub fn envelope(envelope: &Envelope<'_>) -> TokenStream {
    let Envelope { data, code, message, .. } = envelope;
    let open = envelope.open.iter().map(step);
    let success = predicates(envelope.success);
    let failures = envelope.failures.iter().map(failure);
    quote! {
        rt::Envelope {
            open: &[#(#open),*],
            success: #success,
            data: #data,
            code: #code,
            message: #message,
            failures: &[#(#failures),*],
        }
    }
}

fn step(step: &OpenStep<'_>) -> TokenStream {
    let (at, when) = (step.at, predicates(step.when));
    let how = match &step.how {
        Opening::JsonText => quote!(rt::Opening::JsonText),
        Opening::Decrypt(how) => {
            let cipher = cipher(how);
            quote!(rt::Opening::Decrypt(#cipher))
        }
    };
    quote!(rt::OpenStep { at: #at, when: #when, how: #how })
}

fn cipher(cipher: &Cipher<'_>) -> TokenStream {
    let encoding = match cipher.encoding {
        Encoding::Base64 => quote!(rt::Encoding::Base64),
        Encoding::Hex => quote!(rt::Encoding::Hex),
    };
    let algorithm = match cipher.algorithm {
        Algorithm::Aes128Ecb => quote!(rt::Algorithm::Aes128Ecb),
        Algorithm::Aes128Cbc => quote!(rt::Algorithm::Aes128Cbc),
        Algorithm::Aes256Ecb => quote!(rt::Algorithm::Aes256Ecb),
        Algorithm::Aes256Cbc => quote!(rt::Algorithm::Aes256Cbc),
    };
    let padding = match cipher.padding {
        Padding::Pkcs7 => quote!(rt::Padding::Pkcs7),
        Padding::None => quote!(rt::Padding::None),
    };
    let iv = match cipher.iv {
        Iv::None => quote!(rt::Iv::None),
        Iv::Prefix => quote!(rt::Iv::Prefix),
        Iv::Formula(formula) => {
            let recipe = recipe(formula);
            quote!(rt::Iv::Formula(#recipe))
        }
    };
    let key = recipe(cipher.key);
    quote! {
        rt::Cipher {
            encoding: #encoding, algorithm: #algorithm, padding: #padding, key: #key, iv: #iv,
        }
    }
}

fn predicates(predicates: &[Predicate<'_>]) -> TokenStream {
    let predicates = predicates.iter().map(|predicate| {
        let path = predicate.path;
        let is = match predicate.is {
            Expected::Missing => quote!(rt::Expected::Missing),
            Expected::Exists => quote!(rt::Expected::Exists),
            Expected::OneOf(texts) => quote!(rt::Expected::OneOf(&[#(#texts),*])),
        };
        quote!(rt::Predicate { path: #path, is: #is })
    });
    quote!(&[#(#predicates),*])
}

fn failure(shape: &FailureShape<'_>) -> TokenStream {
    let FailureShape { code, message, sub_code, sub_message, request_id, .. } = shape;
    let when = predicates(shape.when);
    let origin = match shape.origin {
        Origin::Gateway => quote!(rt::Origin::Gateway),
        Origin::Business => quote!(rt::Origin::Business),
    };
    quote! {
        rt::FailureShape {
            origin: #origin,
            when: #when,
            code: &[#(#code),*],
            message: &[#(#message),*],
            sub_code: &[#(#sub_code),*],
            sub_message: &[#(#sub_message),*],
            request_id: &[#(#request_id),*],
        }
    }
}
