//! Chapters of a page to facts.

use crate::answer;
use crate::decode::Refused;
use crate::facts::{ErrorCode, Facts, Field, Kind, Method, Required, Sample};
use crate::filling::Filling;
use crate::names::{is_code, is_data, is_flag, is_message};
use crate::nest::{self, nested};
use crate::observed::observe;
use crate::outline::{About, Chapter, method_of};
use crate::page::{Table, Unread};
use crate::rows::{self, Side};
use crate::sample;
use crate::select::select;
use crate::shared::{class, shared};
use crate::words::Section;
use gatespec_language::model::Grade;
use std::collections::{HashMap, HashSet};

/// A method that is being read: its facts, the data of its answers, and its samples before it is
/// known which of them are failures.
struct Draft {
    method: Method,
    answers: Vec<Sample>,
    /// Samples under a heading for errors.
    refusals: Vec<Sample>,
}

/// Reads the chapters. `named` is the method that the caller asks for.
pub(crate) fn facts(
    mut chapters: Vec<Chapter>,
    named: Option<&str>,
    unread: Vec<Unread>,
) -> Result<Facts, Refused> {
    let mut facts = Facts { unread, ..Facts::default() };
    select(&mut chapters, named)?;
    let types = type_tables(&chapters);
    for chapter in &chapters {
        shared(chapter, &mut facts);
    }
    let mut drafts: Vec<Draft> = Vec::new();
    for chapter in chapters.iter().filter(|chapter| chapter.method.is_some()) {
        drafts.push(draft(chapter, &types, &mut facts));
    }
    for (_, table) in chapters.iter().flat_map(|chapter| &chapter.tables) {
        facts.rows += table.rows.len();
    }
    addresses(&chapters, &mut facts, &mut drafts);
    let lifted: Vec<_> =
        drafts.iter_mut().filter_map(|draft| answer::lifted(&mut draft.method)).collect();
    answers(lifted.into_iter().next(), &mut drafts, &mut facts);
    facts.methods = drafts.into_iter().map(|draft| draft.method).collect();
    for method in &mut facts.methods {
        for field in &mut method.request {
            let repeats = facts.public.iter().any(|param| param.field.name == field.name);
            field.from_public = repeats;
        }
        spans(&mut method.request);
    }
    facts.unread.sort_by_key(|one| one.line);
    Ok(facts)
}

/// The tables of records that have a heading of their own.
fn type_tables(chapters: &[Chapter]) -> HashMap<String, Vec<Table>> {
    let mut types: HashMap<String, Vec<Table>> = HashMap::new();
    for (about, table) in chapters.iter().flat_map(|chapter| &chapter.tables) {
        if let About::Type(name) = about {
            types.entry(name.clone()).or_default().push(table.clone());
        }
    }
    types
}

/// Divides addresses into hosts and paths: the path that all have is the platform's.
fn addresses(chapters: &[Chapter], facts: &mut Facts, drafts: &mut [Draft]) {
    let split = |url: &str| {
        let host = url.find("://").map_or(0, |at| at + 3);
        let slash = url[host..].find('/').map_or(url.len(), |at| host + at);
        let path = url[slash..].split('?').next().unwrap_or_default().to_owned();
        (url[..slash].to_owned(), path)
    };
    let own: Vec<_> = chapters
        .iter()
        .filter(|chapter| chapter.method.is_some())
        .map(|chapter| chapter.urls.first())
        .collect();
    let paths: Vec<String> = facts
        .environments
        .iter()
        .filter_map(|one| one.url.as_deref())
        .map(|url| split(url).1)
        .collect();
    let same = paths.windows(2).all(|pair| pair[0] == pair[1]);
    let Some(first) = paths.first() else { return };
    if same {
        facts.path = Some(first.clone()).filter(|path| !path.is_empty());
    } else {
        for (draft, url) in drafts.iter_mut().zip(own) {
            draft.method.path = url.map(|(url, _)| split(url).1).filter(|path| !path.is_empty());
        }
    }
    for environment in &mut facts.environments {
        environment.url = environment.url.as_deref().map(|url| split(url).0);
    }
    let mut seen: Vec<Option<String>> = Vec::new();
    facts.environments.retain(|one| {
        let new = one.url.is_none() || !seen.contains(&one.url);
        seen.push(one.url.clone());
        new
    });
}

