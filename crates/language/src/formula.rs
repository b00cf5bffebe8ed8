//! Signature formulas: text to syntax to typed expression.
//!
//! The grammar is in `specs/README.md`. `parse` knows only the grammar; `resolve` knows what
//! the names mean and which types the functions take.

mod pairs;
mod parse;
mod resolve;
mod template;

pub use resolve::{ATOMS, Names, Want, formula};
