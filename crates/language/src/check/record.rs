//! Checks that the rules and conditions of a record name fields that exist and have suitable types.

use super::constraint;
use super::doubt::Doubt;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{
    Condition, Delivery, Field, ListStyle, Method, Platform, Record, Required, Returns, Rule,
    RuleKind, Type, TypeId, TypeKind,
};
use crate::source::SourceSpan;
use crate::suggest::list;

pub(super) fn check(platform: &Platform, doubt: &Doubt<'_>, sink: &mut Sink) {
    for (index, def) in platform.types.iter().enumerate() {
        if let TypeKind::Record(record) = &def.kind
            && !(record.fields.is_empty() && doubt.of_type(TypeId(index)))
        {
            fields(platform, record, sink);
        }
    }
    for method in &platform.methods {
        if !doubt.of_table(method) {
            fields(platform, &method.request, sink);
        }
        top_level(method, sink);
        match &method.returns {
            Returns::Nothing => {}
            Returns::Record(record) => fields(platform, record, sink),
            Returns::Value(field) => field_alone(field, sink),
        }
    }
}

fn fields(platform: &Platform, record: &Record, sink: &mut Sink) {
    for field in &record.fields {
        field_alone(field, sink);
        match &field.required {
            Required::No | Required::Yes => {}
            Required::When(condition) | Required::Unless(condition) => {
                self::condition(platform, record, condition, sink);
            }
        }
    }
    for rule in &record.rules {
        self::rule(record, rule, sink);
    }
}

/// Checks a field without looking at other fields.
fn field_alone(field: &Field, sink: &mut Sink) {
    constraint::check(field, sink);
    list_style(field, sink);
    single(field, sink);
}

/// Finds a field that a rule can refer to. The field must exist and be sent.
fn find<'r>(
    record: &'r Record,
    name: &str,
    span: SourceSpan,
    what: &str,
    sink: &mut Sink,
) -> Option<&'r Field> {
    let found = record.field(name);
    if let Some(field) = found.filter(|field| field.send == Delivery::Yes) {
        return Some(field);
    }
    let message = match found {
        Some(_) => {
            format!("{what} names `{name}`, which is not sent with the business parameters")
        }
        None => format!("{what} names `{name}`, which is not a field"),
    };
    // A name that exists but is not sent is not misspelled, so no similar name is suggested.
    let name = if found.is_none() { name } else { "" };
    let names = record.sent().map(|field| field.name.as_str());
    let diagnostic = Diagnostic::at(rules::UNKNOWN_FIELD, span, message);
    let the_record_has = |names: &[&str]| format!("the fields of the record are {}", list(names));
    let diagnostic = sink.advised(diagnostic, name, names, the_record_has);
    sink.report(diagnostic);
    None
}

fn condition(platform: &Platform, record: &Record, condition: &Condition, sink: &mut Sink) {
    let Some(field) = find(record, &condition.field, condition.span, "the condition", sink) else {
        return;
    };
    if condition.any_of.is_empty() {
        return;
    }
    let scalar = field.list.is_none();
    let known: Vec<&str> = match &field.ty {
        Type::Text | Type::Invalid if scalar => return,
        Type::Integer { .. } if scalar => return integers(condition, sink),
        Type::Boolean { .. } if scalar => vec!["true", "false"],
        Type::Enumeration(id) if scalar => match &platform.type_def(*id).kind {
            TypeKind::Enumeration(values) => {
                values.variants.iter().map(|variant| variant.value.as_str()).collect()
            }
            TypeKind::Record(_) => return,
        },
        _ => {
            let message =
                format!("the values of `{}` cannot be compared in a condition", field.name);
            sink.report(
                Diagnostic::at(rules::CONDITION_TYPE, condition.span, message)
                    .also(field.span, "declared here"),
            );
            return;
        }
    };
    let values = condition.any_of.iter().zip(&condition.is);
    for (value, span) in values.filter(|(value, _)| !known.contains(&value.as_str())) {
        let message = format!("`{value}` is not a value of `{}`", field.name);
        let advice = sink.advice(value, known.iter().copied(), |known| {
            format!("its values are {}", list(known))
        });
        sink.report(Diagnostic::at(rules::CONDITION_VALUE, *span, message).help(advice));
    }
}

