//! The signature formula, parsed and with its names resolved.

use crate::source::Span;
use gatespec_protocol::Function;

/// A formula and the text it was parsed from.
#[derive(Debug, Clone)]
pub struct Formula {
    /// As written.
    pub text: String,
    /// Where the text stands.
    pub span: Span,
    /// The sum at its top.
    pub root: Expr,
}

/// One node of a formula.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands; the whole formula where the scalar has escapes or folded lines.
    pub span: Span,
}

impl Expr {
    /// Visits this node and every node below it.
    pub fn walk<'e>(&'e self, visit: &mut impl FnMut(&'e Expr)) {
        visit(self);
        match &self.kind {
            ExprKind::Sum(items) | ExprKind::Join(_, items) | ExprKind::Call(_, items) => {
                items.iter().for_each(|item| item.walk(visit));
            }
            ExprKind::Text(_) | ExprKind::Atom(_) | ExprKind::Pairs(_) => {}
        }
    }
}

/// The forms of a node.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// A literal text.
    Text(String),
    /// A named piece of the request.
    Atom(Atom),
    /// Items one after another.
    Sum(Vec<Expr>),
    /// Items with a separator between; empty ones stay.
    Join(String, Vec<Expr>),
    /// A function over its arguments (`hmac_*`: key, then message).
    Call(Function, Vec<Expr>),
    /// Sorted pairs.
    Pairs(Pairs),
}

/// A named piece of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Atom {
    /// A credential.
    Credential(String),
    /// A label.
    Label(String),
    /// The HTTP verb.
    Verb,
    /// The method's wire name.
    Method,
    /// The nonce.
    Nonce,
    /// The signed path.
    Path,
    /// The exact body.
    Body,
    /// The only clock parameter.
    Clock,
    /// The text of a parameter that is always sent.
    Value(String),
}

/// Sorted pairs of what the request sends.
#[derive(Debug, Clone)]
pub struct Pairs {
    /// Which.
    pub set: PairSet,
    /// How each is written.
    pub template: Vec<Piece>,
    /// Between two of them.
    pub separator: String,
}

impl Pairs {
    /// Nothing stands between names and values, or between pairs: `a` and `bc` give the same text
    /// as `ab` and `c`.
    pub fn runs_together(&self) -> bool {
        let literal = self.template.iter().any(|piece| matches!(piece, Piece::Text(_)));
        self.separator.is_empty() && !literal
    }
}

/// Which pairs.
#[derive(Debug, Clone, Default)]
pub struct PairSet {
    /// The union of these.
    pub parts: Vec<Part>,
    /// Without empty texts.
    pub nonempty: bool,
    /// Without these names.
    pub except: Vec<(String, Span)>,
}

/// One part of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Everything sent.
    All,
    /// By role.
    Public,
    /// By role.
    Business,
    /// By place.
    Query,
    /// By place.
    Form,
    /// By place.
    Header,
    /// By name.
    Names(Vec<(String, Span)>),
}

/// One piece of a pair's template; functions are encoders, applied in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A literal text.
    Text(String),
    /// The name.
    Name(Vec<Function>),
    /// The value's text.
    Value(Vec<Function>),
    /// The value as JSON.
    Json(Vec<Function>),
    /// The value folded.
    Fold,
}
