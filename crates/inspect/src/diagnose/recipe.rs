//! Finding and changing parts of a formula.

use gatespec_protocol as rt;
use rt::{Function, Op, Pairs, Piece, Select};

/// One application of a function in a formula, by the positions of its operations.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    pub(super) function: Function,
    /// Where the key of an HMAC begins.
    pub(super) key: Option<usize>,
    /// Where the argument begins.
    pub(super) open: usize,
    /// Where it ends.
    pub(super) close: usize,
    depth: usize,
}

impl Call {
    /// Where everything that belongs to it begins.
    pub(super) fn start(&self) -> usize {
        self.key.unwrap_or(self.open)
    }
}

/// Every application of a function, inner ones first.
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

/// The digest that is applied last.
pub(super) fn outermost(ops: &[Op<'_>]) -> Option<Call> {
    let digests = calls(ops).into_iter().filter(|call| call.function.is_digest());
    digests.rev().min_by_key(|call| call.depth)
}

/// Where the same operation stands for the nth time, from 0. Mistakes look for their place anew, since
/// another one may have been made before.
pub(super) fn nth(ops: &[Op<'_>], wanted: &Op<'_>, n: usize) -> Option<usize> {
    (0..ops.len()).filter(|at| ops[*at] == *wanted).nth(n)
}

/// Takes functions away and leaves what they were applied to.
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

/// Something in the formula is percent-encoded.
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

/// Every set of pairs in the formula.
pub(super) fn sets<'o, 'a>(ops: &'o [Op<'a>]) -> impl Iterator<Item = &'o Pairs<'a>> {
    ops.iter().filter_map(|op| match op {
        Op::Pairs(pairs) => Some(pairs),
        _ => None,
    })
}

/// A set in words.
pub(super) fn named(select: &[Select<'_>]) -> String {
    let parts: Vec<String> = select
        .iter()
        .map(|part| match part {
            Select::All => "all parameters".to_owned(),
            Select::Public => "the gateway's own parameters".to_owned(),
            Select::Business => "the method's parameters".to_owned(),
            Select::Query => "query parameters".to_owned(),
            Select::Form => "form parameters".to_owned(),
            Select::Header => "headers".to_owned(),
            Select::Names(names) => names.join(", "),
        })
        .collect();
    parts.join(" and ")
}
