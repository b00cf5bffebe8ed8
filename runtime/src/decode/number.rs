//! Numbers, exact to the last digit.

use rust_decimal::Decimal;

use super::source::shown;
use super::{Context, Decoded, Number, Sink};

/// Takes an integer.
pub(super) struct IntegerSink(pub(super) Option<i64>);

impl Sink for IntegerSink {
    fn expected(&self) -> &str {
        "an integer of 64 bits"
    }
    fn wants_digits(&self) -> bool {
        true
    }
    fn number(&mut self, number: Number<'_>, cx: &mut Context) -> Decoded {
        let whole = match number {
            Number::Signed(number) => Some(number),
            Number::Unsigned(number) => i64::try_from(number).ok(),
            Number::Token(text) => whole(text),
        };
        self.0 = whole;
        cx.filled = true;
        match whole {
            Some(_) => Ok(()),
            None => Err(cx.mismatch(self.expected(), format!("the number {number}"))),
        }
    }
    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        self.0 = whole(text);
        cx.filled = true;
        match self.0 {
            Some(_) => Ok(()),
            None => Err(cx.mismatch(self.expected(), shown(text))),
        }
    }
}

/// An integer out of characters; a fraction of zeros changes nothing.
fn whole(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let exact = exact(text)?.normalize();
    if exact.scale() > 0 { None } else { i64::try_from(exact.mantissa()).ok() }
}

/// A decimal out of characters, `1.5e3` included; `None` if it is none, or has too many digits.
fn exact(text: &str) -> Option<Decimal> {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
    if !digits.chars().all(plain) {
        return None;
    }
    let number = Decimal::from_str_exact(digits).ok()?;
    let Ok(shift) = u32::try_from(exponent) else {
        let divisor = Decimal::TEN.checked_powi_exact(exponent.unsigned_abs())?;
        return divide_exactly(number, divisor);
    };
    number.checked_mul(Decimal::TEN.checked_powi_exact(shift)?)
}

/// Powers of ten that are exact.
trait PowerOfTen: Sized {
    fn checked_powi_exact(self, exponent: u32) -> Option<Self>;
}

impl PowerOfTen for Decimal {
    fn checked_powi_exact(self, exponent: u32) -> Option<Decimal> {
        (0..exponent.min(40)).try_fold(Decimal::ONE, |power, _| power.checked_mul(self))
    }
}

fn divide_exactly(number: Decimal, divisor: Decimal) -> Option<Decimal> {
    let quotient = number.checked_div(divisor)?;
    (quotient.checked_mul(divisor)? == number).then_some(quotient)
}

/// Takes a decimal.
pub(super) struct DecimalSink(pub(super) Option<Decimal>);

impl DecimalSink {
    fn found(&mut self, found: Option<Decimal>, shown: String, cx: &mut Context) -> Decoded {
        self.0 = found;
        cx.filled = true;
        found.map(drop).ok_or_else(|| cx.mismatch(self.expected(), shown))
    }
}

impl Sink for DecimalSink {
    fn expected(&self) -> &str {
        "a decimal of at most 28 digits"
    }
    fn wants_digits(&self) -> bool {
        true
    }
    fn number(&mut self, number: Number<'_>, cx: &mut Context) -> Decoded {
        let found = match number {
            Number::Unsigned(number) => Some(number.into()),
            Number::Signed(number) => Some(number.into()),
            Number::Token(text) => exact(text),
        };
        self.found(found, format!("the number {number}"), cx)
    }
    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        self.found(exact(text), shown(text), cx)
    }
}
