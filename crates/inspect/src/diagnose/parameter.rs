//! One parameter of a request that is signed.

use bumpalo::Bump;
use gatespec_protocol::mask::{Masked, is_whole};
use gatespec_protocol::{Location, Param, ParamType, Role};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

/// One parameter of the request.
#[derive(Debug, Clone, Copy)]
pub struct Parameter<'a> {
    /// The name on the wire.
    pub name: &'a str,
    /// The text, without any encoding.
    pub value: &'a str,
    /// Where in the text secrets are.
    pub hidden: &'a [Range<usize>],
    /// Where it travels.
    pub place: Location<'a>,
    /// Who put it there.
    pub role: Role,
    /// What it is in JSON.
    pub kind: ParamType,
}

impl<'a> Parameter<'a> {
    /// A parameter that lives as long as the arena.
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

    /// A text of which nothing is secret.
    pub(super) fn text(name: &'a str, value: &'a str, place: Location<'a>, role: Role) -> Self {
        Parameter { name, value, hidden: &[], place, role, kind: ParamType::Text }
    }

    /// As the protocol's engine takes it.
    pub(super) fn sent(&self) -> Param<'a> {
        let Parameter { name, value, place, role, kind, .. } = *self;
        Param { name, value, place, role, kind, sensitive: false }
    }

    /// Nothing of it may be shown.
    pub fn is_secret(&self) -> bool {
        is_whole(self.value, self.hidden)
    }

    /// The text without secrets.
    pub fn masked(&self) -> Cow<'a, str> {
        Masked::json(self.value, self.hidden).into_text()
    }
}

/// An order of parameters.
pub(crate) type Compare = fn(&Parameter<'_>, &Parameter<'_>) -> Ordering;
