//! Reads requests that people type or paste, and explains why two signatures differ.
//!
//! [`pasted`] reads the text of a request as other tools print it. [`request`] interprets a typed
//! or received request according to the spec of its method, and [`sent`] does both. [`diagnose`] signs the request, and
//! tries the known mistakes of other signers until one reproduces the given signature. [`steps`] shows
//! how a signature is computed. [`curl`] writes a request as a command, and [`python`] as a program.
//! None of these modules needs generated code, a transport or a clock.

pub mod charsets;
pub mod curl;
pub mod diagnose;
pub mod pasted;
pub mod python;
pub mod request;
pub mod sent;
pub mod steps;

// Modules of the compiler's front end, re-exported under the paths that the files here use.
use gatespec_language::{dynamic, model, range, source, suggest, tree};
