//! Digests whose output is their state: whoever knows one of a text knows that of a longer text.

use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Expr, ExprKind, Gateway};
use gatespec_protocol::{Function, Op};

/// A digest that is the signature itself, over a secret and, at the end, something that a request
/// says. A literal text after that is no protection: what is appended can end with it again.
pub(super) fn check(gateway: &Gateway, root: &Expr, sink: &mut Sink) {
    let Some((digest, argument)) = outermost(root) else { return };
    let mut pieces = Vec::new();
    flatten(argument, &mut pieces);
    let is_secret = |expr: &&Expr| match expr.kind {
        ExprKind::Op(Op::Credential(name)) => {
            gateway.credentials.iter().any(|one| one.name == name && one.sensitive)
        }
        _ => false,
    };
    let is_text = |expr: &&&Expr| matches!(expr.kind, ExprKind::Op(Op::Text(_)));
    let Some(last) = pieces.iter().rev().find(|piece| !is_text(piece)) else { return };
    if pieces.iter().any(is_secret) && is_open(last) {
        let message = "a signature over a secret that ends with something else can be extended";
        sink.report(
            Diagnostic::at(rules::LENGTH_EXTENSION, digest.span, message)
                .also(last.span, "more can be appended to this"),
        );
    }
}

/// The digest that a formula spells out, and what it is of. That of another digest shows no state.
fn outermost(root: &Expr) -> Option<(&Expr, &Expr)> {
    use Function as F;
    let items = match &root.kind {
        ExprKind::Call(F::Md5 | F::Sha1 | F::Sha256, items) => return Some((root, items.first()?)),
        ExprKind::Call(function, items) if !function.is_digest() => items,
        ExprKind::Sum(items) => items,
        _ => return None,
    };
    match items.as_slice() {
        [only] => outermost(only),
        _ => None,
    }
}

fn flatten<'e>(expr: &'e Expr, out: &mut Vec<&'e Expr>) {
    match &expr.kind {
        ExprKind::Sum(items) | ExprKind::Join(_, items) => {
            items.iter().for_each(|item| flatten(item, out));
        }
        _ => out.push(expr),
    }
}

/// It can hold any bytes, and end with any. Percent-encoded text has no padding of a digest in it.
fn is_open(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Pairs(..) => true,
        ExprKind::Op(op) => matches!(op, Op::Body | Op::Path | Op::Value(_)),
        ExprKind::Call(Function::Lower | Function::Upper, items) => items.iter().all(is_open),
        _ => false,
    }
}
