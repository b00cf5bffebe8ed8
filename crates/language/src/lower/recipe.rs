//! A formula as a flat program: what is known now is merged now.

use crate::model::{Atom, Expr, ExprKind, Formula, Pairs, Part, Piece};
use bumpalo::Bump;
use gatespec_protocol as rt;

/// Lowers a formula.
pub fn recipe<'a>(formula: &'a Formula, arena: &'a Bump) -> rt::Recipe<'a> {
    let mut program = Program { arena, ops: Vec::new() };
    program.expr(&formula.root);
    rt::Recipe(arena.alloc_slice_fill_iter(program.ops))
}

struct Program<'a> {
    arena: &'a Bump,
    ops: Vec<rt::Op<'a>>,
}

impl<'a> Program<'a> {
    fn expr(&mut self, expr: &'a Expr) {
        match &expr.kind {
            ExprKind::Text(text) => self.text(text),
            ExprKind::Atom(atom) => self.ops.push(match atom {
                Atom::Credential(name) => rt::Op::Credential(name),
                Atom::Label(name) => rt::Op::Label(name),
                Atom::Verb => rt::Op::Verb,
                Atom::Method => rt::Op::Method,
                Atom::Nonce => rt::Op::Nonce,
                Atom::Path => rt::Op::Path,
                Atom::Body => rt::Op::Body,
                Atom::Clock => rt::Op::Clock,
                Atom::Value(name) => rt::Op::Value(name),
            }),
            ExprKind::Sum(items) => items.iter().for_each(|item| self.expr(item)),
            ExprKind::Join(separator, items) => {
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        self.text(separator);
                    }
                    self.expr(item);
                }
            }
            ExprKind::Call(function, arguments) => {
                for argument in arguments {
                    self.ops.push(rt::Op::Open);
                    self.expr(argument);
                }
                self.ops.push(rt::Op::Close(*function));
            }
            ExprKind::Pairs(pairs) => {
                let pairs = self.pairs(pairs);
                self.ops.push(rt::Op::Pairs(pairs));
            }
        }
    }

    /// Neighbouring literals are one.
    fn text(&mut self, text: &'a str) {
        if text.is_empty() {
            return;
        }
        if let Some(rt::Op::Text(before)) = self.ops.last_mut() {
            *before = self.arena.alloc_str(&format!("{before}{text}"));
        } else {
            self.ops.push(rt::Op::Text(text));
        }
    }

    fn pairs(&self, pairs: &'a Pairs) -> rt::Pairs<'a> {
        let arena = self.arena;
        let select = pairs.set.parts.iter().map(|part| match part {
            Part::All => rt::Select::All,
            Part::Public => rt::Select::Public,
            Part::Business => rt::Select::Business,
            Part::Query => rt::Select::Query,
            Part::Form => rt::Select::Form,
            Part::Header => rt::Select::Header,
            Part::Names(names) => rt::Select::Names(
                arena.alloc_slice_fill_iter(names.iter().map(|(name, _)| name.as_str())),
            ),
        });
        let template = pairs.template.iter().map(|piece| match piece {
            Piece::Text(text) => rt::Piece::Text(text),
            Piece::Name(encoders) => rt::Piece::Name(encoders),
            Piece::Value(encoders) => rt::Piece::Value(encoders),
            Piece::Json(encoders) => rt::Piece::Json(encoders),
            Piece::Fold => rt::Piece::Fold,
        });
        rt::Pairs {
            select: arena.alloc_slice_fill_iter(select),
            nonempty: pairs.set.nonempty,
            except: arena
                .alloc_slice_fill_iter(pairs.set.except.iter().map(|(name, _)| name.as_str())),
            template: arena.alloc_slice_fill_iter(template),
            separator: &pairs.separator,
        }
    }
}
