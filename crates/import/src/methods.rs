//! A method's own tables and samples.

use crate::answer;
use crate::facts::{Facts, Field, Method, Sample};
use crate::filling::Filling;
use crate::names::{is_code, is_data, is_flag, is_message};
use crate::nest::{self, nested};
use crate::observed::observe;
use crate::outline::{About, Chapter, method_of};
use crate::page::{Table, Unread};
use crate::query;
use crate::rows::{self, Side};
use crate::sample;
use crate::values::{self, Values};
use crate::words::Section;
use gatespec_language::model::Grade;
use std::collections::{HashMap, HashSet};

/// The maximum number of samples that are read for a method.
const MOST_SAMPLES: usize = 100;

/// A method that is being read. Its sample answers are not yet divided into successes and failures.
pub(crate) struct Draft {
    pub(crate) method: Method,
    pub(crate) answers: Vec<Sample>,
    /// Samples under a heading for errors.
    pub(crate) refusals: Vec<Sample>,
}

/// Reads a method's tables and samples. `types` are the tables of records.
pub(crate) fn draft(
    chapter: &Chapter,
    types: &HashMap<String, Vec<Table>>,
    values: &mut [Values<'_>],
    facts: &mut Facts,
) -> Draft {
    let (name, title, line) = chapter.method.clone().unwrap_or_default();
    let guessed = chapter.classes.iter().find(|class| method_of(class) == name);
    let guessed = guessed.map(|class| format!("the class name {class}Request in the sample code"));
    let method = Method { guessed, name, title, line, ..Method::default() };
    let mut draft = Draft { method, answers: Vec::new(), refusals: Vec::new() };
    let request = fields(chapter, types, &About::Request, Side::Request);
    let response = fields(chapter, types, &About::Response, Side::Response);
    let envelope = fields(chapter, types, &About::Envelope, Side::Response);
    samples(chapter, &request, &mut draft, facts);
    self::request(request, types, values, &mut draft.method, facts);
    self::response(response, &mut draft);
    draft.method.response.append(&mut nested(envelope, None));
    Filling::new(types, Side::Response).fill(&mut draft.method.response);
    values::apply(&mut draft.method.response, &draft.method.name, values);
    nest::distinct(&mut draft.method.response, &mut facts.unread);
    draft
}

/// The rows of the tables about `about`, before they are nested.
fn fields(
    chapter: &Chapter,
    types: &HashMap<String, Vec<Table>>,
    about: &About,
    side: Side,
) -> Vec<Field> {
    let tables = chapter.tables.iter().filter(|(known, _)| known == about);
    let rows = tables.flat_map(|(_, table)| table.rows.iter().map(move |row| (table, row)));
    let mut fields: Vec<_> = rows.map(|(table, row)| rows::field(table, row, side)).collect();
    doubt_guessed(&mut fields, &chapter.samples, side);
    Filling::new(types, side).close(&mut fields);
    fields
}

/// Divides the samples into requests, answers and refusals.
fn samples(chapter: &Chapter, fields: &[Field], draft: &mut Draft, facts: &mut Facts) {
    let names: HashSet<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    for (section, line, text) in chapter.samples.iter().take(MOST_SAMPLES) {
        let tree = match query::is_query(text) {
            true => Some(query::tree(text, fields)),
            false => sample::parse(text),
        };
        let Some(tree) = tree else {
            let text = text.lines().next().unwrap_or_default().to_owned();
            facts.unread.push(Unread { line: *line, text, why: "this sample is not JSON" });
            continue;
        };
        let sample = Sample { line: *line, tree };
        if is_request(*section, &sample, &names) {
            draft.method.request_samples.push(sample);
        } else if *section == Some(Section::ErrorSample) {
            draft.refusals.push(sample);
        } else {
            draft.answers.push(sample);
        }
    }
    for (_, line, text) in chapter.samples.iter().skip(MOST_SAMPLES) {
        let text = text.lines().next().unwrap_or_default().to_owned();
        facts.unread.push(Unread { line: *line, text, why: "there are too many samples" });
    }
}

/// Nests the rows of the request, and compares them with its samples.
fn request(
    fields: Vec<Field>,
    types: &HashMap<String, Vec<Table>>,
    values: &mut [Values<'_>],
    method: &mut Method,
    facts: &mut Facts,
) {
    let root = method.request_samples.first().map(|sample| &sample.tree);
    method.request = nested(fields, root);
    Filling::new(types, Side::Request).fill(&mut method.request);
    values::apply(&mut method.request, &method.name, values);
    nest::distinct(&mut method.request, &mut facts.unread);
    let is_inside = |first: &Field| {
        !first.members.is_empty()
            && root.is_some_and(|root| sample::member(root, &first.name).is_none())
    };
    let wrapped = method.request.first().is_some_and(is_inside);
    for sample in &method.request_samples {
        let fields = if wrapped { &mut method.request[0].members } else { &mut method.request };
        let known: HashSet<String> = fields.iter().map(|field| field.name.clone()).collect();
        observe(fields, &sample.tree, sample.line);
        // Removes public parameters, which a sample request may also contain.
        fields.retain(|field| {
            known.contains(&field.name) || facts.public.named(&field.name).is_none()
        });
    }
}

/// Nests the rows of the answer according to the sample with the most members, since other samples
/// may be empty or encrypted.
fn response(fields: Vec<Field>, draft: &mut Draft) {
    let names = nest::top(&fields);
    let rows: HashSet<&str> = names.iter().map(String::as_str).collect();
    let has = |is_such: fn(&str) -> bool| rows.iter().any(|name| is_such(name));
    // Whether the rows list the envelope, too.
    let whole = (has(is_code) || has(is_flag)) && has(is_data);
    let shown = draft.answers.iter().filter_map(|sample| {
        let (path, many) = answer::data(&sample.tree, &rows)?;
        let object = if whole { Some(&sample.tree) } else { sample::at(&sample.tree, &path) };
        Some((object.and_then(sample::object)?, many))
    });
    let best = shown.max_by_key(|(object, _)| sample::members(object).len());
    draft.method.many = best.is_some_and(|(_, many)| many);
    draft.method.response = nested(fields, best.map(|(object, _)| object));
}

/// Grades fields as inferred if no heading says what their table lists, unless a sample shows
/// enough of their names.
fn doubt_guessed(fields: &mut [Field], samples: &[(Option<Section>, usize, String)], side: Side) {
    let guessed = fields.iter().filter(|field| field.guessed).count();
    if guessed == 0 {
        return;
    }
    let is_shown = samples.iter().any(|(_, _, text)| {
        let quoted: HashSet<&str> = text.split('"').collect();
        let shown = |field: &&Field| field.guessed && quoted.contains(field.name.as_str());
        let count = fields.iter().filter(shown).count();
        // A sample request need not contain the optional parameters, so a smaller part is enough.
        let enough = if side == Side::Request { 3 } else { 2 };
        enough * count >= guessed
    });
    for field in fields.iter_mut().filter(|field| field.guessed && !is_shown) {
        field.doubt(Grade::Inferred, "no heading says what the table lists");
    }
}

/// Whether a sample is a request, judged by its heading or, if the heading is unclear, by its
/// members.
fn is_request(section: Option<Section>, sample: &Sample, request: &HashSet<&str>) -> bool {
    match section {
        Some(Section::RequestSample | Section::Request) => return true,
        Some(Section::ResponseSample | Section::ErrorSample | Section::Response) => return false,
        _ => {}
    }
    let members = sample::members(&sample.tree);
    let is_answer =
        |name: &str| is_code(name) || is_message(name) || is_flag(name) || is_data(name);
    let requested = members.iter().filter(|(name, _)| request.contains(name.as_str())).count();
    requested > 0 && requested >= members.iter().filter(|(name, _)| is_answer(name)).count()
}
