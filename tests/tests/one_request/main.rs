//! The generated client, `gatespec call` and the check of vectors send and sign the same bytes.
//! This is tested for every method of every platform that ships or is in the corpus.
//!
//! Schemas are built in two places: in generated code, and from the model. Here the two are
//! compared.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod values;

use bumpalo::Bump;
use gatespec_inspect::request::{Argument, Ask, Written};
use gatespec_language::dynamic::{self, Schemas, Side};
use gatespec_language::model::{Gateway, Method, Model, Platform, Vector, VectorInput};
use gatespec_language::{analyse, diagnostic::Sink, source, vector_holds};
use gatespec_runtime::client::blocking::{Client, ClientBuilder};
use gatespec_runtime::record::{Field, FieldType, Schema};
use gatespec_runtime::{
    Blank, BlockingTransport, CredentialSet, DateTime, Json, Operation, Overrides, Placement,
    Prepared, Record, Stamp, TransportError, decode,
};
use gatespec_tests::corpus::Case;
use gatespec_tests::harness::{corpus, workspace};
use std::collections::BTreeMap;
use std::sync::Arc;
use values::Values;

// Defines `operations`, which passes every operation to a visitor.
include!(concat!(env!("OUT_DIR"), "/operations.rs"));

/// Where the spec of a method is.
#[derive(Debug, Clone, Copy)]
enum Origin {
    Shipped,
    Invented,
    /// A case of `corpus/accept`.
    Accepted(&'static str),
}

/// The number of random requests per method.
const TRIED: u64 = 40;
const CLOCK: i64 = 1_700_000_000;
/// The value of every credential. A cipher uses 16 bytes of it as the key.
const SECRET: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn generated_client_call_and_vector_send_the_same_bytes() {
    let mut equal = Equal { models: BTreeMap::new(), methods: 0, nulls: 0, empty: 0 };
    operations(&mut equal);
    assert!(equal.methods >= 50, "only {} methods were tried", equal.methods);
    assert!(equal.nulls >= 20, "only {} requests had null in them", equal.nulls);
    assert!(equal.empty >= 20, "only {} requests had an empty list or map in them", equal.empty);
}

struct Equal {
    models: BTreeMap<String, &'static Model>,
    methods: u64,
    nulls: u64,
    empty: u64,
}

impl Equal {
    fn operation<O: Operation + Record + Blank>(&mut self, origin: Origin) {
        let model = self.models.entry(format!("{origin:?}")).or_insert_with(|| model(origin));
        let id = O::METHOD.gateway.platform;
        let platform = model.platforms.iter().find(|one| one.id == id).unwrap();
        let method = platform.methods.iter().find(|one| one.name == O::NAME).unwrap();
        let case = Trial { platform, method, name: format!("{origin:?} {}", O::NAME) };
        let arena = Bump::new();
        let made = Schemas::new(platform, Side::Request, &arena).record(&method.request);
        let emitted = O::METHOD.request.schema();
        same_schema(emitted, made, &case.name, 0);
        for seed in 0..TRIED {
            let plain = O::METHOD.business() == Placement::Header;
            let mut values = Values::new(seed, plain);
            let mut json = values.record(emitted, 0);
            if let (Some(of), Json::Object(members)) = (method.request.others, &mut json) {
                members.insert("unlisted".to_owned(), values.member(of));
            }
            let sent = case.generated::<O>(&json);
            let body = String::from_utf8_lossy(sent.body());
            self.nulls += u64::from(body.contains("null"));
            self.empty += u64::from(body.contains(":[]") || body.contains(":{}"));
            case.called(&json, &sent);
            case.proved(&json, &sent);
        }
        self.methods += 1;
    }
}

fn model(origin: Origin) -> &'static Model {
    let mut sink = Sink::default();
    let sources = match origin {
        Origin::Shipped => source::load(&workspace("specs"), &mut sink),
        Origin::Invented => source::load(&workspace("tests/platforms"), &mut sink),
        Origin::Accepted(name) => {
            let case = Case { name: name.to_owned(), path: corpus("accept").join(name) };
            case.sources(&corpus("base/platform.yaml")).unwrap()
        }
    };
    Box::leak(Box::new(analyse(&sources, &mut sink).unwrap()))
}

/// Asserts that the schema in generated code equals the schema from the model. `always` and the
/// decimals of amounts are not compared, because they only matter for decoding: in a request,
/// missing fields are violations.
fn same_schema(emitted: &Schema<'_>, made: &Schema<'_>, case: &str, depth: u32) {
    assert_eq!(emitted.fields.len(), made.fields.len(), "{case}");
    for (emitted, made) in emitted.fields.iter().zip(made.fields) {
        let shown = |field: &Field<'_>| {
            let Field { name, form, list, single, json_text, required, .. } = field;
            let Field { limits, in_path, nullable, sensitive, .. } = field;
            format!(
                "{name} {form:?} {list:?} {single} {json_text} {required:?} {limits:?} {in_path} \
                 {nullable} {sensitive}"
            )
        };
        assert_eq!(shown(emitted), shown(made), "{case}");
        match (emitted.kind, made.kind) {
            (FieldType::Record(emitted), FieldType::Record(made)) if depth < 4 => {
                same_schema(emitted.schema(), made.schema(), case, depth + 1);
            }
            (FieldType::Record(_), FieldType::Record(_)) => {}
            (FieldType::Amount(emitted), FieldType::Decimal(made)) => {
                assert_eq!(emitted, made, "{case}");
            }
            (emitted, made) => assert_eq!(format!("{emitted:?}"), format!("{made:?}"), "{case}"),
        }
    }
    if emitted.order.is_empty() {
        assert!(made.order.is_sorted(), "{case}");
    } else {
        assert_eq!(emitted.order, made.order, "{case}");
    }
    assert_eq!(emitted.rules, made.rules, "{case}");
}

