//! The envelope of all answers, their failures, and what samples add to the tables.

use crate::answer;
use crate::facts::{Envelope, ErrorCode, Facts, Sample};
use crate::methods::Draft;
use crate::observed::observe;
use crate::page::Unread;
use crate::sample;
use crate::shared::class;
use std::collections::HashSet;

/// Reads the envelope, distinguishes failures from successes, and compares the tables with the
/// samples. `lifted` is the envelope that was taken out of the tables of answers, if they list one.
pub(crate) fn answers(lifted: Option<Envelope>, drafts: &mut [Draft], facts: &mut Facts) {
    let paths: Vec<Option<String>> =
        drafts.iter().map(|draft| data_path(draft, lifted.as_ref())).collect();
    let data = paths.iter().flatten().next().cloned();
    let mut envelope = envelope(lifted, data.as_deref(), drafts, facts);
    for (draft, path) in drafts.iter_mut().zip(paths) {
        let succeeds = |sample: &Sample| answer::succeeds(&envelope, &sample.tree);
        let answers = std::mem::take(&mut draft.answers);
        let (good, mut bad): (Vec<_>, Vec<_>) = answers.into_iter().partition(succeeds);
        bad.append(&mut draft.refusals);
        bad.retain(|sample| envelope.success.is_none() || !succeeds(sample));
        bad.iter().for_each(|sample| observed_code(&envelope, sample, facts));
        envelope.has_failure |= !bad.is_empty();
        draft.method.failures = bad;
        let path = path.or_else(|| data.clone()).unwrap_or_default();
        good.into_iter().for_each(|sample| success(draft, sample, &path, facts));
    }
    facts.envelope = envelope;
}

/// The envelope of the samples, completed by tables.
fn envelope(
    lifted: Option<Envelope>,
    data: Option<&str>,
    drafts: &[Draft],
    facts: &Facts,
) -> Envelope {
    let samples: Vec<&Sample> = drafts.iter().flat_map(|draft| &draft.answers).collect();
    let mut envelope = answer::envelope(&samples, data);
    let codes: HashSet<&str> = facts.errors.iter().map(|known| known.code.as_str()).collect();
    let refused = drafts.iter().flat_map(|draft| &draft.refusals);
    let listed = samples
        .iter()
        .copied()
        .chain(refused)
        .find_map(|sample| answer::listed_code(&sample.tree, data.unwrap_or_default(), &codes));
    envelope.code = envelope.code.or(listed);
    if envelope.success.is_none() {
        // If no member indicates success, the code does.
        envelope.success = envelope.code.clone().and_then(|path| {
            let values = samples.iter().filter_map(|sample| sample::at(&sample.tree, &path));
            let is_success = |value: &&str| {
                facts.success.as_deref() == Some(*value) || answer::is_success(value)
            };
            let value = values.filter_map(sample::scalar).find(is_success)?;
            Some((path, value.to_owned()))
        });
    }
    if envelope.code.is_none() {
        // A number that indicates success is a code.
        let of_success = envelope.success.iter();
        let code = of_success.filter(|(_, value)| value.chars().all(|c| c.is_ascii_digit()));
        envelope.code = code.map(|(path, _)| path.clone()).next();
    }
    if let Some(lifted) = lifted {
        envelope.code = envelope.code.or(lifted.code);
        envelope.message = envelope.message.or(lifted.message);
        envelope.data = envelope.data.or(lifted.data);
        for field in lifted.fields {
            if envelope.fields.iter().all(|(path, _)| *path != field.0) {
                envelope.fields.push(field);
            }
        }
    }
    envelope
}

/// Compares the rows of an answer with a successful sample. Reports a sample that has no object
/// where the data should be, because its data may be encrypted.
fn success(draft: &mut Draft, sample: Sample, path: &str, facts: &mut Facts) {
    let found = sample::at(&sample.tree, path);
    if let Some(object) = found.and_then(sample::object) {
        observe(&mut draft.method.response, object, sample.line);
    } else if found.and_then(sample::scalar).is_some() && !draft.method.response.is_empty() {
        facts.unread.push(Unread {
            line: sample.line,
            text: format!("{path} is a text"),
            why: "the data of this sample is not an object; it may be encrypted",
        });
        return;
    }
    draft.method.successes.push(sample);
}

/// The path of a method's data in its sample answers, or else in the tables.
fn data_path(draft: &Draft, lifted: Option<&Envelope>) -> Option<String> {
    let rows = draft.method.response.iter().map(|field| field.name.as_str()).collect();
    let found = draft.answers.iter().filter_map(|sample| answer::data(&sample.tree, &rows));
    // An encrypted sample does not show the whole path, so the longest path is the right one.
    let longest = found.max_by_key(|(path, _)| path.len()).map(|(path, _)| path);
    longest.or_else(|| lifted.and_then(|envelope| envelope.data.clone()))
}

/// Adds the error code of a failed sample to the facts, if it is new.
fn observed_code(envelope: &Envelope, sample: &Sample, facts: &mut Facts) {
    let text = |path: &Option<String>| {
        let found =
            path.as_ref().and_then(|path| sample::at(&sample.tree, path)).and_then(sample::scalar);
        found.unwrap_or_default().to_owned()
    };
    let (code, message) = (text(&envelope.code), text(&envelope.message));
    if !code.is_empty() && crate::cells::is_code(&code) {
        let class = class(&message);
        let found = ErrorCode { code, message, class, line: sample.line, observed: true };
        facts.errors.add(&found.code.clone(), found);
    }
}
