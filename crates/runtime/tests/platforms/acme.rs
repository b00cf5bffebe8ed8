//! An invented platform with the features that the real platforms do not use: HMAC, the method in
//! the path, a JSON body, headers and a nonce.

use gatespec_runtime::{
    Algorithm, Cipher, Class, Credential, Encode, Encoding, Envelope, ErrorCode, Expected,
    FailureShape, Function, Gateway, Iv, JsonStyle, ListStyle, Location, MethodInfo, NonceFormat,
    Op, OpenStep, Opening, Origin, Padding, Pairs, Piece, Placement, Predicate, PublicParam,
    Recipe, RetryAfter, Select, SendPolicy, Signature, Source, TimeFormat, Wire, Writer,
};

use super::{EMPTY, EQUALS, credential, method, public};

pub(crate) const CREDENTIALS: &[(&str, &str)] = &[
    ("app_key", "k1"),
    ("app_secret", "0123456789abcdef"),
    ("sign_secret", "s1gn"),
    ("token", "t0k"),
];
pub(crate) const CLOCK: i64 = 1_672_502_400_007;
pub(crate) const EAST: i32 = 8 * 3600;
pub(crate) const DATETIME: TimeFormat<'static> =
    TimeFormat::Pattern { pattern: "yyyy-MM-dd HH:mm:ss", offset: EAST };

const HEADERS: Pairs<'static> = Pairs {
    select: &[Select::Header],
    nonempty: false,
    except: &[],
    template: &[Piece::Name(&[Function::Lower]), Piece::Text(":"), Piece::Value(&[])],
    separator: "\n",
};

const QUERY: Pairs<'static> = Pairs {
    select: &[Select::Query],
    nonempty: false,
    except: &[],
    template: EQUALS,
    separator: "&",
};

const A2: Recipe<'static> = Recipe(&[
    Op::Open,
    Op::Open,
    Op::Credential("sign_secret"),
    Op::Open,
    Op::Verb,
    Op::Text("\n"),
    Op::Path,
    Op::Text("\n"),
    Op::Pairs(HEADERS),
    Op::Text("\n"),
    Op::Open,
    Op::Pairs(QUERY),
    Op::Close(Function::Rfc3986),
    Op::Text("\n"),
    Op::Open,
    Op::Open,
    Op::Body,
    Op::Close(Function::Sha256),
    Op::Close(Function::Hex),
    Op::Close(Function::HmacSha256),
    Op::Close(Function::Base64),
]);

/// Signs a digest of a digest, with folded values.
const A1: Recipe<'static> = Recipe(&[
    Op::Open,
    Op::Open,
    Op::Open,
    Op::Open,
    Op::Pairs(Pairs {
        select: &[Select::Business],
        nonempty: true,
        except: &[],
        template: &[Piece::Name(&[]), Piece::Fold],
        separator: "",
    }),
    Op::Close(Function::Md5),
    Op::Close(Function::UpperHex),
    Op::Credential("app_secret"),
    Op::Close(Function::Md5),
    Op::Close(Function::UpperHex),
]);

