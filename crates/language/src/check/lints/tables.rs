//! Iterators over the tables of a platform.

use crate::model::{Field, Platform, Record, Returns, TypeKind};

/// Every table of fields, with the name of the type or method that it belongs to.
pub(super) fn tables(platform: &Platform) -> impl Iterator<Item = (&str, &Record)> {
    let types = platform.types.iter().filter_map(|def| match &def.kind {
        TypeKind::Record(record) => Some((def.name.as_str(), record)),
        TypeKind::Enumeration(_) => None,
    });
    let methods = platform.methods.iter().flat_map(|method| {
        let returned = match &method.returns {
            Returns::Record(record) => Some(record),
            Returns::Nothing | Returns::Value(_) => None,
        };
        [Some(&method.request), returned].into_iter().flatten().map(|one| (method.name, one))
    });
    types.chain(methods)
}

/// Every field that requests or answers contain.
pub(super) fn fields(platform: &Platform) -> impl Iterator<Item = &Field> {
    tables(platform).flat_map(|(_, record)| record.sent())
}
