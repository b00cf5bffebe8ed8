//! Reading what stands at certain paths of an answer, and its data, in one pass.

use std::borrow::Cow;

use super::walk::{Level, Take};
use super::{Failure, Question};
use crate::decode::{Bend, BendKind, DecodeError, Value, passes};
use crate::shape::{Expected, Predicate};
use crate::template::{Holes, Unfilled, segments};

/// What stands at a path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing, or null.
    #[default]
    Missing,
    /// A scalar, as text.
    Text(String),
    /// A list or an object.
    Nested { empty: bool },
}

impl Found {
    /// Neither missing nor empty.
    pub(super) fn exists(&self) -> bool {
        match self {
            Found::Missing => false,
            Found::Text(text) => !text.is_empty(),
            Found::Nested { empty } => !empty,
        }
    }

    fn fits(&self, expected: Expected<'_>) -> bool {
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
    steps: Vec<Cow<'p, str>>,
    found: Found,
}

/// All probed paths of an envelope, sorted, so that those with a common beginning are neighbours,
/// the shortest first.
pub(super) struct Probes<'p> {
    all: Vec<Probe<'p>>,
    data: Vec<Cow<'p, str>>,
    has_data: bool,
}

/// What could not be read.
pub(super) enum Unread {
    /// Anything at all.
    NotJson(DecodeError),
    /// The data.
    Data(DecodeError),
}

impl<'p> Probes<'p> {
    /// The paths that judging a method's answer needs.
    pub(super) fn of(question: &Question<'p>) -> Result<Probes<'p>, Failure> {
        let envelope = &question.gateway().envelope;
        let mut paths: Vec<&'p str> = Vec::with_capacity(16);
        paths.extend([envelope.code, envelope.message]);
        paths.extend(envelope.open.iter().map(|step| step.at));
        paths.extend(envelope.success.iter().map(|predicate| predicate.path));
        for shape in envelope.failures {
            paths.extend(shape.when.iter().map(|predicate| predicate.path));
            let lists =
                [shape.code, shape.message, shape.sub_code, shape.sub_message, shape.request_id];
            paths.extend(lists.into_iter().flatten());
        }
        Ok(Probes::new(paths, question.method.data(), &question.holes())?)
    }

    pub(super) fn new(
        mut paths: Vec<&'p str>,
        data: &'p str,
        holes: &Holes<'_>,
    ) -> Result<Probes<'p>, Unfilled> {
        paths.retain(|path| !path.is_empty());
        paths.sort_unstable();
        paths.dedup();
        let probe = |template: &'p str| -> Result<Probe<'p>, Unfilled> {
            Ok(Probe { template, steps: segments(template, holes)?, found: Found::Missing })
        };
        let mut all = paths.into_iter().map(probe).collect::<Result<Vec<_>, _>>()?;
        all.sort_by(|a, b| a.steps.cmp(&b.steps));
        Ok(Probes { all, data: segments(data, holes)?, has_data: false })
    }

    /// Reads an answer. `decode` takes the data; if that fails, the answer is read again without.
    pub(super) fn read(&mut self, text: &str, decode: Take<'_>) -> Result<Vec<Bend>, Unread> {
        self.run(text, Some(decode)).map_err(|error| match self.run(text, None) {
            Ok(_) => Unread::Data(error),
            Err(error) => Unread::NotJson(error),
        })
    }

    /// Reads an answer in one pass; `decode` takes its data. Says where that bent.
    pub(super) fn run(
        &mut self,
        text: &str,
        mut decode: Option<Take<'_>>,
    ) -> Result<Vec<Bend>, DecodeError> {
        // Data within which a path is probed is left for a pass of its own.
        let within =
            |probe: &Probe<'_>| probe.steps.starts_with(&self.data) && probe.steps != self.data;
        let apart = self.data.is_empty() || self.all.iter().any(within);
        let take = decode.as_mut().filter(|_| !apart).map(|take| &mut **take as Take<'_>);
        let bends = self.pass(text, take)?;
        let Some(take) = decode.filter(|_| apart) else { return Ok(bends) };
        let mut bends = if self.data.is_empty() {
            passes(text, &mut |value| value.observe(take).map(drop))?
        } else {
            let data = std::mem::take(&mut self.data);
            let mut alone = Probes { all: Vec::new(), data, has_data: false };
            let outcome = alone.pass(text, Some(take));
            self.data = alone.data;
            outcome?
        };
        bends.retain(|bend| bend.kind != BendKind::UnknownField || !self.knows(&bend.field));
        Ok(bends)
    }

    /// The envelope speaks of this member of the data.
    fn knows(&self, name: &str) -> bool {
        let leads = |probe: &Probe<'_>| {
            let within = probe.steps.strip_prefix(&*self.data);
            within.and_then(|steps| steps.first()).is_some_and(|step| *step == name)
        };
        self.all.iter().any(leads)
    }

    fn pass(&mut self, text: &str, mut decode: Option<Take<'_>>) -> Result<Vec<Bend>, DecodeError> {
        passes(text, &mut |value: Value<'_>| {
            self.forget();
            let decode = decode.as_mut().map(|take| &mut **take as Take<'_>);
            value.take(&mut Level::root(self, decode))
        })
    }

    fn forget(&mut self) {
        self.has_data = false;
        for probe in &mut self.all {
            probe.found = Found::Missing;
        }
    }

    /// How many paths are probed.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// One step of a probed path.
    pub(super) fn step(&self, probe: usize, depth: usize) -> Option<&str> {
        self.all[probe].steps.get(depth).map(|step| &**step)
    }

    /// One step of the path to the data.
    pub(super) fn data_step(&self, depth: usize) -> Option<&str> {
        self.data.get(depth).map(|step| &**step)
    }

    /// Sets what stands at a path that ends here.
    pub(super) fn set(&mut self, probe: usize, found: Found) {
        self.all[probe].found = found;
    }

    /// The data is there.
    pub(super) fn set_data(&mut self) {
        self.has_data = true;
    }

    /// What stands at a path of the envelope.
    pub(super) fn at(&self, template: &str) -> &Found {
        let known = self.all.iter().find(|probe| probe.template == template);
        known.map_or(&Found::Missing, |probe| &probe.found)
    }

    /// All of these hold.
    pub(super) fn hold(&self, predicates: &[Predicate<'_>]) -> bool {
        predicates.iter().all(|predicate| self.at(predicate.path).fits(predicate.is))
    }

    /// The data is there, and not null.
    pub(super) fn has_data(&self) -> bool {
        self.has_data || self.data.is_empty()
    }
}
