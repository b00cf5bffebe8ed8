//! Checks how requests are sent: parameters are combined as HTTP allows, and paths are valid.

use super::doubt::Doubt;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Gateway, Method, Platform};
use crate::span::{Places, SourceSpan};
use gatespec_protocol::address::is_dots;
use gatespec_protocol::template::{Part, parts};
use gatespec_protocol::{Location, Placement, SendPolicy, Source, Verb};

pub(super) fn check(platform: &Platform, doubt: &Doubt<'_>, sink: &mut Sink) {
    for (index, gateway) in platform.gateways.iter().enumerate() {
        let is_sure = !doubt.of_gateway(index, &["request", "signature", "credentials", "labels"]);
        roles(gateway, is_sure, sink);
        path_alone(gateway, sink);
    }
    for (index, gateway) in platform.gateways.iter().enumerate() {
        let own: Vec<_> =
            platform.methods.iter().filter(|method| method.gateway == index).collect();
        // Each combination is reported once. The gateway's own placement is checked only while the
        // gateway has no methods.
        let mut seen: Vec<(Verb, Placement<'_>)> = Vec::new();
        let ways = own.iter().map(|method| (method.verb(), method.business(), method.transport));
        let gateways_own = (gateway.verb, gateway.business, gateway.transport);
        for (verb, business, span) in ways.chain(own.is_empty().then_some(gateways_own)) {
            if !seen.contains(&(verb, business)) {
                seen.push((verb, business));
                carriers(gateway, verb, business, span, sink);
            }
        }
        for method in own {
            path(gateway, method, sink);
            same_name(gateway, method, sink);
        }
    }
}

/// Reports each role that several public parameters of a gateway have, and each required role that
/// no public parameter has. `is_sure` says that no error hides a parameter, so an absent role is
/// really missing.
fn roles(gateway: &Gateway, is_sure: bool, sink: &mut Sink) {
    let with = |role: fn(&Source<'_>) -> bool| -> Vec<_> {
        gateway.public.iter().filter(|param| role(&param.source)).collect()
    };
    let signature = with(|source| matches!(source, Source::Signature));
    let sign_method = with(|source| matches!(source, Source::SignMethod));
    let nonce = with(|source| matches!(source, Source::Nonce(_)));
    for twice in [&signature, &sign_method, &nonce] {
        let mut twice = twice.clone();
        twice.sort_by_key(|param| param.span);
        if let [first, second, ..] = twice.as_slice() {
            let message = format!("`{}` has the same role as `{}`", second.name, first.name);
            sink.report(
                Diagnostic::at(rules::CARRIER, second.span, message)
                    .also(first.span, "first used here"),
            );
        }
    }
    if !is_sure {
        return;
    }
    if signature.is_empty() && !gateway.signatures.is_empty() {
        let message = "calls are signed, but no public parameter has `is: signature`";
        let help =
            "say where the signature is sent: `sign: { is: signature, doc: The signature. }`";
        sink.report(Diagnostic::at(rules::CARRIER, gateway.span, message).help(help));
    }
    if let ([param, ..], []) = (signature.as_slice(), gateway.signatures.as_slice()) {
        let message = format!("`{}` is the signature, but calls are not signed", param.name);
        sink.report(Diagnostic::at(rules::CARRIER, param.span, message));
    }
    for param in gateway.public.iter().filter(|param| param.place == Location::Header) {
        if gateway.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(param.name)) {
            let message =
                format!("`{}` is also a constant header, so it would be sent twice", param.name);
            sink.report(Diagnostic::at(rules::CARRIER, param.span, message));
        }
    }
    for param in sign_method {
        if gateway.signatures.iter().all(|method| method.name.is_empty()) {
            let message =
                format!("`{}` names a signature method, but there is only one", param.name);
            sink.report(Diagnostic::at(rules::CARRIER, param.span, message).help(
                "list several methods under `signature.methods`, or make the parameter a constant",
            ));
        }
    }
}

