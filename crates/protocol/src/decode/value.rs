//! Values: where they come from and who takes them. Object-safe, so that the walk is compiled once
//! and not for each record.

use std::fmt;

use super::bend::BendKind;
use super::context::{Context, Decoded, Stop};
use super::form::Form;
use crate::raw_json::RawJson;
use crate::write::ListStyle;

/// What takes the members of an object. Object safe.
pub trait Decode {
    /// Takes one member; one that is not known is [`Value::unknown`].
    ///
    /// # Errors
    /// [`Stop`] if the value is not of the type that is wanted.
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded;

    /// The first member that must be there, and has not arrived.
    fn lacks(&self) -> Option<&str> {
        None
    }
}

/// A function that takes each member.
impl<F: FnMut(&str, Value<'_>) -> Decoded> Decode for F {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        self(name, value)
    }
}

/// One value of an answer, to be taken once: by what it should be, or not at all.
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

    /// Lets `take` have the value, and says whether it was there.
    ///
    /// # Errors
    /// What `take` returns.
    pub fn optional(self, take: impl FnOnce(Value<'_>) -> Decoded) -> Result<bool, Stop> {
        let Value { source, cx, form, private } = self;
        cx.filled = false;
        take(Value { source, cx: &mut *cx, form, private })?;
        if !cx.filled {
            cx.lack(None);
        }
        Ok(cx.filled)
    }

    /// Lets `sink` take the value. Whatever went wrong shows no text if the value is private.
    pub(crate) fn take(self, sink: &mut dyn Sink) -> Decoded {
        self.cx.filled = false;
        let outcome = self.source.read(sink, self.cx);
        if outcome.is_err() && self.private {
            self.cx.mask();
        }
        outcome
    }

    /// Lets `take` have the value, from which on paths count, and says whether it was there, if only
    /// as a placeholder for an object.
    pub(crate) fn observe(self, take: &mut dyn FnMut(Value<'_>) -> Decoded) -> Result<bool, Stop> {
        let Value { source, cx, .. } = self;
        (cx.filled, cx.placeholder) = (false, false);
        let outcome = take(Value::new(source, &mut *cx)).and_then(|()| cx.nothing_lacks());
        outcome.inspect_err(|_| cx.complete())?;
        cx.bends.settle();
        Ok(cx.filled || cx.placeholder)
    }

    /// Refuses the value, for a decoder that is driven at run time.
    pub fn refuse(self, expected: &str, found: &str) -> Decoded {
        Err(self.cx.mismatch(expected, found))
    }

    /// Takes no notice of the value.
    pub fn skip(self) -> Decoded {
        self.source.skip(self.cx)
    }

    /// Takes no notice of a member that the record does not list, but says that it was there.
    pub fn unknown(self) -> Decoded {
        self.cx.bends.push(BendKind::UnknownField);
        self.skip()
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

/// A value that has not been read yet.
pub(crate) trait Next {
    fn read(&mut self, sink: &mut dyn Sink, cx: &mut Context) -> Decoded;
    fn skip(&mut self, cx: &mut Context) -> Decoded;
    fn json(&mut self, cx: &mut Context) -> Result<RawJson, Stop>;
}

/// A number as it arrives.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Number<'a> {
    Unsigned(u64),
    Signed(i64),
    /// Its characters.
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

/// What a text stands for where only texts travel, if not for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nests<'a> {
    Object,
    List(ListStyle<'a>),
}

/// What takes a value. All that it does not care for is a mismatch.
pub(crate) trait Sink {
    /// What it wants, for messages.
    fn expected(&self) -> &str;
    /// What a text in a query or form stands for, if not for itself.
    fn nests(&self) -> Option<Nests<'_>> {
        None
    }
    /// It wants the characters of a number.
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
    /// There is none, or none is left.
    fn is_empty(&self) -> bool;
    fn each(&mut self, record: &mut dyn Decode, cx: &mut Context) -> Decoded;
}

/// The items of a list.
pub(crate) trait Items {
    fn each(&mut self, take: &mut dyn FnMut(Value<'_>) -> Decoded, cx: &mut Context) -> Decoded;
}
