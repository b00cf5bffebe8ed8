//! Parses numbers without loss of digits.

use rust_decimal::Decimal;

/// Parses an integer; a fraction of zeros is allowed.
pub(super) fn whole(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let exact = exact(text)?.normalize();
    if exact.scale() > 0 { None } else { i64::try_from(exact.mantissa()).ok() }
}

/// Parses a decimal, which may have an exponent, such as `1.5e3`. Returns `None` if the text is not
/// a number, or if it has too many digits.
pub(super) fn exact(text: &str) -> Option<Decimal> {
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

/// Computes powers of ten exactly.
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
