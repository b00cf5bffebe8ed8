//! Scalars. Text and numbers stand for each other where nothing is lost; null, and an empty text
//! where no text is wanted, mean that nothing is there.
//!
//! The lifetime of a place is spelled out (`'i`) because clippy would otherwise advise to pass these
//! methods in place of closures, which the compiler does not take: it asks for any `Value<'_>`.

use rust_decimal::Decimal;

use super::form::Form;
use super::number::{DecimalSink, IntegerSink};
use super::source::shown;
use super::{BendKind, ChoiceSlot, Context, Decoded, Number, Sink, Slot, Stop, Value};
use crate::datetime::{DateTime, TimeFormat};
use crate::money::Fen;

impl Value<'_> {
    /// Text. A number or boolean becomes its characters.
    pub fn text<'i>(self, into: &'i mut (impl Slot<String> + 'i)) -> Decoded {
        if let Some(text) = self.characters("text", private::<String, _>(into))? {
            into.fill(text);
        }
        Ok(())
    }

    /// An integer; `"12"` and `12.0` are one, `12.5` and what exceeds 64 bits are not.
    pub fn integer<'i>(self, into: &'i mut (impl Slot<i64> + 'i)) -> Decoded {
        if let Some(number) = self.whole(private::<i64, _>(into))? {
            into.fill(number);
        }
        Ok(())
    }

    /// An amount in fen.
    pub fn fen<'i>(self, into: &'i mut (impl Slot<Fen> + 'i)) -> Decoded {
        if let Some(number) = self.whole(private::<Fen, _>(into))? {
            into.fill(Fen(number));
        }
        Ok(())
    }

    /// A decimal, exact to the last digit.
    pub fn decimal<'i>(self, into: &'i mut (impl Slot<Decimal> + 'i)) -> Decoded {
        self.decimals(into, None)
    }

    /// An amount in a decimal currency. More decimals than `scale` are refused, unless they are
    /// zeros.
    pub fn amount<'i>(self, into: &'i mut (impl Slot<Decimal> + 'i), scale: u32) -> Decoded {
        self.decimals(into, Some(scale))
    }

    fn decimals<S: Slot<Decimal>>(self, into: &mut S, scale: Option<u32>) -> Decoded {
        let mut sink = DecimalSink::new(self.form, scale);
        self.take(&mut sink, S::PRIVATE)?;
        if let Some(number) = sink.found {
            into.fill(number);
        }
        Ok(())
    }

    /// An instant. An empty text and the platform's sentinel leave the place as it is.
    pub fn time(
        self,
        into: &mut impl Slot<DateTime>,
        format: TimeFormat<'_>,
        never: Option<&str>,
    ) -> Decoded {
        let usual = if format.is_number() { Form::Number } else { Form::Text };
        let mut sink = TimeSink { format, never, form: self.form.or(usual), found: None };
        self.take(&mut sink, private::<DateTime, _>(into))?;
        if let Some(time) = sink.found {
            into.fill(time);
        }
        Ok(())
    }

    /// A value of an open enumeration. An empty text leaves the place as it is.
    pub fn choice<'i, T>(self, into: &'i mut (impl ChoiceSlot<Choice = T> + 'i)) -> Decoded {
        let Value { source, cx, form, private } = self;
        let value = Value { source, cx: &mut *cx, form, private };
        let expected = "a value of an enumeration";
        match value.characters(expected, into.is_private())? {
            Some(text) if text.is_empty() => {
                cx.filled = false;
                cx.bend(BendKind::StandIn);
            }
            Some(text) => {
                if !into.choose(text) {
                    cx.bend(BendKind::UnknownValue);
                }
            }
            None => cx.filled = false,
        }
        Ok(())
    }

    /// JSON as it is.
    pub fn json<'i>(self, into: &'i mut (impl Slot<serde_json::Value> + 'i)) -> Decoded {
        let json = self.source.json(self.cx)?;
        self.cx.filled = !json.is_null();
        if !json.is_null() {
            into.fill(json);
        }
        Ok(())
    }

    fn characters(self, expected: &'static str, private: bool) -> Result<Option<String>, Stop> {
        let mut sink = TextSink { expected, form: self.form.or(Form::Text), found: None };
        self.take(&mut sink, private)?;
        Ok(sink.found)
    }

    fn whole(self, private: bool) -> Result<Option<i64>, Stop> {
        let mut sink = IntegerSink::new(self.form);
        self.take(&mut sink, private)?;
        Ok(sink.found)
    }
}

struct TextSink {
    expected: &'static str,
    form: Form,
    found: Option<String>,
}

impl TextSink {
    fn found(&mut self, text: String, cx: &mut Context) -> Decoded {
        self.found = Some(text);
        cx.filled = true;
        Ok(())
    }
}

impl Sink for TextSink {
    fn expected(&self) -> &str {
        self.expected
    }
    fn wants_digits(&self) -> bool {
        true
    }
    fn flag(&mut self, flag: bool, cx: &mut Context) -> Decoded {
        cx.bend(BendKind::BooleanForText);
        self.found(flag.to_string(), cx)
    }
    fn number(&mut self, number: Number<'_>, cx: &mut Context) -> Decoded {
        self.form.number(cx);
        self.found(number.to_string(), cx)
    }
    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        self.form.text(cx);
        self.found(text.to_owned(), cx)
    }
}

struct TimeSink<'a> {
    format: TimeFormat<'a>,
    never: Option<&'a str>,
    form: Form,
    found: Option<DateTime>,
}

impl TimeSink<'_> {
    fn read(&mut self, text: &str, shown: &dyn Fn() -> String, cx: &mut Context) -> Decoded {
        if self.never == Some(text) {
            return Ok(());
        }
        if text.is_empty() || is_zero_date(text, self.format) {
            cx.bend(BendKind::StandIn);
            return Ok(());
        }
        // Not the error's own text: it can repeat a number that is private.
        let wrong = |_| format!("a date-time as {}", self.format.describe());
        let time = self.format.parse(text).map_err(wrong);
        self.found = Some(time.map_err(|expected| cx.mismatch(&expected, shown()))?);
        cx.filled = true;
        Ok(())
    }
}

/// `0000-00-00 00:00:00`: what a database without null writes.
fn is_zero_date(text: &str, format: TimeFormat<'_>) -> bool {
    !format.is_number()
        && text.starts_with("0000")
        && !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}

impl Sink for TimeSink<'_> {
    fn expected(&self) -> &str {
        "a date-time"
    }
    fn wants_digits(&self) -> bool {
        true
    }
    fn number(&mut self, number: Number<'_>, cx: &mut Context) -> Decoded {
        let text = number.to_string();
        self.form.number(cx);
        self.read(&text, &|| format!("the number {number}"), cx)
    }
    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        if !text.is_empty() {
            self.form.text(cx);
        }
        self.read(text, &|| shown(text), cx)
    }
}

/// Whether what goes to this place never shows.
fn private<T, S: Slot<T>>(_: &S) -> bool {
    S::PRIVATE
}