/// Reads a method's own tables and samples.
fn draft(chapter: &Chapter, types: &HashMap<String, Vec<Table>>, facts: &mut Facts) -> Draft {
    let (name, title, line) = chapter.method.clone().unwrap_or_default();
    let guessed = chapter.classes.iter().find(|class| method_of(class) == name);
    let mut method = Method {
        guessed: guessed.map(|class| format!("the class name {class}Request in the sample code")),
        name,
        title,
        line,
        ..Method::default()
    };
    let side = |about: &About, side: Side| -> Vec<Field> {
        let tables = chapter.tables.iter().filter(|(known, _)| known == about);
        tables
            .flat_map(|(_, table)| table.rows.iter().map(move |row| rows::field(table, row, side)))
            .collect()
    };
    let (mut request, mut response) =
        (side(&About::Request, Side::Request), side(&About::Response, Side::Response));
    doubt_guessed(&mut request, &chapter.samples, true);
    doubt_guessed(&mut response, &chapter.samples, false);
    Filling::new(types, Side::Request).close(&mut request);
    Filling::new(types, Side::Response).close(&mut response);
    let envelope = side(&About::Envelope, Side::Response);
    let (mut answers, mut refusals) = (Vec::new(), Vec::new());
    for (section, line, text) in &chapter.samples {
        let Some(tree) = sample::parse(text) else {
            let text = text.lines().next().unwrap_or_default().to_owned();
            facts.unread.push(Unread { line: *line, text, why: "this sample is not JSON" });
            continue;
        };
        let sample = Sample { line: *line, tree };
        if is_request(*section, &sample, &request) {
            method.request_samples.push(sample);
        } else if *section == Some(Section::ErrorSample) {
            refusals.push(sample);
        } else {
            answers.push(sample);
        }
    }
    let root = method.request_samples.first().map(|sample| sample.tree.clone());
    method.request = nested(request, root.as_ref());
    Filling::new(types, Side::Request).fill(&mut method.request);
    nest::distinct(&mut method.request, &mut facts.unread);
    let wrapped = method.request.first().is_some_and(|first| {
        !first.members.is_empty()
            && root.as_ref().is_some_and(|root| sample::member(root, &first.name).is_none())
    });
    for sample in &method.request_samples {
        let fields = if wrapped { &mut method.request[0].members } else { &mut method.request };
        let known: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
        observe(fields, &sample.tree, sample.line);
        // A sample request may show public parameters, too.
        fields.retain(|field| {
            known.contains(&field.name)
                || facts.public.iter().all(|param| param.field.name != field.name)
        });
    }
    let names = nest::top(&response);
    let rows: Vec<&str> = names.iter().map(String::as_str).collect();
    let whole = rows.iter().any(|name| is_code(name) || is_flag(name))
        && rows.iter().any(|name| is_data(name));
    // The sample with most of the rows: others may be empty or encrypted.
    let shown = answers.iter().filter_map(|sample| {
        let (path, many) = answer::data(&sample.tree, &rows)?;
        let object = if whole { Some(&sample.tree) } else { sample::at(&sample.tree, &path) };
        Some((object.and_then(sample::object)?, many))
    });
    let best = shown.max_by_key(|(object, _)| sample::members(object).len());
    method.many = best.is_some_and(|(_, many)| many);
    let object = best.map(|(object, _)| object.clone());
    method.response = nested(response, object.as_ref());
    let mut public = nested(envelope, None);
    method.response.append(&mut public);
    Filling::new(types, Side::Response).fill(&mut method.response);
    nest::distinct(&mut method.response, &mut facts.unread);
    Draft { method, answers, refusals }
}

/// Grades the facts of tables that only their order or shape places, unless a sample has half of
/// their names.
fn doubt_guessed(fields: &mut [Field], samples: &[(Option<Section>, usize, String)], sent: bool) {
    let shown = |name: &str, text: &str| text.contains(&format!("\"{name}\""));
    let guessed = fields.iter().filter(|field| field.guessed).count();
    let is_shown = samples.iter().any(|(_, _, text)| {
        let count = fields.iter().filter(|field| field.guessed && shown(&field.name, text)).count();
        2 * count >= guessed && !sent || 3 * count >= guessed && sent
    });
    for field in fields.iter_mut().filter(|field| field.guessed && !is_shown) {
        field.doubt(Grade::Inferred, "no heading says what the table lists");
    }
}

/// Whether a sample is of a request: by its heading, or by its members.
fn is_request(section: Option<Section>, sample: &Sample, request: &[Field]) -> bool {
    match section {
        Some(Section::RequestSample | Section::Request) => return true,
        Some(Section::ResponseSample | Section::ErrorSample | Section::Response) => return false,
        _ => {}
    }
    let members = sample::members(&sample.tree);
    let is_answer =
        |name: &str| is_code(name) || is_message(name) || is_flag(name) || is_data(name);
    let in_request = |name: &str| request.iter().any(|field| field.name == name);
    let requested = members.iter().filter(|(name, _)| in_request(name)).count();
    requested > 0 && requested >= members.iter().filter(|(name, _)| is_answer(name)).count()
}

