//! Compares the draft of a changed page with the spec, and makes edits of the differences.

use super::edits::Edits;
use gatespec_language::model::{
    About, Credential, ErrorCode, Gateway, Method, Platform, PublicParam, Returns, TypeId,
};
use gatespec_language::source::SourceSpan;
use std::collections::HashSet;

/// An entry of a table: its name, the place of its key, and its provenance.
#[derive(Clone, Copy)]
pub(super) struct Row<'m> {
    pub(super) name: &'m str,
    pub(super) key: SourceSpan,
    pub(super) about: &'m About,
}

/// A comparison in progress.
pub(super) struct Compare<'m> {
    pub(super) old: &'m Platform,
    pub(super) new: &'m Platform,
    pub(super) edits: Edits<'m>,
    /// A line for each change.
    pub(super) changes: Vec<String>,
    /// The changes that a person must make.
    pub(super) by_hand: Vec<String>,
    /// The types of the spec that were compared.
    pub(super) seen: HashSet<TypeId>,
    /// The draft's types that were added, each with the method that uses it.
    pub(super) declared: HashSet<(TypeId, &'m str)>,
}

impl<'m> Compare<'m> {
    pub(super) fn new(old: &'m Platform, new: &'m Platform, edits: Edits<'m>) -> Self {
        Self {
            old,
            new,
            edits,
            changes: Vec::new(),
            by_hand: Vec::new(),
            seen: HashSet::new(),
            declared: HashSet::new(),
        }
    }

    /// Compares addresses, parameters and codes of the main gateway. Removes nothing, since other
    /// pages may list some of them.
    pub(super) fn gateway(&mut self) {
        let (Some(old), Some(new)) = (self.old.gateways.first(), self.new.gateways.first()) else {
            return;
        };
        self.addresses(old, new);
        let [before, now] = [old, new].map(|gateway| sorted(gateway.public.iter().map(public)));
        let added = self.add_rows("public parameter", &before, &now);
        let needed: HashSet<_> = added
            .iter()
            .filter_map(|row| new.public_param(row.name)?.source.credential())
            .collect();
        let [before, now] =
            [old, new].map(|gateway| sorted(gateway.credentials.iter().map(credential)));
        let is_known = |row: &Row<'_>| before.iter().any(|one| one.name == row.name);
        let now: Vec<_> =
            now.into_iter().filter(|row| is_known(row) || needed.contains(row.name)).collect();
        self.add_rows("credential", &before, &now);
        let [before, now] = [old, new].map(|gateway| sorted(gateway.errors.iter().map(code)));
        if before.is_empty() {
            self.section(self.old.span, "errors", "error code", &now);
        } else {
            self.add_rows("error code", &before, &now);
        }
    }

    fn addresses(&mut self, old: &Gateway, new: &Gateway) {
        let urls = |gateway: &Gateway| -> Vec<String> {
            let whole = |url: &str| format!("{}{}", url.trim_end_matches('/'), gateway.path);
            gateway.environments.iter().filter_map(|one| one.url.map(whole)).collect()
        };
        let known = urls(old);
        for url in urls(new).into_iter().filter(|url| !known.contains(url)) {
            self.by_hand.push(format!("the page has the address {url}, which the spec lacks"));
        }
    }

    /// Compares a method that both the spec and the draft have.
    pub(super) fn method(&mut self, old: &'m Method, new: &'m Method) {
        let name = old.name;
        self.record(old, &format!("{name} request"), "request", &old.request, &new.request);
        match (&old.returns, &new.returns) {
            (Returns::Record(before), Returns::Record(now)) => {
                self.record(old, &format!("{name} response"), "response", before, now);
            }
            (Returns::Nothing, Returns::Record(now)) => {
                self.rows_in_a_new_section(old, "response", now);
            }
            (Returns::Value(before), Returns::Value(now)) => {
                self.inside(old, &format!("{name} data"), before, now);
            }
            _ => {}
        }
    }

    /// Adds the rows that only the draft has, each after the row before it on the page. Returns the
    /// added rows.
    pub(super) fn add_rows(
        &mut self,
        what: &str,
        old: &[Row<'m>],
        new: &[Row<'m>],
    ) -> Vec<Row<'m>> {
        let find = |name: &str| old.iter().find(|row| row.name == name);
        let mut added = Vec::new();
        for (index, row) in new.iter().enumerate().filter(|(_, row)| find(row.name).is_none()) {
            let before = new[..index].iter().rev().find_map(|row| find(row.name));
            let done = match (before, old.first()) {
                (Some(before), _) => self.edits.add(row.key, before.key, true),
                (None, Some(first)) => self.edits.add(row.key, first.key, false),
                (None, None) => false,
            };
            self.note(done, format!("new {what} `{}`", row.name));
            if done {
                added.push(*row);
            }
        }
        added
    }

    /// Adds rows in a section that the spec lacks.
    pub(super) fn section(&mut self, file: SourceSpan, name: &str, what: &str, rows: &[Row<'m>]) {
        if rows.is_empty() {
            return;
        }
        let keys: Vec<_> = rows.iter().map(|row| row.key).collect();
        let done = self.edits.section(file.source, name, &keys);
        for row in rows {
            self.note(done, format!("new {what} `{}`", row.name));
        }
    }

    /// Notes a change, which was made (`done`) or is left to a person.
    pub(super) fn note(&mut self, done: bool, change: String) {
        if done { self.changes.push(change) } else { self.by_hand.push(change) }
    }
}

/// Rows in the order of their file.
pub(super) fn sorted<'m>(rows: impl Iterator<Item = Row<'m>>) -> Vec<Row<'m>> {
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|row| row.key);
    rows
}

fn public(one: &PublicParam) -> Row<'_> {
    Row { name: one.facts.name, key: one.span, about: &one.about }
}

fn credential(one: &Credential) -> Row<'_> {
    Row { name: one.facts.name, key: one.span, about: &one.about }
}

fn code(one: &ErrorCode) -> Row<'_> {
    Row { name: one.facts.code, key: one.span, about: &one.about }
}
