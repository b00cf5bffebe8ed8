//! How the output is wanted.

/// How the output is wanted.
#[derive(Debug, Clone)]
pub struct Options {
    /// The path of the runtime crate, as the generated crate sees it.
    pub runtime_path: String,
    /// Clients that block are generated too.
    pub blocking: bool,
    /// What the output is the root of.
    pub root: Root,
    /// The path of the generated crate, if examples can be compiled under it.
    pub doc_path: Option<String>,
    /// What to do instead of editing a generated file, for its first line.
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

/// What the output is the root of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// A crate: `lib.rs`, one feature a platform.
    Crate,
    /// A module to include: `mod.rs`.
    Module,
}
