//! Scalars. Text and numbers stand for each other where nothing is lost; null, and an empty text
//! where no text is wanted, mean that nothing is there.

use rust_decimal::Decimal;

use super::form::Form;
use super::number::{DecimalSink, IntegerSink};
use super::source::shown;
use super::{BendKind, Context, Decoded, Number, Sink, Stop, Value};
use crate::datetime::{DateTime, TimeFormat};

impl Value<'_> {
    /// Text. A number or boolean becomes its characters.
    ///
    /// # Errors
    /// [`Stop`] for lists and objects. `None` stands for null, here and below.
    pub fn text(self) -> Result<Option<String>, Stop> {
        self.characters("text")
    }

    /// An integer; `"12"` and `12.0` are one, `12.5` and what exceeds 64 bits are not.
    ///
    /// # Errors
    /// [`Stop`] for everything else.
    pub fn integer(self) -> Result<Option<i64>, Stop> {
        let mut sink = IntegerSink::new(self.form);
        self.take(&mut sink)?;
        Ok(sink.found)
    }

    /// A decimal, exact to the last digit. More decimals than `most` are refused, unless they are
    /// zeros.
    ///
    /// # Errors
    /// [`Stop`] for everything else.
    pub fn decimal(self, most: Option<u32>) -> Result<Option<Decimal>, Stop> {
        let mut sink = DecimalSink::new(self.form, most);
        self.take(&mut sink)?;
        Ok(sink.found)
    }

    /// An instant. `None` stands for an empty text and the platform's sentinel, too.
    ///
    /// # Errors
    /// [`Stop`] for everything else.
    pub fn time(
        self,
        format: TimeFormat<'_>,
        never: Option<&str>,
    ) -> Result<Option<DateTime>, Stop> {
        let usual = if format.is_number() { Form::Number } else { Form::Text };
        let mut sink = TimeSink { format, never, form: self.form.or(usual), found: None };
        self.take(&mut sink)?;
        Ok(sink.found)
    }

    /// A value of an open enumeration. `choose` takes its text, and says whether the documents list
    /// it. Null and an empty text are not handed over.
    ///
    /// # Errors
    /// [`Stop`] for lists and objects.
    pub fn choice(self, choose: &mut dyn FnMut(String) -> bool) -> Decoded {
        let Value { source, cx, form, private } = self;
        let value = Value { source, cx: &mut *cx, form, private };
        match value.characters("a value of an enumeration")? {
            Some(text) if text.is_empty() => {
                cx.filled = false;
                cx.bend(BendKind::StandIn);
            }
            Some(text) => {
                if !choose(text) {
                    cx.bend(BendKind::UnknownValue);
                }
            }
            None => cx.filled = false,
        }
        Ok(())
    }

    /// JSON as it is.
    ///
    /// # Errors
    /// [`Stop`] if the text is not JSON.
    pub fn json(self) -> Result<Option<serde_json::Value>, Stop> {
        let json = self.source.json(self.cx)?;
        self.cx.filled = !json.is_null();
        Ok(self.cx.filled.then_some(json))
    }

    fn characters(self, expected: &'static str) -> Result<Option<String>, Stop> {
        let mut sink = TextSink { expected, form: self.form.or(Form::Text), found: None };
        self.take(&mut sink)?;
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