/// Reads the envelope, tells failures from successes, and compares the tables with the samples.
fn answers(lifted: Option<crate::facts::Envelope>, drafts: &mut [Draft], facts: &mut Facts) {
    let paths: Vec<Option<String>> =
        drafts.iter().map(|draft| data_path(draft, lifted.as_ref())).collect();
    let data = paths.iter().flatten().next().cloned();
    let samples: Vec<&Sample> = drafts.iter().flat_map(|draft| &draft.answers).collect();
    let codes: HashSet<&str> = facts.errors.iter().map(|known| known.code.as_str()).collect();
    let mut envelope = answer::envelope(&samples, data.as_deref());
    let refused = drafts.iter().flat_map(|draft| &draft.refusals);
    let listed = samples.into_iter().chain(refused).find_map(|sample| {
        answer::listed_code(&sample.tree, data.as_deref().unwrap_or_default(), &codes)
    });
    envelope.code = envelope.code.or(listed);
    if envelope.success.is_none() {
        // The code tells the success, too.
        envelope.success = envelope.code.clone().and_then(|path| {
            let values = drafts.iter().flat_map(|draft| &draft.answers);
            let mut values =
                values.filter_map(|sample| sample::scalar(sample::at(&sample.tree, &path)?));
            let is_success = |value: &&str| {
                facts.success.as_deref() == Some(*value) || answer::is_success(value)
            };
            values.find(is_success).map(|value| (path.clone(), value.to_owned()))
        });
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
    for (draft, path) in drafts.iter_mut().zip(paths) {
        let (good, mut bad): (Vec<_>, Vec<_>) = std::mem::take(&mut draft.answers)
            .into_iter()
            .partition(|sample| answer::succeeds(&envelope, &sample.tree));
        bad.append(&mut draft.refusals);
        bad.retain(|sample| {
            !answer::succeeds(&envelope, &sample.tree) || envelope.success.is_none()
        });
        for sample in &bad {
            observed_code(&envelope, sample, facts);
        }
        envelope.has_failure |= !bad.is_empty();
        draft.method.failures = bad;
        let path = path.or_else(|| data.clone()).unwrap_or_default();
        for sample in good {
            let found = sample::at(&sample.tree, &path);
            if let Some(object) = found.and_then(sample::object) {
                observe(&mut draft.method.response, object, sample.line);
            } else if found.is_some_and(|tree| sample::scalar(tree).is_some())
                && !draft.method.response.is_empty()
            {
                let text = format!("{path} is a text");
                facts.unread.push(Unread {
                    line: sample.line,
                    text,
                    why: "the data of this sample is no object; it may be encrypted",
                });
                continue;
            }
            draft.method.successes.push(sample);
        }
    }
    facts.envelope = envelope;
}

/// The path of a method's data.
fn data_path(draft: &Draft, lifted: Option<&crate::facts::Envelope>) -> Option<String> {
    let rows: Vec<&str> = draft.method.response.iter().map(|field| field.name.as_str()).collect();
    let found = draft.answers.iter().filter_map(|sample| answer::data(&sample.tree, &rows));
    // An encrypted sample has its data where the plain one has it.
    let longest = found.max_by_key(|(path, _)| path.len()).map(|(path, _)| path);
    longest.or_else(|| lifted.and_then(|envelope| envelope.data.clone()))
}

/// The code of a sample failure, if no table has it.
fn observed_code(envelope: &crate::facts::Envelope, sample: &Sample, facts: &mut Facts) {
    let text = |path: &Option<String>| {
        let found =
            path.as_ref().and_then(|path| sample::at(&sample.tree, path)).and_then(sample::scalar);
        found.unwrap_or_default().to_owned()
    };
    let (code, message) = (text(&envelope.code), text(&envelope.message));
    if !code.is_empty()
        && crate::cells::is_code(&code)
        && facts.errors.iter().all(|known| known.code != code)
    {
        let class = class(&message);
        facts.errors.push(ErrorCode { code, message, class, line: sample.line, observed: true });
    }
}

/// Where the description of an end limits the span from its beginning.
fn spans(fields: &mut [Field]) {
    let is_time = |field: &Field| matches!(field.kind, Kind::Time(_));
    for at in 1..fields.len() {
        let partner = is_time(&fields[at - 1]) && fields[at - 1].required != Required::No;
        if is_time(&fields[at])
            && partner
            && let Some(span) =
                rows::span(&fields[at].prose).or_else(|| rows::span(&fields[at - 1].prose))
        {
            fields[at].span = Some(span);
        }
    }
}
