//! Changes that a signature alone does not prevent: to fields in locations that the formula leaves
//! out, and to how a signed text is split into parameters.

use gatespec_clients::shopex::{self, MatrixFillMultiple};
use gatespec_runtime::incoming::{Incoming, IncomingError, Limits, Origin, Raw};
use gatespec_runtime::record::{Field, FieldType, Required, Schema};
use gatespec_runtime::{
    Credential, CredentialSet, Gateway, Location, MethodInfo, Op, Pairs, Piece, PublicParam,
    Recipe, Select, SendPolicy, Signature, Source, Spelling, Verb,
};
use md5::{Digest as _, Md5};

use crate::clients::SHOPEX_SECRET;
use crate::gates::{self, form};
use crate::signing;

const SECRET: &str = "0123456789abcdef";

/// A formula for pairs without separators between names and values.
const TOGETHER: &[Piece<'static>] = &[Piece::Name(&[]), Piece::Value(&[])];

const PUBLIC: &[PublicParam<'static>] = &[
    PublicParam { name: "app", source: Source::Credential("app"), ..PublicParam::BARE },
    PublicParam { name: "method", source: Source::Method, ..PublicParam::BARE },
    PublicParam {
        name: "shop",
        source: Source::Argument,
        send: SendPolicy::Optional,
        ..PublicParam::BARE
    },
    PublicParam { name: "sign", source: Source::Signature, ..PublicParam::BARE },
];

macro_rules! gateway {
    ($pairs:expr) => {
        Gateway {
            platform: "toy",
            verb: Verb::Post,
            public: PUBLIC,
            credentials: &[Credential { name: "secret", sensitive: true, ..Credential::BARE }],
            signatures: &[Signature {
                name: "md5",
                recipe: Recipe(&[
                    Op::Open,
                    Op::Open,
                    Op::Credential("secret"),
                    Op::Pairs($pairs),
                    Op::Credential("secret"),
                    Op::Close(gatespec_runtime::Function::Md5),
                    Op::Close(gatespec_runtime::Function::Hex),
                ]),
            }],
            ..Gateway::BARE
        }
    };
}

const FORM_ONLY: Gateway<'static> =
    gateway!(Pairs { select: &[Select::Form], template: TOGETHER, ..Pairs::BARE });
const PUBLIC_ONLY: Gateway<'static> =
    gateway!(Pairs { select: &[Select::Public], template: TOGETHER, ..Pairs::BARE });

const FIELDS: &[Field<'static>] = &[
    Field { name: "node", required: Required::No, ..Field::BARE },
    Field { name: "vip", kind: FieldType::Flag(Spelling::WORDS), ..Field::BARE },
];
const REQUEST: &Schema<'static> = &Schema { fields: FIELDS, order: &[], places: &[], rules: &[] };

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a form whose signature is computed over the text `signed`.
fn read<'g>(gateway: &'g Gateway<'g>, query: &str, body: &str, signed: &str) -> Incoming<'g> {
    let sign = hex(&Md5::digest(format!("{SECRET}{signed}{SECRET}")));
    let method = MethodInfo { request: REQUEST, ..MethodInfo::new("push", gateway) };
    let body = format!("{body}&sign={sign}");
    let raw = Raw { verb: "POST", path: "", query, headers: &[], body: body.as_bytes() };
    let call = Incoming::read(gateway, &[method], &raw, &Limits::default()).unwrap();
    assert_eq!(call.check_signature(&ours()), Ok(()), "{body}");
    call
}

fn ours() -> CredentialSet {
    CredentialSet::from_iter([("secret", SECRET), ("app", "a1")])
}

/// The names of the fields that reach the typed request.
fn taken(call: &Incoming<'_>) -> Vec<String> {
    let mut names = Vec::new();
    call.fields(&mut |value| {
        names.clear();
        value.members(&mut |name: &str, value: gatespec_runtime::Value<'_>| {
            names.push(name.to_owned());
            value.skip()
        })
    })
    .unwrap();
    names
}

#[test]
fn a_field_is_taken_only_from_where_the_formula_signs_it() {
    let body = "app=a1&method=push&node=n7";
    let call = read(&FORM_ONLY, "vip=true", body, "appa1methodpushnoden7");
    assert_eq!(taken(&call), ["node"]);
    assert_eq!(call.origin("vip"), None);
    let origin = call.origin("node").unwrap();
    assert_eq!((origin.location, origin.signed), (Some(Location::Form), true));
    // A public parameter outside the signature is not used either.
    let call = read(&FORM_ONLY, "shop=s2", body, "appa1methodpushnoden7");
    assert!(
        call.params()
            .iter()
            .all(|param| param.role != gatespec_runtime::Role::Public || param.name != "shop")
    );
    // If a parameter is in both locations, the signed one is used.
    let call = read(&FORM_ONLY, "node=n8", body, "appa1methodpushnoden7");
    assert_eq!(taken(&call), ["node"]);
    assert_eq!(call.origin("node").and_then(|origin| origin.location), Some(Location::Form));
}

