//! The text of a scalar, which is the same in all locations.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::writer::Wire;

/// Appends a scalar. Other values are ignored.
pub(super) fn push_scalar(value: Wire<'_>, out: &mut String) {
    match value {
        Wire::Text(text) | Wire::Number(text) | Wire::Raw(text) => out.push_str(text),
        Wire::Integer(number) | Wire::QuotedInteger(number) => {
            out.push_str(itoa::Buffer::new().format(number));
        }
        Wire::Decimal { value, scale } | Wire::BareDecimal { value, scale } => {
            push_decimal(value, scale, out);
        }
        Wire::Flag(flag, spelling) => out.push_str(spelling.of(flag)),
        Wire::Time(time, format) | Wire::QuotedTime(time, format) => format.write(time, out),
        Wire::Json(_) | Wire::JsonText(_) | Wire::Record(_) | Wire::Map(_) => {}
    }
}

/// Whether a scalar is written without quotes in JSON.
pub(super) fn is_bare(scalar: Wire<'_>) -> bool {
    match scalar {
        Wire::Number(_) | Wire::Integer(_) | Wire::BareDecimal { .. } => true,
        Wire::Flag(_, spelling) => spelling.is_words(),
        Wire::Time(_, format) => format.is_number(),
        _ => false,
    }
}

/// Appends a number with `scale` decimal places, or with more if the number has more, because an
/// amount is never truncated.
fn push_decimal(value: Decimal, scale: u32, out: &mut String) {
    let exact = value.normalize();
    // Writing to a `String` cannot fail.
    let _ = write!(out, "{exact}");
    let missing = scale.saturating_sub(exact.scale());
    if exact.scale() == 0 && missing > 0 {
        out.push('.');
    }
    out.extend(std::iter::repeat_n('0', missing as usize));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_have_their_scale_and_lose_nothing() {
        for (text, scale, expected) in [
            ("12.5", 2, "12.50"),
            ("12", 2, "12.00"),
            ("12.500", 2, "12.50"),
            ("12.345", 2, "12.345"),
            ("0", 2, "0.00"),
            ("-0.000", 2, "0.00"),
            ("-0.5", 0, "-0.5"),
            ("100", 0, "100"),
            ("79228162514264337593543950335", 2, "79228162514264337593543950335.00"),
        ] {
            let mut out = String::new();
            push_decimal(text.parse().unwrap(), scale, &mut out);
            assert_eq!(out, expected);
        }
    }
}
