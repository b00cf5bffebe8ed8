//! A file of the output.

/// One generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// The path below the output folder, with `/` as separator.
    pub path: String,
    /// The text of the file.
    pub text: String,
    /// The spec that the file was generated from, as a path below the specs folder.
    pub source: String,
}
