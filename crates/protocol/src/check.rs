//! Validation of requests: reports all violations, each with its rule, path and name.

mod pattern;
mod violation;

pub use pattern::Pattern;
pub use violation::Violation;

use violation::Path;

/// A value that can be validated by the rules of its spec.
pub trait Validate {
    /// Reports all violations.
    fn check(&self, cx: &mut Checker<'_>);

    /// All violations; empty if the request is valid.
    fn violations(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        self.check(&mut Checker { path: Path::Root, found: &mut found });
        found
    }
}

impl Validate for () {
    fn check(&self, _: &mut Checker<'_>) {}
}

/// Collects the violations of a request.
#[derive(Debug)]
pub struct Checker<'c> {
    path: Path<'c>,
    found: &'c mut Vec<Violation>,
}

impl Checker<'_> {
    /// Runs `check` on the value of a field, or on an item of its list.
    pub(crate) fn within(
        &mut self,
        name: &str,
        index: Option<usize>,
        check: impl FnOnce(&mut Checker<'_>),
    ) {
        let outer = &self.path;
        let path = match index {
            Some(index) => Path::Item { outer, name, index },
            None => Path::Member { outer, name },
        };
        check(&mut Checker { path, found: &mut *self.found });
    }

    /// Reports a violation of a field, or of several whose names are joined by commas.
    pub fn report(&mut self, kind: &'static str, name: &str, message: String) {
        self.report_at(kind, name, None, message);
    }

    pub(crate) fn report_at(
        &mut self,
        kind: &'static str,
        name: &str,
        index: Option<usize>,
        message: String,
    ) {
        self.found.push(Violation::new(kind, self.path.render(name, index), name, message));
    }
}
