//! Where a type is used: a record of requests needs other code than a record of answers.

use crate::model::{Field, Platform, Record, Returns, Type, TypeId, TypeKind};

/// What a record is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Roles {
    /// It is built by the caller, validated and encoded.
    pub request: bool,
    /// It is decoded.
    pub answer: bool,
}

impl Roles {
    /// A record of requests only.
    pub const REQUEST: Roles = Roles { request: true, answer: false };
    /// A record of answers only.
    pub const ANSWER: Roles = Roles { request: false, answer: true };
    const BOTH: Roles = Roles { request: true, answer: true };

    fn union(self, other: Roles) -> Roles {
        Roles { request: self.request || other.request, answer: self.answer || other.answer }
    }
}

/// The roles of a platform's types, by [`TypeId`]. A type that nothing uses can do everything.
pub fn roles(platform: &Platform) -> Vec<Roles> {
    let mut roles = vec![Roles::default(); platform.types.len()];
    let mut open: Vec<(TypeId, Roles)> = Vec::new();
    for method in &platform.methods {
        open.extend(used_by(&method.request).map(|id| (id, Roles::REQUEST)));
        match &method.returns {
            Returns::Nothing => {}
            Returns::Record(record) => open.extend(used_by(record).map(|id| (id, Roles::ANSWER))),
            Returns::Value(field) => open.extend(used(field).map(|id| (id, Roles::ANSWER))),
        }
    }
    close(platform, &mut roles, open);
    let unused = (0..roles.len()).filter(|&index| roles[index] == Roles::default());
    let unused: Vec<_> = unused.map(|index| (TypeId(index), Roles::BOTH)).collect();
    close(platform, &mut roles, unused);
    roles
}

/// Follows records into their fields until nothing changes; every type is visited twice at most.
fn close(platform: &Platform, roles: &mut [Roles], mut open: Vec<(TypeId, Roles)>) {
    while let Some((id, role)) = open.pop() {
        let Some(known) = roles.get_mut(id.0) else { continue };
        let union = known.union(role);
        if union == *known {
            continue;
        }
        *known = union;
        if let TypeKind::Record(record) = &platform.type_def(id).kind {
            open.extend(used_by(record).map(|id| (id, role)));
        }
    }
}

fn used_by(record: &Record) -> impl Iterator<Item = TypeId> {
    record.sent().filter_map(type_of)
}

fn used(field: &Field) -> impl Iterator<Item = TypeId> {
    type_of(field).into_iter()
}

fn type_of(field: &Field) -> Option<TypeId> {
    match field.ty {
        Type::Record(id) | Type::Enumeration(id) => Some(id),
        _ => None,
    }
}
