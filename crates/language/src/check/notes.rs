//! Notes on what a signature does not protect. The spec has no mistake, but a receiver must know
//! this.

use super::formula::carrier;
use super::lints;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::dynamic::{Schemas, Side};
use crate::gaps::{Gap, colliding, covers, gaps, signed};
use crate::model::{Expr, ExprKind, Field, Gateway, Method, Model, Platform, SignatureMethod};
use crate::source::SourceSpan;
use crate::suggest::list;
use bumpalo::Bump;
use gatespec_protocol::{Location, Op, Placement, SendPolicy, Source};
use std::collections::BTreeSet;

/// Reports all notes: the notes of the lints, and the gaps of each gateway's formulas.
pub fn notes(model: &Model, sink: &mut Sink) {
    sink.takes_notes();
    lints::notes(model, sink);
    for platform in &model.platforms {
        for (index, gateway) in platform.gateways.iter().enumerate() {
            let methods: Vec<_> =
                platform.methods.iter().filter(|method| method.gateway == index).collect();
            for signature in &gateway.signatures {
                let root = &signature.formula.root;
                let ops = signed(gateway.facts, signature.recipe);
                for method in &methods {
                    unsigned(method, &ops, signature.formula.span, sink);
                }
                not_sent(gateway, &methods, root, sink);
                for gap in gaps(gateway.facts, signature.recipe) {
                    match gap {
                        // These gaps are reported for each method, with the names of the fields.
                        Gap::Unsigned(_) => {}
                        Gap::Recut(_) => several_cuts(platform, &methods, signature, &gap, sink),
                        Gap::Extension(_) => {
                            let span = signature.formula.span;
                            sink.report(Diagnostic::at(
                                rules::LENGTH_EXTENSION,
                                span,
                                in_a_message(&gap),
                            ));
                        }
                    }
                }
            }
        }
    }
}

/// Returns the sentence that describes a gap, in the style of messages: with a lowercase first
/// letter and without a full stop.
fn in_a_message(gap: &Gap<'_>) -> String {
    let mut text = gap.to_string();
    if text.ends_with('.') {
        text.pop();
    }
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

/// Reports that different requests can have the same signed text, and names the fields that could
/// differ.
fn several_cuts(
    platform: &Platform,
    methods: &[&Method],
    signature: &SignatureMethod,
    gap: &Gap<'_>,
    sink: &mut Sink,
) {
    let arena = Bump::new();
    let schemas = Schemas::new(platform, Side::Request, &arena);
    // Parameters inside a carrier are JSON, which can be read in only one way.
    let flat = methods.iter().filter(|method| carrier(method.business()).is_none());
    let names: BTreeSet<_> = flat
        .flat_map(|method| colliding(signature.recipe, schemas.record(&method.request)))
        .collect();
    let diagnostic = Diagnostic::at(rules::SEVERAL_CUTS, signature.formula.span, in_a_message(gap));
    let names: Vec<_> = names.into_iter().collect();
    sink.report(match names.as_slice() {
        [] => diagnostic,
        names => diagnostic.note(format!("fields that can collide: {}", list(names))),
    });
}

/// Whether a formula covers a field, or the parameter that carries it.
fn covers_field(ops: &[Op<'_>], method: &Method, field: &Field) -> bool {
    match method.business() {
        _ if field.in_path => ops.contains(&Op::Path),
        Placement::FormCarrier(name) => covers(ops, name, Location::Form, false),
        business => covers(ops, &field.name, business.place(), false),
    }
}

/// Reports the fields that are not signed, so that anyone can change them on the way.
fn unsigned(method: &Method, ops: &[Op<'_>], formula: SourceSpan, sink: &mut Sink) {
    let open: Vec<_> =
        method.request.sent().filter(|field| !covers_field(ops, method, field)).collect();
    let Some(first) = open.first() else { return };
    let names: Vec<_> = open.iter().map(|field| field.name.as_str()).collect();
    let message = format!("the signature of `{}` does not cover {}", method.name, list(&names));
    let place = match carrier(method.business()) {
        Some(name) => format!("it is sent in parameter `{name}`"),
        None if first.in_path => "it is part of the path".to_owned(),
        None => format!("it is sent in `{}`", method.business()),
    };
    sink.report(
        Diagnostic::at(rules::UNSIGNED, first.span, message)
            .label(place)
            .also(formula, "this formula"),
    );
}

/// Whether the signature itself contains this clock or nonce in a form that a receiver can read:
/// next to the digest and between literals.
fn tells(root: &Expr, expr: &Expr) -> bool {
    let ExprKind::Sum(items) = &root.kind else { return false };
    let is_told = |item: &Expr| matches!((&item.kind, &expr.kind), (ExprKind::Op(one), ExprKind::Op(other)) if one == other);
    let is_text = |item: Option<&Expr>| {
        item.is_none_or(|item| matches!(item.kind, ExprKind::Op(Op::Text(_))))
    };
    items.iter().position(is_told).is_some_and(|at| {
        let before = at.checked_sub(1).and_then(|before| items.get(before));
        is_text(before) && is_text(items.get(at + 1))
    })
}

/// Reports a clock or nonce that is signed but not sent in any form.
fn not_sent(gateway: &Gateway, methods: &[&Method], root: &Expr, sink: &mut Sink) {
    root.walk(&mut |expr| {
        if tells(root, expr) {
            return;
        }
        let is_meant: fn(&Source<'_>) -> bool = match expr.kind {
            ExprKind::Op(Op::Clock) => |source| matches!(source, Source::Clock(..)),
            ExprKind::Op(Op::Nonce) => |source| matches!(source, Source::Nonce(_)),
            _ => return,
        };
        let Some(param) = gateway.public.iter().find(|param| is_meant(&param.source)) else {
            return;
        };
        let silent = methods.iter().find(|method| method.silenced.contains(&param.name));
        let (whose, at) = match (param.send, silent) {
            (SendPolicy::Never, _) => ("the gateway".to_owned(), param.span),
            (_, Some(method)) => (format!("`{}`", method.name), method.span),
            _ => return,
        };
        let message = format!(
            "no receiver can verify this signature: {whose} signs `{}`, but does not send it",
            param.name
        );
        sink.report(
            Diagnostic::at(rules::UNVERIFIABLE, expr.span, message)
                .also(at, "this parameter is not sent"),
        );
    });
}
