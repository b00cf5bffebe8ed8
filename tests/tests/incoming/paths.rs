//! Paths are signed decoded, so `/a%2Fb/c` and `/a/b%2Fc` have the same signature. A receiver must
//! not take one for the other.

use gatespec_runtime::incoming::{Incoming, IncomingError, Limits, Raw};
use gatespec_runtime::record::{Field, FieldType, Schema};
use gatespec_runtime::{
    Credential, CredentialSet, Function, Gateway, MethodInfo, Op, PublicParam, Recipe, Signature,
    Source, Verb,
};
use md5::{Digest as _, Md5};

const SECRET: &str = "0123456789abcdef";

const GATEWAY: Gateway<'static> = Gateway {
    platform: "toy",
    verb: Verb::Get,
    business: gatespec_runtime::Placement::Query,
    public: &[PublicParam {
        name: "sign",
        source: Source::Signature,
        place: gatespec_runtime::Location::Query,
        ..PublicParam::BARE
    }],
    credentials: &[Credential { name: "secret", sensitive: true, ..Credential::BARE }],
    signatures: &[Signature {
        name: "md5",
        recipe: Recipe(&[
            Op::Open,
            Op::Open,
            Op::Path,
            Op::Credential("secret"),
            Op::Close(Function::Md5),
            Op::Close(Function::Hex),
        ]),
    }],
    ..Gateway::BARE
};

const fn text(name: &'static str) -> Field<'static> {
    Field { name, in_path: true, ..Field::BARE }
}

const TWO: &Schema<'static> =
    &Schema { fields: &[text("a"), text("b")], order: &[], places: &[], rules: &[] };
const NUMBERED: &Schema<'static> = &Schema {
    fields: &[text("a"), Field { kind: FieldType::Integer, ..text("b") }],
    order: &[],
    places: &[],
    rules: &[],
};
const ONE: &Schema<'static> =
    &Schema { fields: &[text("id")], order: &[], places: &[], rules: &[] };

fn method(
    name: &'static str,
    path: &'static str,
    request: &'static Schema<'static>,
) -> MethodInfo<'static> {
    MethodInfo { path: Some(path), request, ..MethodInfo::new(name, &GATEWAY) }
}

/// Reads a request whose signature is computed over the decoded path `signed`, so that the
/// signature always matches.
fn read(
    methods: &[MethodInfo<'static>],
    path: &str,
    signed: &str,
) -> (&'static str, Result<(), IncomingError>) {
    let digest = Md5::digest(format!("{signed}{SECRET}"));
    let sign: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let query = format!("sign={sign}");
    let raw = Raw { verb: "GET", path, query: &query, headers: &[], body: b"" };
    let call = Incoming::read(&GATEWAY, methods, &raw, &Limits::default()).unwrap();
    let ours = CredentialSet::from_iter([("secret", SECRET)]);
    assert_eq!(call.check_signature(&ours), Ok(()), "{path}");
    (call.method().name, call.check_cut(&ours))
}

fn cut(received: &[&str], other: &[&str]) -> Result<(), IncomingError> {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Err(IncomingError::Cut { received: owned(received), other: owned(other) })
}

#[test]
fn a_slash_in_a_value_is_not_the_next_segment() {
    let methods = [method("two", "/o/{a}/{b}", TWO)];
    assert_eq!(read(&methods, "/o/x%2Fy/z", "/o/x/y/z").1, cut(&["a"], &["b"]));
    assert_eq!(read(&methods, "/o/x/y%2fz", "/o/x/y/z").1, cut(&["b"], &["a"]));
    assert_eq!(read(&methods, "/o/x/y", "/o/x/y").1, Ok(()));
    // A number contains no slash, so the path can be read in only one way.
    let methods = [method("two", "/o/{a}/{b}", NUMBERED)];
    assert_eq!(read(&methods, "/o/x%2Fy/7", "/o/x/y/7").1, Ok(()));
    // With a single field, the path can be read in only one way too.
    let methods = [method("one", "/o/{id}/x", ONE)];
    assert_eq!(read(&methods, "/o/x%2Fy/x", "/o/x/y/x").1, Ok(()));
    // A client cannot send an empty value or `..` in a path.
    let methods = [method("two", "/o/{a}-{b}", TWO)];
    assert_eq!(read(&methods, "/o/x%2Fy-z", "/o/x/y-z").1, Ok(()));
    assert_eq!(read(&methods, "/o/x%2F-y-z", "/o/x/-y-z").1, cut(&["a"], &["a"]));
}

#[test]
fn a_slash_in_a_value_does_not_lead_to_another_method() {
    let methods = [method("one", "/p/{id}", ONE), method("events", "/p/{id}/events", ONE)];
    let (name, outcome) = read(&methods, "/p/7%2Fevents", "/p/7/events");
    assert_eq!((name, outcome), ("one", cut(&["id"], &[])));
    // The genuine call of the other method, and ids that do not form the path of another method.
    assert_eq!(read(&methods, "/p/7/events", "/p/7/events"), ("events", Ok(())));
    assert_eq!(read(&methods, "/p/7%2Fx", "/p/7/x"), ("one", Ok(())));
}

#[test]
fn a_search_without_end_is_cut_off() {
    let path = "/{a}/{b}/{c}/{d}/{e}/{f}";
    let names = ["a", "b", "c", "d", "e", "f"];
    // All fields are numbers. No interpretation fits, although very many are tried.
    let fields: Vec<Field<'static>> =
        names.map(|name| Field { kind: FieldType::Integer, ..text(name) }).into();
    let fields: &'static [Field<'static>] = Vec::leak(fields);
    let schema: &'static Schema<'static> =
        Box::leak(Box::new(Schema { fields, order: &[], places: &[], rules: &[] }));
    let methods = [method("six", path, schema)];
    let slashes = "%2F1".repeat(60);
    let (sent, signed) =
        (format!("/1/1/1/1/1/1{slashes}"), format!("/1/1/1/1/1/1{}", "/1".repeat(60)));
    assert_eq!(read(&methods, &sent, &signed).1, cut(&[], &[]));
}
