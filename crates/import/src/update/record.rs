//! Compares rows of records, their types and requiredness, and the values of enumerations.

use super::compare::{Compare, Row, sorted};
use super::entry::{keys, with_keys};
use super::prose::{self, TYPE_KEYS};
use gatespec_language::model::{
    Enumeration, Field, Grade, Method, Record, Required, Rule, RuleKind, Type, TypeDef, TypeId,
    TypeKind, Variant,
};

impl<'m> Compare<'m> {
    /// Compares the rows of a record of a method.
    pub(super) fn record(
        &mut self,
        method: &'m Method,
        at: &str,
        section: &'static str,
        old: &'m Record,
        new: &'m Record,
    ) {
        if old.fields.is_empty() && !section.is_empty() {
            return self.rows_in_a_new_section(method, section, new);
        }
        let [before, mut now] = [old, new].map(|record| sorted(record.fields.iter().map(row)));
        now.retain(|row| self.is_in_place(at, row, old));
        for added in self.add_rows(&format!("row of {at}"), &before, &now) {
            self.declare_of(method, new.field(added.name));
        }
        // A page without a table for this record says nothing about its rows.
        let is_told = !now.is_empty();
        let is_gone = |row: &&Row<'_>| is_told && new.field(row.name).is_none();
        for row in before.iter().filter(is_gone).filter(|row| is_of_the_page(row)) {
            let done = self.edits.remove(row.key);
            self.note(done, format!("no row `{}` of {at} any more", row.name));
        }
        self.spans(at, old, new);
        for field in &old.fields {
            if let Some(now) = new.field(&field.name) {
                let at = format!("{at}.{}", field.name);
                self.field(&at, field, now);
                self.inside(method, &at, field, now);
            }
        }
    }

    /// Whether a row of the draft can be added to this record. If the row is only inferred here,
    /// and the spec has it in another record, the draft may have put it in the wrong place.
    fn is_in_place(&mut self, at: &str, row: &Row<'_>, old: &Record) -> bool {
        let has = |def: &TypeDef| matches!(&def.kind, TypeKind::Record(record) if record.field(row.name).is_some());
        let is_doubtful = row.about.grade == Grade::Inferred
            && old.field(row.name).is_none()
            && self.old.types.iter().any(has);
        if is_doubtful {
            self.by_hand.push(format!("row `{}` of {at} may be new, but its place is only inferred: add it if the page confirms it", row.name));
        }
        !is_doubtful
    }

    /// Adds a section, such as `response`, that the method does not have, with the rows of a
    /// record.
    pub(super) fn rows_in_a_new_section(
        &mut self,
        method: &'m Method,
        section: &'static str,
        new: &'m Record,
    ) {
        let rows = sorted(new.fields.iter().map(row));
        let what = format!("row of {} {section}", method.name);
        self.section(method.span, section, &what, &rows);
        for field in &new.fields {
            self.declare_of(method, Some(field));
        }
    }

    /// Compares what the columns of a table and the description say about a field.
    fn field(&mut self, at: &str, old: &'m Field, new: &'m Field) {
        let is_sure = |field: &Field| {
            field.about.grade == Grade::Documented && field.about.conflict.is_none()
        };
        let (text, entry) = self.edits.of_spec(old.span);
        let (draft, own) = self.edits.of_draft(new.span);
        let said = keys(draft, &own).unwrap_or_default();
        let (mut gone, mut with, mut what) = (Vec::new(), Vec::new(), Vec::new());
        let mut take = |keys: &[&'static str], name| {
            if what.contains(&name) {
                return;
            }
            gone.extend_from_slice(keys);
            let own = said.iter().filter(|(key, _)| keys.contains(&key.as_str()));
            with.extend(own.map(|(key, text)| (key.clone(), prose::value(key, text, old))));
            what.push(name);
        };
        if is_sure(old) && is_sure(new) && self.travels_otherwise(old, new) {
            take(TYPE_KEYS, "type");
        }
        // A condition comes from prose or from a person, who knows more than the column.
        let is_column = |field: &Field| matches!(field.required, Required::No | Required::Yes);
        let is_open = old.about.conflict.is_some() || new.about.conflict.is_some();
        if old.required != new.required && is_column(old) && is_column(new) && !is_open {
            take(&["required"], "required");
        }
        if !is_open {
            prose::differences(old, new).iter().for_each(|(name, keys)| take(keys, name));
        }
        if what.is_empty() {
            return;
        }
        let changed = with_keys(text, &entry, &gone, &with);
        let done = changed.is_some_and(|by| self.edits.replace(old.span.source, entry.range, by));
        self.note(done, format!("{at}: {}", what.join(" and ")));
    }

