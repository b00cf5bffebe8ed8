//! Types of fields and of arguments, and the conversion from arguments to fields.

use super::names::{Part, part};
use crate::plan::{Field, Holds, RustType, Std, Value};
use gatespec_protocol::record::MapOf;

/// Returns the type of a field.
pub(super) fn field(ty: &RustType, std: Std) -> Part {
    let one = one(ty, std);
    match ty.holds {
        Holds::One => one,
        Holds::Option => {
            let option = std.option();
            part!(#option<#one>)
        }
        Holds::List => {
            let vec = std.vec();
            part!(#vec<#one>)
        }
        Holds::OptionList => {
            let (option, vec) = (std.option(), std.vec());
            part!(#option<#vec<#one>>)
        }
    }
}

/// Returns the type of a field's value, or of one item if the field holds a list.
pub(super) fn one(ty: &RustType, std: Std) -> Part {
    match &ty.value {
        Value::Map(of) => map(&private(member(*of, std), ty.private), std),
        value => private(bare(value, std), ty.private),
    }
}

/// Returns the type of a map with arbitrary keys.
pub(super) fn map(member: &Part, std: Std) -> Part {
    let string = std.string();
    part!(::std::collections::BTreeMap<#string, #member>)
}

/// Returns the type of a map's values.
pub(super) fn member(of: MapOf, std: Std) -> Part {
    match of {
        MapOf::Text => std.string(),
        MapOf::Integer => part!(i64),
        MapOf::Json => part!(rt::RawJson),
    }
}

fn private(ty: Part, private: bool) -> Part {
    if private { part!(rt::Private<#ty>) } else { ty }
}

/// Returns the type of a value before it is wrapped in `Private`.
fn bare(value: &Value, std: Std) -> Part {
    match value {
        Value::Text => std.string(),
        Value::Integer => part!(i64),
        Value::Fen => part!(rt::Fen),
        Value::Decimal => part!(rt::Decimal),
        Value::Flag => part!(bool),
        Value::Time(_) => part!(rt::DateTime),
        Value::Json => part!(rt::RawJson),
        Value::Map(of) => map(&member(*of, std), std),
        Value::Record(path) | Value::Choice(path) => part!(#path),
    }
}

/// Returns the type of the argument that sets a field.
pub(super) fn argument(ty: &RustType, std: Std) -> Part {
    let (into, string) = (std.into(), std.string());
    let value = match &ty.value {
        Value::Text => part!(impl #into<#string>),
        Value::Map(_) => one(ty, std),
        value => bare(value, std),
    };
    match ty.holds {
        Holds::One | Holds::Option => value,
        Holds::List | Holds::OptionList => {
            let iterator = std.into_iterator();
            part!(impl #iterator<Item = #value>)
        }
    }
}

/// Returns the expression that converts the argument to the type of the field.
pub(super) fn converted(field: &Field<'_>) -> Part {
    let ty = &field.ty;
    match ty.holds {
        Holds::One => one_converted(field),
        Holds::Option => {
            let value = one_converted(field);
            part!(Some(#value))
        }
        Holds::List => list_converted(field),
        Holds::OptionList => {
            let list = list_converted(field);
            part!(Some(#list))
        }
    }
}

fn list_converted(field: &Field<'_>) -> Part {
    let ident = &field.ident;
    match (&field.ty.value, field.ty.private) {
        (Value::Text, false) => part!(rt::texts(#ident)),
        (Value::Text, true) => part!(rt::private_texts(#ident)),
        (Value::Map(_), _) | (_, false) => part!(#ident.into_iter().collect()),
        (_, true) => part!(#ident.into_iter().map(rt::Private::new).collect()),
    }
}

/// Returns the statement that sets a field to a value.
pub(super) fn set(field: &Field<'_>, value: &Part) -> Part {
    let ident = &field.ident;
    let value = if field.ty.private { part!(rt::Private::new(#value)) } else { part!(#value) };
    match field.ty.holds {
        Holds::Option => part!(self.#ident = Some(#value);),
        _ => part!(self.#ident = #value;),
    }
}

/// Whether the argument has the same type as the field.
pub(super) fn is_same(ty: &RustType) -> bool {
    let kept = !ty.private && !matches!(ty.value, Value::Text);
    ty.holds == Holds::One && (kept || matches!(ty.value, Value::Map(_)))
}

fn one_converted(field: &Field<'_>) -> Part {
    let ident = &field.ident;
    match (&field.ty.value, field.ty.private) {
        (Value::Text, false) => part!(#ident.into()),
        (Value::Text, true) => part!(rt::Private::new(#ident.into())),
        (Value::Map(_), _) | (_, false) => part!(#ident),
        (_, true) => part!(rt::Private::new(#ident)),
    }
}