#[test]
fn a_field_that_the_formula_signs_nowhere_comes_from_where_the_documents_put_it() {
    let body = "app=a1&method=push&node=n7";
    let call = read(&PUBLIC_ONLY, "vip=true", body, "appa1methodpush");
    assert_eq!(taken(&call), ["node"]);
    let Origin { location, signed, .. } = call.origin("node").unwrap();
    assert_eq!((location, signed), (Some(Location::Form), false));
}

#[test]
fn another_cut_of_the_signed_text_is_refused() {
    let signed = "appa1methodpushnoden7vipfalse";
    for (body, received, other) in [
        ("app=a1&method=push&node=n7vipfalse", &["node"][..], &["node", "vip"][..]),
        ("app=a1&method=push&node=n7&vipfalse=", &[], &["vip"]),
    ] {
        let call = read(&FORM_ONLY, "", body, signed);
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let cut = IncomingError::Cut { received: owned(received), other: owned(other) };
        assert_eq!(call.check_cut(&ours()), Err(cut), "{body}");
    }
    // These calls are accepted: calls as they were signed, one with a parameter that is not listed,
    // and one whose value is not of its field's type.
    for (body, signed) in [
        ("app=a1&method=push&node=n7&vip=false", signed),
        ("app=a1&method=push&vip=false", "appa1methodpushvipfalse"),
        ("app=a1&method=push&node=n7", "appa1methodpushnoden7"),
        ("app=a1&method=push&node=n7&zone=8", "appa1methodpushnoden7zone8"),
        ("app=a1&method=push&node=n7vipmaybe", "appa1methodpushnoden7vipmaybe"),
    ] {
        let call = read(&FORM_ONLY, "", body, signed);
        assert_eq!(call.check_cut(&ours()), Ok(()), "{body}");
    }
}

#[test]
fn unlisted_parameters_can_be_refused() {
    let body = "app=a1&method=push&node=n7&zone=8";
    let call = read(&FORM_ONLY, "", body, "appa1methodpushnoden7zone8");
    let name = "zone".to_owned();
    assert_eq!(call.check_listed(), Err(IncomingError::Unlisted { name }));
    let call = read(&FORM_ONLY, "", "app=a1&method=push&node=n7", "appa1methodpushnoden7");
    assert_eq!(call.check_listed(), Ok(()));
}

const AS_JSON: Gateway<'static> = gateway!(Pairs {
    select: &[Select::Form],
    template: &[Piece::Name(&[]), Piece::Json(&[])],
    ..Pairs::BARE
});

