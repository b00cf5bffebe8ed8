//! In which form a value travels by the spec, where numbers and texts stand for each other.

use super::bend::BendKind;
use super::context::Context;

/// What the spec says of a value that can be a text or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing: it is what its type usually is.
    Usual,
    Text,
    Number,
    /// A piece of a delimited text. It cannot be anything else.
    Piece,
}

impl Form {
    /// What the spec says of a value that usually is `usual`.
    pub(super) fn or(self, usual: Form) -> Form {
        if self == Form::Usual { usual } else { self }
    }

    /// A number came.
    pub(super) fn number(self, cx: &mut Context) {
        if self == Form::Text {
            cx.bend(BendKind::NumberForText);
        }
    }

    /// A text came.
    pub(super) fn text(self, cx: &mut Context) {
        if self == Form::Number {
            cx.bend(BendKind::TextForNumber);
        }
    }
}
