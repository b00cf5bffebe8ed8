//! Checks that sample answers decode into the method's types, and that the envelope distinguishes
//! successes from failures as the samples do.

use super::doubt::Doubt;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::dynamic::{Answered, Expected};
use crate::model::{Gateway, Platform, ResponseExample, Returns};
use crate::source::SourceSpan;
use crate::suggest::list;
use bumpalo::Bump;
use gatespec_protocol as rt;
use rt::envelope::{Failure, Question, read};
use rt::{CredentialSet, Expected as Is, Json, json};
use serde_json::value::RawValue;

pub(super) fn check(platform: &Platform, doubt: &Doubt<'_>, sink: &mut Sink) {
    let arena = Bump::new();
    for (index, gateway) in platform.gateways.iter().enumerate() {
        if doubt.of_gateway(index, &["envelope", "credentials", "labels"]) {
            continue;
        }
        let mut samples = Vec::new();
        for method in platform.methods.iter().filter(|method| method.gateway == index) {
            let unsure = doubt.of_method(method, &["response", "returns", "labels", "data"]);
            if unsure || doubt.of_returns(&method.returns) {
                continue;
            }
            let expected = Expected::of(platform, &method.returns, &arena);
            let sample = |example| Sample::of(&expected, &method.facts, example);
            samples.extend(method.response_examples.iter().map(sample));
        }
        // A sample of the envelope belongs to no method, so its data is not decoded.
        let labels = gateway.labels.iter().map(|one| (one.name, one.default.unwrap_or_default()));
        let labels: Vec<_> = labels.collect();
        let info = rt::MethodInfo { labels: &labels, ..rt::MethodInfo::new("", gateway.facts) };
        let nothing = Expected::of(platform, &Returns::Nothing, &arena);
        let own = gateway.envelope.examples.iter();
        samples.extend(own.map(|example| Sample::of(&nothing, &info, example)));
        for success in [true, false] {
            judge(
                gateway,
                samples.iter().filter(|one| one.example.success == success).collect(),
                sink,
            );
        }
    }
}

/// A sample answer, and what the envelope and the decoder make of it.
struct Sample<'m> {
    example: &'m ResponseExample,
    outcome: Result<(), Failure>,
    /// The path of the data, if the method states its own.
    data: Option<&'m str>,
}

impl<'m> Sample<'m> {
    fn of(
        expected: &Expected<'_>,
        method: &rt::MethodInfo<'m>,
        example: &'m ResponseExample,
    ) -> Self {
        let credentials = example.credentials.iter();
        let credentials: CredentialSet =
            credentials.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let question = Question {
            method,
            name: method.name,
            credentials: &credentials,
            decryptor: &rt::BySpec,
            sent: None,
        };
        let mut answered = Answered::default();
        let body = example.body.as_bytes();
        let outcome =
            read(&question, 200, body, &mut |value| answered.read(expected, value)).map(|_| ());
        Self { example, outcome, data: method.data }
    }

    /// Whether the envelope judges the sample differently than the spec says.
    fn is_mistaken(&self) -> bool {
        match &self.outcome {
            Ok(()) => !self.example.success,
            Err(Failure::Refused(_)) => self.example.success,
            Err(Failure::Envelope(_)) => true,
            Err(_) => false,
        }
    }
}

/// Checks all samples of successes, or all samples of failures. If the envelope misreads all of
/// them, reports one error about the envelope instead of one per sample.
fn judge(gateway: &Gateway, samples: Vec<&Sample<'_>>, sink: &mut Sink) {
    let all = !samples.is_empty() && samples.iter().all(|sample| sample.is_mistaken());
    if let Some(diagnostic) = all.then(|| blame(gateway, &samples)).flatten() {
        sink.report(diagnostic);
        return;
    }
    for sample in samples {
        if let Some(diagnostic) = surprise(gateway, sample) {
            sink.report(diagnostic);
        }
    }
}

