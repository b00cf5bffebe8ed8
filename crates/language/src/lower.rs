//! Model to the runtime's own facts: what is verified here with vectors is what is emitted.
//!
//! The runtime's types borrow, so that generated code can hold them as constants; here they borrow
//! from the model and from an arena.

mod range;
mod recipe;

pub use range::{range, splitting};
pub use recipe::recipe;

use crate::dynamic::{Schemas, Side};
use crate::model::{self, Method, Platform};
use bumpalo::Bump;
use gatespec_protocol as rt;

/// One platform's protocols and methods, lowered.
pub struct Lowered<'a> {
    platform: &'a Platform,
    /// In the order of [`Platform::gateways`].
    pub gateways: &'a [rt::Gateway<'a>],
}

impl<'a> Lowered<'a> {
    /// Lowers every protocol of a platform.
    pub fn of(platform: &'a Platform, arena: &'a Bump) -> Self {
        let gateways = platform.gateways.iter().map(|own| gateway(platform, own, arena));
        Self { platform, gateways: slice(arena, gateways) }
    }

    /// A method's facts over its lowered protocol.
    pub fn method(&self, method: &'a Method, arena: &'a Bump) -> rt::MethodInfo<'a> {
        let gateway = &self.gateways[method.gateway];
        let request = Schemas::new(self.platform, Side::Request, arena).record(&method.request);
        rt::MethodInfo { request, ..self::method(method, gateway, arena) }
    }
}

/// Lowers one protocol.
pub fn gateway<'a>(
    platform: &'a Platform,
    gateway: &'a model::Gateway,
    arena: &'a Bump,
) -> rt::Gateway<'a> {
    rt::Gateway {
        platform: &platform.id,
        name: &gateway.name,
        base_url: gateway.base_url().unwrap_or_default(),
        verb: gateway.verb,
        path: &gateway.path,
        headers: slice(arena, gateway.headers.iter().map(|(name, value)| (&**name, &**value))),
        omit_empty: gateway.omit_empty,
        raw_body: gateway.raw_body,
        business: placement(&gateway.business),
        nested: gateway.values.nested,
        json: rt::JsonStyle { sort_keys: gateway.values.sort_keys, escape: gateway.values.escape },
        public: slice(arena, gateway.public.iter().map(|param| public(param, arena))),
        credentials: slice(arena, gateway.credentials.iter().map(credential)),
        signatures: slice(
            arena,
            gateway.signatures.iter().map(|method| rt::Signature {
                name: &method.name,
                recipe: recipe(&method.formula, arena),
            }),
        ),
        envelope: envelope(&gateway.envelope, arena),
        errors: slice(arena, gateway.errors.iter().map(error_code)),
        replay: gateway.replay.as_ref().map(replay),
    }
}

/// Lowers one method over its lowered protocol, without what only a receiver must know.
pub fn method<'a>(
    method: &'a Method,
    gateway: &'a rt::Gateway<'a>,
    arena: &'a Bump,
) -> rt::MethodInfo<'a> {
    rt::MethodInfo {
        name: &method.name,
        gateway,
        verb: method.verb,
        path: method.path.as_deref(),
        business: method.business.as_ref().map(placement),
        labels: slice(arena, method.labels.iter().map(|(name, text)| (&**name, &**text))),
        silenced: slice(arena, method.silenced.iter().map(String::as_str)),
        data: method.data.as_deref(),
        returns: !matches!(method.returns, model::Returns::Nothing),
        repeat: method.repeat,
        errors: slice(arena, method.errors.iter().map(error_code)),
        request: rt::Schema::EMPTY,
    }
}

/// The labels of a method that no spec states; those without a default are left out.
pub fn default_labels<'a>(
    gateway: &'a model::Gateway,
    arena: &'a Bump,
) -> &'a [(&'a str, &'a str)] {
    let known = |label: &'a model::Label| Some((&*label.name, label.default.as_deref()?));
    arena.alloc_slice_copy(&gateway.labels.iter().filter_map(known).collect::<Vec<_>>())
}

fn slice<T>(arena: &Bump, items: impl ExactSizeIterator<Item = T>) -> &[T] {
    arena.alloc_slice_fill_iter(items)
}

fn texts<'a>(texts: &'a [String], arena: &'a Bump) -> &'a [&'a str] {
    slice(arena, texts.iter().map(String::as_str))
}

/// A place of business parameters.
pub fn placement(place: &model::Place) -> rt::Placement<'_> {
    match place {
        model::Place::Query => rt::Placement::Query,
        model::Place::Form => rt::Placement::Form,
        model::Place::Header => rt::Placement::Header,
        model::Place::Body => rt::Placement::Body,
        model::Place::BodyMember(name) => rt::Placement::BodyMember(name),
        model::Place::FormCarrier(name) => rt::Placement::FormCarrier(name),
    }
}

/// A place of one parameter; a carrier lies in the form.
pub fn place(place: &model::Place) -> rt::Place<'_> {
    match place {
        model::Place::Query => rt::Place::Query,
        model::Place::Form | model::Place::FormCarrier(_) => rt::Place::Form,
        model::Place::Header => rt::Place::Header,
        model::Place::Body => rt::Place::Body,
        model::Place::BodyMember(name) => rt::Place::BodyMember(name),
    }
}

