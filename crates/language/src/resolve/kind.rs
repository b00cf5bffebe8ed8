//! Reads the type of a field, and the keys that only some types have.

use super::keys::Keys;
use super::read::{bad_value, number, offset, text, texts, word};
use super::time::time_format;
use super::types::Scope;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{MapOf, TimeCodec, Type};
use crate::source::SourceSpan;
use crate::suggest::list;
use crate::synonyms;
use crate::syntax::{Entry, Node};
use crate::table::{As, BUILT_IN, FIELD, MAP_OF, Row, TRAVELS_AS, UNIT};

/// Reads all keys that depend on the type. Returns the type, and whether its values are JSON inside
/// a string. A key that belongs to another type is reported as misplaced, not as unknown.
pub(super) fn type_of(keys: &mut Keys<'_>, scope: &Scope<'_>, sink: &mut Sink) -> (Type, bool) {
    let name = keys.node("type");
    let written = name.map_or(Some("text"), |node| text(node, sink));
    let travels = keys.entry("as");
    let r#as = travels.and_then(|entry| word("as", &entry.value, &TRAVELS_AS, sink));
    let of_types = FIELD.rows().filter(|row| row.of.is_some_and(|of| of.key == "type"));
    let extras = of_types.filter_map(|row| keys.entry(row.key).map(|entry| (row, entry)));
    let extras = Extras(extras.collect());
    let Some(written) = written else { return (Type::Invalid, false) };
    let ty = match written {
        "text" => Type::Text,
        "integer" => Type::Integer { quoted: r#as == Some(As::Text) },
        "decimal" => extras.decimal(r#as, keys.span(), sink),
        "money" => extras.money(r#as, keys.span(), sink),
        "boolean" => extras.boolean(scope, sink),
        "datetime" => Type::DateTime(extras.time(scope, r#as, keys.span(), sink)),
        "json" => Type::Json,
        "map" => Type::Map(extras.map_of(sink)),
        _ => named(written, name.map_or(keys.span(), |node| node.span), scope, sink),
    };
    extras.refuse_others(written, &ty, sink);
    if let (Some(entry), Some(r#as)) = (travels, r#as) {
        refuse_as(entry, r#as, written, &ty, sink);
    }
    (ty, r#as == Some(As::JsonText))
}

fn named(written: &str, span: SourceSpan, scope: &Scope<'_>, sink: &mut Sink) -> Type {
    if let Some(ty) = scope.named(written) {
        return ty;
    }
    if scope.is_partial() {
        return Type::Invalid;
    }
    let is_compound = written.contains(['[', '<']);
    let near = sink.closest(written, scope.names()).filter(|_| !is_compound);
    let diagnostic =
        Diagnostic::at(rules::UNKNOWN_TYPE, span, format!("there is no type `{written}`"));
    let diagnostic = match scope.elsewhere(written) {
        _ if near.is_none()
            && let Some(advice) = synonyms::of_type(written) =>
        {
            diagnostic.help(advice)
        }
        Some(method) => diagnostic.help(format!(
            "`{written}` is a type of the method `{method}`; types that several methods use belong in types.yaml"
        )),
        None => sink.advised(diagnostic, written, BUILT_IN.into_iter().chain(scope.names()), |_| {
            format!("declare it under `types:`, or use one of {}", list(&BUILT_IN))
        }),
    };
    sink.report(diagnostic);
    Type::Invalid
}

fn refuse_as(entry: &Entry, r#as: As, written: &str, ty: &Type, sink: &mut Sink) {
    let fits = matches!(
        (r#as, ty),
        (_, Type::Invalid)
            | (As::Text, Type::Integer { .. } | Type::Fen { .. } | Type::DateTime(_))
            | (As::Number, Type::Decimal { .. })
            | (As::JsonText, Type::Record(_) | Type::Map(_) | Type::Json)
    );
    if !fits {
        let message = format!("this value of `as` does not apply to `{written}`");
        sink.report(Diagnostic::at(rules::BAD_VALUE, entry.value.span, message).help(
            "integers, fen and times can be `as: text`, decimals `as: number`, records and maps `as: json_text`",
        ));
    }
}

/// The keys of a field that only some types have.
struct Extras<'n>(Vec<(&'static Row, &'n Entry)>);

impl<'n> Extras<'n> {
    fn node(&self, key: &str) -> Option<&'n Node> {
        self.0.iter().find(|(row, _)| row.key == key).map(|(_, entry)| &entry.value)
    }

    fn decimal(&self, r#as: Option<As>, span: SourceSpan, sink: &mut Sink) -> Type {
        let Some(node) = self.node("scale") else {
            sink.report(
                Diagnostic::at(rules::MISSING_KEY, span, "a decimal needs `scale`")
                    .help("say how many decimal places there are: `scale: 2`"),
            );
            return Type::Invalid;
        };
        let bare = r#as == Some(As::Number);
        scale(node, sink).map_or(Type::Invalid, |scale| Type::Decimal { scale, bare, yuan: false })
    }

    fn money(&self, r#as: Option<As>, span: SourceSpan, sink: &mut Sink) -> Type {
        let Some(node) = self.node("unit") else {
            sink.report(
                Diagnostic::at(rules::MISSING_KEY, span, "an amount of money needs `unit`").help(
                    "write `unit: fen` for whole hundredths, `unit: yuan` for exact decimals",
                ),
            );
            return Type::Invalid;
        };
        let fen = word("unit", node, &UNIT, sink);
        let scale = self.node("scale").and_then(|node| scale(node, sink)).unwrap_or(2);
        match fen {
            Some(true) => Type::Fen { quoted: r#as == Some(As::Text) },
            Some(false) => Type::Decimal { scale, bare: r#as == Some(As::Number), yuan: true },
            None => Type::Invalid,
        }
    }

    fn boolean(&self, scope: &Scope<'_>, sink: &mut Sink) -> Type {
        let own = self.node("spelling").and_then(|node| spelling(node, sink));
        let (yes, no) = own.unwrap_or_else(|| scope.values.boolean.clone());
        Type::Boolean { yes, no }
    }

    fn time(
        &self,
        scope: &Scope<'_>,
        r#as: Option<As>,
        span: SourceSpan,
        sink: &mut Sink,
    ) -> TimeCodec {
        let format = self.node("format").and_then(|node| time_format(node, sink));
        let never = self.node("never").and_then(|node| text(node, sink)).map(str::to_owned);
        let zone = self.node("zone").and_then(|node| offset(node, sink));
        // The platform's text for "not yet" is written in the platform's time format, and means
        // nothing in another format.
        let inherited = if format.is_none() { scope.values.never.clone() } else { None };
        let written = format.unwrap_or(scope.values.datetime);
        TimeCodec {
            format: written.to_owned(),
            offset: zone.unwrap_or_else(|| scope.time_zone.of(written, span)),
            never: never.or(inherited),
            quoted: r#as == Some(As::Text),
        }
    }

    fn map_of(&self, sink: &mut Sink) -> MapOf {
        self.node("of").and_then(|node| word("of", node, &MAP_OF, sink)).unwrap_or(MapOf::Text)
    }

    fn refuse_others(&self, written: &str, ty: &Type, sink: &mut Sink) {
        if *ty == Type::Invalid {
            return;
        }
        let is_fen = matches!(ty, Type::Fen { .. });
        for (row, entry) in &self.0 {
            let types = row.of.map_or(&[][..], |of| of.values);
            if types.contains(&written) && !(row.key == "scale" && is_fen) {
                continue;
            }
            let message = format!("`{}` does not apply to `{written}`", row.key);
            let diagnostic = Diagnostic::at(rules::UNKNOWN_KEY, entry.key_span, message);
            let of = types.first().copied().unwrap_or_default();
            let help = format!("write `type: {of}`, or remove `{}`", row.key);
            sink.report(diagnostic.help(help));
        }
    }
}

fn scale(node: &Node, sink: &mut Sink) -> Option<u32> {
    let scale = number(node, sink)?;
    if scale > 18 {
        bad_value(node, format!("the scale is {scale}, but the maximum is 18"), sink);
        return None;
    }
    Some(scale)
}

/// Reads the texts of a boolean: `[yes, no]`.
pub(super) fn spelling(node: &Node, sink: &mut Sink) -> Option<(String, String)> {
    match texts(node, sink).as_slice() {
        [(yes, _), (no, _)] if yes != no => Some((yes.clone(), no.clone())),
        _ => {
            bad_value(node, "a boolean needs two spellings, such as `[yes, no]`".to_owned(), sink);
            None
        }
    }
}
