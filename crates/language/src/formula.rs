//! Signature formulas: parses text to syntax, then resolves it to a typed expression.
//!
//! `specs/README.md` describes the grammar, which `parse` implements. `resolve` knows the names in
//! a formula, and the types of the functions' arguments.

mod pairs;
mod parse;
mod resolve;
mod template;

pub(crate) use resolve::{ATOMS, Names, Want, formula};
