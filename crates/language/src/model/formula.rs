//! Formulas after parsing, with their names resolved.

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
    /// The program that generated code contains.
    pub recipe: Recipe<'static>,
}

/// One node of a formula.
#[derive(Debug, Clone)]
pub struct Expr {
    /// The kind of node, with the nodes inside it.
    pub kind: ExprKind,
    /// The span of the node. If the scalar has escapes or folded lines, the span of the whole
    /// formula.
    pub span: SourceSpan,
}

/// The kinds of nodes.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// A literal text, or a value of the request.
    Op(Op<'static>),
    /// Sorted pairs, and the parameter names that the formula lists, each with its span.
    Pairs(Pairs<'static>, Vec<(&'static str, SourceSpan)>),
    /// Nodes joined without a separator.
    Sum(Vec<Expr>),
    /// Nodes joined with a separator, which is also written next to empty ones.
    Join(&'static str, Vec<Expr>),
    /// A function and its arguments. The arguments of `hmac_*` are the key and the message.
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

/// Appends a literal. If a literal precedes it, the two are merged.
fn literal(text: &'static str, ops: &mut Vec<Op<'static>>) {
    match ops.last_mut() {
        _ if text.is_empty() => {}
        Some(Op::Text(before)) => *before = keep::text(&format!("{before}{text}")),
        _ => ops.push(Op::Text(text)),
    }
}
