//! Values that `Debug`, errors and logs do not show, and that are overwritten when dropped.

use std::any::Any;
use std::fmt;
use std::ops::{Deref, DerefMut};

use zeroize::Zeroize;

use crate::blank::Blank;

/// A value that `Debug` does not show. It dereferences to the inner value, so code can still show
/// the value, but only on purpose.
///
/// Texts, byte vectors, integers, and lists of texts or integers are overwritten when dropped.
/// Records and maps are not; make their fields private instead.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Private<T: 'static>(T);

impl<T> Private<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Private<T> {
        Private(value)
    }

    /// Returns an unprotected copy of the value.
    pub fn into_inner(self) -> T
    where
        T: Clone,
    {
        self.0.clone()
    }
}

impl<T: Blank> Default for Private<T> {
    fn default() -> Private<T> {
        Private(T::blank())
    }
}

impl<T: Blank> Blank for Private<T> {
    fn blank() -> Private<T> {
        Private(T::blank())
    }
}

impl<T> Drop for Private<T> {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

/// Overwrites the value if its type allows it. The type is known at compile time, so the branches
/// for other types are optimized away.
fn wipe(value: &mut dyn Any) {
    if let Some(text) = value.downcast_mut::<String>() {
        wipe_bytes(&mut std::mem::take(text).into_bytes());
    } else if let Some(texts) = value.downcast_mut::<Vec<String>>() {
        texts.zeroize();
    } else if let Some(bytes) = value.downcast_mut::<Vec<u8>>() {
        wipe_bytes(bytes);
    } else if let Some(number) = value.downcast_mut::<i64>() {
        number.zeroize();
    } else if let Some(numbers) = value.downcast_mut::<Vec<i64>>() {
        numbers.zeroize();
    }
}

/// Empties a buffer and overwrites its whole capacity. This is faster than `zeroize`, which writes
/// byte by byte.
pub(crate) fn wipe_bytes(bytes: &mut Vec<u8>) {
    bytes.clear();
    bytes.resize(bytes.capacity(), 0);
    zeroize::optimization_barrier(bytes.as_slice());
    bytes.clear();
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

/// A text that is overwritten when it is dropped, and that `Debug` does not show.
pub type Secret = Private<String>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_nothing() {
        let card: Private<String> = "SENTINEL".into();
        assert_eq!(format!("{card:?} {:#?}", Some(&card)), "Private(…) Some(\n    Private(…),\n)");
        assert_eq!(card.len(), 8);
    }

    #[test]
    fn what_is_dropped_is_overwritten() {
        let (mut text, mut number) = ("SENTINEL".to_owned(), 77_i64);
        let (mut texts, mut numbers) = (vec!["SENTINEL".to_owned()], vec![7_i64]);
        let values: [&mut dyn Any; 4] = [&mut text, &mut number, &mut texts, &mut numbers];
        values.into_iter().for_each(wipe);
        assert_eq!((text.as_str(), number, texts.len(), numbers.len()), ("", 0, 0, 0));
    }

    #[test]
    fn what_is_taken_out_is_whole() {
        let card = Private::new("SENTINEL".to_owned());
        assert_eq!(card.clone().into_inner(), "SENTINEL");
        assert_eq!(*card, "SENTINEL");
    }
}
