//! The text that a client was generated from.

use std::fmt;

/// The spec of a platform, as the texts of its files. A generated client contains its spec, so that
/// a mock gateway in a program's tests uses exactly the spec that the client was generated from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Spec<'a> {
    /// The platform's id, which is the name of its folder.
    pub platform: &'a str,
    /// The files of the folder, each with its name and text.
    pub files: &'a [(&'a str, &'a str)],
}

/// Shows only the names of the files, because their texts are long.
impl fmt::Debug for Spec<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.files.iter().map(|(name, _)| name).collect();
        f.debug_struct("Spec").field("platform", &self.platform).field("files", &names).finish()
    }
}
