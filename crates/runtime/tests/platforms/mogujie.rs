//! A platform that signs sorted pairs between two copies of the secret with MD5.

use gatespec_runtime::{
    Algorithm, Cipher, Encoding, Envelope, Expected, FailureShape, Function, Gateway, Iv, Location,
    Op, OpenStep, Opening, Origin, Padding, Pairs, Predicate, Recipe, Select, Signature, Source,
    TimeFormat,
};

use super::{EMPTY, PLAIN, credential, public};

pub(crate) const CREDENTIALS: &[(&str, &str)] =
    &[("app_key", "10011"), ("secret", "TESTAPPSECRET"), ("access_token", "TESTACCESSTOKEN")];

pub(crate) const ALL: Op<'static> = Op::Pairs(Pairs {
    select: &[Select::All],
    nonempty: false,
    except: &[],
    template: PLAIN,
    separator: "",
});

pub(crate) const RECIPE: Recipe<'static> = Recipe(&[
    Op::Open,
    Op::Open,
    Op::Credential("secret"),
    ALL,
    Op::Credential("secret"),
    Op::Close(Function::Md5),
    Op::Close(Function::UpperHex),
]);

const KEY: Recipe<'static> =
    Recipe(&[Op::Open, Op::Credential("secret"), Op::Close(Function::First(16))]);

pub(crate) const GATEWAY: Gateway<'static> = Gateway {
    platform: "mogujie",
    base_url: "https://openapi.mogujie.com/invoke",
    omit_empty: true,
    public: &[
        public("access_token", Location::Form, Source::Credential("access_token")),
        public("app_key", Location::Form, Source::Credential("app_key")),
        public("format", Location::Form, Source::Constant("json")),
        public("method", Location::Form, Source::Method),
        public("sign", Location::Form, Source::Signature),
        public("sign_method", Location::Form, Source::Constant("md5")),
        public("timestamp", Location::Form, Source::Clock(TimeFormat::UnixSeconds)),
        public("version", Location::Form, Source::Constant("1.0")),
    ],
    credentials: &[
        credential("app_key", false),
        credential("secret", true),
        credential("access_token", true),
    ],
    signatures: &[Signature { name: "md5", recipe: RECIPE }],
    envelope: Envelope {
        open: &[OpenStep {
            at: "result.data",
            when: &[Predicate { path: "dataEncrypted", is: Expected::OneOf(&["true"]) }],
            how: Opening::Decrypt(Cipher {
                encoding: Encoding::Base64,
                algorithm: Algorithm::Aes128Ecb,
                padding: Padding::Pkcs7,
                key: KEY,
                iv: Iv::None,
            }),
        }],
        success: &[Predicate { path: "success", is: Expected::OneOf(&["true"]) }],
        data: "result.data",
        code: "status.code",
        message: "status.msg",
        failures: &[FailureShape {
            origin: Origin::Business,
            when: &[],
            code: &["status.code"],
            message: &["status.msg"],
            sub_code: &[],
            sub_message: &[],
            request_id: &[],
        }],
    },
    ..EMPTY
};
