//! The form that the spec gives to values that can be texts or numbers.

use super::bend::BendKind;
use super::context::Context;

/// The form that the spec gives to a value that can be a text or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The usual one of its type.
    Usual,
    Text,
    Number,
    /// A piece of a delimited text, which is always a text.
    Piece,
}

impl Form {
    /// This form, or `usual` if it is not stated.
    pub(super) fn or(self, usual: Form) -> Form {
        if self == Form::Usual { usual } else { self }
    }

    /// Records a number in place of a text.
    pub(super) fn number(self, cx: &mut Context) {
        if self == Form::Text {
            cx.bend(BendKind::NumberForText);
        }
    }

    /// Records a text in place of a number.
    pub(super) fn text(self, cx: &mut Context) {
        if self == Form::Number {
            cx.bend(BendKind::TextForNumber);
        }
    }
}