    /// Compares how far two times may be apart.
    fn spans(&mut self, at: &str, old: &'m Record, new: &'m Record) {
        for rule in &new.rules {
            let RuleKind::Span(from, to, limit) = &rule.kind else { continue };
            let same = |one: &&Rule| {
                matches!(&one.kind, RuleKind::Span(..)) && one.kind.fields() == rule.kind.fields()
            };
            let before = old.rules.iter().find(same);
            if before.is_some_and(|one| matches!(&one.kind, RuleKind::Span(_, _, known) if known.at_most == limit.at_most)) {
                continue;
            }
            let done =
                before.is_some_and(|one| self.edits.take_value(one.span, rule.span, "at_most"));
            self.note(done, format!("{at}: the span from `{from}` to `{to}`"));
        }
    }

    /// Whether two types differ in JSON. A unit or values do not count: a person may know them
    /// better than a column.
    fn travels_otherwise(&self, old: &Field, new: &Field) -> bool {
        let [before, now] = [(old, self.old), (new, self.new)].map(|(field, platform)| {
            (field.list.is_some(), json_kind(&field.ty, |id| &platform.type_def(id).kind))
        });
        before.1.is_some() && now.1.is_some() && before != now
    }

    /// Compares the members of a record, or the values of an enumeration.
    pub(super) fn inside(&mut self, method: &'m Method, at: &str, old: &'m Field, new: &'m Field) {
        let (Some(id), Some(now)) = (type_id(&old.ty), type_id(&new.ty)) else { return };
        if !self.seen.insert(id) {
            return;
        }
        match (&self.old.type_def(id).kind, &self.new.type_def(now).kind) {
            (TypeKind::Record(old), TypeKind::Record(new)) => self.record(method, at, "", old, new),
            (TypeKind::Enumeration(old), TypeKind::Enumeration(new)) => self.values(at, old, new),
            _ => {}
        }
    }

    fn values(&mut self, at: &str, old: &'m Enumeration, new: &'m Enumeration) {
        let [before, now] = [old, new].map(|one| sorted(one.variants.iter().map(value)));
        self.add_rows(&format!("value of {at}"), &before, &now);
        let is_gone = |row: &&Row<'_>| !now.iter().any(|one| one.name == row.name);
        for row in before.iter().filter(is_gone).filter(|row| is_of_the_page(row)) {
            let done = self.edits.remove(row.key);
            self.note(done, format!("no value `{}` of {at} any more", row.name));
        }
    }

    /// Adds the types that a new row needs.
    fn declare_of(&mut self, method: &'m Method, field: Option<&'m Field>) {
        let Some(id) = field.and_then(|field| type_id(&field.ty)) else { return };
        let def = self.new.type_def(id);
        if !self.declared.insert((id, method.name)) {
            return;
        }
        let is_seen =
            |one: &&TypeDef| one.method.as_deref().is_none_or(|owner| owner == method.name);
        match self.old.types.iter().filter(is_seen).find(|one| one.name == def.name) {
            Some(_) => self.by_hand.push(format!(
                "the type `{}` of a new row already exists: is it the same?",
                def.name
            )),
            None => self.declare(method, def),
        }
        if let TypeKind::Record(record) = &def.kind {
            for field in &record.fields {
                self.declare_of(method, Some(field));
            }
        }
    }

    fn declare(&mut self, method: &'m Method, def: &'m TypeDef) {
        let is_own = |one: &&TypeDef| one.method.as_deref() == Some(method.name);
        let last = self.old.types.iter().filter(is_own).max_by_key(|one| one.span);
        let done = match last {
            Some(last) => self.edits.add(def.span, last.span, true),
            None => self.edits.section(method.span.source, "types", &[def.span]),
        };
        self.note(done, format!("new type `{}`", def.name));
    }
}

fn row(field: &Field) -> Row<'_> {
    Row { name: &field.name, key: field.span, about: &field.about }
}

fn value(one: &Variant) -> Row<'_> {
    Row { name: &one.value, key: one.span, about: &one.about }
}

/// Whether a row came from a page, and not from a sample or another source.
fn is_of_the_page(row: &Row<'_>) -> bool {
    let source = row.about.source.as_deref();
    row.about.grade == Grade::Documented
        && row.about.conflict.is_none()
        && source.is_none_or(|source| source.starts_with("line "))
        || row.about.grade == Grade::Inferred
            && source.is_some_and(|source| source.starts_with("line "))
}

fn type_id(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Record(id) | Type::Enumeration(id) => Some(*id),
        _ => None,
    }
}

/// The JSON type of a value; `None` if the value can have any type.
fn json_kind<'m>(ty: &Type, def: impl Fn(TypeId) -> &'m TypeKind) -> Option<&'static str> {
    Some(match ty {
        Type::Text => "text",
        Type::Integer { quoted } | Type::Fen { quoted } => ["number", "text"][usize::from(*quoted)],
        Type::Decimal { bare, .. } => ["text", "number"][usize::from(*bare)],
        Type::Boolean { .. } => "boolean",
        Type::DateTime(codec) => ["number", "text"][usize::from(codec.quoted)],
        Type::Map(_) | Type::Record(_) => "object",
        Type::Enumeration(id) => match def(*id) {
            TypeKind::Enumeration(values) if values.numeric => "number",
            _ => "text",
        },
        Type::Json | Type::Invalid => return None,
    })
}
