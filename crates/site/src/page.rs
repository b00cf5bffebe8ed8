//! A file of the site.

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
