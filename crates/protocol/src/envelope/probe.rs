//! Probes: paths in an answer, and the values found there.

use std::borrow::Cow;
use std::ops::Range;

use super::question::Question;
use crate::shape::{Expected, Predicate};
use crate::template::{Holes, Unfilled, filled_segments};
use serde_json::Value as Json;

/// The value at a path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Found {
    /// No value, or null.
    #[default]
    Missing,
    /// A scalar as text.
    Text(String),
    /// A list or an object.
    Nested { empty: bool },
}

impl Found {
    /// Converts a JSON value to the form in which predicates compare it.
    pub(super) fn of(value: Option<&Json>) -> Self {
        match value {
            None | Some(Json::Null) => Found::Missing,
            Some(Json::String(text)) => Found::Text(text.clone()),
            Some(Json::Array(items)) => Found::Nested { empty: items.is_empty() },
            Some(Json::Object(members)) => Found::Nested { empty: members.is_empty() },
            Some(scalar @ (Json::Bool(_) | Json::Number(_))) => Found::Text(scalar.to_string()),
        }
    }

    /// Whether the value is neither missing nor empty.
    pub(super) fn exists(&self) -> bool {
        match self {
            Found::Missing => false,
            Found::Text(text) => !text.is_empty(),
            Found::Nested { empty } => !empty,
        }
    }

    pub(super) fn fits(&self, expected: Expected<'_>) -> bool {
        match (expected, self) {
            (Expected::Missing, found) => !found.exists(),
            (Expected::Exists, found) => found.exists(),
            (Expected::OneOf(texts), Found::Text(text)) => texts.contains(&text.as_str()),
            (Expected::OneOf(_), _) => false,
        }
    }
}

/// One probed path.
struct Probe<'p> {
    template: &'p str,
    /// The range of the path's steps in `Probes::steps`.
    steps: Range<usize>,
    found: Found,
}

/// The probed paths of an envelope. They are sorted, so that paths with a common prefix are
/// neighbours, shortest first.
pub(super) struct Probes<'p> {
    all: Vec<Probe<'p>>,
    /// The steps of all paths.
    steps: Vec<Cow<'p, str>>,
    /// The range of the data's path in `steps`.
    data: Range<usize>,
    has_data: bool,
    has_placeholder: bool,
}

impl<'p> Probes<'p> {
    /// The paths that are needed to judge a method's answer.
    pub(super) fn of(question: &Question<'p>) -> Result<Probes<'p>, Unfilled> {
        let envelope = &question.gateway().envelope;
        let shapes = envelope.failures.iter().flat_map(|shape| {
            let lists =
                [shape.code, shape.message, shape.sub_code, shape.sub_message, shape.request_id];
            let paths = lists.into_iter().flatten().copied();
            shape.when.iter().map(|predicate| predicate.path).chain(paths)
        });
        let paths = [envelope.code, envelope.message].into_iter();
        let paths = paths.chain(envelope.open.iter().map(|step| step.at));
        let paths = paths.chain(envelope.success.iter().map(|predicate| predicate.path));
        Probes::new(paths.chain(shapes), question.method.data(), &question.holes())
    }

    /// Creates probes for these paths, except empty ones, and for the path to the data.
    pub(super) fn new(
        paths: impl Iterator<Item = &'p str>,
        data: &'p str,
        holes: &Holes<'_>,
    ) -> Result<Probes<'p>, Unfilled> {
        let (mut all, mut steps) = (Vec::<Probe<'p>>::with_capacity(16), Vec::with_capacity(32));
        let mut split = |path| {
            let start = steps.len();
            for step in filled_segments(path, holes) {
                steps.push(step?);
            }
            Ok(start..steps.len())
        };
        let data = split(data)?;
        for template in paths.filter(|path| !path.is_empty()) {
            if !all.iter().any(|probe| probe.template == template) {
                all.push(Probe { template, steps: split(template)?, found: Found::Missing });
            }
        }
        all.sort_by(|a, b| steps[a.steps.clone()].cmp(&steps[b.steps.clone()]));
        Ok(Probes { all, steps, data, has_data: false, has_placeholder: false })
    }

    /// Creates probes for the path to the data alone.
    pub(super) fn data_alone(&self) -> Probes<'p> {
        let steps = self.steps[self.data.clone()].to_vec();
        Probes {
            all: Vec::new(),
            data: 0..steps.len(),
            steps,
            has_data: false,
            has_placeholder: false,
        }
    }

    /// Whether the whole answer is the data.
    pub(super) fn is_all_data(&self) -> bool {
        self.data.is_empty()
    }

    /// For each path that leads into the data, the steps from the data to the end of the path.
    pub(super) fn within_data(&self) -> impl Iterator<Item = &[Cow<'p, str>]> {
        let data = &self.steps[self.data.clone()];
        let within =
            self.all.iter().filter_map(|one| self.steps[one.steps.clone()].strip_prefix(data));
        within.filter(|rest| !rest.is_empty())
    }

    /// Clears the results.
    pub(super) fn forget(&mut self) {
        (self.has_data, self.has_placeholder) = (false, false);
        self.all.iter_mut().for_each(|probe| probe.found = Found::Missing);
    }

    /// The number of probed paths.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// A step of a probed path.
    pub(super) fn step(&self, probe: usize, depth: usize) -> Option<&str> {
        self.steps[self.all[probe].steps.clone()].get(depth).map(|step| &**step)
    }

    /// A step of the path to the data.
    pub(super) fn data_step(&self, depth: usize) -> Option<&str> {
        self.steps[self.data.clone()].get(depth).map(|step| &**step)
    }

    /// Records the value at a path.
    pub(super) fn set(&mut self, probe: usize, found: Found) {
        self.all[probe].found = found;
    }

    /// Records that the data is present.
    pub(super) fn set_data(&mut self) {
        self.has_data = true;
    }

    /// Records that there is null in place of data that can be empty.
    pub(super) fn set_placeholder(&mut self) {
        self.has_placeholder = true;
    }

    /// Whether there is null in place of data that can be empty.
    pub(super) fn has_placeholder(&self) -> bool {
        self.has_placeholder
    }

    /// The value at a path of the envelope.
    pub(super) fn at(&self, template: &str) -> &Found {
        let known = self.all.iter().find(|probe| probe.template == template);
        known.map_or(&Found::Missing, |probe| &probe.found)
    }

    /// Whether all predicates hold.
    pub(super) fn hold(&self, predicates: &[Predicate<'_>]) -> bool {
        predicates.iter().all(|predicate| self.at(predicate.path).fits(predicate.is))
    }

    /// Whether the data is present and not null.
    pub(super) fn has_data(&self) -> bool {
        self.has_data || self.data.is_empty()
    }
}
