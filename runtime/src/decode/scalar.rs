//! Scalars. Text and numbers stand for each other where nothing is lost; null, and an empty text
//! where no text is wanted, mean that nothing is there.
//!
//! The lifetime of a place is spelled out (`'i`) because clippy would otherwise advise to pass these
//! methods in place of closures, which the compiler does not take: it asks for any `Value<'_>`.

use rust_decimal::Decimal;

use super::number::{DecimalSink, IntegerSink};
use super::source::shown;
use super::{ChoiceSlot, Context, Decoded, Number, Sink, Slot, Stop, Value};
use crate::datetime::{DateTime, TimeFormat};
use crate::gateway::Spelling;
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
        let mut sink = DecimalSink(None);
        self.take(&mut sink, private::<Decimal, _>(into))?;
        if let Some(number) = sink.0 {
            into.fill(number);
        }
        Ok(())
    }

    /// A boolean: `true`, `false` or one of the two spellings.
    pub fn flag(self, into: &mut impl Slot<bool>, spelling: Spelling<'_>) -> Decoded {
        let mut sink = FlagSink { spelling, found: None };
        self.take(&mut sink, private::<bool, _>(into))?;
        if let Some(flag) = sink.found {
            into.fill(flag);
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
        let mut sink = TimeSink { format, never, found: None };
        self.take(&mut sink, private::<DateTime, _>(into))?;
        if let Some(time) = sink.found {
            into.fill(time);
        }
        Ok(())
    }

    /// A value of an open enumeration. An empty text leaves the place as it is.
    pub fn choice<'i, T>(self, into: &'i mut (impl ChoiceSlot<Choice = T> + 'i)) -> Decoded {
        let Value { source, cx } = self;
        let value = Value::new(source, &mut *cx);
        match value.characters("a value of an enumeration", into.is_private())? {
            Some(text) if !text.is_empty() => into.choose(text),
            _ => cx.filled = false,
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
        let mut sink = TextSink { expected, found: None };
        self.take(&mut sink, private)?;
        Ok(sink.found)
    }

    fn whole(self, private: bool) -> Result<Option<i64>, Stop> {
        let mut sink = IntegerSink(None);
        self.take(&mut sink, private)?;
        Ok(sink.0)
    }
}

struct TextSink {
    expected: &'static str,
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
        self.found(flag.to_string(), cx)
    }
    fn number(&mut self, number: Number<'_>, cx: &mut Context) -> Decoded {
        self.found(number.to_string(), cx)
    }
    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        self.found(text.to_owned(), cx)
    }
}

struct FlagSink<'a> {
    spelling: Spelling<'a>,
    found: Option<bool>,
}

impl FlagSink<'_> {
    fn spelled(&mut self, text: &str, shown: String, cx: &mut Context) -> Decoded {
        let Spelling { yes, no } = self.spelling;
        self.found = match text {
            text if text == yes || text == "true" => Some(true),
            text if text == no || text == "false" => Some(false),
            _ => return Err(cx.mismatch(&format!("a boolean ({yes:?} or {no:?})"), shown)),
        };
        cx.filled = true;
        Ok(())
    }
}

impl Sink for FlagSink<'_> {
    fn expected(&self) -> &str {
        "a boolean"
    }
    fn flag(&mut self, flag: bool, cx: &mut Context) -> Decoded {
        self.found = Some(flag);
        cx.filled = true;
        Ok(())
    }
    fn number(&mut self, number: Number<'_>, cx: &mut Context) -> Decoded {
        let text = number.to_string();
        self.spelled(&text, format!("the number {number}"), cx)
    }
    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        if text.is_empty() { Ok(()) } else { self.spelled(text, shown(text), cx) }
    }
}

struct TimeSink<'a> {
    format: TimeFormat<'a>,
    never: Option<&'a str>,
    found: Option<DateTime>,
}

impl TimeSink<'_> {
    fn read(&mut self, text: &str, shown: &dyn Fn() -> String, cx: &mut Context) -> Decoded {
        if text.is_empty() || self.never == Some(text) || is_zero_date(text, self.format) {
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
        self.read(&text, &|| format!("the number {number}"), cx)
    }
    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        self.read(text, &|| shown(text), cx)
    }
}

/// Whether what goes to this place never shows.
fn private<T, S: Slot<T>>(_: &S) -> bool {
    S::PRIVATE
}