#[test]
fn json_is_verified_by_its_values() {
    let fields = &[Field { name: "lines", kind: FieldType::Json, ..Field::BARE }];
    let request = &Schema { fields, order: &[], places: &[], rules: &[] };
    let method = MethodInfo { request, ..MethodInfo::new("push", &AS_JSON) };
    // Compact, as the sender signs it in Python: json.dumps(…, separators=(",", ":"),
    // ensure_ascii=False).
    let signed = r#"app"a1"lines[{"sku":"短/\"","n":1.50}]method"push""#;
    let sign = hex(&Md5::digest(format!("{SECRET}{signed}{SECRET}")));
    for (lines, is_right) in [
        (r#"[{"sku":"短/\"","n":1.50}]"#, true),
        ("[ {\"sku\": \"\\u77ed\\/\\u0022\",\n\"n\" : 1.50 } ]", true),
        (r#"[{"sku":"短/\"","n":1.5}]"#, false),
        (r#"[{"n":1.50,"sku":"短/\""}]"#, false),
        (r#"[{"sku":"短/\"","n":1.50},{}]"#, false),
    ] {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("app", "a1"), ("lines", lines), ("method", "push"), ("sign", &sign)])
            .finish();
        let raw = Raw { verb: "POST", path: "", query: "", headers: &[], body: body.as_bytes() };
        let call = Incoming::read(&AS_JSON, &[method], &raw, &Limits::default()).unwrap();
        assert_eq!(call.check_signature(&ours()).is_ok(), is_right, "{lines}");
    }
}

#[test]
fn labels_tell_methods_of_one_name_apart() {
    const PUBLIC: &[PublicParam<'static>] = &[
        PublicParam { name: "method", source: Source::Method, ..PublicParam::BARE },
        PublicParam { name: "service", source: Source::Label("service"), ..PublicParam::BARE },
        PublicParam { name: "sign", source: Source::Signature, ..PublicParam::BARE },
    ];
    let gateway = Gateway { public: PUBLIC, ..FORM_ONLY };
    let of = |labels| MethodInfo { labels, ..MethodInfo::new("list", &gateway) };
    let methods = [of(&[("service", "orders")]), of(&[("service", "goods")])];
    let found = |body: &str| {
        let raw = Raw { verb: "POST", path: "", query: "", headers: &[], body: body.as_bytes() };
        let call = Incoming::read(&gateway, &methods, &raw, &Limits::default())?;
        Ok(call.method().labels[0].1)
    };
    assert_eq!(found("method=list&service=goods"), Ok("goods"));
    assert_eq!(found("method=list&service=orders"), Ok("orders"));
    let unknown = |name: &str| Err(IncomingError::UnknownMethod { name: name.to_owned() });
    assert_eq!(found("method=list&service=x"), unknown("list"));
    assert_eq!(found("method=list"), unknown("list"));
    let long = "x".repeat(100_000);
    let Err(error) = found(&format!("method={long}")) else { panic!("a method without end") };
    assert!(error.to_string().len() < 200, "{error}");
}

#[test]
fn the_verb_and_the_way_to_sign_can_be_pinned() {
    let own = [("app_key", "testkey"), ("method", "matrix.unbind"), ("sign_time", "1672502400")];
    let owned: signing::Pairs =
        own.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let sign = signing::shopex(SHOPEX_SECRET, "GET", "/router", &owned, &Vec::new());
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(own)
        .append_pair("sign", &sign)
        .finish();
    let raw = Raw { verb: "GET", path: "/router", query: &query, headers: &[], body: b"" };
    let methods = <shopex::Platform as gatespec_runtime::Receives>::methods();
    let call = Incoming::read(&shopex::MAIN, methods, &raw, &Limits::default()).unwrap();
    let found = "GET".to_owned();
    assert_eq!(call.check_verb(), Err(IncomingError::WrongVerb { expected: "POST", found }));
    assert_eq!(call.check_sign_method(""), Ok(()));
    let pinned = call.check_sign_method("sha256").unwrap_err();
    assert_eq!(pinned.to_string(), "parameter `sign_method` must be sha256");
}

#[test]
fn a_separator_in_a_value_does_not_hide_a_parameter() {
    let own = [
        ("app_key", "testkey"),
        ("end_time", "2023-01-02 00:00:00"),
        ("fill_type", "refund"),
        ("method", "matrix.fill.multiple"),
        ("node_id", "15000000"),
        ("refund_status", "aftersale"),
        ("sign_time", "1672502400"),
        ("start_time", "2023-01-01 00:00:00"),
    ];
    let owned: signing::Pairs =
        own.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let sign = signing::shopex(SHOPEX_SECRET, "POST", "/router", &Vec::new(), &owned);
    let url = "http://127.0.0.1/router";
    let with_sign = |pairs: &[(&str, &str)]| form(url, &[pairs, &[("sign", &sign)]].concat());
    let gate = gates::shopex();
    gate.verify(&with_sign(&own)).unwrap().decode::<MatrixFillMultiple>().unwrap();
    let mut recut = own.to_vec();
    recut.remove(5);
    recut[4].1 = "15000000&refund_status=aftersale";
    let refused = gate.verify(&with_sign(&recut)).unwrap_err();
    assert_eq!(
        refused.error().unwrap().to_string(),
        "the signed text can be read in two ways: as `node_id`, which was received, and as `node_id`, \
         `refund_status`"
    );
    gate.clone().any_cut().verify(&with_sign(&recut)).unwrap();
}

/// The number of parameters matters: if a rule ignored it, this genuine call would be refused,
/// because a text can contain the optional parameters that follow it.
#[test]
fn a_genuine_call_may_have_a_reading_with_fewer_parameters() {
    let own = [
        ("app_key", "testkey"),
        ("end_time", "2023-01-02 00:00:00"),
        ("fill_type", "order"),
        ("method", "matrix.fill.multiple"),
        ("node_id", "15000000"),
        ("refund_status", "aftersale"),
        ("sign_time", "1672502400"),
        ("start_time", "2023-01-01 00:00:00"),
    ];
    let owned: signing::Pairs =
        own.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let sign = signing::shopex(SHOPEX_SECRET, "POST", "/router", &Vec::new(), &owned);
    let with_sign = |pairs: &[(&str, &str)]| {
        form("http://127.0.0.1/router", &[pairs, &[("sign", &sign)]].concat())
    };
    let typed = |gate: shopex::Receiver, pairs: &[(&str, &str)]| {
        gate.verify(&with_sign(pairs)).and_then(|call| call.decode::<MatrixFillMultiple>())
    };
    // The other interpretation is also a valid request. It differs in a listed field.
    let mut fewer = own.to_vec();
    fewer.remove(5);
    fewer[4].1 = "15000000&refund_status=aftersale";
    let other = typed(gates::shopex().any_cut(), &fewer).unwrap();
    let genuine = typed(gates::shopex(), &own).unwrap();
    assert_ne!(genuine.node_id, other.node_id);
    // The same call is refused when it is sent split in that way.
    typed(gates::shopex(), &fewer).unwrap_err();
}