pub(crate) const GATEWAY: Gateway<'static> = Gateway {
    platform: "acme",
    base_url: "https://east.acme.example/api",
    path: "/v{version}/{method:slashes}",
    business: Placement::BodyMember("data"),
    json: JsonStyle { sort_keys: true, ..JsonStyle::BARE },
    public: &[
        public(
            "Acme-Digest",
            Location::Header,
            Source::Formula(Recipe(&[
                Op::Open,
                Op::Open,
                Op::Body,
                Op::Close(Function::Md5),
                Op::Close(Function::Base64),
            ])),
        ),
        public("Acme-Key", Location::Header, Source::Credential("app_key")),
        public("Acme-Nonce", Location::Header, Source::Nonce(NonceFormat::Hex(16))),
        public("Acme-Signature", Location::Header, Source::Signature),
        public(
            "Acme-Time",
            Location::Header,
            Source::Clock(TimeFormat::Pattern {
                pattern: "yyyy-MM-dd'T'HH:mm:ss.SSSZ",
                offset: EAST,
            }),
        ),
        public("alg", Location::Query, Source::SignMethod),
        public("lang", Location::BodyMember("meta"), Source::Constant("zh")),
        PublicParam {
            name: "token",
            place: Location::Query,
            source: Source::Credential("token"),
            send: SendPolicy::Optional,
            number: false,
        },
    ],
    credentials: &[
        credential("app_key", false),
        credential("app_secret", true),
        credential("sign_secret", true),
        Credential { name: "token", sensitive: true, optional: true, per_shop: true },
    ],
    signatures: &[Signature { name: "A2", recipe: A2 }, Signature { name: "A1", recipe: A1 }],
    envelope: Envelope {
        open: &[
            OpenStep { at: "{reply}", when: &[], how: Opening::JsonText },
            OpenStep {
                at: "{reply}.sealed",
                when: &[Predicate { path: "{reply}.enc", is: Expected::OneOf(&["Y"]) }],
                how: Opening::Decrypt(Cipher {
                    encoding: Encoding::Base64,
                    algorithm: Algorithm::Aes128Cbc,
                    padding: Padding::Pkcs7,
                    key: Recipe(&[
                        Op::Open,
                        Op::Credential("app_secret"),
                        Op::Close(Function::First(16)),
                    ]),
                    iv: Iv::Prefix,
                }),
            },
        ],
        success: &[
            Predicate { path: "fault", is: Expected::Missing },
            Predicate { path: "{reply}.ret", is: Expected::OneOf(&["0", "00"]) },
        ],
        data: "{reply}.sealed",
        code: "",
        message: "",
        failures: &[
            FailureShape {
                origin: Origin::Gateway,
                when: &[Predicate { path: "fault", is: Expected::Exists }],
                code: &["fault.code"],
                message: &["fault.text"],
                sub_code: &[],
                sub_message: &[],
                request_id: &["fault.trace"],
            },
            FailureShape {
                origin: Origin::Business,
                when: &[],
                code: &["{reply}.ret"],
                message: &["{reply}.why"],
                sub_code: &[],
                sub_message: &[],
                request_id: &[],
            },
        ],
    },
    errors: &[
        ErrorCode {
            retry_after: RetryAfter::NumberInMessage,
            ..ErrorCode::new("9001", Class::Quota, "Too many calls")
        },
        ErrorCode::new("isp.*", Class::Retry, "The service behind the gateway failed"),
    ],
    ..EMPTY
};

pub(crate) const LIST: MethodInfo<'static> = MethodInfo {
    labels: &[("version", "3"), ("reply", "{method:underscores}_reply")],
    ..method("order.list", &GATEWAY)
};

/// The request of the published vector.
pub(crate) struct List;

struct Line(&'static str, i64);

impl Encode for List {
    fn encode(&self, out: &mut Writer<'_>) {
        let time = |text| Wire::Time(DATETIME.parse(text).unwrap(), DATETIME);
        out.put("since", time("2023-01-01 00:00:00"));
        out.put("until", time("2023-01-08 00:00:00"));
        let states = ["paid", "sent"].map(Wire::Text);
        out.list("states", &mut states.into_iter(), ListStyle::Delimited("|"));
        out.put("at_least", Wire::Decimal { value: "12.5".parse().unwrap(), scale: 2 });
        let lines = [Line("短袖", 2), Line("b/1", 1)];
        out.list("lines", &mut lines.iter().map(|line| Wire::Record(line)), ListStyle::Json);
    }
}

impl Encode for Line {
    fn encode(&self, out: &mut Writer<'_>) {
        out.put("sku", Wire::Text(self.0));
        out.put("qty", Wire::Integer(self.1));
    }
}
