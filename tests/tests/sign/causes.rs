//! What all tests of causes share: a foreign signature, and the mistake that is named for it.

use crate::tool::Asked;
use gatespec_tests::harness::each;

/// A foreign signature, and the mistakes that must be named for it, the first answer.
pub(crate) type Row = (&'static str, String);

/// Every row is explained by its cause; several are joined by `+`.
pub(crate) fn explained(asked: &Asked, rows: Vec<Row>) {
    let named = rows.into_iter().enumerate().map(|(at, (id, sign))| {
        (format!("{at} {id}"), (id.split('+').map(str::to_owned).collect::<Vec<_>>(), sign))
    });
    each(named, |_, (ids, sign)| assert_eq!(asked.causes(sign), *ids));
}
