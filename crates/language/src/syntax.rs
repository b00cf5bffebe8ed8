//! YAML as it is written: every key and value with its span, without interpretation.

mod broken;
mod mask;
mod parse;
mod place;
mod runs;
mod tokens;
mod tree;

pub(crate) use parse::parse;
pub(crate) use tokens::{Token, tokens};
pub(crate) use tree::{Entry, Node, NodeKind};
