//! Generated documentation: the prose of the specs, the rules, and how certain each fact is.

pub mod about;
pub mod example;
pub mod item;
pub mod method;
pub mod overview;
pub mod platform;
pub mod rules;
