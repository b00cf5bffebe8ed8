//! Finds the called method, by the parameter that names it, or by verb and path.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::parts::{header_text, members};
use super::{IncomingError, Raw, flat, path};
use crate::gateway::Gateway;
use crate::json;
use crate::layout::Location;
use crate::method::MethodInfo;
use crate::parameter::{PublicParam, Source};
use crate::text::shortened;

/// Finds the method of this gateway that the request calls: by the parameter that names the method
/// or, if the gateway has no such parameter, by verb and path.
///
/// # Errors
/// [`UnknownMethod`](IncomingError::UnknownMethod) if there is no such method,
/// [`Missing`](IncomingError::Missing) if the name is missing, or the reason why the name cannot be
/// read.
pub fn find<'g>(
    gateway: &Gateway<'_>,
    methods: &[MethodInfo<'g>],
    raw: &Raw<'_>,
) -> Result<MethodInfo<'g>, IncomingError> {
    let known = methods.iter().filter(|method| method.gateway.name == gateway.name);
    let Some(param) = gateway.public.iter().find(|param| param.source == Source::Method) else {
        let name = String::new();
        return by_path(known, raw).ok_or(IncomingError::UnknownMethod { name });
    };
    let missing = || IncomingError::Missing { names: vec![param.name.to_owned()] };
    let name = named(param, raw)?.filter(|name| !name.is_empty()).ok_or_else(missing)?;
    let known: Vec<_> = known.filter(|method| method.name == name).collect();
    match known.as_slice() {
        [method] => return Ok(**method),
        methods => {
            for method in methods {
                if has_labels(method, raw)? {
                    return Ok(**method);
                }
            }
        }
    }
    // The name is shortened, because the sender chose it and it may be logged.
    Err(IncomingError::UnknownMethod { name: shortened(&name, LONGEST_NAME).into_owned() })
}

/// The maximum length of an unknown name in an error, in characters.
const LONGEST_NAME: usize = 64;

/// Whether the request has the labels of this method. Labels distinguish methods that have the same
/// name.
fn has_labels(method: &MethodInfo<'_>, raw: &Raw<'_>) -> Result<bool, IncomingError> {
    let holes = method.holes();
    for param in method.gateway.public {
        let Source::Label(label) = param.source else { continue };
        let own = holes.label(label).and_then(Result::ok);
        let found = named(param, raw)?;
        if found.as_deref() != own.as_deref() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Returns the method whose verb and path fit. If several methods fit, returns the one with the
/// fewest fields in its path.
fn by_path<'m, 'g: 'm>(
    methods: impl Iterator<Item = &'m MethodInfo<'g>>,
    raw: &Raw<'_>,
) -> Option<MethodInfo<'g>> {
    let verb = methods.filter(|method| method.verb().as_str() == raw.verb);
    let fit = verb.filter_map(|method| Some((path::fit(method, raw.path)?.fields.len(), method)));
    fit.min_by_key(|(fields, _)| *fields).map(|(_, method)| *method)
}

/// The value of a public parameter, before the request is split into its parameters.
fn named(param: &PublicParam<'_>, raw: &Raw<'_>) -> Result<Option<String>, IncomingError> {
    let query = || first(param, raw.query.as_bytes(), "the query");
    // A body that is not a form, such as JSON, has no pairs.
    let form = || match raw.expect_form() {
        Ok(()) => first(param, raw.body, "the form"),
        Err(_) => Ok(None),
    };
    let body = || {
        raw.expect_json()?;
        let text = std::str::from_utf8(raw.body).map_err(|_| flat::Broken::Utf8.at(&"the body"))?;
        members(text, "the body", usize::MAX)
    };
    let text = |members: &[(String, &RawValue)]| {
        let found = members.iter().find(|(name, _)| name == param.name);
        found.map(|(_, raw)| json::scalar(raw.get()).0.into_owned())
    };
    Ok(match param.place {
        Location::Header => {
            let value = raw.headers_named(param.name).next();
            value.map(|value| header_text(param.name, value).map(str::to_owned)).transpose()?
        }
        Location::Query => query()?.or(form()?),
        Location::Form => match form()?.or(query()?) {
            // If the body is not a form, reports that: it is why the name was not found.
            None if !raw.body.is_empty() => raw.expect_form().map(|()| None)?,
            found => found,
        },
        Location::Body => text(&body()?),
        Location::BodyMember(object) => match body()?.iter().find(|(name, _)| name == object) {
            Some((name, inside)) => {
                let place = format!("`{name}` in the body");
                text(&members(inside.get(), &place, usize::MAX)?)
            }
            None => None,
        },
    })
}

fn first(
    param: &PublicParam<'_>,
    raw: &[u8],
    place: &str,
) -> Result<Option<String>, IncomingError> {
    let named = |raw| flat::decode(raw, true).is_ok_and(|name| name == param.name);
    let found = flat::pairs(raw).find(|(name, _)| named(name));
    let text = found.map(|(_, value)| flat::decode(value, true).map(Cow::into_owned));
    text.transpose().map_err(|broken| broken.at(&place))
}
