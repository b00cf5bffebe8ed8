//! Suggestions for unknown names: the nearest known name, or a list of all known names.

/// The maximum number of names that a message lists.
const MOST_LISTED: usize = 30;
/// The maximum number of pairs of letters compared per run.
const MOST_COMPARED: usize = 4_000_000;

/// Finds the known names that are nearest to misspelled names. The work is limited, since a hostile
/// spec may declare thousands of names and misspell thousands.
#[derive(Debug, Default)]
pub struct Suggester {
    /// The number of pairs of letters compared so far.
    compared: usize,
}

impl Suggester {
    /// The number of pairs of letters compared so far.
    pub fn compared(&self) -> usize {
        self.compared
    }

    /// Suggests the nearest known name. If no name is near, describes all names with `otherwise`.
    pub fn advice<'k>(
        &mut self,
        written: &str,
        known: impl IntoIterator<Item = &'k str, IntoIter: Clone>,
        otherwise: impl FnOnce(&[&str]) -> String,
    ) -> String {
        let known = known.into_iter();
        match self.closest(written, known.clone()) {
            Some(near) => did_you_mean(near),
            None => otherwise(&to_list(known)),
        }
    }

    /// The known name nearest to a misspelled one.
    pub fn closest<'k>(
        &mut self,
        written: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Option<&'k str> {
        self.near(written, known).map(|(name, _)| name)
    }

    /// The known name nearest to a misspelled one, and whether no other known name is near.
    pub fn near<'k>(
        &mut self,
        written: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Option<(&'k str, bool)> {
        // Known names are short, but a hostile name may be as long as a file.
        const LONGEST: usize = 80;
        let letters = written.chars().count();
        if letters > LONGEST {
            return None;
        }
        let mut best: Option<(usize, &str)> = None;
        let mut alone = true;
        for name in known {
            if self.compared >= MOST_COMPARED {
                alone = false;
                break;
            }
            self.compared += 1 + letters.max(1) * name.len();
            let length = name.chars().count();
            let most = letters.max(length) / 3;
            // Names whose lengths differ by more than this cannot be near.
            if letters.abs_diff(length) > most {
                continue;
            }
            let found = (strsim::osa_distance(written, name), name);
            if found.0 > most || best.is_some_and(|(_, known)| known == name) {
                continue;
            }
            alone &= best.is_none();
            best = Some(best.map_or(found, |known| known.min(found)));
        }
        best.map(|(_, name)| (name, alone))
    }
}

/// The names that [`list`] would show, and one more if there are more.
pub(crate) fn to_list<'k>(known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    known.into_iter().take(MOST_LISTED + 1).collect()
}

/// The question that suggests a name.
pub fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}

/// The known name nearest to a misspelled one.
pub fn closest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    Suggester::default().closest(written, known)
}

/// Joins names: "`a`, `b` and `c`". A long list is shortened.
pub fn list(names: &[&str]) -> String {
    let quoted = |names: &[&str]| {
        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    match names {
        [] => "nothing".to_owned(),
        [only] => quoted(&[only]),
        _ if names.len() > MOST_LISTED => format!("{} and more", quoted(&names[..MOST_LISTED])),
        [rest @ .., last] => format!("{} and `{last}`", quoted(rest)),
    }
}
