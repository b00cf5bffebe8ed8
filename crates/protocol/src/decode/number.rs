//! Numbers, exact to the last digit.

use rust_decimal::Decimal;

use super::form::Form;
use super::source::shown;
use super::{BendKind, Context, Decoded, Number, Sink};

/// Takes an integer.
pub(super) struct IntegerSink {
    form: Form,
    pub(super) found: Option<i64>,
}

impl IntegerSink {
    pub(super) fn new(form: Form) -> IntegerSink {
        IntegerSink { form: form.or(Form::Number), found: None }
    }

    fn found(&mut self, whole: Option<i64>, cx: &mut Context) -> bool {
        self.found = whole;
        cx.filled = true;
        whole.is_some()
    }
}

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
        self.form.number(cx);
        match self.found(whole, cx) {
            true => Ok(()),
            false => Err(cx.mismatch(self.expected(), format!("the number {number}"))),
        }
    }
    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        let text = text.trim();
        if text.is_empty() {
            cx.bend(BendKind::StandIn);
            return Ok(());
        }
        self.form.text(cx);
        match self.found(whole(text), cx) {
            true => Ok(()),
            false => Err(cx.mismatch(self.expected(), shown(text))),
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
pub(super) struct DecimalSink {
    form: Form,
    /// It is an amount, of at most so many decimals.
    scale: Option<u32>,
    pub(super) found: Option<Decimal>,
}

impl DecimalSink {
    pub(super) fn new(form: Form, scale: Option<u32>) -> DecimalSink {
        DecimalSink { form: form.or(Form::Text), scale, found: None }
    }

    fn found(
        &mut self,
        found: Option<Decimal>,
        shown: &dyn Fn() -> String,
        cx: &mut Context,
    ) -> Decoded {
        cx.filled = true;
        let Some(number) = found else { return Err(cx.mismatch(self.expected(), shown())) };
        // A fraction of a fen has no place in an amount: whoever rounds it later tells a lie.
        if let Some(scale) = self.scale.filter(|scale| number.normalize().scale() > *scale) {
            return Err(cx.mismatch(&format!("an amount of at most {scale} decimals"), shown()));
        }
        self.found = found;
        Ok(())
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
        self.form.number(cx);
        self.found(found, &|| format!("the number {number}"), cx)
    }
    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        let text = text.trim();
        if text.is_empty() {
            cx.bend(BendKind::StandIn);
            return Ok(());
        }
        self.form.text(cx);
        self.found(exact(text), &|| shown(text), cx)
    }
}
