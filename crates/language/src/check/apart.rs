//! Checks that the methods of a gateway differ in something that requests contain, so that a
//! receiver can tell which one is called.

use super::doubt::Doubt;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Gateway, Method, Platform};
use gatespec_protocol::template::{Part, parts};
use gatespec_protocol::{Source, Verb};
use std::collections::HashMap;

pub(super) fn check(platform: &Platform, doubt: &Doubt<'_>, sink: &mut Sink) {
    for (index, gateway) in platform.gateways.iter().enumerate() {
        if doubt.of_gateway(index, &["request", "labels"]) {
            continue;
        }
        let mut seen: HashMap<Identity, &Method> = HashMap::new();
        for method in platform.methods.iter().filter(|method| method.gateway == index) {
            if doubt.in_file_of(method) {
                continue;
            }
            let identity = Identity::of(gateway, method);
            if let Some(other) = seen.get(&identity) {
                let message = format!(
                    "nothing in a request distinguishes `{}` from `{}`",
                    method.name, other.name
                );
                sink.report(
                    Diagnostic::at(rules::METHODS_ALIKE, method.span, message)
                        .also(other.span, "the other method"),
                );
            } else {
                seen.insert(identity, method);
            }
        }
    }
}

/// The parts of a request that identify its method.
#[derive(PartialEq, Eq, Hash)]
struct Identity {
    verb: Verb,
    /// The path with labels filled in. Placeholders of fields are kept.
    path: String,
    /// The values of the parameters that contain the method's name or a label.
    sent: Vec<(&'static str, String)>,
}

impl Identity {
    fn of(gateway: &Gateway, method: &Method) -> Self {
        let holes = method.holes();
        let path = parts(method.path()).map(|part| match part {
            Part::Text(text) => text.to_owned(),
            Part::Hole { name, .. } if is_field(method, name) => "{}".to_owned(),
            Part::Hole { inside, .. } => {
                holes.fill(&format!("{{{inside}}}")).unwrap_or_default().into_owned()
            }
        });
        let sent = gateway.public.iter().filter(|param| method.sends(param));
        let sent = sent.filter_map(|param| {
            let text = match param.source {
                Source::Method => method.name.to_owned(),
                Source::Label(name) => holes.label(name)?.unwrap_or_default().into_owned(),
                _ => return None,
            };
            Some((param.name, text))
        });
        Self { verb: method.verb(), path: path.collect(), sent: sent.collect() }
    }
}

fn is_field(method: &Method, name: &str) -> bool {
    method.request.sent().any(|field| field.in_path && field.name == name)
}
