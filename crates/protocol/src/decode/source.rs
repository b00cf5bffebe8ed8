//! Where values come from and who takes them: object-safe, so that the walk is compiled once and
//! not for each record.

use std::fmt;

use super::{Context, Decode, Decoded, Stop, Value};
use crate::json::is_json;
use crate::write::ListStyle;

/// A value that has not been read yet.
pub(crate) trait Next {
    fn read(&mut self, sink: &mut dyn Sink, cx: &mut Context) -> Decoded;
    fn skip(&mut self, cx: &mut Context) -> Decoded;
    fn json(&mut self, cx: &mut Context) -> Result<serde_json::Value, Stop>;
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

/// What a text holds that begins like an object or a list, and is one.
pub(super) fn json_within(text: &str) -> Option<&str> {
    let text = super::trim(text);
    (text.starts_with(['{', '[']) && is_json(text)).then_some(text)
}
