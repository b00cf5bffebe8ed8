//! The implementations of `serde`'s traits that `record!` and `open_enum!` add if the feature
//! `serde1` is on. The `cfg` is in this module, so that generated code needs no `cfg`.

/// Implements `serde`'s traits for a record.
#[cfg(feature = "serde1")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_record {
    ($record:ident) => {
        impl $crate::serde1::serde::Serialize for $record {
            fn serialize<S: $crate::serde1::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::serde1::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde1::serde::Deserialize<'de> for $record {
            fn deserialize<D: $crate::serde1::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::serde1::deserialize(deserializer)
            }
        }
    };
}

/// Implements `serde`'s traits for an open enumeration, which is serialised as its text on the
/// wire.
#[cfg(feature = "serde1")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_enum {
    ($name:ident) => {
        impl $crate::serde1::serde::Serialize for $name {
            fn serialize<S: $crate::serde1::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::serde1::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde1::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let text: ::std::borrow::Cow<'de, str> =
                    $crate::serde1::serde::Deserialize::deserialize(deserializer)?;
                ::core::result::Result::Ok(Self::from(&*text))
            }
        }
    };
}

/// Without the feature, the macro does nothing.
#[cfg(not(feature = "serde1"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_record {
    ($record:ident) => {};
}

/// Without the feature, the macro does nothing.
#[cfg(not(feature = "serde1"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_enum {
    ($name:ident) => {};
}
