//! Chainable setters for requests and credentials.

use crate::private::Private;

/// Converts texts of any type into a list of `String`s.
pub fn texts(items: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    items.into_iter().map(Into::into).collect()
}

/// Converts texts of any type into a list of private `String`s.
pub fn private_texts(items: impl IntoIterator<Item = impl Into<String>>) -> Vec<Private<String>> {
    items.into_iter().map(|item| Private::new(item.into())).collect()
}

/// Declares chainable setters inside an `impl`. A setter is written as its documentation, the
/// field, the type of the argument, and the new value of the field. A link to the field is appended
/// to the documentation. If the list starts with `new`, the macro also declares a function `new`,
/// and the type must implement `Default`.
///
/// ```
/// /// What was paid.
/// #[derive(Default)]
/// pub struct Receipt {
///     /// What to print on it. At most 40 characters.
///     pub note: Option<String>,
/// }
///
/// impl Receipt {
///     gatespec_protocol::setters! {
///         new,
///         /// What to print on it.
///         note: impl Into<String> => Some(note.into()),
///     }
/// }
///
/// assert_eq!(Receipt::new().note("paid").note.as_deref(), Some("paid"));
/// ```
#[macro_export]
macro_rules! setters {
    (new $(, $($rest:tt)*)?) => {
        /// Creates a value in which no field is set.
        #[must_use]
        pub fn new() -> Self {
            ::core::default::Default::default()
        }
        $($crate::setters! { $($rest)* })?
    };
    ($($(#[$meta:meta])* $field:ident: $argument:ty => $value:expr),* $(,)?) => {
        $(
            $(#[$meta])*
            ///
            #[doc = ::core::concat!(
                "Sets [`", ::core::stringify!($field),
                "`](Self#structfield.", ::core::stringify!($field), ")."
            )]
            #[must_use]
            pub fn $field(mut self, $field: $argument) -> Self {
                self.$field = $value;
                self
            }
        )*
    };
}
