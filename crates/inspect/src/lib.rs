//! Requests as people type or paste them, and why two signatures differ.
//!
//! [`pasted`] reads the text of a request as tools write it; [`request`] reads what was typed or
//! received by what the model says of its method;
//! [`diagnose`] signs it, and tries the known mistakes of other signers on it until one gives the
//! signature in question. Neither needs generated code, a transport or a clock.

pub mod diagnose;
pub mod pasted;
pub mod request;

// The front half of the compiler, under the paths that the files here name it by.
use gatespec_language::{dynamic, model, range, source, suggest, tree};
