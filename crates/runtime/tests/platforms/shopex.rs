//! A platform that signs seven segments joined by `&`, of which the first and the last are the
//! secret.

use gatespec_runtime::{Class, RetryAfter};
use gatespec_runtime::{
    Envelope, ErrorCode, Expected, FailureShape, Function, Gateway, Location, Op, Origin, Pairs,
    Predicate, Recipe, Select, Signature, Source, TimeFormat,
};

use super::{EMPTY, EQUALS, credential, public};

pub(crate) const SECRET: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const CREDENTIALS: &[(&str, &str)] = &[("app_key", "testkey"), ("secret", SECRET)];
pub(crate) const CLOCK: i64 = 1_672_502_400_000;

const fn block(select: &'static [Select<'static>]) -> Op<'static> {
    Op::Pairs(Pairs { select, nonempty: false, except: &[], template: EQUALS, separator: "&" })
}

pub(crate) const RECIPE: Recipe<'static> = Recipe(&[
    Op::Open,
    Op::Open,
    Op::Credential("secret"),
    Op::Text("&"),
    Op::Verb,
    Op::Text("&"),
    Op::Open,
    Op::Path,
    Op::Close(Function::Rfc3986),
    Op::Text("&"),
    Op::Open,
    block(&[Select::Header]),
    Op::Close(Function::Rfc3986),
    Op::Text("&"),
    Op::Open,
    block(&[Select::Query]),
    Op::Close(Function::Rfc3986),
    Op::Text("&"),
    Op::Open,
    block(&[Select::Form]),
    Op::Close(Function::Rfc3986),
    Op::Text("&"),
    Op::Credential("secret"),
    Op::Close(Function::Md5),
    Op::Close(Function::UpperHex),
]);

pub(crate) const GATEWAY: Gateway<'static> = Gateway {
    platform: "shopex",
    base_url: "https://apigateway.shopex.cn",
    path: "/router",
    public: &[
        public("app_key", Location::Form, Source::Credential("app_key")),
        public("method", Location::Form, Source::Method),
        public("sign", Location::Form, Source::Signature),
        public("sign_time", Location::Form, Source::Clock(TimeFormat::UnixSeconds)),
    ],
    credentials: &[credential("app_key", false), credential("secret", true)],
    signatures: &[Signature { name: "md5", recipe: RECIPE }],
    envelope: Envelope {
        open: &[],
        success: &[Predicate { path: "status", is: Expected::OneOf(&["succ"]) }],
        data: "data",
        code: "code",
        message: "desc",
        failures: &[
            FailureShape {
                origin: Origin::Gateway,
                when: &[Predicate { path: "result", is: Expected::OneOf(&["error"]) }],
                code: &["error.code"],
                message: &["error.message"],
                sub_code: &[],
                sub_message: &[],
                request_id: &[],
            },
            FailureShape {
                origin: Origin::Business,
                when: &[],
                code: &["code"],
                message: &["desc"],
                sub_code: &[],
                sub_message: &[],
                request_id: &[],
            },
        ],
    },
    errors: &[
        ErrorCode::new("0040301", Class::Authentication, "The signature is wrong"),
        ErrorCode {
            retry_after: RetryAfter::NumberInMessage,
            ..ErrorCode::new("0040311", Class::Quota, "Over the limit")
        },
    ],
    ..EMPTY
};

/// A gateway with the public parameters in the query, where one of the platform's SDKs sends them.
pub(crate) const QUERY_GATEWAY: Gateway<'static> = Gateway {
    public: &[
        public("app_key", Location::Query, Source::Credential("app_key")),
        public("method", Location::Query, Source::Method),
        public("sign", Location::Query, Source::Signature),
        public("sign_method", Location::Query, Source::SignMethod),
        public("sign_time", Location::Query, Source::Clock(TimeFormat::UnixSeconds)),
    ],
    ..GATEWAY
};
