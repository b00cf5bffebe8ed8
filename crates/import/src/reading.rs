//! Turns the chapters of a page into facts.

use crate::answer;
use crate::answers::answers;
use crate::decode::Refused;
use crate::facts::{Facts, Field, Kind, Required};
use crate::methods::{Draft, draft};
use crate::outline::{About, Chapter};
use crate::page::{Table, Unread};
use crate::rows;
use crate::select::select;
use crate::shared::shared;
use crate::values;
use std::collections::HashMap;

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
    let mut values = values::tables(&chapters);
    let mut drafts: Vec<Draft> = Vec::new();
    for chapter in chapters.iter().filter(|chapter| chapter.method.is_some()) {
        drafts.push(draft(chapter, &types, &mut values, &mut facts));
    }
    values::unused(&values, &mut facts.unread);
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
            field.from_public = facts.public.named(&field.name).is_some();
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

/// Divides addresses into hosts and paths. If all have the same path, it is the platform's;
/// otherwise, each method has its own.
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

/// If a time follows a required time, sets the longest allowed span between them, if the
/// description of either states one.
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
