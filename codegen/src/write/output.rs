//! What is written.

/// One file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Its path below the output folder, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The spec that it comes from.
    pub source: String,
}
