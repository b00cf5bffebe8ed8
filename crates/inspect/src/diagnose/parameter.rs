//! One parameter of a signed request.

use bumpalo::Bump;
use gatespec_protocol::mask::{Masked, is_whole};
use gatespec_protocol::{Location, Param, ParamType, Role};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

/// A parameter of a signed request.
#[derive(Debug, Clone, Copy)]
pub struct Parameter<'a> {
    /// The name on the wire.
    pub name: &'a str,
    /// The text before any encoding.
    pub value: &'a str,
    /// The ranges of the text that are secret.
    pub hidden: &'a [Range<usize>],
    /// The location in which the parameter is sent.
    pub place: Location<'a>,
    /// The origin of the parameter.
    pub role: Role,
    /// The type of the value in JSON.
    pub kind: ParamType,
}

impl<'a> Parameter<'a> {
    /// Copies a parameter into the arena.
    pub(super) fn new(param: &Param<'_>, hidden: &[Range<usize>], arena: &'a Bump) -> Self {
        let place = match param.place {
            Location::Query => Location::Query,
            Location::Form => Location::Form,
            Location::Header => Location::Header,
            Location::Body => Location::Body,
            Location::BodyMember(name) => Location::BodyMember(arena.alloc_str(name)),
        };
        Parameter {
            name: arena.alloc_str(param.name),
            value: arena.alloc_str(param.value),
            hidden: arena.alloc_slice_clone(hidden),
            place,
            role: param.role,
            kind: param.kind,
        }
    }

    /// Creates a text parameter without secrets.
    pub(super) fn text(name: &'a str, value: &'a str, place: Location<'a>, role: Role) -> Self {
        Parameter { name, value, hidden: &[], place, role, kind: ParamType::Text }
    }

    /// Returns the parameter as the signing engine takes it.
    pub(super) fn sent(&self) -> Param<'a> {
        let Parameter { name, value, place, role, kind, .. } = *self;
        Param { name, value, place, role, kind, sensitive: false }
    }

    /// Whether the whole text is secret.
    pub fn is_secret(&self) -> bool {
        is_whole(self.value, self.hidden)
    }

    /// Returns the text with secrets masked.
    pub fn masked(&self) -> Cow<'a, str> {
        Masked::json(self.value, self.hidden).into_text()
    }
}

/// Compares two parameters, to sort them.
pub(crate) type Compare = fn(&Parameter<'_>, &Parameter<'_>) -> Ordering;
