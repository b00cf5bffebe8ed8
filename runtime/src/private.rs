//! Values that never show in `Debug`, errors or logs.

use std::fmt;
use std::ops::{Deref, DerefMut};

use zeroize::{Zeroize, Zeroizing};

/// A value that prints nothing. It derefs to the value, so that only showing it takes intent.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Private<T>(T);

impl<T> Private<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Private<T> {
        Private(value)
    }

    /// The value, from here on unprotected.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Private<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Private<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Private(…)")
    }
}

impl<T> From<T> for Private<T> {
    fn from(value: T) -> Private<T> {
        Private(value)
    }
}

impl From<&str> for Private<String> {
    fn from(value: &str) -> Private<String> {
        Private(value.to_owned())
    }
}

impl<T: AsRef<str>> AsRef<str> for Private<T> {
    fn as_ref(&self) -> &str {
        self.0.as_ref()
    }
}

impl<T: Zeroize> Zeroize for Private<T> {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

/// A text that is overwritten when it is dropped.
pub(crate) type Secret = Zeroizing<String>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_nothing() {
        let card: Private<String> = "SENTINEL".into();
        assert_eq!(format!("{card:?} {:#?}", Some(&card)), "Private(…) Some(\n    Private(…),\n)");
        assert_eq!(card.len(), 8);
    }
}
