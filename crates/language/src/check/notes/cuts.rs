//! Pairs that are joined so that one text is several requests.

use crate::check::formula::{carrier, selects, selects_own};
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Expr, ExprKind, Field, Gateway, ListStyle, Method, Type};
use crate::suggest::list;
use gatespec_protocol::{Function, Pairs, Piece, Select, Source};
use std::collections::BTreeSet;

pub(super) fn check(gateway: &Gateway, methods: &[&Method], root: &Expr, sink: &mut Sink) {
    root.walk(&mut |expr| {
        let ExprKind::Pairs(pairs, _) = &expr.kind else { return };
        let names = free(gateway, methods, pairs);
        let how = match Join::of(pairs) {
            Join::Unseparated => "joined without a separator",
            Join::Raw if !names.is_empty() => "joined without encoding their values",
            Join::Raw | Join::Clear => return,
        };
        let message =
            format!("these pairs are {how}: other requests have the same text, and its signature");
        let diagnostic = Diagnostic::at(rules::SEVERAL_CUTS, expr.span, message);
        let names: Vec<_> = names.into_iter().collect();
        sink.report(match names.is_empty() {
            true => diagnostic,
            false => diagnostic.note(format!("texts that can hold other pairs: {}", list(&names))),
        });
    });
}

/// How pairs stay apart.
enum Join {
    /// Something between them that no value holds.
    Clear,
    /// Something that values can hold too.
    Raw,
    Unseparated,
}

impl Join {
    fn of(pairs: &Pairs<'_>) -> Self {
        let is_alone = matches!(pairs.select, [Select::Names([_])]);
        let is_text = |piece: Option<&Piece<'_>>| matches!(piece, Some(Piece::Text(_)));
        let template = pairs.template;
        let name = template.iter().position(|piece| matches!(piece, Piece::Name(_)));
        let value = template
            .iter()
            .position(|piece| matches!(piece, Piece::Value(_) | Piece::Json(_) | Piece::Fold));
        let touches = name.zip(value).is_some_and(|(name, value)| name.abs_diff(value) == 1);
        let is_apart =
            !pairs.separator.is_empty() || is_text(template.first()) || is_text(template.last());
        let encodes = |encoders: &&[Function]| {
            encoders.iter().any(|one| matches!(one, Function::Rfc3986 | Function::Form))
        };
        match value.map(|value| template[value]) {
            _ if is_alone => Join::Clear,
            _ if touches || !is_apart => Join::Unseparated,
            Some(Piece::Value(encoders)) if !encodes(&encoders) => Join::Raw,
            Some(Piece::Fold) => Join::Raw,
            _ => Join::Clear,
        }
    }
}

/// The parameters among these pairs whose text is free.
fn free<'m>(gateway: &'m Gateway, methods: &[&'m Method], pairs: &Pairs<'_>) -> BTreeSet<&'m str> {
    let public = gateway.public.iter().filter(|param| param.source == Source::Argument);
    let public = public.filter(|param| selects(pairs, param)).map(|param| param.name);
    let own = methods.iter().filter(|method| carrier(method.business()).is_none());
    let own = own.flat_map(|method| {
        let place = method.business().place();
        let sent = method.request.sent().filter(|field| is_free(field) && !field.in_path);
        sent.filter(move |field| selects_own(pairs, &field.name, place))
    });
    public.chain(own.map(|field| field.name.as_str())).collect()
}

/// Receivers take any text for it; that of other types is read, and a piece too many is noticed.
fn is_free(field: &Field) -> bool {
    let is_text = matches!(field.ty, Type::Text | Type::Enumeration(_));
    is_text && matches!(field.list, None | Some(ListStyle::Delimited(_) | ListStyle::Repeat))
}
