//! The protocols of the example platforms, written as in generated code.

#![allow(dead_code, reason = "each test file uses some")]

pub(crate) mod acme;
pub(crate) mod gome;
pub(crate) mod mogujie;
pub(crate) mod ping;
pub(crate) mod shopex;

use gatespec_runtime::{
    Credential, CredentialSet, DateTime, Encode, Envelope, Failure, Gateway, JsonStyle, Location,
    MethodInfo, Nested, Overrides, Piece, Placement, Prepared, PublicParam, Question, Record,
    Reply, SendPolicy, SignError, Source, Stamp, Verb, Wire, Writer, envelope,
};

/// Decodes an answer to a question into a record.
pub(crate) fn answered<T: Record + Default>(
    question: &Question<'_>,
    status: u16,
    body: &[u8],
) -> Result<(T, Reply), Failure> {
    let mut data = T::default();
    let reply = envelope::read(question, status, body, &mut |value| {
        data = T::default();
        value.record(&mut data)
    })?;
    Ok((data, reply))
}

/// A request with these names and texts, in this order.
pub(crate) struct Texts<'t>(pub(crate) &'t [(&'t str, &'t str)]);

impl Encode for Texts<'_> {
    fn encode(&self, out: &mut Writer<'_>) {
        for (name, value) in self.0 {
            out.put(name, Wire::Text(value));
        }
    }
}

pub(crate) const EQUALS: &[Piece<'_>] = &[Piece::Name(&[]), Piece::Text("="), Piece::Value(&[])];
pub(crate) const PLAIN: &[Piece<'_>] = &[Piece::Name(&[]), Piece::Value(&[])];

pub(crate) const fn public<'a>(
    name: &'a str,
    place: Location<'a>,
    source: Source<'a>,
) -> PublicParam<'a> {
    PublicParam { name, place, source, send: SendPolicy::Always, number: false }
}

pub(crate) const fn credential(name: &str, sensitive: bool) -> Credential<'_> {
    Credential { name, sensitive, optional: false, per_shop: false }
}

pub(crate) const fn method<'a>(name: &'a str, gateway: &'a Gateway<'a>) -> MethodInfo<'a> {
    MethodInfo { returns: true, ..MethodInfo::new(name, gateway) }
}

/// A form gateway without public parameters, as a base for others.
pub(crate) const EMPTY: Gateway<'static> = Gateway {
    platform: "test",
    name: "main",
    base_url: "https://gateway.example",
    verb: Verb::Post,
    path: "",
    headers: &[],
    omit_empty: false,
    raw_body: false,
    business: Placement::Form,
    nested: Nested::Json,
    json: JsonStyle::BARE,
    public: &[],
    credentials: &[],
    signatures: &[],
    envelope: Envelope { open: &[], success: &[], data: "", code: "", message: "", failures: &[] },
    errors: &[],
    replay: None,
};

pub(crate) fn stamp(millis: i64) -> Stamp {
    let entropy = std::array::from_fn(|at| if at % 2 == 0 { 0 } else { 0xff });
    Stamp { clock: DateTime::from_unix_millis(millis).unwrap(), entropy }
}

pub(crate) fn assemble<'a>(
    method: MethodInfo<'a>,
    request: &dyn Encode,
    credentials: &[(&str, &str)],
    millis: i64,
) -> Result<Prepared<'a>, SignError> {
    assemble_with(method, request, credentials, millis, &Overrides::default())
}

pub(crate) fn assemble_with<'a>(
    method: MethodInfo<'a>,
    request: &dyn Encode,
    credentials: &[(&str, &str)],
    millis: i64,
    overrides: &Overrides,
) -> Result<Prepared<'a>, SignError> {
    let credentials = CredentialSet::from_iter(credentials.iter().copied());
    let (credentials, stamp) = (&credentials, stamp(millis));
    gatespec_runtime::request::assemble(&gatespec_runtime::Job {
        method,
        request,
        overrides,
        credentials,
        stamp,
    })
}

pub(crate) fn body(prepared: &Prepared<'_>) -> String {
    String::from_utf8(prepared.body().to_vec()).unwrap()
}

pub(crate) const fn signed_by(
    recipe: &'static [gatespec_runtime::Op<'static>],
) -> [gatespec_runtime::Signature<'static>; 1] {
    [gatespec_runtime::Signature { name: "x", recipe: gatespec_runtime::Recipe(recipe) }]
}
