//! Finding and changing parts of a formula.

use super::signing::{Compare, Sent, Signing};
use gatespec_protocol as rt;
use rt::{Function, Location, Op, Pairs, Piece, Role, Select};

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

/// Changes every set of pairs.
pub(super) fn change_sets<'a>(
    signing: &mut Signing<'a>,
    change: impl Fn(&Signing<'a>, Pairs<'a>) -> Pairs<'a>,
) {
    for at in 0..signing.recipe.len() {
        if let Op::Pairs(pairs) = signing.recipe[at] {
            signing.recipe[at] = Op::Pairs(change(signing, pairs));
        }
    }
}

/// Which encoders a piece has.
pub(super) type Change<'c> = &'c dyn Fn(PieceKind, &[Function]) -> Vec<Function>;

/// What a piece writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    Name,
    Value,
}

/// Changes the encoders of names and values.
pub(super) fn change_encoders(signing: &mut Signing<'_>, change: Change<'_>) {
    let arena = signing.arena;
    change_sets(signing, |_, pairs| {
        let keep = |kind, all: &[Function]| &*arena.alloc_slice_copy(&change(kind, all));
        let template = pairs.template.iter().map(|piece| match *piece {
            Piece::Name(all) => Piece::Name(keep(PieceKind::Name, all)),
            Piece::Value(all) => Piece::Value(keep(PieceKind::Value, all)),
            Piece::Json(all) => Piece::Json(keep(PieceKind::Value, all)),
            piece => piece,
        });
        Pairs { template: arena.alloc_slice_fill_iter(template), ..pairs }
    });
}

/// The parameters that a set selects, in the order given.
pub(super) fn selected<'s, 'a>(
    signing: &'s Signing<'a>,
    pairs: &'s Pairs<'a>,
) -> impl Iterator<Item = &'s Sent<'a>> {
    signing.params.iter().filter(|sent| {
        sent.role != Role::Signature
            && !(pairs.nonempty && sent.value.is_empty())
            && !pairs.except.contains(&sent.name)
            && pairs.select.iter().any(|set| is_in(sent, set))
    })
}

/// The formula with every set in an order of its own; names in a list keep theirs.
pub(super) fn ordered<'a>(signing: &Signing<'a>, compare: Compare) -> Vec<Op<'a>> {
    let arena = signing.arena;
    let mut ordered = signing.clone();
    change_sets(&mut ordered, |signing, pairs| {
        if matches!(pairs.select, [Select::Names(_)]) {
            return pairs;
        }
        let mut chosen: Vec<_> = selected(signing, &pairs).collect();
        chosen.sort_by(|a, b| compare(a, b));
        let mut names: Vec<&str> = Vec::with_capacity(chosen.len());
        for sent in chosen {
            if !names.contains(&sent.name) {
                names.push(sent.name);
            }
        }
        let select = arena.alloc_slice_copy(&[Select::Names(arena.alloc_slice_copy(&names))]);
        Pairs { select, ..pairs }
    });
    ordered.recipe
}

fn is_in(sent: &Sent<'_>, set: &Select<'_>) -> bool {
    match set {
        Select::All => true,
        Select::Public => sent.role == Role::Public,
        Select::Business => matches!(sent.role, Role::Business | Role::Extra),
        Select::Query => sent.place == Location::Query,
        Select::Form => sent.place == Location::Form,
        Select::Header => sent.place == Location::Header,
        Select::Names(names) => names.contains(&sent.name),
    }
}

/// Some set selects it.
pub(super) fn is_signed(signing: &Signing<'_>, sent: &Sent<'_>) -> bool {
    let by_set = |pairs: &Pairs<'_>| selected(signing, pairs).any(|one| one.name == sent.name);
    let by_name = |op: &Op<'_>| match op {
        Op::Value(name) => *name == sent.name,
        _ => false,
    };
    sets(&signing.recipe).any(by_set) || signing.recipe.iter().any(by_name)
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
