//! Finds out where each type is used, because requests and answers need different code.

use crate::model::{Field, Method, Platform, Returns, Type, TypeId, TypeKind};
use gatespec_protocol::Placement;

/// The uses of a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Roles {
    /// Whether callers build the record, which is then validated and encoded.
    pub request: bool,
    /// Whether the record is decoded from answers.
    pub answer: bool,
    /// Whether its fields are sent as members of a JSON object, in which an empty list differs from
    /// an absent one.
    pub json: bool,
}

impl Roles {
    const REQUEST: Roles = Roles { request: true, answer: false, json: true };
    pub(super) const ANSWER: Roles = Roles { request: false, answer: true, json: false };
    const BOTH: Roles = Roles { answer: true, ..Roles::REQUEST };

    /// Returns the uses of a method's own request.
    pub(super) fn of_request(method: &Method) -> Roles {
        let placement = method.business();
        let json = placement.place().in_body() || matches!(placement, Placement::FormCarrier(_));
        Roles { json, ..Roles::REQUEST }
    }

    fn union(self, other: Roles) -> Roles {
        Roles {
            request: self.request || other.request,
            answer: self.answer || other.answer,
            json: self.json || other.json,
        }
    }
}

/// Returns the uses of a platform's types, by [`TypeId`]. A type that is not used gets all uses.
pub(super) fn roles(platform: &Platform) -> Vec<Roles> {
    let mut roles = vec![Roles::default(); platform.types.len()];
    let used = own_fields(platform).filter_map(|(role, field)| Some((type_of(field)?, role)));
    let open = used.collect();
    close(platform, &mut roles, open);
    let unused = (0..roles.len()).filter(|&index| roles[index] == Roles::default());
    let unused: Vec<_> = unused.map(|index| (TypeId(index), Roles::BOTH)).collect();
    close(platform, &mut roles, unused);
    roles
}

/// Propagates uses from records to the types of their fields. Visits every type at most twice.
fn close(platform: &Platform, roles: &mut [Roles], mut open: Vec<(TypeId, Roles)>) {
    while let Some((id, role)) = open.pop() {
        let Some(known) = roles.get_mut(id.0) else { continue };
        let union = known.union(role);
        if union == *known {
            continue;
        }
        *known = union;
        if let TypeKind::Record(record) = &platform.type_def(id).kind {
            open.extend(record.sent().filter_map(type_of).map(|id| (id, role)));
        }
    }
}

/// Returns the fields of all requests and responses, each with its use.
pub(super) fn own_fields(platform: &Platform) -> impl Iterator<Item = (Roles, &Field)> {
    platform.methods.iter().flat_map(|method| {
        let (record, value) = match &method.returns {
            Returns::Nothing => (None, None),
            Returns::Record(record) => (Some(record.sent()), None),
            Returns::Value(field) => (None, Some(&**field)),
        };
        let returned = record.into_iter().flatten().chain(value);
        let request = method.request.sent().map(|field| (Roles::REQUEST, field));
        request.chain(returned.map(|field| (Roles::ANSWER, field)))
    })
}

fn type_of(field: &Field) -> Option<TypeId> {
    match field.ty {
        Type::Record(id) | Type::Enumeration(id) => Some(id),
        _ => None,
    }
}
