//! The runtime's facts as Rust: literally the values that the vectors were checked with.

mod envelope;
mod recipe;

use super::types::number;
use crate::plan::Ident;
use gatespec_protocol::{
    Class, Credential, ErrorCode, Escape, Gateway, JsonStyle, Meaning, MethodInfo, Nested,
    NonceFormat, Place, Placement, PublicParam, Repeat, Replay, RetryAfter, Send, Signature,
    Source, TimeFormat, Verb,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A gateway as a literal.
pub fn gateway(gateway: &Gateway<'_>) -> TokenStream {
    let Gateway { platform, name, base_url, path, omit_empty, raw_body, .. } = gateway;
    let (verb, nested) = (verb(gateway.verb), nested(gateway.nested));
    let headers = gateway.headers.iter().map(|(name, value)| quote!((#name, #value)));
    let (business, json) = (placement(gateway.business), json_style(gateway.json));
    let public = gateway.public.iter().map(public);
    let credentials = gateway.credentials.iter().map(credential);
    let signatures = gateway.signatures.iter().map(signature);
    let envelope = envelope::envelope(&gateway.envelope);
    let errors = gateway.errors.iter().map(error);
    let replay = replay(gateway.replay);
    quote! {
        rt::Gateway {
            platform: #platform, name: #name, base_url: #base_url, verb: #verb, path: #path,
            headers: &[#(#headers),*], omit_empty: #omit_empty, raw_body: #raw_body,
            business: #business, nested: #nested, json: #json,
            public: &[#(#public),*], credentials: &[#(#credentials),*],
            signatures: &[#(#signatures),*], envelope: #envelope, errors: &[#(#errors),*],
            replay: #replay,
        }
    }
}

/// A method as a literal that says only what is not usual; it points at its gateway's constant.
pub fn method(method: &MethodInfo<'_>, gateway: &Ident) -> TokenStream {
    let MethodInfo { name, labels, silenced, returns, .. } = method;
    let usual = quote!(rt::MethodInfo::new(#name, &super::#gateway));
    let labels = labels.iter().map(|(name, value)| quote!((#name, #value)));
    let labels: Vec<TokenStream> = labels.collect();
    let errors = method.errors.iter().map(error);
    let unusual = [
        method.verb.map(verb).map(|verb| quote!(verb: Some(#verb))),
        method.path.map(|path| quote!(path: Some(#path))),
        method.business.map(placement).map(|place| quote!(business: Some(#place))),
        (!labels.is_empty()).then(|| quote!(labels: &[#(#labels),*])),
        (!silenced.is_empty()).then(|| quote!(silenced: &[#(#silenced),*])),
        method.data.map(|data| quote!(data: Some(#data))),
        returns.then(|| quote!(returns: true)),
        repeat(method.repeat).map(|repeat| quote!(repeat: #repeat)),
        (!method.errors.is_empty()).then(|| quote!(errors: &[#(#errors),*])),
        Some(quote!(request: rt::record::schema_of::<Self>())),
    ];
    let unusual: Vec<TokenStream> = unusual.into_iter().flatten().collect();
    quote!(rt::MethodInfo { #(#unusual,)* ..#usual })
}

fn replay(replay: Option<Replay>) -> TokenStream {
    let Some(Replay { window_seconds, duplicate_seconds }) = replay else { return quote!(None) };
    let seconds = |seconds: Option<u32>| match seconds {
        Some(seconds) => {
            let seconds = number(seconds.into());
            quote!(Some(#seconds))
        }
        None => quote!(None),
    };
    let (window, duplicates) = (seconds(window_seconds), seconds(duplicate_seconds));
    quote!(Some(rt::Replay { window_seconds: #window, duplicate_seconds: #duplicates }))
}

fn repeat(repeat: Repeat) -> Option<TokenStream> {
    match repeat {
        Repeat::Safe => Some(quote!(rt::Repeat::Safe)),
        Repeat::Unsafe => Some(quote!(rt::Repeat::Unsafe)),
        Repeat::Unknown => None,
    }
}

fn verb(verb: Verb) -> TokenStream {
    match verb {
        Verb::Get => quote!(rt::Verb::Get),
        Verb::Post => quote!(rt::Verb::Post),
        Verb::Put => quote!(rt::Verb::Put),
        Verb::Delete => quote!(rt::Verb::Delete),
        Verb::Patch => quote!(rt::Verb::Patch),
    }
}

fn nested(nested: Nested) -> TokenStream {
    match nested {
        Nested::Json => quote!(rt::Nested::Json),
        Nested::Brackets => quote!(rt::Nested::Brackets),
        Nested::Repeat => quote!(rt::Nested::Repeat),
    }
}

fn json_style(style: JsonStyle) -> TokenStream {
    let JsonStyle { sort_keys, escape } = style;
    let escape = match escape {
        Escape::Minimal => quote!(rt::Escape::Minimal),
        Escape::Slash => quote!(rt::Escape::Slash),
        Escape::Ascii => quote!(rt::Escape::Ascii),
    };
    quote!(rt::JsonStyle { sort_keys: #sort_keys, escape: #escape })
}

fn placement(placement: Placement<'_>) -> TokenStream {
    match placement {
        Placement::Query => quote!(rt::Placement::Query),
        Placement::Form => quote!(rt::Placement::Form),
        Placement::Header => quote!(rt::Placement::Header),
        Placement::Body => quote!(rt::Placement::Body),
        Placement::BodyMember(name) => quote!(rt::Placement::BodyMember(#name)),
        Placement::FormCarrier(name) => quote!(rt::Placement::FormCarrier(#name)),
    }
}

fn place(place: Place<'_>) -> TokenStream {
    match place {
        Place::Query => quote!(rt::Place::Query),
        Place::Form => quote!(rt::Place::Form),
        Place::Header => quote!(rt::Place::Header),
        Place::Body => quote!(rt::Place::Body),
        Place::BodyMember(name) => quote!(rt::Place::BodyMember(#name)),
    }
}

fn public(param: &PublicParam<'_>) -> TokenStream {
    let PublicParam { name, number, .. } = param;
    let (place, source) = (place(param.place), source(param.source));
    let send = match param.send {
        Send::Always => quote!(rt::Send::Always),
        Send::Optional => quote!(rt::Send::Optional),
        Send::Never => quote!(rt::Send::Never),
    };
    quote! {
        rt::PublicParam {
            name: #name, place: #place, source: #source, send: #send, number: #number,
        }
    }
}

fn source(source: Source<'_>) -> TokenStream {
    match source {
        Source::Method => quote!(rt::Source::Method),
        Source::Constant(value) => quote!(rt::Source::Constant(#value)),
        Source::Signature => quote!(rt::Source::Signature),
        Source::SignMethod => quote!(rt::Source::SignMethod),
        Source::Argument => quote!(rt::Source::Argument),
        Source::Credential(name) => quote!(rt::Source::Credential(#name)),
        Source::Label(name) => quote!(rt::Source::Label(#name)),
        Source::Clock(format) => {
            let format = time_format(format);
            quote!(rt::Source::Clock(#format))
        }
        Source::Nonce(format) => {
            let format = nonce(format);
            quote!(rt::Source::Nonce(#format))
        }
        Source::Formula(recipe) => {
            let recipe = recipe::recipe(recipe);
            quote!(rt::Source::Formula(#recipe))
        }
    }
}

fn nonce(format: NonceFormat) -> TokenStream {
    match format {
        NonceFormat::Hex(count) => {
            let count = number(count as u64);
            quote!(rt::NonceFormat::Hex(#count))
        }
        NonceFormat::Digits(count) => {
            let count = number(count as u64);
            quote!(rt::NonceFormat::Digits(#count))
        }
        NonceFormat::Uuid => quote!(rt::NonceFormat::Uuid),
    }
}

/// A time's format as a literal.
pub fn time_format(format: TimeFormat<'_>) -> TokenStream {
    match format {
        TimeFormat::UnixSeconds => quote!(rt::TimeFormat::UnixSeconds),
        TimeFormat::UnixMillis => quote!(rt::TimeFormat::UnixMillis),
        TimeFormat::Pattern { pattern, offset } => {
            let offset = Literal::i32_unsuffixed(offset);
            quote!(rt::TimeFormat::Pattern { pattern: #pattern, offset: #offset })
        }
    }
}

fn credential(credential: &Credential<'_>) -> TokenStream {
    let Credential { name, sensitive, optional, per_shop } = credential;
    quote! {
        rt::Credential {
            name: #name, sensitive: #sensitive, optional: #optional, per_shop: #per_shop,
        }
    }
}

fn signature(signature: &Signature<'_>) -> TokenStream {
    let (name, recipe) = (signature.name, recipe::recipe(signature.recipe));
    quote!(rt::Signature { name: #name, recipe: #recipe })
}

fn error(error: &ErrorCode<'_>) -> TokenStream {
    let ErrorCode { code, doc, .. } = error;
    let class = class(error.class);
    let retry_after = match error.retry_after {
        RetryAfter::None => None,
        RetryAfter::NumberInMessage => Some(quote!(rt::RetryAfter::NumberInMessage)),
        RetryAfter::Seconds(seconds) => {
            let seconds = number(seconds.into());
            Some(quote!(rt::RetryAfter::Seconds(#seconds)))
        }
    };
    let unusual = [
        retry_after.map(|retry_after| quote!(retry_after: #retry_after)),
        error.refresh.map(|refresh| quote!(refresh: Some(#refresh))),
        error.http.map(|status| {
            let status = number(status.into());
            quote!(http: Some(#status))
        }),
        error.means.map(meaning).map(|means| quote!(means: Some(#means))),
        error.parameter.map(|name| quote!(parameter: Some(#name))),
    ];
    let unusual: Vec<TokenStream> = unusual.into_iter().flatten().collect();
    quote! {
        rt::ErrorCode {
            code: #code, class: #class, #(#unusual,)* doc: #doc, ..rt::ErrorCode::BLANK
        }
    }
}

fn meaning(meaning: Meaning) -> TokenStream {
    match meaning {
        Meaning::MissingParameter => quote!(rt::Meaning::MissingParameter),
        Meaning::BadParameter => quote!(rt::Meaning::BadParameter),
        Meaning::TooLarge => quote!(rt::Meaning::TooLarge),
        Meaning::BadSignature => quote!(rt::Meaning::BadSignature),
        Meaning::UnknownApp => quote!(rt::Meaning::UnknownApp),
        Meaning::BadToken => quote!(rt::Meaning::BadToken),
        Meaning::ExpiredToken => quote!(rt::Meaning::ExpiredToken),
        Meaning::BadClock => quote!(rt::Meaning::BadClock),
        Meaning::StaleClock => quote!(rt::Meaning::StaleClock),
        Meaning::UnknownMethod => quote!(rt::Meaning::UnknownMethod),
        Meaning::Throttled => quote!(rt::Meaning::Throttled),
        Meaning::Duplicate => quote!(rt::Meaning::Duplicate),
        Meaning::Unavailable => quote!(rt::Meaning::Unavailable),
        _ => quote!(rt::Meaning::Other),
    }
}

fn class(class: Class) -> TokenStream {
    match class {
        Class::Caller => quote!(rt::Class::Caller),
        Class::Authentication => quote!(rt::Class::Authentication),
        Class::Quota => quote!(rt::Class::Quota),
        Class::Duplicate => quote!(rt::Class::Duplicate),
        Class::Retry => quote!(rt::Class::Retry),
        Class::Fatal => quote!(rt::Class::Fatal),
        _ => quote!(rt::Class::Unknown),
    }
}
