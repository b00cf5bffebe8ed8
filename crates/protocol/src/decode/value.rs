//! Values, their sources and their sinks. Sources and sinks are trait objects, so that the walk is
//! compiled once and not for each record.

use std::fmt;

use super::bend::BendKind;
use super::context::{Context, Decoded, Stop};
use super::form::Form;
use crate::raw_json::RawJson;
use crate::write::ListStyle;

/// Receives the members of an object. Dyn-compatible.
pub trait Decode {
    /// Receives one member. If the member is unknown, call [`Value::unknown`].
    ///
    /// # Errors
    /// [`Stop`] if the value does not have the expected type.
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded;

    /// The name of the first required member that has not been received.
    fn lacks(&self) -> Option<&str> {
        None
    }
}

/// Calls the function for each member.
impl<F: FnMut(&str, Value<'_>) -> Decoded> Decode for F {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        self(name, value)
    }
}

/// A value of an answer, to be decoded once or skipped.
pub struct Value<'v> {
    pub(super) source: &'v mut dyn Next,
    pub(super) cx: &'v mut Context,
    pub(super) form: Form,
    pub(super) private: bool,
}

impl<'v> Value<'v> {
    pub(crate) fn new(source: &'v mut dyn Next, cx: &'v mut Context) -> Value<'v> {
        Value { source, cx, form: Form::Usual, private: false }
    }

    /// Marks the value private, so that errors never quote it.
    #[must_use]
    pub fn private(self) -> Value<'v> {
        Value { private: true, ..self }
    }

    /// Decodes the value with `take`. Returns whether the value was present.
    ///
    /// # Errors
    /// The error of `take`.
    pub fn optional(self, take: impl FnOnce(Value<'_>) -> Decoded) -> Result<bool, Stop> {
        let Value { source, cx, form, private } = self;
        cx.filled = false;
        take(Value { source, cx: &mut *cx, form, private })?;
        if !cx.filled {
            cx.lack(None);
        }
        Ok(cx.filled)
    }

    /// Decodes the value into `sink`. An error does not quote the value if it is private.
    pub(crate) fn take(self, sink: &mut dyn Sink) -> Decoded {
        self.cx.filled = false;
        let outcome = self.source.read(sink, self.cx);
        if outcome.is_err() && self.private {
            self.cx.mask();
        }
        outcome
    }

    /// Decodes the data with `take`. The paths of errors begin at the data. Returns whether there
    /// was data, or at least an empty placeholder for an object.
    pub(crate) fn observe(self, take: &mut dyn FnMut(Value<'_>) -> Decoded) -> Result<bool, Stop> {
        let Value { source, cx, .. } = self;
        (cx.filled, cx.placeholder) = (false, false);
        let outcome = take(Value::new(source, &mut *cx)).and_then(|()| cx.nothing_lacks());
        outcome.inspect_err(|_| cx.complete())?;
        cx.bends.settle();
        Ok(cx.filled || cx.placeholder)
    }

    /// Refuses the value, for decoders of types that are known only at run time.
    ///
    /// # Errors
    /// Always [`Stop`]. The error says what was expected and what was found.
    pub fn refuse(self, expected: &str, found: &str) -> Decoded {
        Err(self.cx.mismatch(expected, found))
    }

    /// Skips the value.
    ///
    /// # Errors
    /// [`Stop`] if the text is not JSON.
    pub fn skip(self) -> Decoded {
        self.source.skip(self.cx)
    }

    /// Skips a member that matches no field of the record, and records this as a bend.
    ///
    /// # Errors
    /// [`Stop`] if the text is not JSON.
    pub fn unknown(self) -> Decoded {
        self.cx.bends.push(BendKind::UnknownField);
        self.skip()
    }
}

impl<'v> Value<'v> {
    /// Makes the decoder expect a number in quotes.
    #[must_use]
    pub(crate) fn quoted(self) -> Value<'v> {
        self.travels(Form::Text)
    }

    /// Makes the decoder expect a decimal or an enumeration's value without quotes.
    #[must_use]
    pub(crate) fn bare(self) -> Value<'v> {
        self.travels(Form::Number)
    }

    fn travels(self, form: Form) -> Value<'v> {
        let form = if self.form == Form::Piece { Form::Piece } else { form };
        Value { form, ..self }
    }

    /// Marks the value as a piece of a delimited text.
    pub(super) fn piece(self) -> Value<'v> {
        Value { form: Form::Piece, ..self }
    }
}

/// A value that has not been decoded yet.
pub(crate) trait Next {
    fn read(&mut self, sink: &mut dyn Sink, cx: &mut Context) -> Decoded;
    fn skip(&mut self, cx: &mut Context) -> Decoded;
    fn json(&mut self, cx: &mut Context) -> Result<RawJson, Stop>;
}

/// A number of an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Number<'a> {
    Unsigned(u64),
    Signed(i64),
    /// The number as written.
    Token(&'a str),
}

impl fmt::Display for Number<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Unsigned(number) => number.fmt(f),
            Number::Signed(number) => number.fmt(f),
            Number::Token(text) => f.write_str(text),
        }
    }
}

/// What a text in a query or form contains, if it is not plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nests<'a> {
    Object,
    List(ListStyle<'a>),
}

/// Receives a value. The default methods report a mismatch.
pub(crate) trait Sink {
    /// The expected type, for messages.
    fn expected(&self) -> &str;
    /// What a text in a query or form contains, if it is not plain text.
    fn nests(&self) -> Option<Nests<'_>> {
        None
    }
    /// Whether the sink needs the digits of a number.
    fn wants_digits(&self) -> bool {
        false
    }
    fn null(&mut self, _: &mut Context) -> Decoded {
        Ok(())
    }
    fn flag(&mut self, flag: bool, cx: &mut Context) -> Decoded {
        Err(cx.mismatch(self.expected(), flag.to_string()))
    }
    fn number(&mut self, number: Number<'_>, cx: &mut Context) -> Decoded {
        Err(cx.mismatch(self.expected(), format!("the number {number}")))
    }
    fn float(&mut self, number: f64, cx: &mut Context) -> Decoded {
        if self.wants_digits() {
            return Err(cx.float(self.expected(), number));
        }
        Err(cx.mismatch(self.expected(), format!("the number {number}")))
    }
    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        Err(cx.mismatch(self.expected(), shown(text)))
    }
    fn items(&mut self, _: &mut dyn Items, cx: &mut Context) -> Decoded {
        Err(cx.mismatch(self.expected(), "a list"))
    }
    fn members(&mut self, _: &mut dyn Members, cx: &mut Context) -> Decoded {
        Err(cx.mismatch(self.expected(), "an object"))
    }
}

/// The beginning of a text, for messages.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("the text {:?}…", &text[..cut]),
        None => format!("the text {text:?}"),
    }
}

/// The members of an object.
pub(crate) trait Members {
    /// Whether no members remain.
    fn is_empty(&self) -> bool;
    fn each(&mut self, record: &mut dyn Decode, cx: &mut Context) -> Decoded;
}

/// The items of a list.
pub(crate) trait Items {
    fn each(&mut self, take: &mut dyn FnMut(Value<'_>) -> Decoded, cx: &mut Context) -> Decoded;
}
