//! Checks that each meaning belongs to at most one code, so that a receiver knows which code to
//! send.

use super::doubt::Doubt;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{ErrorCode, Platform};
use crate::source::SourceSpan;
use crate::suggest::list;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

pub(super) fn check(platform: &Platform, doubt: &Doubt<'_>, sink: &mut Sink) {
    for (index, gateway) in platform.gateways.iter().enumerate() {
        if doubt.of_gateway(index, &["request", "errors"]) {
            continue;
        }
        let public: Vec<&str> = gateway.public.iter().map(|param| param.name).collect();
        table(&gateway.errors, &public, sink);
    }
    for method in &platform.methods {
        if doubt.of_gateway(method.gateway, &["request"])
            || doubt.of_method(method, &["request", "errors"])
        {
            continue;
        }
        let public = platform.gateway_of(method).public.iter().map(|param| param.name);
        let fields = method.request.sent().map(|field| field.name.as_str());
        table(&method.errors, &public.chain(fields).collect::<Vec<_>>(), sink);
    }
}

fn table(codes: &[ErrorCode], known: &[&str], sink: &mut Sink) {
    let mut seen: HashMap<_, (&ErrorCode, SourceSpan)> = HashMap::new();
    let names: HashSet<&str> = known.iter().copied().collect();
    for code in codes {
        if let Some(name) = code.parameter {
            parameter(code, name, names.contains(name), known, sink);
        }
        let (Some(means), span) = (code.means, code.means_at) else { continue };
        if code.code.ends_with('*') {
            let message =
                format!("`{}` is a prefix, but a receiver answers with a single code", code.code);
            sink.report(Diagnostic::at(rules::MEANING, span, message));
        }
        match seen.entry((means, code.parameter)) {
            Entry::Occupied(earlier) => {
                let (other, first) = earlier.get();
                let of = code.parameter.map(|name| format!(" for `{name}`")).unwrap_or_default();
                let message = format!("code `{}` already means `{means}`{of}", other.code);
                let help = "keep `means` only on the code that is to be sent for this error";
                let diagnostic = Diagnostic::at(rules::MEANING, span, message).also(*first, "here");
                sink.report(diagnostic.help(help));
            }
            Entry::Vacant(free) => {
                free.insert((code, span));
            }
        }
    }
}

fn parameter(code: &ErrorCode, name: &str, is_known: bool, known: &[&str], sink: &mut Sink) {
    let span = code.parameter_at;
    if code.means.is_none() {
        let message = format!("`{}` has `parameter` without `means`", code.code);
        let help = "add `means` to say what is wrong with the parameter";
        sink.report(Diagnostic::at(rules::MEANING, span, message).help(help));
    } else if !is_known {
        let message = format!("there is no parameter `{name}`");
        let there_are = |known: &[&str]| format!("there are {}", list(known));
        let help = sink.advice(name, known.iter().copied(), there_are);
        sink.report(Diagnostic::at(rules::MEANING, span, message).help(help));
    }
}
