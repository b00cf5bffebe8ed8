//! What to say of a name that is unknown: the nearest known one, or all of them.

/// Names of a list that are shown.
const MOST_LISTED: usize = 30;
/// Pairs of letters that are compared for all advice of one run.
const MOST_COMPARED: usize = 4_000_000;

/// Finds the known names that misspelled ones are nearest to. A hostile spec may misspell thousands
/// of names of which it declares thousands: there is an end to comparing.
#[derive(Debug, Default)]
pub struct Suggester {
    /// Pairs of letters.
    compared: usize,
}

impl Suggester {
    /// How many pairs of letters were compared.
    pub fn compared(&self) -> usize {
        self.compared
    }

    /// Points at the nearest known name, or else says something of all of them.
    pub fn advice<'k>(
        &mut self,
        written: &str,
        known: impl IntoIterator<Item = &'k str, IntoIter: Clone>,
        otherwise: impl FnOnce(&[&str]) -> String,
    ) -> String {
        let known = known.into_iter();
        match self.closest(written, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => otherwise(&known.take(MOST_LISTED + 1).collect::<Vec<_>>()),
        }
    }

    /// The known name that a misspelled one is nearest to.
    pub fn closest<'k>(
        &mut self,
        written: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Option<&'k str> {
        // A hostile name may be as long as a file; no name of ours is.
        const LONGEST: usize = 80;
        let letters = written.chars().count();
        if letters > LONGEST {
            return None;
        }
        let near = known.into_iter().take_while(|name| {
            let goes_on = self.compared < MOST_COMPARED;
            self.compared += if goes_on { 1 + letters.max(1) * name.len() } else { 0 };
            goes_on
        });
        near.filter_map(|name| {
            let most = letters.max(name.chars().count()) / 3;
            // Names whose lengths differ by more cannot be near.
            let may_be_near = letters.abs_diff(name.chars().count()) <= most;
            let distance =
                if may_be_near { strsim::osa_distance(written, name) } else { usize::MAX };
            (distance <= most).then_some((distance, name))
        })
        .min()
        .map(|(_, name)| name)
    }
}

/// The known name that a misspelled one is nearest to.
pub fn closest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    Suggester::default().closest(written, known)
}

/// "`a`, `b` and `c`"; of a long list the beginning.
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
