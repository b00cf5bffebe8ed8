//! Decodes scalars. Accepts a text instead of a number, and a number instead of a text, if nothing
//! is lost. Null counts as absent, and so does an empty text where another type is expected.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;

use super::form::Form;
use super::number::{exact, whole};
use super::value::shown;
use super::{BendKind, Context, Decoded, Number, Sink, Stop, Value};
use crate::datetime::{DateTime, TimeFormat};
use crate::raw_json::RawJson;

impl Value<'_> {
    /// Decodes a text. Numbers and booleans are converted to text. Returns `None` for null.
    ///
    /// # Errors
    /// [`Stop`] for lists and objects.
    pub fn text(self) -> Result<Option<String>, Stop> {
        self.characters("text", |text, _| Some(text.into_owned()))
    }

    /// Decodes an integer. Accepts `"12"` and `12.0` too, but not `12.5` or more than 64 bits.
    /// Returns `None` for null and for an empty text.
    ///
    /// # Errors
    /// [`Stop`] for everything else.
    pub fn integer(self) -> Result<Option<i64>, Stop> {
        const EXPECTED: &str = "a 64-bit integer";
        self.number(EXPECTED, Form::Number, |number| {
            let whole = match number {
                Number::Signed(number) => Some(number),
                Number::Unsigned(number) => i64::try_from(number).ok(),
                Number::Token(text) => whole(text),
            };
            whole.ok_or_else(|| EXPECTED.into())
        })
    }

    /// Decodes a decimal without losing digits. If `most` is given, refuses a number with more
    /// decimal places than this; trailing zeros do not count. Returns `None` for null and for an
    /// empty text.
    ///
    /// # Errors
    /// [`Stop`] for everything else.
    pub fn decimal(self, most: Option<u32>) -> Result<Option<Decimal>, Stop> {
        const EXPECTED: &str = "a decimal of at most 28 digits";
        self.number(EXPECTED, Form::Text, |number| {
            let number = match number {
                Number::Unsigned(number) => number.into(),
                Number::Signed(number) => number.into(),
                Number::Token(text) => exact(text).ok_or(EXPECTED)?,
            };
            // An amount with a fraction of a fen is refused, because it would have to be rounded
            // later.
            match most.filter(|most| number.normalize().scale() > *most) {
                Some(most) => Err(format!("an amount of at most {most} decimals").into()),
                None => Ok(number),
            }
        })
    }

    /// Decodes a time. Returns `None` for null, an empty text, a zero date, and `never`, which is
    /// the platform's text for "no time".
    ///
    /// # Errors
    /// [`Stop`] for everything else.
    pub fn time(
        self,
        format: TimeFormat<'_>,
        never: Option<&str>,
    ) -> Result<Option<DateTime>, Stop> {
        let form = self.form.or(if format.is_number() { Form::Number } else { Form::Text });
        self.scalar("a date-time", |scalar, cx| {
            let text = match scalar {
                Scalar::Flag(flag) => return Err(cx.mismatch("a date-time", flag.to_string())),
                Scalar::Number(number) => Cow::Owned(number.to_string()),
                Scalar::Text(text) => Cow::Borrowed(text),
            };
            // `1672502400.0` and `1.6725024e9` are whole numbers too.
            let number = format.is_number() || matches!(scalar, Scalar::Number(_));
            let fraction = number && text.contains(['.', 'e', 'E']);
            let plain = fraction.then(|| whole(&text)).flatten();
            let text = plain.map_or(text, |number| number.to_string().into());
            if never == Some(&*text) {
                return Ok(None);
            }
            if text.is_empty() || is_zero_date(&text, format) {
                cx.bend(BendKind::StandIn);
                return Ok(None);
            }
            scalar.came(form, cx);
            // The parser's error may quote a private number, so it is not used.
            format.parse(&text).map(Some).map_err(|_| {
                cx.mismatch(&format!("a date-time as {}", format.describe()), scalar.to_string())
            })
        })
    }

    /// Decodes a value of an open enumeration. `choose` receives the text of the value, and returns
    /// whether the spec lists it. `choose` is not called for null. An empty text that the spec does
    /// not list counts as absent.
    ///
    /// # Errors
    /// [`Stop`] for lists and objects.
    pub fn choice(self, choose: &mut dyn FnMut(&str) -> bool) -> Decoded {
        let expected = "a value of an enumeration";
        let found = self.characters(expected, |text, cx| match (choose(&text), text.is_empty()) {
            (true, _) => Some(()),
            (false, false) => {
                cx.bend(BendKind::UnknownValue);
                Some(())
            }
            (false, true) => {
                cx.holds = true;
                cx.bend(BendKind::StandIn);
                None
            }
        });
        found.map(drop)
    }

    /// Decodes JSON as it is written. Returns `None` for null.
    ///
    /// # Errors
    /// [`Stop`] if the text is not JSON.
    pub fn json(self) -> Result<Option<RawJson>, Stop> {
        let json = self.source.json(self.cx)?;
        (self.cx.filled, self.cx.holds) = (!json.is_null(), true);
        Ok(self.cx.filled.then_some(json))
    }

    /// Passes the text of a scalar to `read`.
    fn characters<T>(
        self,
        expected: &str,
        mut read: impl FnMut(Cow<'_, str>, &mut Context) -> Option<T>,
    ) -> Result<Option<T>, Stop> {
        let form = self.form.or(Form::Text);
        self.scalar(expected, |scalar, cx| {
            scalar.came(form, cx);
            let text = match scalar {
                Scalar::Flag(flag) => {
                    cx.bend(BendKind::BooleanForText);
                    Cow::Owned(flag.to_string())
                }
                Scalar::Number(number) => Cow::Owned(number.to_string()),
                Scalar::Text(text) => Cow::Borrowed(text),
            };
            Ok(read(text, cx))
        })
    }

    /// Passes a number to `read`, whose error says what it expected.
    fn number<T>(
        self,
        expected: &str,
        usual: Form,
        read: impl Fn(Number<'_>) -> Result<T, Cow<'static, str>>,
    ) -> Result<Option<T>, Stop> {
        let form = self.form.or(usual);
        self.scalar(expected, |scalar, cx| {
            let number = match scalar {
                Scalar::Flag(_) => return Err(cx.mismatch(expected, scalar.to_string())),
                Scalar::Number(number) => number,
                Scalar::Text(text) => Number::Token(text.trim()),
            };
            if let Number::Token("") = number {
                cx.bend(BendKind::StandIn);
                return Ok(None);
            }
            scalar.came(form, cx);
            read(number).map(Some).map_err(|expected| cx.mismatch(&expected, scalar.to_string()))
        })
    }

    /// Passes a scalar to `read`. Returns `None` if there is no value.
    pub(super) fn scalar<T>(
        self,
        expected: &str,
        mut read: impl FnMut(Scalar<'_>, &mut Context) -> Taken<T>,
    ) -> Taken<T> {
        let mut found = None;
        let take = |scalar: Scalar<'_>, cx: &mut Context| {
            found = read(scalar, cx)?;
            cx.filled = found.is_some();
            Ok(())
        };
        self.take(&mut ScalarSink { expected, take })?;
        Ok(found)
    }
}

/// The result of decoding a scalar; `None` if there is no value.
type Taken<T> = Result<Option<T>, Stop>;

/// A scalar as it was received. `Display` formats it for messages.
#[derive(Clone, Copy)]
pub(super) enum Scalar<'a> {
    Flag(bool),
    Number(Number<'a>),
    Text(&'a str),
}

impl Scalar<'_> {
    /// Records a bend if the spec states the other form for the scalar.
    fn came(self, form: Form, cx: &mut Context) {
        match self {
            Scalar::Flag(_) => {}
            Scalar::Number(_) => form.number(cx),
            Scalar::Text(_) => form.text(cx),
        }
    }
}

impl fmt::Display for Scalar<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scalar::Flag(flag) => flag.fmt(f),
            Scalar::Number(number) => write!(f, "the number {number}"),
            Scalar::Text(text) => f.write_str(&shown(text)),
        }
    }
}

struct ScalarSink<'a, F> {
    expected: &'a str,
    take: F,
}

impl<F: FnMut(Scalar<'_>, &mut Context) -> Decoded> Sink for ScalarSink<'_, F> {
    fn expected(&self) -> &str {
        self.expected
    }
    fn wants_digits(&self) -> bool {
        true
    }
    fn flag(&mut self, flag: bool, cx: &mut Context) -> Decoded {
        (self.take)(Scalar::Flag(flag), cx)
    }
    fn number(&mut self, number: Number<'_>, cx: &mut Context) -> Decoded {
        (self.take)(Scalar::Number(number), cx)
    }
    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        (self.take)(Scalar::Text(text), cx)
    }
}

/// Whether a text is a zero date such as `0000-00-00 00:00:00`, which databases write for null.
fn is_zero_date(text: &str, format: TimeFormat<'_>) -> bool {
    !format.is_number()
        && text.starts_with("0000")
        && !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}
