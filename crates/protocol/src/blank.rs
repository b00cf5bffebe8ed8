//! Blank values, for decoding to fill.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::datetime::DateTime;
use crate::money::Fen;
use crate::raw_json::RawJson;

/// A type with a blank value that decoding fills. Records of requests have no `Default`, because
/// only their constructors set the required fields; decoding starts from a blank one and checks
/// that all required fields arrive.
///
/// Implemented by [`record!`](crate::record!) and [`open_enum!`](crate::open_enum); programs do not
/// call it.
pub trait Blank {
    /// The blank value.
    #[doc(hidden)]
    fn blank() -> Self;
}

macro_rules! defaults {
    ($(<$($of:ident)?> $type:ty;)*) => {
        $(impl<$($of)?> Blank for $type {
            fn blank() -> Self {
                Self::default()
            }
        })*
    };
}

defaults! {
    <> String;
    <> i64;
    <> bool;
    <> Fen;
    <> Decimal;
    <> DateTime;
    <> RawJson;
    <T> Option<T>;
    <T> Vec<T>;
    <T> BTreeMap<String, T>;
}

impl Blank for () {
    fn blank() -> Self {}
}

impl<T: Blank> Blank for Box<T> {
    fn blank() -> Self {
        Box::new(T::blank())
    }
}