/// Checks that a request has at most one kind of body, and no body if its verb does not allow one.
fn carriers(
    gateway: &Gateway,
    verb: Verb,
    business: Placement<'_>,
    span: SourceSpan,
    sink: &mut Sink,
) {
    let sent = gateway.public.iter().filter(|param| param.send != SendPolicy::Never);
    let places: Vec<_> = sent.map(|param| param.place).chain([business.place()]).collect();
    let has_form = places.contains(&Location::Form);
    let has_json =
        places.iter().any(|place| matches!(place, Location::Body | Location::BodyMember(_)));
    let problem = if has_form && has_json {
        "one request cannot have both a form and a JSON body"
    } else if gateway.raw_body && (has_form || has_json) {
        "the caller supplies the body, so parameters cannot be in it"
    } else if verb == Verb::Get && (has_form || has_json || gateway.raw_body) {
        "a GET request has no body, so parameters cannot be in it"
    } else {
        return;
    };
    sink.report(
        Diagnostic::at(rules::CARRIER, span, problem)
            .help("`public_in`, `business` and a parameter's `in` say where parameters are sent: query, form, header or body"),
    );
}

/// Checks that the path has a placeholder for every field with `in: path`, and that the method's
/// own path is valid.
fn path(gateway: &Gateway, method: &Method, sink: &mut Sink) {
    let (path, span) = method.path_in(gateway);
    let holes: Vec<&str> = parts(path)
        .filter_map(|part| match part {
            Part::Hole { name, .. } => Some(name),
            Part::Text(_) => None,
        })
        .collect();
    let fields: Vec<_> = method.request.fields.iter().filter(|field| field.in_path).collect();
    for field in fields.iter().filter(|field| !holes.contains(&field.name.as_str())) {
        let message = if path.is_empty() {
            format!("`{}` has `in: path`, but there is no path", field.name)
        } else {
            format!(
                "`{}` has `in: path`, but the path `{path}` has no `{{{}}}`",
                field.name, field.name
            )
        };
        let help = format!("write `path: \"{path}/{{{}}}\"`, or remove `in: path`", field.name);
        sink.report(Diagnostic::at(rules::PATH_HOLE, field.span, message).help(help));
    }
    if method.path.is_some() {
        well_formed(path, span, &method.path_at, sink);
    }
}

/// Checks the path of a gateway, without regard to its methods.
fn path_alone(gateway: &Gateway, sink: &mut Sink) {
    well_formed(gateway.path, gateway.transport, &gateway.path_at, sink);
}

/// Checks that a path is valid, and that it reaches the server unchanged.
fn well_formed(path: &str, span: SourceSpan, places: &Places, sink: &mut Sink) {
    if !path.is_empty() && !path.starts_with('/') {
        let message = format!("the path `{path}` does not begin with `/`");
        sink.report(
            Diagnostic::at(rules::PATH_HOLE, span, message).help(format!("write `/{path}`")),
        );
    }
    if let Some(dots) = path.split('/').find(|segment| is_dots(segment)) {
        let message = format!(
            "invalid segment `{dots}` in path `{path}`: clients resolve it, which changes the path"
        );
        sink.report(
            Diagnostic::at(rules::PATH_HOLE, span, message).help("write the path without it"),
        );
    }
    if let Some(at) = path.find(['?', '#']) {
        let sign = &path[at..=at];
        let message =
            format!("invalid `{sign}` in a path: what follows would be signed as part of the path");
        let help = "declare parameters of every request under `request.public`, with `in: query`";
        let span = places.part(at, at + 1).unwrap_or(span);
        sink.report(Diagnostic::at(rules::PATH_HOLE, span, message).help(help));
    }
}

/// Reports a name that a public and a business parameter have in the same location, since it would
/// be sent twice.
fn same_name(gateway: &Gateway, method: &Method, sink: &mut Sink) {
    let business = method.business();
    let carried = matches!(business, Placement::FormCarrier(_));
    let in_place = |place| !carried && business.place() == place;
    for field in method.request.sent().filter(|field| !field.in_path) {
        let public = gateway
            .public_param(&field.name)
            .filter(|param| in_place(param.place) && method.sends(param));
        if let Some(public) = public {
            let message =
                format!("`{}` is already a public parameter in the same place", field.name);
            sink.report(
                Diagnostic::at(rules::CARRIER, field.span, message)
                    .also(public.span, "declared here")
                    .help("if this field is that same parameter, write `from: public` here; it is then sent only once"),
            );
        }
    }
}
