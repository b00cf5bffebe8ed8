//! What `record!` and `open_enum!` add where the feature `serde1` is on, so that generated code has no
//! `cfg`.

/// `serde` for a record.
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

/// `serde` for an enumeration: its text on the wire.
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

/// Nothing without the feature.
#[cfg(not(feature = "serde1"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_record {
    ($record:ident) => {};
}

/// Nothing without the feature.
#[cfg(not(feature = "serde1"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_enum {
    ($name:ident) => {};
}
