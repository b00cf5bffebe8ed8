//! Reads a row of a parameter table.

use super::about::about;
use super::keys::{Keys, keyed};
use super::kind::type_of;
use super::read::{bad_value, entries, flag, map, number, text, texts};
use super::types::Scope;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{
    Condition, Constraint, Delivery, Field, FieldPlaces, ListStyle, Required, Type,
};
use crate::source::SourceSpan;
use crate::syntax::{Entry, Node, NodeKind};
use crate::table::{
    DELIVERY, FIELD, FIELDS, FROM, IN_PATH, LIMIT, LIST_STYLE, LIST_STYLES, REQUIREMENT,
};
use crate::unsaid::unsaid;
use gatespec_protocol::{Decimal, Pattern};

/// Reads every row of a table, in order.
pub(super) fn fields(node: Option<&Node>, scope: &Scope<'_>, sink: &mut Sink) -> Vec<Field> {
    entries(node, &FIELDS, sink, |entry, sink| value(entry, &entry.key, scope, sink))
}

/// Reads a field, or for `returns` a value without a name.
pub(super) fn value(
    entry: &Entry,
    name: &str,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Option<Field> {
    if let NodeKind::List(_) | NodeKind::Text { .. } | NodeKind::Null | NodeKind::Broken =
        entry.value.kind
    {
        // After the error is reported, the field is kept for its name, with an invalid type.
        map(&entry.value, FIELD.what, FIELD.example, sink);
        let keys = Node { span: entry.value.span, kind: NodeKind::Map(Vec::new()) };
        let keys = Entry { value: keys, ..entry.clone() };
        let field = value(&keys, name, scope, sink)?;
        return Some(Field { ty: Type::Invalid, ..field });
    }
    keyed(&entry.value, &FIELD, sink, |keys, sink| {
        let (ty, json_text) = type_of(keys, scope, sink);
        Field {
            name: name.to_owned(),
            span: entry.key_span,
            ty,
            list: keys.read("list", sink, list_style),
            json_text,
            single: keys.flag("single", sink),
            required: keys.read("required", sink, required).unwrap_or(Required::No),
            constraints: constraints(keys, sink),
            send: sends(keys, sink),
            in_path: keys.word("in", &IN_PATH, sink).is_some(),
            nullable: keys.flag("nullable", sink),
            always: keys.flag("always", sink),
            sensitive: keys.flag("sensitive", sink),
            rust: keys.spanned("rust", sink),
            example: keys.text("example", sink),
            places: places(keys),
            about: about(keys, sink),
        }
    })
}

fn places(keys: &Keys<'_>) -> FieldPlaces {
    let key_at = |key| keys.entry(key).map(|entry| entry.key_span);
    FieldPlaces {
        example: keys.entry("example").map(|entry| entry.value.span),
        required: key_at("required"),
        always: key_at("always"),
        from: key_at("from"),
        constraints: LIMITING.into_iter().find_map(|(key, _)| key_at(key)),
    }
}

fn sends(keys: &mut Keys<'_>, sink: &mut Sink) -> Delivery {
    let from = keys.word("from", &FROM, sink);
    let send = keys.word("send", &DELIVERY, sink);
    from.or(send).unwrap_or(Delivery::Yes)
}

fn list_style(node: &Node, sink: &mut Sink) -> Option<ListStyle> {
    if let NodeKind::Map(_) = node.kind {
        return keyed(node, &LIST_STYLE, sink, |keys, sink| {
            let inside = keys.node("inside").and_then(|node| text(node, sink))?;
            Some(ListStyle::Inside(inside.to_owned()))
        })?;
    }
    let written = text(node, sink)?;
    if let Some((_, style)) = LIST_STYLES.iter().find(|(word, _)| *word == written) {
        return Some(style.clone());
    }
    match written {
        "" => {
            bad_value(node, "a delimiter cannot be empty".to_owned(), sink);
            None
        }
        delimiter if delimiter.chars().all(char::is_alphanumeric) => {
            let message = format!("`{delimiter}` is neither `json`, nor `repeat`, nor a delimiter");
            let diagnostic = Diagnostic::at(rules::BAD_VALUE, node.span, message);
            sink.report(unsaid("list", delimiter).into_iter().fold(diagnostic, Diagnostic::help));
            None
        }
        delimiter => Some(ListStyle::Delimited(delimiter.to_owned())),
    }
}

fn required(node: &Node, sink: &mut Sink) -> Option<Required> {
    if let NodeKind::Text { .. } = node.kind {
        return flag(node, sink).map(|flag| if flag { Required::Yes } else { Required::No });
    }
    let (when, unless, is) = keyed(node, &REQUIREMENT, sink, |keys, sink| {
        (keys.spanned("when", sink), keys.spanned("unless", sink), keys.node("is"))
    })?;
    let (any_of, is) = is.map(|node| texts(node, sink)).unwrap_or_default().into_iter().unzip();
    match (when, unless) {
        (Some((field, span)), None) => Some(Required::When(Condition { field, span, any_of, is })),
        (None, Some((field, span))) => {
            Some(Required::Unless(Condition { field, span, any_of, is }))
        }
        _ => None,
    }
}

/// The keys that limit a value, each with the function that reads its constraint.
type Limiting = (&'static str, fn(&Node, &mut Sink) -> Option<Constraint>);
const LIMITING: [Limiting; 4] = [
    ("length", |node, sink| {
        let (min, max) = limits(node, sink, number);
        Some(Constraint::Length { min, max })
    }),
    ("range", |node, sink| {
        let (min, max) = limits(node, sink, decimal);
        Some(Constraint::Range { min, max })
    }),
    ("pattern", |node, sink| {
        let pattern = text(node, sink)?;
        Some(Constraint::Pattern(Pattern::owned(pattern.to_owned())))
    }),
    ("items", |node, sink| {
        let (min, max) = limits(node, sink, number);
        Some(Constraint::Items { min, max })
    }),
];

fn constraints(keys: &mut Keys<'_>, sink: &mut Sink) -> Vec<(Constraint, SourceSpan)> {
    let mut found = Vec::new();
    for (key, read) in LIMITING {
        if let Some(node) = keys.node(key) {
            found.extend(read(node, sink).map(|constraint| (constraint, node.span)));
        }
    }
    found
}

/// Reads a number, and keeps it as it is written.
fn decimal(node: &Node, sink: &mut Sink) -> Option<String> {
    let written = text(node, sink)?;
    if written.parse::<Decimal>().is_err() {
        let message = format!("`{written}` is not a number");
        sink.report(
            Diagnostic::at(rules::BAD_VALUE, node.span, message)
                .help("write it in decimal digits: `1000`, `-1`, `0.01`"),
        );
        return None;
    }
    Some(written.to_owned())
}

/// Reads `{ min, max }`, or a single value for both bounds.
fn limits<T: Clone>(
    node: &Node,
    sink: &mut Sink,
    read: impl Fn(&Node, &mut Sink) -> Option<T>,
) -> (Option<T>, Option<T>) {
    if let NodeKind::Text { .. } = node.kind {
        let exactly = read(node, sink);
        return (exactly.clone(), exactly);
    }
    let ends = keyed(node, &LIMIT, sink, |keys, _| ["min", "max"].map(|key| keys.node(key)));
    let Some([min, max]) = ends else { return (None, None) };
    if min.is_none() && max.is_none() {
        let message = "a limit needs `min`, `max` or both";
        let diagnostic = Diagnostic::at(rules::BAD_VALUE, node.span, message);
        sink.report(diagnostic.help("write `{ max: 32 }` or `{ min: 1, max: 32 }`"));
    }
    (min.and_then(|node| read(node, sink)), max.and_then(|node| read(node, sink)))
}
