//! The names and types of a platform, as its files spell them.

use super::names::{self, Ident};
use super::prose::Prose;
use super::tree::{Holds, Home, RustType, Std, TypePath, Value};
use super::usage::{Roles, own_fields};
use crate::model::{Field, Platform, TimeCodec, Type, TypeId, TypeKind};
use gatespec_language::dynamic::Schemas;
use gatespec_protocol::TimeFormat;
use std::collections::BTreeMap;

/// The facts about a platform that all of its files share.
pub(super) struct Names<'m> {
    pub spec: &'m Platform,
    /// Whether the files are documented.
    pub prose: Prose,
    pub schemas: Schemas<'m>,
    pub module: Ident,
    pub gateways: Vec<Ident>,
    /// The identifier of each type, by [`TypeId`].
    pub types: Vec<Ident>,
    /// The types in each method's file, by the method's wire name. The key `""` has the shared
    /// types.
    pub files: BTreeMap<&'m str, Vec<usize>>,
    /// The uses of each type, by [`TypeId`].
    pub roles: Vec<Roles>,
    /// The module of each method, by the method's wire name.
    pub modules: BTreeMap<&'m str, Ident>,
    /// Time formats with a pattern, with their constants.
    pub formats: Vec<(Ident, TimeFormat<'m>)>,
}

impl<'m> Names<'m> {
    /// Returns the path of a type in the file of `method`. `None` stands for the file of shared
    /// types.
    fn path(&self, id: TypeId, method: Option<&str>) -> TypePath {
        let home = self.spec.type_def(id).method.as_deref();
        let home = match home {
            _ if home == method => Home::Here,
            None => Home::Platform,
            Some(name) => self.modules.get(name).cloned().map_or(Home::Platform, Home::Method),
        };
        TypePath { home, ident: self.types[id.0].clone() }
    }

    pub(super) fn gateway(&self, index: usize) -> Ident {
        self.gateways[index].clone()
    }

    pub(super) fn types_of(&self, method: Option<&str>) -> &[usize] {
        self.files.get(method.unwrap_or_default()).map_or(&[], Vec::as_slice)
    }

    /// Decides how a file names the standard library. If one of its types has the name of a prelude
    /// item, such as `Option`, the file uses paths.
    pub(super) fn std(&self, types: &[usize], own: &[&Ident]) -> Std {
        let defined = types.iter().map(|&index| &self.types[index]);
        let mut all = defined.chain(own.iter().copied());
        match all.any(|ident| names::PRELUDE.contains(&ident.as_str())) {
            true => Std::Path,
            false => Std::Prelude,
        }
    }

    /// Returns the type of a field in the file of `method`.
    pub(super) fn rust_type(&self, field: &Field, roles: Roles, method: Option<&str>) -> RustType {
        let value = match &field.ty {
            Type::Text | Type::Invalid => Value::Text,
            Type::Integer { .. } => Value::Integer,
            Type::Fen { .. } => Value::Fen,
            Type::Decimal { .. } => Value::Decimal,
            Type::Boolean { .. } => Value::Flag,
            Type::DateTime(codec) => {
                let format = codec.time_format();
                let known = self.formats.iter().find(|(_, known)| *known == format);
                Value::Time(known.map(|(ident, _)| ident.clone()))
            }
            Type::Json => Value::Json,
            Type::Map(of) => Value::Map(*of),
            Type::Record(id) => Value::Record(self.path(*id, method)),
            Type::Enumeration(id) => Value::Choice(self.path(*id, method)),
        };
        RustType { value, holds: holds(field, roles), private: field.sensitive }
    }
}

/// Decides how many values a field holds. Outside JSON, an empty list or map stands for an absent
/// one. In JSON, an optional list or map is an `Option`. Any other field is an `Option`, unless the
/// value is present in every use of the type.
fn holds(field: &Field, roles: Roles) -> Holds {
    let tells = roles.json && !field.is_needed();
    let given = !roles.request || field.is_needed();
    let received = !roles.answer || field.always;
    match field.ty {
        _ if field.list.is_some() => {
            if tells {
                Holds::OptionList
            } else {
                Holds::List
            }
        }
        Type::Map(_) if !tells => Holds::One,
        _ if given && received => Holds::One,
        _ => Holds::Option,
    }
}

/// Returns the time formats with a pattern, each once, in the order of the files.
pub(super) fn formats(platform: &Platform) -> Vec<(Ident, TimeFormat<'_>)> {
    let mut formats: Vec<(Ident, TimeFormat<'_>)> = Vec::new();
    for codec in fields(platform).filter_map(codec) {
        let format = codec.time_format();
        let known = formats.iter().any(|(_, known)| *known == format);
        if !known && matches!(format, TimeFormat::Pattern { .. }) {
            formats.push((names::numbered("DATETIME", formats.len()), format));
        }
    }
    formats
}

fn fields(platform: &Platform) -> impl Iterator<Item = &Field> {
    let shared = platform.types.iter().filter_map(|def| match &def.kind {
        TypeKind::Record(record) => Some(record.sent()),
        TypeKind::Enumeration(_) => None,
    });
    shared.flatten().chain(own_fields(platform).map(|(_, field)| field))
}

fn codec(field: &Field) -> Option<&TimeCodec> {
    match &field.ty {
        Type::DateTime(codec) => Some(codec),
        _ => None,
    }
}
