//! In which form a value travels by the spec, where numbers and texts stand for each other.

use super::{BendKind, Context, Value};

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

impl<'v> Value<'v> {
    /// A number that the spec puts into quotes.
    #[must_use]
    pub(crate) fn quoted(self) -> Value<'v> {
        self.travels(Form::Text)
    }

    /// A decimal or a value of an enumeration that the spec leaves without quotes.
    #[must_use]
    pub(crate) fn bare(self) -> Value<'v> {
        self.travels(Form::Number)
    }

    fn travels(self, form: Form) -> Value<'v> {
        let form = if self.form == Form::Piece { Form::Piece } else { form };
        Value { form, ..self }
    }

    /// One piece of a delimited text.
    pub(super) fn piece(self) -> Value<'v> {
        Value { form: Form::Piece, ..self }
    }
}
