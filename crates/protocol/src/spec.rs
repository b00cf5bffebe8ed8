//! The text that a client was generated from.

use std::fmt;

/// The spec of a platform: the text of its files. A generated client carries it, so that a mock
/// gateway in the tests of a program answers by the very spec that its client was made from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Spec<'a> {
    /// The platform's id, which is the name of its folder.
    pub platform: &'a str,
    /// The files of the folder: name and text.
    pub files: &'a [(&'a str, &'a str)],
}

/// Names only: a file is long.
impl fmt::Debug for Spec<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.files.iter().map(|(name, _)| name).collect();
        f.debug_struct("Spec").field("platform", &self.platform).field("files", &names).finish()
    }
}
