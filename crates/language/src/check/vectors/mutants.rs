//! Small changes to a formula. If a changed formula still reproduces all vectors, the vectors do
//! not prove the part that was changed.

use crate::model::{Expr, ExprKind, Formula};
use crate::source::SourceSpan;
use gatespec_protocol::{Function, Pairs, Select};

/// A formula with one change.
pub(super) struct Mutant {
    pub(super) root: Expr,
    /// The span of the change.
    pub(super) span: SourceSpan,
    /// A description of the changed formula, such as "the formula without …".
    pub(super) what: String,
}

/// All mutants of a formula. If the gateway never sends empty texts (`omit_empty`), `nonempty` has
/// no effect, so it is not mutated.
pub(super) fn of(formula: &Formula, omit_empty: bool) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    mutate(&formula.root, omit_empty, &mut |root, span, what| {
        mutants.push(Mutant { root, span, what });
    });
    mutants
}

fn mutate(expr: &Expr, omit_empty: bool, emit: &mut dyn FnMut(Expr, SourceSpan, String)) {
    here(expr, omit_empty, emit);
    let items = match &expr.kind {
        ExprKind::Sum(items) | ExprKind::Join(_, items) | ExprKind::Call(_, items) => items,
        ExprKind::Op(_) | ExprKind::Pairs(..) => return,
    };
    for (index, item) in items.iter().enumerate() {
        mutate(item, omit_empty, &mut |changed, span, what| {
            let mut items = items.clone();
            items[index] = changed;
            emit(with_items(expr, items), span, what);
        });
    }
}

fn with_items(expr: &Expr, items: Vec<Expr>) -> Expr {
    let kind = match &expr.kind {
        ExprKind::Join(separator, _) => ExprKind::Join(separator, items),
        ExprKind::Call(function, _) => ExprKind::Call(*function, items),
        _ => ExprKind::Sum(items),
    };
    Expr { kind, span: expr.span }
}

/// Emits the changes to this node, but not the changes to the nodes inside it.
fn here(expr: &Expr, omit_empty: bool, emit: &mut dyn FnMut(Expr, SourceSpan, String)) {
    let span = expr.span;
    let mut change = |kind: ExprKind, what: String| emit(Expr { kind, span }, span, what);
    match &expr.kind {
        ExprKind::Sum(items) => {
            for index in 0..items.len() {
                let mut fewer = items.clone();
                let gone = fewer.remove(index);
                emit(with_items(expr, fewer), gone.span, "the formula without this".to_owned());
            }
        }
        ExprKind::Call(function, items) => {
            let name = function.name();
            for other in swaps(*function) {
                let what = format!("`{}` in place of `{name}`", other.name());
                change(ExprKind::Call(other, items.clone()), what);
            }
            if let (true, [inner]) = (function.is_encoder(), items.as_slice()) {
                change(inner.kind.clone(), format!("the formula without `{name}`"));
            }
        }
        // Public parameters are never empty, so no request could show a difference.
        ExprKind::Pairs(pairs, names) if !omit_empty && pairs.select != [Select::Public] => {
            let nonempty = !pairs.nonempty;
            let what = if nonempty {
                "`nonempty(…)` around this set"
            } else {
                "this set without `nonempty`"
            };
            change(ExprKind::Pairs(Pairs { nonempty, ..*pairs }, names.clone()), what.to_owned());
        }
        ExprKind::Op(_) | ExprKind::Join(..) | ExprKind::Pairs(..) => {}
    }
}

fn swaps(function: Function) -> Vec<Function> {
    use Function as F;
    match function {
        F::Hex => vec![F::UpperHex],
        F::UpperHex => vec![F::Hex],
        F::Rfc3986 => vec![F::Form],
        F::Form => vec![F::Rfc3986],
        F::Lower => vec![F::Upper],
        F::Upper => vec![F::Lower],
        _ => Vec::new(),
    }
}
