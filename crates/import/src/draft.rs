//! From the bytes of a page to a checked draft.

use crate::decode::{Refused, decode};
use crate::facts::{Facts, Field};
use crate::page::{Item, Line, Unread};
use crate::write::{self, Context, File};
use crate::{blocks, html, outline, reading};
use gatespec_language::diagnostic::{Diagnostic, Severity, Sink};
use gatespec_language::model::Grade;
use gatespec_language::source::{Source, SourceMap};
use std::collections::BTreeMap;

/// How to import a page.
#[derive(Debug, Clone, Copy)]
pub struct Options<'o> {
    /// The platform's name, also used as the folder's name.
    pub platform: &'o str,
    /// The method to import. If the page does not name its only method, this is its name.
    pub method: Option<&'o str>,
    /// The name of the page in the draft's comments.
    pub page: &'o str,
}

/// A draft of a platform's specs.
#[derive(Debug)]
#[non_exhaustive]
pub struct Draft {
    /// The files, `platform.yaml` first.
    pub files: Vec<File>,
    /// What was found on the page.
    pub summary: Summary,
    /// Errors that the compiler finds in the draft. They occur only if the spec language cannot
    /// express names or types of the page.
    pub errors: Vec<Diagnostic>,
    /// The files as the compiler read them, for printing [`Draft::errors`].
    pub sources: SourceMap,
}

/// What was found on a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// The names of the methods.
    pub methods: Vec<String>,
    /// The number of table rows that were read.
    pub rows: usize,
    /// The number of fields and codes by grade: documented, observed, inferred.
    pub grades: [usize; 3],
    /// The number of fields about which the page contradicts itself.
    pub conflicts: usize,
    /// The parts of the page that were not understood.
    pub unread: Vec<Unread>,
    /// Samples that the compiler refused, with its reasons.
    pub dropped: Vec<String>,
    /// A note about the page's encoding.
    pub encoding: Option<String>,
}

/// The maximum numbers of lines, methods and table rows of a page.
const MOST_LINES: usize = 200_000;
const MOST_METHODS: usize = 1000;
const MOST_ROWS: usize = 20_000;
/// The maximum number of times that a draft is written. Each time, the samples that the compiler
/// refused are left out.
const MOST_ROUNDS: usize = 10;

/// Imports a page.
///
/// # Errors
///
/// When the page is empty, too large, not text or without tables, when its method has no name, when
/// `options.method` is not among its methods, or when a name cannot be the name of a file.
pub fn import(bytes: &[u8], options: &Options<'_>) -> Result<Draft, Refused> {
    for name in [Some(options.platform), options.method].into_iter().flatten() {
        check_name(name)?;
    }
    let decoded = decode(bytes)?;
    if decoded.text.lines().count() > MOST_LINES {
        return Err(Refused::TooMuch);
    }
    let items = if html::is_html(&decoded.text) {
        html::items(&decoded.text)
    } else {
        lines(&decoded.text)
    };
    let mut unread = Vec::new();
    let blocks = blocks::blocks(&items, &mut unread);
    let chapters = outline::chapters(blocks, &mut unread);
    if chapters.iter().all(|chapter| chapter.tables.is_empty()) {
        return Err(Refused::NoTable);
    }
    let rows =
        chapters.iter().flat_map(|chapter| &chapter.tables).map(|(_, table)| table.rows.len());
    if chapters.len() > MOST_METHODS || rows.sum::<usize>() > MOST_ROWS {
        return Err(Refused::TooMuch);
    }
    let facts = reading::facts(chapters, options.method, unread)?;
    for method in &facts.methods {
        check_name(&method.name)?;
    }
    let mut summary = summary(&facts);
    summary.encoding = decoded.note;
    Ok(checked(&facts, options, summary))
}

/// Refuses a name that cannot be the name of a folder or file.
fn check_name(name: &str) -> Result<(), Refused> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_name = !name.is_empty()
        && name.len() <= 128
        && name.chars().all(is_part)
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !name.ends_with('.')
        && !matches!(name, "platform" | "types");
    if is_name { Ok(()) } else { Err(Refused::Name { name: name.to_owned() }) }
}

fn lines(text: &str) -> Vec<Item> {
    let line = |(index, text): (usize, &str)| {
        Item::Line(Line {
            number: index + 1,
            text: text.trim_end_matches('\r').to_owned(),
            heading: false,
        })
    };
    text.split('\n').enumerate().map(line).collect()
}

fn summary(facts: &Facts) -> Summary {
    let mut summary = Summary {
        methods: facts.methods.iter().map(|method| method.name.clone()).collect(),
        rows: facts.rows,
        unread: facts.unread.clone(),
        ..Summary::default()
    };
    let public = facts.public.iter().map(|param| &param.field);
    let own = facts.methods.iter().flat_map(|method| method.request.iter().chain(&method.response));
    for field in public.chain(own) {
        count(field, &mut summary);
    }
    for error in facts.errors.iter() {
        summary.grades[usize::from(error.observed)] += 1;
    }
    summary
}

fn count(field: &Field, summary: &mut Summary) {
    let place = match field.grade {
        Grade::Documented | Grade::Sdk | Grade::ThirdParty => 0,
        Grade::Observed => 1,
        Grade::Inferred => 2,
    };
    summary.grades[place] += 1;
    summary.conflicts += usize::from(field.conflict.is_some());
    field.members.iter().for_each(|member| count(member, summary));
}

/// Writes the draft and compiles it. Samples that the compiler refuses are left out.
fn checked(facts: &Facts, options: &Options<'_>, mut summary: Summary) -> Draft {
    let mut dropped = BTreeMap::new();
    let mut rounds = 0;
    loop {
        rounds += 1;
        let context = Context { platform: options.platform, page: options.page, dropped: &dropped };
        let files = write::files(facts, &context);
        let mut sources = SourceMap::default();
        for file in &files {
            sources.add(Source {
                path: file.path.clone(),
                shown: file.path.clone(),
                text: file.text.clone(),
            });
        }
        let mut sink = Sink::default();
        gatespec_language::sound(&sources, &mut sink);
        let mut errors = sink.into_sorted();
        errors.retain(|one| one.severity == Severity::Error);
        let before = dropped.len();
        for error in errors
            .iter()
            .filter(|one| matches!(one.rule.id, "example_request" | "example_response"))
        {
            if let Some((file, name)) = sample(error, &sources) {
                dropped.insert((file, name), error.message.clone());
            }
        }
        if dropped.len() == before || rounds == MOST_ROUNDS {
            summary.dropped = dropped
                .iter()
                .map(|((file, name), why)| format!("{file}: {name}: {why}"))
                .collect();
            return Draft { files, summary, errors, sources };
        }
    }
}

/// The file and the name of the sample that an error is about.
fn sample(error: &Diagnostic, sources: &SourceMap) -> Option<(String, String)> {
    let span = error.span?;
    let source = sources.get(span.source);
    let start = span.start as usize;
    let end = source.text[start..].find('\n').map_or(source.text.len(), |length| start + length);
    let mut lines = source.text[..end].lines().rev();
    let name = lines.find_map(|line| line.trim().strip_prefix("- name: "))?;
    Some((source.path.clone(), name.to_owned()))
}