/// Returns the error about an envelope that misreads all samples.
fn blame(gateway: &Gateway, samples: &[&Sample<'_>]) -> Option<Diagnostic> {
    let first = samples.first()?;
    let envelope = &gateway.envelope;
    let bodies: Vec<Json> = samples
        .iter()
        .filter_map(|sample| serde_json::from_str(&sample.example.body).ok())
        .collect();
    let count = match samples.len() {
        1 => "the sample".to_owned(),
        count => format!("each of the {count} samples"),
    };
    let what = if first.example.success { "a success" } else { "a failure" };
    let wrong = paths(gateway, first).into_iter().find_map(|(path, span)| {
        let opened = envelope.open.iter().any(|step| path.starts_with(step.at));
        if path.contains('{') || opened || bodies.len() < samples.len() {
            return None;
        }
        let missing = bodies.iter().map(|body| lacks(body, path)).collect::<Option<Vec<_>>>()?;
        Some((path, span, missing.into_iter().next().unwrap_or_default()))
    });
    let (diagnostic, label) = match wrong {
        Some((path, span, names)) => {
            let message = match samples.len() {
                1 => format!("the sample of {what} has no member `{path}`"),
                count => format!("none of the {count} samples of {what} has a member `{path}`"),
            };
            let last = path.rsplit('.').next().unwrap_or(path);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let near = crate::suggest::closest(last, names.iter().copied());
            let advice = near.map_or_else(
                || format!("the members are {}", list(&names)),
                |near| format!("did you mean `{near}`?"),
            );
            (
                Diagnostic::at(rules::EXAMPLE_RESPONSE, span, message).help(advice),
                "the first sample",
            )
        }
        None => {
            let span = envelope.success_at.first().copied()?;
            let message = format!("this envelope classifies {count} of {what} as {}", found(first));
            let help = if envelope.failures.is_empty() && !first.example.success {
                "say where the code of a failure is: `failures: [{ code: code, message: msg }]`"
            } else {
                "correct the condition, or state `gives: success` or `gives: failure` in the sample"
            };
            (Diagnostic::at(rules::EXAMPLE_RESPONSE, span, message).help(help), "this sample")
        }
    };
    Some(diagnostic.also(first.example.span, label))
}

/// The paths that decide whether a sample is a success, and the path to its data, each with its
/// span.
fn paths<'g>(gateway: &'g Gateway, sample: &Sample<'_>) -> Vec<(&'g str, SourceSpan)> {
    let envelope = &gateway.envelope;
    let told = |all: &'g [rt::Predicate<'g>], at: &[SourceSpan]| {
        let all = all.iter().zip(at.iter().copied());
        let present = all.filter(|(predicate, _)| !matches!(predicate.is, Is::Missing));
        present.map(|(predicate, at)| (predicate.path, at)).collect::<Vec<_>>()
    };
    if sample.example.success {
        let mut paths = told(envelope.success, &envelope.success_at);
        let data = envelope.places.iter().find(|(path, _)| *path == envelope.data);
        paths.extend(data.filter(|_| sample.data.is_none()).copied());
        return paths;
    }
    let failures = envelope.failures.iter().flat_map(|shape| {
        let mut paths = told(shape.when, &shape.when_at);
        paths.extend(shape.places.iter().filter(|(path, _)| shape.code.contains(path)));
        paths
    });
    failures.chain(told(envelope.success, &envelope.success_at)).collect()
}

/// Finds the first member of `path` that is missing, and returns the names of the members that its
/// parent has instead. `None` if no member is missing, or if a parent is not an object.
fn lacks(body: &Json, path: &str) -> Option<Vec<String>> {
    let mut here = body;
    for name in path.split('.') {
        let Json::Object(members) = here else { return None };
        match members.get(name) {
            Some(member) => here = member,
            None => return Some(members.keys().cloned().collect()),
        }
    }
    None
}

/// Describes what the envelope makes of a sample.
fn found(sample: &Sample<'_>) -> String {
    match &sample.outcome {
        Ok(()) => "a success".to_owned(),
        Err(Failure::Refused(refusal)) => format!("a failure with the code `{}`", refusal.code),
        Err(_) => "neither a success nor a failure".to_owned(),
    }
}

/// Returns a diagnostic if the outcome of a sample differs from what the spec says.
fn surprise(gateway: &Gateway, sample: &Sample<'_>) -> Option<Diagnostic> {
    const GIVES: &str = "write `gives: success` or `gives: failure`, or correct the envelope";
    const TYPES: &str =
        "the sample and the types of `response` contradict each other; which is right?";
    const LIST: &str = "the sample and the types of `response` contradict each other; if an answer can contain a bare item instead of a list, write `single: true`";
    let example = sample.example;
    let mut place = example.span;
    let (message, help) = match (example.success, &sample.outcome) {
        (true, Ok(())) | (false, Err(Failure::Refused(_))) => return None,
        (false, Ok(())) | (true, Err(Failure::Refused(_))) => {
            (format!("the envelope classifies this sample as {}", found(sample)), GIVES)
        }
        (_, Err(failure @ Failure::Decode(error))) => {
            let data = sample.data.unwrap_or(gateway.envelope.data);
            place = place_of(example, data, error.path()).unwrap_or(place);
            (failure.to_string(), if error.expected() == Some("a list") { LIST } else { TYPES })
        }
        (_, Err(failure @ Failure::NotJson { .. })) => {
            let at = not_json(&example.body);
            place = at.and_then(|at| example.places.part(at, at + 1)).unwrap_or(place);
            (
                format!("cannot read this answer: {failure}"),
                "a sample must be the whole answer, exactly as the platform sent it",
            )
        }
        (_, Err(failure)) => (format!("cannot read this answer: {failure}"), GIVES),
    };
    Some(Diagnostic::at(rules::EXAMPLE_RESPONSE, place, message).help(help))
}

/// The offset at which a text stops being valid JSON; `None` if all of it is valid.
fn not_json(body: &str) -> Option<usize> {
    let error = serde_json::from_str::<&RawValue>(body).err()?;
    let lines = body.split_inclusive('\n').take(error.line().saturating_sub(1));
    let before: usize = lines.map(str::len).sum();
    let at = before + error.column().saturating_sub(1);
    body.is_char_boundary(at).then_some(at)
}

/// The span of a value in a sample. `data` is the path to the data, and `path` leads from there to
/// the value.
fn place_of(example: &ResponseExample, data: &str, path: &str) -> Option<SourceSpan> {
    let mut here = example.body.as_str();
    let steps = data.split('.').chain(path.split(['.', '[']));
    for step in steps.filter(|step| !step.is_empty()) {
        let inner: &RawValue = match step.strip_suffix(']') {
            Some(index) => {
                let items: Vec<&RawValue> = serde_json::from_str(here).ok()?;
                items.get(index.parse::<usize>().ok()?)?
            }
            None => {
                let members = json::members(here, usize::MAX).ok()?;
                members.into_iter().find(|(name, _)| name == step)?.1
            }
        };
        here = inner.get();
    }
    let range = json::range_of(here, &example.body);
    example.places.part(range.start, range.end)
}
