//! Editions of the spec language.

/// An edition of the spec language. A platform states its edition with the key `language`, and has
/// the first edition without this key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// In the first edition, mistakes that cannot make a client wrong are warnings.
    #[default]
    One,
    /// In the second edition, mistakes that cannot make a client wrong are errors.
    Two,
}

impl Edition {
    /// Every edition, with its name in specs.
    pub const ALL: [(&'static str, Edition); 2] = [("1", Edition::One), ("2", Edition::Two)];

    /// A note for warnings that are errors from this edition on.
    pub(super) fn note(self) -> String {
        format!("this is an error in edition {} of the language", self.name())
    }

    /// The name in specs.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, edition)| *edition == self).map_or("1", |(name, _)| name)
    }
}
