//! Finds and changes parts of a formula.

use gatespec_protocol as rt;
use rt::{Function, Op, Pairs, Piece, Select};

/// An application of a function in a formula, given by the positions of its operations.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    pub(super) function: Function,
    /// The start of an HMAC's key.
    pub(super) key: Option<usize>,
    /// The start of the argument.
    pub(super) open: usize,
    /// The end of the argument.
    pub(super) close: usize,
    depth: usize,
}

impl Call {
    /// Returns the position at which the application starts, including the key of an HMAC.
    pub(super) fn start(&self) -> usize {
        self.key.unwrap_or(self.open)
    }
}

/// Returns all applications of functions, inner ones before outer ones.
pub(super) fn calls(ops: &[Op<'_>]) -> Vec<Call> {
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for (at, op) in ops.iter().enumerate() {
        match op {
            Op::Open => open.push(at),
            Op::Close(function) => {
                let Some(start) = open.pop() else { continue };
                let key = if function.is_hmac() { open.pop() } else { None };
                let depth = open.len();
                found.push(Call { function: *function, key, open: start, close: at, depth });
            }
            _ => {}
        }
    }
    found
}

/// Returns the outermost digest; of several at the same depth, the last.
pub(super) fn outermost(ops: &[Op<'_>]) -> Option<Call> {
    let digests = calls(ops).into_iter().filter(|call| call.function.is_digest());
    digests.rev().min_by_key(|call| call.depth)
}

/// Returns the position of the nth occurrence of an operation, counted from 0. A mistake stores `n`
/// and not the position, because another mistake may change the formula first.
pub(super) fn nth(ops: &[Op<'_>], wanted: &Op<'_>, n: usize) -> Option<usize> {
    (0..ops.len()).filter(|at| ops[*at] == *wanted).nth(n)
}

/// Removes the unwanted applications of functions, and keeps their arguments.
pub(super) fn unwrap(ops: &mut Vec<Op<'_>>, unwanted: impl Fn(&Call, &[Op<'_>]) -> bool) {
    let mut gone: Vec<usize> = calls(ops)
        .iter()
        .filter(|call| unwanted(call, &ops[call.open..call.close]))
        .flat_map(|call| [call.open, call.close])
        .collect();
    gone.sort_unstable();
    for at in gone.into_iter().rev() {
        ops.remove(at);
    }
}

pub(super) fn is_encoder(function: Function) -> bool {
    matches!(function, Function::Rfc3986 | Function::Form)
}

/// Whether the formula percent-encodes anything.
pub(super) fn encodes(ops: &[Op<'_>]) -> bool {
    ops.iter().any(|op| match op {
        Op::Close(function) => is_encoder(*function),
        Op::Pairs(pairs) => pairs.template.iter().any(|piece| match piece {
            Piece::Name(all) | Piece::Value(all) | Piece::Json(all) => {
                all.iter().any(|encoder| is_encoder(*encoder))
            }
            _ => false,
        }),
        _ => false,
    })
}

/// Returns all sets of pairs in a formula.
pub(super) fn sets<'o, 'a>(ops: &'o [Op<'a>]) -> impl Iterator<Item = &'o Pairs<'a>> {
    ops.iter().filter_map(|op| match op {
        Op::Pairs(pairs) => Some(pairs),
        _ => None,
    })
}

/// Describes a set of parameters in words.
pub(super) fn named(select: &[Select<'_>]) -> String {
    let parts: Vec<String> = select
        .iter()
        .map(|part| match part {
            Select::All => "all parameters".to_owned(),
            Select::Public => "the public parameters".to_owned(),
            Select::Business => "the method's parameters".to_owned(),
            Select::Query => "query parameters".to_owned(),
            Select::Form => "form parameters".to_owned(),
            Select::Header => "headers".to_owned(),
            Select::Names(names) => names.join(", "),
        })
        .collect();
    parts.join(" and ")
}
