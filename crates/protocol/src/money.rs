//! Money in fen (0.01 yuan).

use std::fmt;

use rust_decimal::Decimal;

/// An amount of money in fen. `Display` shows it in yuan: `Fen(1230)` is `12.30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fen(pub i64);

impl Fen {
    /// The amount in yuan, with two decimals.
    pub fn yuan(self) -> Decimal {
        Decimal::new(self.0, 2)
    }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.yuan(), f)
    }
}

impl From<i64> for Fen {
    fn from(fen: i64) -> Fen {
        Fen(fen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_yuan_with_two_decimals() {
        assert_eq!(Fen(1230).to_string(), "12.30");
        assert_eq!(Fen(-5).to_string(), "-0.05");
        assert_eq!(Fen(i64::MAX).yuan().to_string(), "92233720368547758.07");
    }
}
