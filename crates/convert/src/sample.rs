//! A request with the values of an example, in which placeholders stand for what a client fills in.

use bumpalo::Bump;
use gatespec_inspect::request::Ask;
use gatespec_language::model::{Method, Platform, PublicParam};
use gatespec_protocol::{Prepared, Source};

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
    let mut ask = Ask::example(platform, method, 0);
    for param in ask.gateway.public.iter().filter(|param| method.sends(param)) {
        if let Some(name) = filled(param) {
            ask.overrides.set_argument(param.name, variable(name));
            ask.overrides.set_parameter(param.name, variable(name));
        }
    }
    let names = ask.gateway.credentials.iter().map(|credential| credential.name);
    ask.credentials = names.map(|name| (name, variable(name))).collect();
    ask.prepare(&Bump::new()).ok().map(|prepared| read(&prepared))
}
