//! Whether the spec states that a value is sent as a text or as a number.

use super::bend::BendKind;
use super::context::Context;

/// The form that the spec states for a value that can be sent as a text or as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The usual form of the value's type.
    Usual,
    Text,
    Number,
    /// A piece of a delimited text, which is always a text.
    Piece,
}

impl Form {
    /// Returns this form, or `usual` if the spec states no form.
    pub(super) fn or(self, usual: Form) -> Form {
        if self == Form::Usual { usual } else { self }
    }

    /// Called for a number. Records a bend if the spec has a text.
    pub(super) fn number(self, cx: &mut Context) {
        if self == Form::Text {
            cx.bend(BendKind::NumberForText);
        }
    }

    /// Called for a text. Records a bend if the spec has a number.
    pub(super) fn text(self, cx: &mut Context) {
        if self == Form::Number {
            cx.bend(BendKind::TextForNumber);
        }
    }
}
