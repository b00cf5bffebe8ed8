//! Options of the output.

/// Options of the output.
#[derive(Debug, Clone)]
pub struct Options {
    /// The path of the runtime crate, as the generated code refers to it.
    pub runtime_path: String,
    /// Whether blocking clients are generated too.
    pub blocking: bool,
    /// Whether the output is a crate or a module.
    pub root: Root,
    /// The path by which doc examples import the generated client. If `None`, doc tests do not
    /// compile the examples.
    pub doc_path: Option<String>,
    /// The instruction in the first line of each file: what to do instead of editing the file.
    pub command: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            runtime_path: "gatespec_runtime".to_owned(),
            blocking: true,
            root: Root::Crate,
            doc_path: Some("gatespec_clients".to_owned()),
            command: "Edit the spec, then run `cargo run`.".to_owned(),
        }
    }
}

/// The kind of the root file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// A crate: `lib.rs`, with one Cargo feature per platform.
    Crate,
    /// A module: `mod.rs`, which another crate includes.
    Module,
}