fn integers(condition: &Condition, sink: &mut Sink) {
    let values = condition.any_of.iter().zip(&condition.is);
    for (value, span) in values.filter(|(value, _)| value.parse::<i64>().is_err()) {
        let message = format!("`{}` is an integer, so it can never be `{value}`", condition.field);
        sink.report(Diagnostic::at(rules::CONDITION_VALUE, *span, message));
    }
}

fn rule(record: &Record, rule: &Rule, sink: &mut Sink) {
    let what = format!("the rule `{}`", rule.kind.key());
    let found: Vec<_> = rule
        .kind
        .fields()
        .into_iter()
        .zip(&rule.names)
        .filter_map(|(name, span)| Some((find(record, name, *span, &what, sink)?, *span)))
        .collect();
    if matches!(rule.kind, RuleKind::AtLeastOne(_)) {
        if rule.kind.fields().len() < 2 {
            let message = "`at_least_one` needs at least two fields";
            sink.report(
                Diagnostic::at(rules::RULE_TYPE, rule.span, message)
                    .help("for a single field, write `required: true`"),
            );
        }
        return;
    }
    for (field, span) in found {
        let is_time = matches!(field.ty, Type::DateTime(_));
        let wrong = match &field.list {
            Some(_) => "a list",
            None if is_time || field.ty == Type::Invalid => continue,
            None => "not a datetime",
        };
        let message = format!("{what} compares times, but `{}` is {wrong}", field.name);
        let mut diagnostic =
            Diagnostic::at(rules::RULE_TYPE, span, message).also(field.span, "declared here");
        if !is_time {
            diagnostic = diagnostic.help(format!("declare `{}` with `type: datetime`", field.name));
        }
        sink.report(diagnostic);
    }
}

fn list_style(field: &Field, sink: &mut Sink) {
    let nested = matches!(field.ty, Type::Record(_) | Type::Map(_) | Type::Json);
    let message = match &field.list {
        Some(ListStyle::Delimited(_)) if nested => {
            "records, maps and JSON cannot be joined by a delimiter"
        }
        Some(ListStyle::Delimited(_)) if field.json_text => {
            "a list joined by a delimiter cannot be JSON"
        }
        _ => return,
    };
    sink.report(
        Diagnostic::at(rules::LIST_STYLE, field.span, message)
            .help("write `list: json` for a JSON array"),
    );
}

/// Checks `single`: the field is a list, and a single item cannot be taken for a list.
fn single(field: &Field, sink: &mut Sink) {
    let (message, help) = match &field.list {
        _ if !field.single => return,
        None => (
            format!("`single` applies only to lists, but `{}` is not a list", field.name),
            "say how the list is written: `list: json`",
        ),
        Some(ListStyle::Delimited(_)) => (
            "a delimited list of one item already looks like the bare item".to_owned(),
            "remove `single`",
        ),
        Some(_) => return,
    };
    sink.report(Diagnostic::at(rules::LIST_STYLE, field.span, message).help(help));
}

/// Checks the keys `single` and `in: path` of a request's fields.
fn top_level(method: &Method, sink: &mut Sink) {
    for field in method.request.fields.iter().filter(|field| field.single) {
        let message =
            format!("`single` applies only to answers, but `{}` is in a request", field.name);
        sink.report(Diagnostic::at(rules::LIST_STYLE, field.span, message).help("remove `single`"));
    }
    for field in method.request.fields.iter().filter(|field| field.in_path) {
        let nested = matches!(field.ty, Type::Record(_) | Type::Map(_) | Type::Json);
        if nested || field.list.is_some() {
            let message = format!("`{}` cannot be in a path", field.name);
            sink.report(
                Diagnostic::at(rules::PATH_HOLE, field.span, message).help(
                    "a hole in a path takes a single text, number, time or enumeration value",
                ),
            );
        } else if field.required != Required::Yes {
            let message = format!("`{}` is in the path, so it cannot be optional", field.name);
            sink.report(
                Diagnostic::at(rules::PATH_HOLE, field.span, message)
                    .help("write `required: true`"),
            );
        }
    }
}
