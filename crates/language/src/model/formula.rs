//! The signature formula, parsed and with its names resolved.

use crate::keep;
use crate::source::SourceSpan;
use gatespec_protocol::{Function, Op, Pairs, Recipe};

/// A formula with its source text.
#[derive(Debug, Clone)]
pub struct Formula {
    /// The text as written.
    pub text: String,
    /// The span of the text.
    pub span: SourceSpan,
    /// The expression.
    pub root: Expr,
    /// The program in generated code.
    pub recipe: Recipe<'static>,
}

/// One node of a formula.
#[derive(Debug, Clone)]
pub struct Expr {
    /// The kind of the node, with its parts.
    pub kind: ExprKind,
    /// Its span; that of the whole formula if the scalar has escapes or folded lines.
    pub span: SourceSpan,
}

/// The kinds of nodes.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// A literal text, or a value of the request.
    Op(Op<'static>),
    /// Sorted pairs, with the names listed for them.
    Pairs(Pairs<'static>, Vec<(&'static str, SourceSpan)>),
    /// Items joined without a separator.
    Sum(Vec<Expr>),
    /// Items joined with a separator; empty items remain.
    Join(&'static str, Vec<Expr>),
    /// A function with its arguments (`hmac_*`: key, then message).
    Call(Function, Vec<Expr>),
}

impl Expr {
    /// Visits this node and all nodes below it.
    pub fn walk<'e>(&'e self, visit: &mut impl FnMut(&'e Expr)) {
        visit(self);
        match &self.kind {
            ExprKind::Sum(items) | ExprKind::Join(_, items) | ExprKind::Call(_, items) => {
                items.iter().for_each(|item| item.walk(visit));
            }
            ExprKind::Op(_) | ExprKind::Pairs(..) => {}
        }
    }

    /// The formula as a flat program.
    pub fn program(&self) -> Vec<Op<'static>> {
        let mut ops = Vec::new();
        self.write(&mut ops);
        ops
    }

    fn write(&self, ops: &mut Vec<Op<'static>>) {
        match &self.kind {
            ExprKind::Op(Op::Text(text)) => literal(text, ops),
            ExprKind::Op(op) => ops.push(*op),
            ExprKind::Pairs(pairs, _) => ops.push(Op::Pairs(*pairs)),
            ExprKind::Sum(items) => items.iter().for_each(|item| item.write(ops)),
            ExprKind::Join(separator, items) => {
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        literal(separator, ops);
                    }
                    item.write(ops);
                }
            }
            ExprKind::Call(function, arguments) => {
                for argument in arguments {
                    ops.push(Op::Open);
                    argument.write(ops);
                }
                ops.push(Op::Close(*function));
            }
        }
    }
}

/// Appends a literal, merging it with a preceding one.
fn literal(text: &'static str, ops: &mut Vec<Op<'static>>) {
    match ops.last_mut() {
        _ if text.is_empty() => {}
        Some(Op::Text(before)) => *before = keep::text(&format!("{before}{text}")),
        _ => ops.push(Op::Text(text)),
    }
}
