//! Validation of requests. Reports all violations, each with its rule, and with the path and name
//! of the field.

mod pattern;
mod violation;

pub use pattern::Pattern;
pub use violation::Violation;

use violation::Path;

/// A value that can be validated against the rules of its spec.
pub trait Validate {
    /// Reports all violations to `cx`.
    fn check(&self, cx: &mut Checker<'_>);

    /// Returns all violations. The list is empty if the value is valid.
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
    /// Runs `check` with the path extended by the field `name`, and by the index of an item if the
    /// field is a list.
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

    /// Reports a violation by one field or by several fields. `name` is the wire name of the field,
    /// or the wire names of all the fields, joined by commas.
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
