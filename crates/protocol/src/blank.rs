//! Blank values, which decoding fills in.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::datetime::DateTime;
use crate::money::Fen;
use crate::raw_json::RawJson;

/// A type with a blank value, from which decoding starts. The records of requests do not implement
/// `Default`, because only their constructors set the required fields. Decoding starts from a blank
/// record instead, and checks at the end that it has set every required field.
///
/// Implemented by [`record!`](crate::record!) and [`open_enum!`](crate::open_enum); programs do not
/// need to call it.
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
