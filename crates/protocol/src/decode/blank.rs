//! Records that decoding fills although their required fields have no default.

use super::{Decoded, Stop, Value};

impl Value<'_> {
    /// Lets `take` have the value, and says whether it was there.
    pub(crate) fn fills(self, take: &mut dyn FnMut(Value<'_>) -> Decoded) -> Result<bool, Stop> {
        let Value { source, cx, .. } = self;
        cx.filled = false;
        take(Value::new(source, &mut *cx))?;
        Ok(cx.filled)
    }
}

/// A value to be filled by decoding. What has a `Default` starts with it; a record of a request,
/// whose required fields only its constructor gives, starts with fields that are blank. Those fields
/// are all in [`always`](super::Decode::always), so that a blank one never gets out.
///
/// Declared by [`blank!`](crate::blank); not for programs to call.
pub trait Blank {
    /// A value that nothing has filled.
    #[doc(hidden)]
    fn blank() -> Self;
}

impl<T: Default> Blank for T {
    fn blank() -> T {
        T::default()
    }
}

/// Declares, in an `impl` of [`Decode`](crate::Decode), the members whose absence is an error.
///
/// ```
/// # use gatespec_protocol::{Decode, Decoded, Value};
/// struct Parcel {
///     id: String,
/// }
///
/// impl Decode for Parcel {
///     fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
///         match name {
///             "id" => value.text(&mut self.id),
///             _ => value.skip(),
///         }
///     }
///
///     gatespec_protocol::always!["id"];
/// }
/// ```
#[macro_export]
macro_rules! always {
    ($($name:literal),* $(,)?) => {
        fn always(&self) -> &'static [&'static str] {
            &[$($name),*]
        }
    };
}

/// Declares how a record without a `Default` is blank, given all its fields.
///
/// ```
/// use gatespec_protocol::Blank;
///
/// struct Line {
///     sku: String,
///     note: Option<String>,
/// }
///
/// gatespec_protocol::blank!(Line { sku, note });
///
/// assert_eq!(Line::blank().sku, "");
/// ```
#[macro_export]
macro_rules! blank {
    ($record:ident { $($field:ident),* $(,)? }) => {
        impl $crate::Blank for $record {
            fn blank() -> Self {
                Self { $($field: $crate::Blank::blank()),* }
            }
        }
    };
}
