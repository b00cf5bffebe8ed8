//! Reading what stands at certain paths of an answer, and its data, in one pass.

use super::{Failure, Question, passes};
use crate::decode::{Context, Decode, DecodeError, Decoded, Items, Members, Number, Sink, Value};
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
    steps: Vec<String>,
    found: Found,
}

/// All probed paths of an envelope, sorted, so that those with a common beginning are neighbours.
pub(super) struct Probes<'p> {
    all: Vec<Probe<'p>>,
    data: Vec<String>,
    has_data: bool,
    /// Names at the top of the answer, for messages.
    top: Vec<String>,
}

type Take<'t> = &'t mut dyn FnMut(Value<'_>) -> Decoded;

impl<'p> Probes<'p> {
    /// The paths that judging a method's answer needs.
    pub(super) fn of(question: &Question<'p>) -> Result<Probes<'p>, Failure> {
        let envelope = &question.gateway().envelope;
        let mut paths: Vec<&'p str> = vec![envelope.code, envelope.message];
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
        data: &str,
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
        Ok(Probes { all, data: segments(data, holes)?, has_data: false, top: Vec::new() })
    }

    /// Begins anew.
    pub(super) fn forget(&mut self) {
        self.top.clear();
        self.has_data = false;
        for probe in &mut self.all {
            probe.found = Found::Missing;
        }
    }

    /// Reads an answer; `decode` takes its data.
    pub(super) fn run(
        &mut self,
        text: &str,
        mut decode: Option<Take<'_>>,
    ) -> Result<(), DecodeError> {
        // Data that holds a probed path is left for a pass of its own.
        let holds = |probe: &Probe<'_>| probe.steps.starts_with(&self.data);
        let apart = self.data.is_empty() || self.all.iter().any(holds);
        let mut pass = |value: Value<'_>| {
            self.forget();
            let take: Option<Take<'_>> = match &mut decode {
                Some(take) if !apart => Some(&mut **take),
                _ => None,
            };
            self.root(value, take)
        };
        passes(text, &mut pass).map_err(Context::into_error)?;
        match decode {
            Some(take) if apart => self.decode_apart(text, take),
            _ => Ok(()),
        }
    }

    fn root(&mut self, value: Value<'_>, decode: Option<Take<'_>>) -> Decoded {
        let range = 0..self.all.len();
        let decode = decode.map(|take| take as Take<'_>);
        let mut level = Level { probes: self, range, depth: 0, on_data: true, decode };
        value.take(&mut level, false)
    }

    fn decode_apart(&mut self, text: &str, take: Take<'_>) -> Result<(), DecodeError> {
        let mut data = std::mem::take(&mut self.data);
        let mut alone =
            Probes { all: Vec::new(), data: Vec::new(), has_data: false, top: Vec::new() };
        let outcome = if data.is_empty() {
            passes(text, take)
        } else {
            std::mem::swap(&mut alone.data, &mut data);
            passes(text, &mut |value| alone.root(value, Some(&mut *take)))
        };
        self.data = alone.data;
        outcome.map_err(Context::into_error)
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

    /// The names at the top of the answer.
    pub(super) fn top(&self) -> &[String] {
        &self.top
    }
}

/// One value on the way to probed paths or to the data.
struct Level<'l, 'p> {
    probes: &'l mut Probes<'p>,
    /// The probes that lead through here.
    range: std::ops::Range<usize>,
    depth: usize,
    /// The data lies at or below this value.
    on_data: bool,
    decode: Option<Take<'l>>,
}

impl Level<'_, '_> {
    /// Sets the probes that end here: the first of the range, as they are the shortest.
    fn found(&mut self, make: impl Fn() -> Found) {
        let depth = self.depth;
        for probe in &mut self.probes.all[self.range.clone()] {
            if probe.steps.len() == depth {
                probe.found = make();
            }
        }
        self.probes.has_data |= self.on_data && self.probes.data.len() == depth;
    }

    fn through(&self, name: &str) -> std::ops::Range<usize> {
        let leads = |index: &usize| {
            let step = self.probes.all[*index].steps.get(self.depth);
            step.is_some_and(|step| step == name)
        };
        let first = self.range.clone().find(leads);
        let start = first.unwrap_or(self.range.end);
        let count = (start..self.range.end).take_while(leads).count();
        start..start + count
    }
}

impl Sink for Level<'_, '_> {
    fn expected(&self) -> &str {
        "a value of the envelope"
    }
    fn wants_digits(&self) -> bool {
        self.depth > 0
    }
    fn flag(&mut self, flag: bool, _: &mut Context) -> Decoded {
        self.found(|| Found::Text(flag.to_string()));
        Ok(())
    }
    fn number(&mut self, number: Number<'_>, _: &mut Context) -> Decoded {
        self.found(|| Found::Text(number.to_string()));
        Ok(())
    }
    fn text(&mut self, text: &str, _: &mut Context) -> Decoded {
        self.found(|| Found::Text(text.to_owned()));
        Ok(())
    }
    fn items(&mut self, items: &mut dyn Items, cx: &mut Context) -> Decoded {
        let mut empty = true;
        let mut skip = |value: Value<'_>| {
            empty = false;
            value.skip()
        };
        items.each(&mut skip, cx)?;
        self.found(|| Found::Nested { empty });
        Ok(())
    }
    fn members(&mut self, members: &mut dyn Members, cx: &mut Context) -> Decoded {
        let mut inside = Inside { level: self, empty: true };
        members.each(&mut inside, cx)?;
        let empty = inside.empty;
        self.found(|| Found::Nested { empty });
        Ok(())
    }
}

/// The members of a value on the way.
struct Inside<'i, 'l, 'p> {
    level: &'i mut Level<'l, 'p>,
    empty: bool,
}

impl Decode for Inside<'_, '_, '_> {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        self.empty = false;
        let level = &mut *self.level;
        if level.depth == 0 {
            level.probes.top.push(name.to_owned());
        }
        let range = level.through(name);
        let on_data =
            level.on_data && level.probes.data.get(level.depth).is_some_and(|step| step == name);
        let depth = level.depth + 1;
        if on_data && depth == level.probes.data.len() {
            if let Some(decode) = &mut level.decode {
                let filled = value.observe(decode)?;
                level.probes.has_data |= filled;
                return Ok(());
            }
        } else if range.is_empty() && !on_data {
            return value.skip();
        }
        let decode = level.decode.as_mut().map(|decode| &mut **decode as Take<'_>);
        let mut next = Level { probes: &mut *level.probes, range, depth, on_data, decode };
        value.take(&mut next, false)
    }
}