/// How a list travels, as the runtime says it.
pub fn list_style<'m>(field: &model::Field, style: &'m model::ListStyle) -> rt::ListStyle<'m> {
    match style {
        _ if field.json_text => rt::ListStyle::JsonText,
        model::ListStyle::Delimited(delimiter) => rt::ListStyle::Delimited(delimiter),
        model::ListStyle::Json => rt::ListStyle::Json,
        model::ListStyle::Repeat => rt::ListStyle::Repeat,
        model::ListStyle::Inside(item) => rt::ListStyle::Inside(item),
    }
}

/// A time's format.
pub fn time_format(format: &str, offset: i32) -> rt::TimeFormat<'_> {
    match format {
        "unix_seconds" => rt::TimeFormat::UnixSeconds,
        "unix_millis" => rt::TimeFormat::UnixMillis,
        pattern => rt::TimeFormat::Pattern { pattern, offset },
    }
}

fn public<'a>(param: &'a model::PublicParam, arena: &'a Bump) -> rt::PublicParam<'a> {
    rt::PublicParam {
        name: &param.name,
        place: place(&param.place),
        source: match &param.source {
            model::Source::Method => rt::Source::Method,
            model::Source::Clock(format, offset) => rt::Source::Clock(time_format(format, *offset)),
            model::Source::Constant(value) => rt::Source::Constant(value),
            model::Source::Signature => rt::Source::Signature,
            model::Source::SignMethod => rt::Source::SignMethod,
            model::Source::Nonce(format) => rt::Source::Nonce(*format),
            model::Source::Formula(formula) => rt::Source::Formula(recipe(formula, arena)),
            model::Source::Argument => rt::Source::Argument,
            model::Source::Credential(name) => rt::Source::Credential(name),
            model::Source::Label(name) => rt::Source::Label(name),
        },
        send: param.send,
        number: param.number,
    }
}

fn credential(credential: &model::Credential) -> rt::Credential<'_> {
    rt::Credential {
        name: &credential.name,
        sensitive: credential.sensitive,
        optional: credential.optional,
        per_shop: credential.scope == model::Scope::Shop,
    }
}

fn envelope<'a>(envelope: &'a model::Envelope, arena: &'a Bump) -> rt::Envelope<'a> {
    rt::Envelope {
        open: slice(arena, envelope.open.iter().map(|step| open_step(step, arena))),
        success: predicates(&envelope.success, arena),
        data: &envelope.data,
        code: envelope.code.as_deref().unwrap_or_default(),
        message: envelope.message.as_deref().unwrap_or_default(),
        failures: slice(arena, envelope.failures.iter().map(|shape| failure(shape, arena))),
    }
}

fn predicates<'a>(predicates: &'a [model::Predicate], arena: &'a Bump) -> &'a [rt::Predicate<'a>] {
    slice(
        arena,
        predicates.iter().map(|predicate| rt::Predicate {
            path: &predicate.path,
            is: match &predicate.is {
                model::Expected::Missing => rt::Expected::Missing,
                model::Expected::Exists => rt::Expected::Exists,
                model::Expected::OneOf(values) => rt::Expected::OneOf(texts(values, arena)),
            },
        }),
    )
}

fn open_step<'a>(step: &'a model::OpenStep, arena: &'a Bump) -> rt::OpenStep<'a> {
    rt::OpenStep {
        at: &step.at,
        when: predicates(&step.when, arena),
        how: match &step.how {
            model::Opening::JsonText => rt::Opening::JsonText,
            model::Opening::Decrypt(cipher) => rt::Opening::Decrypt(rt::Cipher {
                encoding: cipher.encoding,
                algorithm: cipher.algorithm,
                padding: cipher.padding,
                key: recipe(&cipher.key, arena),
                iv: match &cipher.iv {
                    model::Iv::None => rt::Iv::None,
                    model::Iv::Prefix => rt::Iv::Prefix,
                    model::Iv::Formula(formula) => rt::Iv::Formula(recipe(formula, arena)),
                },
            }),
        },
    }
}

fn failure<'a>(shape: &'a model::FailureShape, arena: &'a Bump) -> rt::FailureShape<'a> {
    rt::FailureShape {
        origin: shape.origin,
        when: predicates(&shape.when, arena),
        code: texts(&shape.code, arena),
        message: texts(&shape.message, arena),
        sub_code: texts(&shape.sub_code, arena),
        sub_message: texts(&shape.sub_message, arena),
        request_id: texts(&shape.request_id, arena),
    }
}

fn error_code(code: &model::ErrorCode) -> rt::ErrorCode<'_> {
    rt::ErrorCode {
        code: &code.code,
        class: code.class,
        retry_after: code.retry_after,
        refresh: code.refresh.as_deref(),
        doc: code.about.doc.as_deref().unwrap_or_default(),
        http: code.http,
        means: code.means.as_ref().map(|(means, _)| *means),
        parameter: code.parameter.as_ref().map(|(name, _)| &**name),
    }
}

fn replay(replay: &model::Replay) -> rt::Replay {
    let seconds = |seconds: Option<u64>| Some(u32::try_from(seconds?).unwrap_or(u32::MAX));
    rt::Replay {
        window_seconds: seconds(replay.window),
        duplicate_seconds: seconds(replay.duplicates),
    }
}
