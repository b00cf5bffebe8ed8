//! Checks that samples of requests obey the method's rules, and that the `example` of a field is a
//! valid value.

use super::doubt::Doubt;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::dynamic::object;
use crate::model::{
    Delivery, Field, Method, Platform, Record, RequestExample, Required, Returns, Type, TypeKind,
    Value,
};
use crate::source::SourceSpan;
use bumpalo::Bump;
use gatespec_protocol::{Validate, Violation};

pub(super) fn check(platform: &Platform, doubt: &Doubt<'_>, sink: &mut Sink) {
    let arena = Bump::new();
    for def in &platform.types {
        if let TypeKind::Record(record) = &def.kind {
            fields(platform, record, doubt, &arena, sink);
        }
    }
    for method in &platform.methods {
        fields(platform, &method.request, doubt, &arena, sink);
        if let Returns::Record(record) = &method.returns {
            fields(platform, record, doubt, &arena, sink);
        }
        if !doubt.of_requests(method) {
            for example in &method.request_examples {
                request(platform, method, example, &arena, sink);
            }
        }
    }
}

/// Checks that the example of each field is a valid value.
fn fields(platform: &Platform, record: &Record, doubt: &Doubt<'_>, arena: &Bump, sink: &mut Sink) {
    for field in &record.fields {
        let (Some(example), Some(span)) = (&field.example, field.places.example) else { continue };
        let single = !matches!(field.ty, Type::Record(_) | Type::Map(_) | Type::Json);
        let is_sure = match field.ty {
            Type::Enumeration(id) => !doubt.of_type(id),
            _ => field.ty != Type::Invalid,
        };
        if single && field.list.is_none() && is_sure && !doubt.is_wrong(span) {
            example_of(platform, field, (example, span), arena, sink);
        }
    }
}

fn example_of(
    platform: &Platform,
    field: &Field,
    (example, span): (&str, SourceSpan),
    arena: &Bump,
    sink: &mut Sink,
) {
    let alone =
        Field { required: Required::No, send: Delivery::Yes, in_path: false, ..field.clone() };
    let alone = Record { fields: vec![alone], ..Record::default() };
    let value = Value::Text(example.to_owned(), span);
    let value = Value::Map(vec![(field.name.clone(), span, value)], span);
    let mut problems = Vec::new();
    let found = object(platform, &alone, &value, arena, &mut problems);
    let message = match problems.into_iter().next() {
        Some(problem) => problem.message,
        None => match found.violations().first() {
            Some(violation) => {
                format!("the example breaks the field's own rule: it {}", violation.message())
            }
            None => return,
        },
    };
    sink.report(
        Diagnostic::at(rules::EXAMPLE_VALUE, span, message)
            .also(field.span, "an example of this field")
            .help("an example is a single value, exactly as it is sent"),
    );
}

fn request(
    platform: &Platform,
    method: &Method,
    example: &RequestExample,
    arena: &Bump,
    sink: &mut Sink,
) {
    let mut problems = Vec::new();
    let request = object(platform, &method.request, &example.values, arena, &mut problems);
    let sound = problems.is_empty();
    for problem in problems {
        let diagnostic = Diagnostic::at(rules::EXAMPLE_REQUEST, problem.span, problem.message);
        sink.report(problem.help.into_iter().fold(diagnostic, Diagnostic::help));
    }
    if !sound {
        return;
    }
    for violation in request.violations() {
        let message =
            format!("the sample breaks the rule `{}`: {}", violation.rule(), sentence(&violation));
        let found = broken(rules::EXAMPLE_REQUEST, &example.values, method, &violation, message);
        sink.report(found);
    }
}

/// Returns the message of a violation, with the field before it. The message of a rule over several
/// fields already names them.
pub(super) fn sentence(violation: &Violation) -> String {
    let several = violation.rule().contains(',');
    let subject = if several { String::new() } else { format!("`{}` ", violation.path()) };
    format!("{subject}{}", violation.message())
}

/// A diagnostic for values that violate a rule. Points at the value, or at the values of all fields
/// of the rule.
pub(super) fn broken(
    rule: &'static rules::Rule,
    values: &Value,
    method: &Method,
    violation: &Violation,
    message: String,
) -> Diagnostic {
    let id = violation.rule();
    let (_, names) = id.split_once(':').unwrap_or_default();
    // The field names in a rule are relative to the record that has the rule.
    let outer = violation.path().rsplit_once('.').map_or("", |(outer, _)| outer);
    let record = values.at(outer).unwrap_or(values);
    let named: Vec<_> = names.split(',').filter_map(|name| record.at(name)).collect();
    let several = names.contains(',');
    let one = values.at(violation.path()).unwrap_or(values);
    let (first, others) = match named.split_first() {
        Some((first, others)) if several => (*first, others),
        _ => (one, &[][..]),
    };
    let diagnostic = Diagnostic::at(rule, first.span(), message);
    let diagnostic = others.iter().fold(diagnostic, |diagnostic, other| {
        diagnostic.also(other.span(), "compared with this value")
    });
    let field = method.request.fields.iter().find(|field| {
        field.send == Delivery::Yes && violation.path().starts_with(field.name.as_str())
    });
    match field {
        Some(field) => diagnostic.also(field.span, "this field"),
        None => diagnostic,
    }
}
