//! Open enumerations, which keep values that the spec does not list.

use std::fmt;

/// A value that the spec does not list. It is created only by converting a text to an open
/// enumeration.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Used by [`open_enum!`](crate::open_enum), after it has compared the text with all known
    /// values.
    #[doc(hidden)]
    pub fn __new(text: &str) -> UnknownValue {
        UnknownValue(text.into())
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Declares an open enumeration: its variants, and the text of each variant on the wire.
///
/// ```
/// gatespec_protocol::open_enum! {
///     /// What to push again.
///     pub enum FillType {
///         /// Orders.
///         Order = "order",
///         /// Refunds.
///         Refund = "refund",
///     }
/// }
///
/// assert_eq!(FillType::Order.as_str(), "order");
/// assert_eq!(FillType::from("refund"), FillType::Refund);
/// let new = FillType::from("exchange");
/// assert!(!new.is_known());
/// assert_eq!(new.to_string(), "exchange");
/// ```
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $wire:literal ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $vis enum $name {
            $( $(#[$variant_meta])* $variant, )*
            /// A value that the spec does not list.
            Unknown($crate::UnknownValue),
        }

        impl $name {
            /// The wire texts of all values that the spec lists.
            $vis const ALL: &'static [&'static str] = &[$($wire),*];

            /// The text on the wire.
            $vis fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $wire, )*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// Whether the spec lists this value.
            $vis fn is_known(&self) -> bool {
                !::core::matches!(self, Self::Unknown(_))
            }
        }

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::from("")
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $( $wire => Self::$variant, )*
                    _ => Self::Unknown($crate::UnknownValue::__new(text)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        $crate::__serde_enum! { $name }

        impl $crate::Blank for $name {
            fn blank() -> Self {
                ::core::default::Default::default()
            }
        }

        impl $crate::record::Slot for $name {
            fn view(&self) -> $crate::record::View<'_> {
                $crate::record::View::Choice(self)
            }

            fn fill(
                &mut self,
                value: $crate::Value<'_>,
                field: &$crate::record::Field<'_>,
            ) -> $crate::Decoded {
                $crate::record::choose(value, field, &mut |text| {
                    *self = ::core::convert::From::from(text);
                    self.is_known()
                })
            }
        }

        impl $crate::Enumeration for $name {
            fn as_str(&self) -> &str {
                $name::as_str(self)
            }

            fn is_known(&self) -> bool {
                $name::is_known(self)
            }

            fn all(&self) -> &[&str] {
                Self::ALL
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::Enumeration;

    crate::open_enum! {
        /// An enumeration with unusual wire texts.
        pub(crate) enum Colour {
            /// Red.
            Red = "red",
            /// A number whose leading zeros must be kept.
            Zero = "00",
        }
    }

    #[test]
    fn unknown_values_round_trip() {
        let colour = Colour::from(String::from("绿"));
        assert_eq!((colour.as_str(), colour.is_known()), ("绿", false));
        assert_eq!(Colour::from(colour.as_str()), colour);
        assert_eq!(format!("{colour:?}"), "Unknown(\"绿\")");
    }

    #[test]
    fn known_values_are_known() {
        assert_eq!(Colour::from("00"), Colour::Zero);
        assert_eq!(Colour::ALL, ["red", "00"]);
        let object: &dyn Enumeration = &Colour::Red;
        assert_eq!((object.as_str(), object.is_known(), object.all().len()), ("red", true, 2));
        assert_eq!(Colour::default().as_str(), "");
    }
}
