//! A request with the values of an example, in which placeholders stand for what a client fills in.

use bumpalo::Bump;
use gatespec_language::dynamic::{self, object};
use gatespec_language::model::{Gateway, Method, Platform, PublicParam, Value};
use gatespec_protocol::request::assemble;
use gatespec_protocol::{CredentialSet, DateTime, Job, Overrides, Prepared, Source, Stamp};

/// What takes the place of a value that the client fills in: a variable of Postman.
pub(crate) fn variable(name: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    format!("{{{{{}}}}}", name.chars().filter(plain).collect::<String>())
}

/// The name of the variable for a public parameter, if the client fills the parameter in.
pub(crate) fn filled(param: &PublicParam) -> Option<&'static str> {
    match param.source {
        Source::Method | Source::Constant(_) | Source::Label(_) | Source::SignMethod => None,
        Source::Credential(name) => Some(name),
        _ => Some(param.name),
    }
}

/// Assembles the first example of a method or, if it has none, the examples of the fields that are
/// required, and passes the request to `read`. Returns `None` if the request cannot be assembled.
pub(crate) fn request<T>(
    platform: &Platform,
    method: &Method,
    read: impl FnOnce(&Prepared<'_>) -> T,
) -> Option<T> {
    let gateway = platform.gateway_of(method);
    let arena = Bump::new();
    let values = values(method);
    let object = object(platform, &method.request, &values, &arena, &mut Vec::new());
    let facts = dynamic::method(platform, method, &arena);
    let mut overrides = Overrides::default();
    for param in gateway.public.iter().filter(|param| method.sends(param)) {
        if let Some(name) = filled(param) {
            overrides.set_argument(param.name, variable(name));
            overrides.set_parameter(param.name, variable(name));
        }
    }
    let stamp = Stamp { clock: DateTime::default(), entropy: [0; 16] };
    let credentials = credentials(gateway);
    let job = Job {
        method: facts,
        request: &object,
        overrides: &overrides,
        credentials: &credentials,
        stamp,
    };
    assemble(&job).ok().map(|prepared| read(&prepared))
}

fn credentials(gateway: &Gateway) -> CredentialSet {
    let names = gateway.credentials.iter().map(|credential| credential.name);
    names.map(|name| (name, variable(name))).collect()
}

fn values(method: &Method) -> Value {
    if let Some(example) = method.request_examples.first() {
        return example.values.clone();
    }
    let needed = method.request.sent().filter(|field| field.is_needed());
    let entries = needed.filter_map(|field| {
        let text = field.example.clone()?;
        Some((field.name.clone(), field.span, Value::Text(text, field.span)))
    });
    Value::Map(entries.collect(), method.span)
}
