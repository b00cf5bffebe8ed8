//! Distinguishes public parameters, fields, and parameters that the sender added.

use super::IncomingError;
use super::judge::Judge;
use crate::json::{ParamType, is_json, is_number};
use crate::layout::{Location, Placement};
use crate::method::MethodInfo;
use crate::parameter::{PublicParam, Source};
use crate::params::{Entry, Params, Role};

/// Sets the role and the type of every parameter, and whether it is sensitive. `params` must be
/// sorted.
pub(super) fn assign<'g>(
    method: &MethodInfo<'g>,
    params: &mut Params<'g>,
    sensitive: &[&str],
    judge: &mut Judge<'_>,
) -> Result<(), IncomingError> {
    for index in 0..params.entries.len() {
        let entry = &params.entries[index];
        let name = params.name(entry);
        let role =
            if is_business(method, name, entry.place) { Role::Business } else { Role::Extra };
        let kind =
            match method.business() {
                Placement::FormCarrier(carrier) if carrier == name => {
                    if is_json(params.value(entry)) { ParamType::Json } else { ParamType::Text }
                }
                _ if entry.kind == ParamType::Text && !in_json(entry.place) => {
                    declared_kind(method, name, params.value(entry))
                }
                _ => entry.kind,
            };
        let sensitive = hides(sensitive, name);
        let entry = &mut params.entries[index];
        (entry.role, entry.kind, entry.sensitive) = (role, kind, sensitive);
    }
    method.gateway.public.iter().try_for_each(|param| claim(method, param, params, judge))
}

/// Marks the received parameter that is the public parameter `param`. If there are several, a
/// lenient reading marks all of them.
fn claim<'g>(
    method: &MethodInfo<'g>,
    param: &PublicParam<'g>,
    params: &mut Params<'g>,
    judge: &mut Judge<'_>,
) -> Result<(), IncomingError> {
    // The method does not send this public parameter, and a field of the method has its name. The
    // received parameter is the field.
    if method.silenced.contains(&param.name) && is_business(method, param.name, param.place) {
        return Ok(());
    }
    let places = params.places(param.name);
    let at = |fits: &dyn Fn(&Entry<'_>) -> bool| -> Vec<usize> {
        places.clone().filter(|place| fits(&params.entries[*place])).collect()
    };
    let mut found = at(&|entry| entry.place == param.place);
    let is_signature = param.source == Source::Signature;
    // Also finds a signature in the wrong location: a signature is never a field, so a second one
    // may be an attack.
    if found.is_empty() || is_signature {
        found.extend(at(&|entry| {
            entry.place != param.place && is_flat(param.place) && is_flat(entry.place)
        }));
    }
    if found.len() > 1 {
        judge.problem(IncomingError::Repeated { name: param.name.to_owned() })?;
    }
    for index in found {
        let number = param.number && is_number(params.value(&params.entries[index]));
        let entry = &mut params.entries[index];
        entry.role = if is_signature { Role::Signature } else { Role::Public };
        if !in_json(entry.place) {
            entry.kind = if number { ParamType::Number } else { ParamType::Text };
        }
        entry.sensitive = is_secret(method, param);
    }
    Ok(())
}

/// The type of a field's text according to the schema, if the text is JSON. Otherwise the type is
/// text.
fn declared_kind(method: &MethodInfo<'_>, name: &str, text: &str) -> ParamType {
    let flat = [Placement::Query, Placement::Form, Placement::Header].contains(&method.business());
    let mut fields = method.request.schema().fields.iter().filter(|field| flat && !field.in_path);
    let field = fields.find(|field| field.name == name);
    match field.map(|field| field.parameter_kind(method.gateway.nested)) {
        Some(kind) if is_json(text) => kind,
        _ => ParamType::Text,
    }
}

fn is_business(method: &MethodInfo<'_>, name: &str, place: Location<'_>) -> bool {
    match method.business() {
        Placement::Query | Placement::Form => is_flat(place),
        Placement::FormCarrier(carrier) => place == Location::Form && carrier == name,
        Placement::Header => place == Location::Header,
        Placement::Body => place == Location::Body,
        Placement::BodyMember(object) => place == Location::BodyMember(object),
    }
}

fn is_flat(place: Location<'_>) -> bool {
    matches!(place, Location::Query | Location::Form)
}

fn in_json(place: Location<'_>) -> bool {
    matches!(place, Location::Body | Location::BodyMember(_))
}

fn is_secret(method: &MethodInfo<'_>, param: &PublicParam<'_>) -> bool {
    let Source::Credential(name) = param.source else { return false };
    let known = method.gateway.credentials.iter().find(|credential| credential.name == name);
    known.is_none_or(|credential| credential.sensitive)
}

/// Whether a name, or a part of it in brackets, is one of the sensitive names.
pub(super) fn hides(sensitive: &[&str], name: &str) -> bool {
    !sensitive.is_empty()
        && name.split(['[', ']']).any(|part| !part.is_empty() && sensitive.contains(&part))
}
