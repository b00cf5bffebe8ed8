//! Checks that the parts of specs that developers see have prose. Reports at most one warning per
//! table: one per row would be too many.

use super::words::words;
use crate::diagnostic::{Diagnostic, Rule, Sink, rules};
use crate::model::{About, Delivery, ErrorCode, Platform, Record, Returns, TypeKind};
use crate::source::SourceSpan;
use crate::suggest::list;

/// Reports the rows of tables without `doc`.
pub(super) fn check(platform: &Platform, sink: &mut Sink) {
    tables(platform, &mut |rows, _, what| {
        let bare = rows.iter().filter(|(_, _, about)| about.doc.is_none());
        first_of(bare, rules::MISSING_DOC, &format!("{what} without `doc`"), sink);
    });
}

/// Reports each `doc` that only repeats the name or is still a placeholder.
pub(super) fn empty(platform: &Platform, sink: &mut Sink) {
    tables(platform, &mut |rows, names, what| {
        let empty = rows.iter().filter(|(name, _, about)| {
            about.doc.as_deref().is_some_and(|doc| {
                is_placeholder(doc) || (names == Names::OfRows && repeats(name, doc))
            })
        });
        first_of(empty, rules::EMPTY_DOC, &format!("{what} whose `doc` says nothing"), sink);
    });
    unfilled(platform, sink);
}

/// Reports each `doc` and title outside tables that is still a placeholder.
fn unfilled(platform: &Platform, sink: &mut Sink) {
    let mut report = |rows: Vec<Row<'_>>, what: &str| {
        let is_open = |row: &&Row<'_>| row.2.doc.as_deref().is_some_and(is_placeholder);
        first_of(rows.iter().filter(is_open), rules::EMPTY_DOC, what, sink);
    };
    let own = (platform.id.as_str(), platform.span, &platform.about);
    report(vec![own], "platforms whose `doc` says nothing");
    for gateway in &platform.gateways {
        let rows = gateway.environments.iter();
        let rows = rows.map(|row| (row.name.as_str(), row.span, &row.about)).collect();
        report(rows, "environments whose `doc` says nothing");
        let rows = gateway.credentials.iter();
        let rows = rows.map(|row| (row.name, row.span, &row.about)).collect();
        report(rows, "credentials whose `doc` says nothing");
    }
    let rows = platform.methods.iter().map(|row| (row.name, row.span, &row.about));
    report(rows.collect(), "methods whose `doc` says nothing");
    let rows = platform.methods.iter().filter(|row| is_placeholder(&row.title));
    let rows: Vec<Row<'_>> = rows.map(|row| (row.name, row.span, &row.about)).collect();
    first_of(rows.iter(), rules::EMPTY_DOC, "methods whose `title` says nothing", sink);
}

/// A row of a table: its name, span and prose.
type Row<'m> = (&'m str, SourceSpan, &'m About);

/// Calls `visit` for every table of a platform.
fn tables(platform: &Platform, visit: &mut impl FnMut(&[Row<'_>], Names, &str)) {
    for def in &platform.types {
        match &def.kind {
            TypeKind::Record(record) => fields(record, &def.name, visit),
            TypeKind::Enumeration(values) => {
                let rows = values.variants.iter();
                let rows = rows.map(|row| (row.value.as_str(), row.span, &row.about));
                let what = format!("values of `{}`", def.name);
                visit(&rows.collect::<Vec<_>>(), Names::OfValues, &what);
            }
        }
    }
    let codes =
        |errors: &[ErrorCode], what: &str, visit: &mut dyn FnMut(&[Row<'_>], Names, &str)| {
            let rows = errors.iter().map(|row| (row.code, row.span, &row.about));
            visit(&rows.collect::<Vec<_>>(), Names::OfValues, what);
        };
    for method in &platform.methods {
        fields(&method.request, method.name, visit);
        if let Returns::Record(record) = &method.returns {
            fields(record, method.name, visit);
        }
        codes(&method.errors, &format!("error codes of `{}`", method.name), visit);
    }
    for gateway in &platform.gateways {
        codes(&gateway.errors, "error codes", visit);
        let rows = gateway.public.iter().map(|row| (row.name, row.span, &row.about));
        visit(&rows.collect::<Vec<_>>(), Names::OfRows, "public parameters");
    }
}

fn fields(record: &Record, name: &str, visit: &mut impl FnMut(&[Row<'_>], Names, &str)) {
    // A row that repeats a public parameter is documented with that parameter, so it is skipped
    // here.
    let own = record.fields.iter().filter(|row| row.send != Delivery::FromPublic);
    let rows = own.map(|row| (row.name.as_str(), row.span, &row.about));
    visit(&rows.collect::<Vec<_>>(), Names::OfRows, &format!("fields of `{name}`"));
}

/// What the names in a table stand for.
#[derive(Clone, Copy, PartialEq)]
enum Names {
    /// Fields and parameters, where prose should add something to the name.
    OfRows,
    /// Values and codes, whose prose may be the same English word.
    OfValues,
}

fn first_of<'r>(
    rows: impl Iterator<Item = &'r Row<'r>>,
    rule: &'static Rule,
    what: &str,
    sink: &mut Sink,
) {
    let rows: Vec<_> = rows.collect();
    let Some((_, first, _)) = rows.first() else { return };
    let names: Vec<_> = rows.iter().map(|(name, _, _)| *name).collect();
    let message = format!("{what}: {}", list(&names));
    sink.report(Diagnostic::at(rule, *first, message).label("the first one"));
}

fn is_placeholder(doc: &str) -> bool {
    const PLACEHOLDERS: [&str; 4] = ["todo", "tbd", "fixme", "xxx"];
    let first = words(doc).into_iter().next();
    doc.trim().is_empty() || first.is_some_and(|first| PLACEHOLDERS.contains(&&*first))
}

/// Whether the prose only repeats the name.
fn repeats(name: &str, doc: &str) -> bool {
    const ARTICLES: [&str; 3] = ["a", "an", "the"];
    let (mut words, name) = (words(doc), words(name));
    // If the name is a single word, an article may be all that prose can add.
    if name.len() > 1 {
        words.retain(|word| !ARTICLES.contains(&word.as_str()));
    }
    words == name
}
