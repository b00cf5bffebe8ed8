//! YAML as written: every key and value with its span, without interpretation.

mod broken;
mod mask;
mod parse;
mod runs;
mod tokens;
mod tree;

pub use parse::parse;
pub use tokens::{Token, tokens};
pub use tree::{Entry, Node, NodeKind};
