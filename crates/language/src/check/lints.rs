//! Lints, which find likely mistakes in specs without errors.

mod effect;
mod idle;
mod names;
mod samples;
mod secrets;
mod tables;

pub use names::is_private;

use super::docs;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Model, Platform};
use gatespec_protocol::Expected;
use gatespec_protocol::Repeat;

/// Runs the lints on a platform without errors.
pub(super) fn check(platform: &Platform, sink: &mut Sink) {
    docs::empty(platform, sink);
    names::check(platform, sink);
    secrets::check(platform, sink);
    samples::check(platform, sink);
    effect::check(platform, sink);
    idle::check(platform, sink);
    success_in_errors(platform, sink);
}

/// Reports the lints whose severity is a note.
pub(super) fn notes(model: &Model, sink: &mut Sink) {
    for platform in &model.platforms {
        samples::notes(platform, sink);
        for method in platform.methods.iter().filter(|method| method.repeat == Repeat::Unknown) {
            let message = format!("`{}` does not say whether a repeat is safe", method.name);
            sink.report(Diagnostic::at(rules::REPEAT_UNSTATED, method.span, message));
        }
    }
}

/// Reports a code in an error table that means success: such a code is never looked up.
fn success_in_errors(platform: &Platform, sink: &mut Sink) {
    for (index, gateway) in platform.gateways.iter().enumerate() {
        let envelope = &gateway.envelope;
        let codes = envelope.failures.iter().flat_map(|shape| shape.code).copied();
        let codes: Vec<&str> = codes.chain([envelope.code]).collect();
        let of_methods = platform.methods.iter().filter(|method| method.gateway == index);
        let tables = of_methods.map(|method| &method.errors).chain([&gateway.errors]);
        let rows: Vec<_> = tables.flatten().collect();
        for (predicate, at) in envelope.success.iter().zip(&envelope.success_at) {
            let Expected::OneOf(values) = predicate.is else { continue };
            if !codes.contains(&predicate.path) {
                continue;
            }
            for row in rows.iter().filter(|row| values.contains(&row.code)) {
                let message = format!("the error code `{}` is the code of a success", row.code);
                sink.report(
                    Diagnostic::at(rules::SUCCESS_IN_ERRORS, row.span, message)
                        .also(*at, "a success has this code"),
                );
            }
        }
    }
}
