//! The types that a method uses, and those that many methods share.

use gatespec_language::model::{Field, Method, Platform, Returns, Type, TypeDef, TypeId, TypeKind};

/// The maximum number of methods whose pages all describe a type. A type that more methods use is
/// described on a page of its own, so that the site does not grow with the product of the two.
const FEW: usize = 8;

/// The types that more methods use than describe them.
#[derive(Debug)]
pub(crate) struct Shared(Vec<bool>);

impl Shared {
    pub(crate) fn of(platform: &Platform) -> Shared {
        let mut users = vec![0_usize; platform.types.len()];
        for method in &platform.methods {
            used(platform, method).into_iter().for_each(|id| users[id.0] += 1);
        }
        Shared(users.into_iter().map(|users| users > FEW).collect())
    }

    /// Whether the type has its place on the page of shared types.
    pub(crate) fn has(&self, id: TypeId) -> bool {
        self.0.get(id.0).is_some_and(|shared| *shared)
    }
}

/// Returns the types that a method uses, in the order in which a reader finds them.
pub(crate) fn used(platform: &Platform, method: &Method) -> Vec<TypeId> {
    let mut seen = vec![false; platform.types.len()];
    let mut found = Vec::new();
    let mut visit = |fields: &[Field], found: &mut Vec<TypeId>| {
        for field in fields {
            if let Type::Record(id) | Type::Enumeration(id) = field.ty
                && !std::mem::replace(&mut seen[id.0], true)
            {
                found.push(id);
            }
        }
    };
    visit(&method.request.fields, &mut found);
    visit(answer(method), &mut found);
    let mut next = 0;
    while let Some(&id) = found.get(next) {
        if let TypeKind::Record(record) = &platform.type_def(id).kind {
            visit(&record.fields, &mut found);
        }
        next += 1;
    }
    found
}

/// The fields of a method's answer.
pub(crate) fn answer(method: &Method) -> &[Field] {
    match &method.returns {
        Returns::Nothing => &[],
        Returns::Record(record) => &record.fields,
        Returns::Value(field) => std::slice::from_ref(field),
    }
}

/// The id of a type's section.
pub(crate) fn id(def: &TypeDef) -> String {
    format!("type-{}", def.name)
}
