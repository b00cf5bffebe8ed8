//! Tables of the values of one field, which a heading or the field's description names.

use crate::captions::is_of;
use crate::facts::{Conflict, Field, Kind};
use crate::outline::{About, Chapter};
use crate::page::{Row, Table, Unread, is_blank};
use crate::prose::Choice;
use crate::rows;
use crate::words::Role;
use gatespec_language::model::Grade;

/// The values of one table.
pub(crate) struct Values<'t> {
    /// The method whose part of the page contains the table; `None` if the table is for all
    /// methods.
    method: Option<&'t str>,
    /// The text above the table.
    heading: &'t str,
    table: &'t Table,
    values: Vec<Choice>,
    used: bool,
}

/// The tables of values of a page.
pub(crate) fn tables(chapters: &[Chapter]) -> Vec<Values<'_>> {
    let mut all = Vec::new();
    for chapter in chapters {
        let method = chapter.method.as_ref().map(|(name, _, _)| name.as_str());
        for (about, table) in &chapter.tables {
            if let About::Values(heading) = about {
                let values = table.rows.iter().filter_map(|row| choice(table, row)).collect();
                all.push(Values { method, heading, table, values, used: false });
            }
        }
    }
    all
}

/// The value of a row, and what the row says about it.
fn choice(table: &Table, row: &Row) -> Option<Choice> {
    let role = if table.has(Role::Value) { Role::Value } else { Role::Code };
    let value = table.text(row, role);
    let texts = [Role::Name, Role::Message, Role::Doc].map(|role| table.text(row, role));
    let meaning = texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let is_value = !is_blank(&value) && value.chars().count() <= 64;
    is_value.then_some(Choice { value, meaning })
}

/// Gives each field of a method the values of its table.
pub(crate) fn apply(fields: &mut [Field], method: &str, tables: &mut [Values<'_>]) {
    for field in fields {
        let is_seen = |one: &&mut Values<'_>| one.method.is_none_or(|own| own == method);
        let mut seen = tables.iter_mut().filter(is_seen);
        if let Some(found) = seen.find(|one| is_of(one.heading, field)) {
            found.used |= enumerate(field, found);
        }
        apply(&mut field.members, method, tables);
    }
}

/// Makes a field an enumeration of the table's values. Returns `false` if the field's type cannot
/// have values.
fn enumerate(field: &mut Field, found: &Values<'_>) -> bool {
    let integer = found.values.iter().all(|one| one.value.parse::<i64>().is_ok());
    let listed = |values: &[Choice]| {
        values.iter().map(|one| one.value.as_str()).collect::<Vec<_>>().join(", ")
    };
    let integer = match &field.kind {
        Kind::Text => false,
        Kind::Integer if integer => true,
        Kind::Choice { values, integer: numbers } if integer || !numbers => {
            let (prose, table) = (listed(values), listed(&found.values));
            let numbers = *numbers;
            if prose != table {
                field.contradict(Conflict::new(("text", &prose), ("table", &table), "table"));
            }
            numbers
        }
        _ => return false,
    };
    let line = found.table.rows.first().map_or(field.line, |row| row.line);
    field.doubt(Grade::Inferred, format!("the values are those of the table at line {line}"));
    field.kind = Kind::Choice { values: found.values.clone(), integer };
    field.longest = None;
    rows::outside(field, "table");
    true
}

/// Reports the rows of tables whose field was not found.
pub(crate) fn unused(tables: &[Values<'_>], unread: &mut Vec<Unread>) {
    for row in tables.iter().filter(|one| !one.used).flat_map(|one| &one.table.rows) {
        let why = "no field has the values of this table";
        unread.push(Unread { line: row.line, text: row.text(), why });
    }
}
