//! A platform that signs sorted pairs between two copies of the secret with SHA-1. The names of its
//! public parameters begin with `$`.

use gatespec_runtime::{
    Class, Envelope, ErrorCode, Expected, FailureShape, Function, Gateway, Location, Op, Origin,
    Predicate, PublicParam, Recipe, RetryAfter, SendPolicy, Signature, Source,
};

use super::mogujie::ALL;
use super::{EMPTY, credential, public};

pub(crate) const CREDENTIALS: &[(&str, &str)] =
    &[("app_key", "testapp"), ("secret", "testsecret"), ("token", "testtoken")];

pub(crate) const GATEWAY: Gateway<'static> = Gateway {
    platform: "gome",
    base_url: "http://gw.gome.com.cn/router",
    public: &[
        PublicParam {
            name: "$app",
            place: Location::Form,
            source: Source::Credential("app_key"),
            send: SendPolicy::Optional,
            number: false,
        },
        public("$method", Location::Form, Source::Method),
        public("$sign", Location::Form, Source::Signature),
        public("$token", Location::Form, Source::Credential("token")),
        public("$v", Location::Form, Source::Constant("1.0.0")),
    ],
    credentials: &[
        credential("app_key", false),
        credential("secret", true),
        credential("token", true),
    ],
    signatures: &[Signature {
        name: "sha1",
        recipe: Recipe(&[
            Op::Open,
            Op::Open,
            Op::Credential("secret"),
            ALL,
            Op::Credential("secret"),
            Op::Close(Function::Sha1),
            Op::Close(Function::UpperHex),
        ]),
    }],
    envelope: Envelope {
        open: &[],
        success: &[Predicate { path: "error_response", is: Expected::Missing }],
        data: "{method:underscores}_response.result",
        code: "",
        message: "",
        failures: &[FailureShape {
            origin: Origin::Business,
            when: &[Predicate { path: "error_response", is: Expected::Exists }],
            code: &["error_response.code"],
            message: &["error_response.msg"],
            sub_code: &[],
            sub_message: &[],
            request_id: &[],
        }],
    },
    errors: &[ErrorCode {
        retry_after: RetryAfter::Seconds(90),
        ..ErrorCode::new("8999", Class::Duplicate, "The same request came within 90 seconds")
    }],
    ..EMPTY
};
