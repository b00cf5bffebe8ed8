//! Editions of the spec language.

/// An edition of the spec language. A platform names its own by `language`; without the key it has
/// the first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// The first: mistakes that cannot make a client wrong are warnings.
    #[default]
    One,
    /// The second: they are errors.
    Two,
}

impl Edition {
    /// Every edition with its name in specs.
    pub const ALL: [(&'static str, Edition); 2] = [("1", Edition::One), ("2", Edition::Two)];

    /// The note of a warning that is an error from this edition on.
    pub(super) fn note(self) -> String {
        format!("an error in edition {} of the language", self.name())
    }

    /// The name in specs.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, edition)| *edition == self).map_or("1", |(name, _)| name)
    }
}