/// A method, and three ways to make the same request for it.
struct Trial {
    platform: &'static Platform,
    method: &'static Method,
    name: String,
}

impl Trial {
    fn gateway(&self) -> &'static Gateway {
        self.platform.gateway_of(self.method)
    }

    fn credentials(&self) -> Vec<(&'static str, &'static str)> {
        self.gateway().credentials.iter().map(|one| (one.name, SECRET)).collect()
    }

    fn overrides(&self) -> Overrides {
        let mut overrides = Overrides::default();
        for param in &self.gateway().public {
            overrides.set_argument(param.name, "argument");
        }
        if self.gateway().raw_body {
            overrides.raw_body = Some("{\"raw\":1}".into());
        }
        overrides
    }

    fn client(&self, gateway: &'static gatespec_runtime::Gateway<'static>) -> Client {
        let gateways = Box::leak(Box::new([gateway]));
        let credentials: CredentialSet = self.credentials().into_iter().collect();
        ClientBuilder::<Client>::of(gateway.platform, gateways, credentials)
            .base_url("https://gate.example")
            .clock(Arc::new(DateTime::from_unix_seconds(CLOCK).unwrap()))
            .entropy(Arc::new([0; 16]))
            .transport(Arc::new(Nowhere))
            .validate(false)
            .build()
            .unwrap()
    }

    /// The request of the generated client.
    fn generated<O: Operation + Record + Blank>(&self, json: &Json) -> Prepared<'static> {
        let mut request = O::blank();
        decode::from_text(&json.to_string(), &mut |value| {
            request = O::blank();
            value.record(&mut request)
        })
        .unwrap_or_else(|error| panic!("{}: {error} in {json}", self.name));
        let client = self.client(O::METHOD.gateway);
        let mut call = client.call(&request);
        for (name, text) in self.overrides().arguments {
            call = call.argument(name, text.into_inner());
        }
        if let Some(body) = self.overrides().raw_body {
            call = call.raw_body(body.into_inner());
        }
        call.prepare().unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// Asserts that `gatespec call` makes the same request from a command line.
    fn called(&self, json: &Json, sent: &Prepared<'_>) {
        let arena: &'static Bump = Box::leak(Box::default());
        let members = json.as_object().unwrap().iter();
        let ask = Ask {
            platform: self.platform,
            gateway: self.gateway(),
            method: Some(self.method),
            name: self.method.name,
            raw: false,
            values: members
                .map(|(name, value)| Argument {
                    name: name.clone(),
                    text: value.to_string(),
                    written: Written::Json,
                })
                .collect(),
            overrides: self.overrides(),
            credentials: self.credentials().into_iter().collect(),
            stamp: Stamp { clock: DateTime::from_unix_seconds(CLOCK).unwrap(), entropy: [0; 16] },
        };
        let request = ask.typed_request(arena).unwrap();
        let method = dynamic::method(self.platform, self.method, arena);
        let client = self.client(method.gateway);
        let call = client.call_untyped(method, &request).overrides(self.overrides());
        let called = call.prepare().unwrap_or_else(|error| panic!("{}: {error}", self.name));
        assert_eq!(wire(&called), wire(sent), "{}: {json}", self.name);
    }

    /// Makes a vector for the request, and asserts that the compiler's check reproduces its
    /// signature.
    fn proved(&self, json: &Json, sent: &Prepared<'_>) {
        use gatespec_runtime::Source;
        let gateway = self.gateway();
        let by_caller = |source: &Source<'_>| matches!(source, Source::Argument);
        if gateway.raw_body || gateway.public.iter().any(|param| by_caller(&param.source)) {
            // A vector cannot state values that only the caller knows.
            return;
        }
        let nonce = gateway.public.iter().find(|param| matches!(param.source, Source::Nonce(_)));
        let span = self.method.span;
        let vector = Vector {
            name: None,
            span,
            area: span,
            credentials_at: span,
            case: None,
            credentials: self
                .credentials()
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            clock: Some((CLOCK.to_string(), span)),
            nonce: nonce.and_then(|param| sent.params().get(param.name)).map(str::to_owned),
            input: VectorInput::Request {
                method: (self.method.name.to_owned(), span),
                values: dynamic::value(json, span),
            },
            verb: None,
            path: None,
            body: None,
            canonical: None,
            labels: Vec::new(),
            sign: sent.signature().unwrap_or_default().to_owned(),
            sign_span: span,
            about: gateway.about.clone(),
        };
        if !gateway.signatures.is_empty() {
            let holds = vector_holds(self.platform, gateway, &vector);
            assert_eq!(holds, Ok(true), "{}: {json}", self.name);
        }
    }
}

/// Everything that is sent, as text.
fn wire(prepared: &Prepared<'_>) -> String {
    format!(
        "{} {}\n{:?}\n\n{}",
        prepared.verb().as_str(),
        prepared.url("https://gate.example"),
        prepared.headers().collect::<Vec<_>>(),
        String::from_utf8_lossy(prepared.body())
    )
}

/// A transport that sends nothing.
struct Nowhere;

impl BlockingTransport for Nowhere {
    fn send(
        &self,
        _: http::Request<bytes::Bytes>,
    ) -> Result<http::Response<bytes::Bytes>, TransportError> {
        Err(TransportError::new("nothing is sent"))
    }
}
