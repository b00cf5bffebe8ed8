//! Values before anything has been read into them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::datetime::DateTime;
use crate::money::Fen;
use crate::raw_json::RawJson;

/// A value to be filled by decoding. A record of a request has no `Default`, because only its
/// constructor gives its required fields; it is decoded into blank ones, all of which must arrive.
///
/// Declared by [`record!`](crate::record!) and [`open_enum!`](crate::open_enum); not for programs to
/// call.
pub trait Blank {
    /// A value that nothing has filled.
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
