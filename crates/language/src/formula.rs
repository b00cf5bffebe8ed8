//! Signature formulas: parses text to syntax, then resolves it to a typed expression.
//!
//! The grammar is in `specs/README.md`. `parse` implements the grammar; `resolve` knows the names,
//! and the argument types of functions.

mod pairs;
mod parse;
mod resolve;
mod template;

pub(crate) use resolve::{ATOMS, Names, Want, formula};
