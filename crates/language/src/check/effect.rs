//! Reports keys that have no effect where they are written, and rules that compare a field with
//! itself.

use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{
    Delivery, Field, Gateway, Method, Platform, Record, Required, Returns, Rule, RuleKind, TypeKind,
};
use crate::source::SourceSpan;
use crate::suggest::list;

pub(super) fn check(platform: &Platform, sink: &mut Sink) {
    for def in &platform.types {
        if let TypeKind::Record(record) = &def.kind {
            with_itself(record, sink);
        }
    }
    for method in &platform.methods {
        with_itself(&method.request, sink);
        request(method, platform.gateway_of(method), sink);
        match &method.returns {
            Returns::Nothing => {}
            Returns::Record(record) => record.fields.iter().for_each(|field| answer(field, sink)),
            Returns::Value(field) => answer(field, sink),
        }
    }
}

fn no_effect(span: SourceSpan, message: String, help: String, sink: &mut Sink) {
    sink.report(Diagnostic::at(rules::NO_EFFECT, span, message).help(help));
}

fn request(method: &Method, gateway: &Gateway, sink: &mut Sink) {
    for field in &method.request.fields {
        if let Some(span) = field.places.always {
            let message =
                format!("`always` applies only to answers, but `{}` is in a request", field.name);
            let help = "remove it; if every request must have the field, write `required: true`";
            no_effect(span, message, help.to_owned(), sink);
        }
        let span = field.places.from.unwrap_or(field.span);
        if field.send == Delivery::FromPublic && gateway.public_param(&field.name).is_none() {
            let message = format!(
                "`{}` says `from: public`, but no public parameter has this name",
                field.name
            );
            let known = gateway.public.iter().map(|param| param.name);
            let advice = sink.advice(&field.name, known, |known| {
                format!(
                    "the public parameters are {}; if the field itself is sent, remove `from`",
                    list(known)
                )
            });
            sink.report(Diagnostic::at(rules::UNKNOWN_NAME, span, message).help(advice));
        }
    }
}

fn answer(field: &Field, sink: &mut Sink) {
    if let Some(span) = field.places.required {
        let message =
            format!("`required` applies only to requests, but `{}` is in an answer", field.name);
        let help = "remove it; if every answer must have the member, write `always: true`";
        no_effect(span, message, help.to_owned(), sink);
    }
    if let Some(span) = field.places.constraints {
        let message =
            format!("limits apply only to requests, but `{}` is in an answer", field.name);
        let help = "remove the limit, or state it in `doc`";
        no_effect(span, message, help.to_owned(), sink);
    }
}

/// Reports rules and conditions that compare a field with itself: they always hold or never hold.
fn with_itself(record: &Record, sink: &mut Sink) {
    // If a `span` has the key `end`, the check of ranges reports this mistake, so it is skipped
    // here.
    let splits =
        |rule: &&Rule| !matches!(&rule.kind, RuleKind::Span(_, _, limit) if limit.end_at.is_some());
    for rule in record.rules.iter().filter(splits) {
        let names = rule.kind.fields();
        let mut pairs = names.iter().zip(&rule.names).enumerate();
        let again = pairs.find(|(index, (name, _))| names[..*index].contains(name));
        if let Some((_, (name, span))) = again {
            let message = format!("`{name}` is compared with itself");
            let help = "name two different fields";
            sink.report(Diagnostic::at(rules::RULE_TYPE, *span, message).help(help));
        }
    }
    for field in &record.fields {
        if let Required::When(condition) | Required::Unless(condition) = &field.required
            && condition.field == field.name
        {
            let message = format!("whether `{}` is required depends on its own value", field.name);
            let help = "name another field, or write `required: true`";
            sink.report(Diagnostic::at(rules::RULE_TYPE, condition.span, message).help(help));
        }
    }
}
