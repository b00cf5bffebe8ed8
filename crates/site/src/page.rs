//! A file of the site.

/// A text that every file of a site contains, and that other files hardly do.
pub const MARK: &str = "written by gatespec docs";

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The path below the root of the site, with `/`.
    pub path: String,
    /// The media type, with its charset.
    pub content_type: &'static str,
    /// The content.
    pub text: String,
}
