//! Generated documentation: the prose of the specs, the rules, and how certain each fact is.

pub(super) mod about;
pub(super) mod certainty;
pub(super) mod example;
pub(super) mod item;
pub(super) mod method;
pub(super) mod overview;
pub(super) mod platform;
pub(super) mod rules;
