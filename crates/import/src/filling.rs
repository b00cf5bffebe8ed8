//! Records that a table of their own describes.

use crate::facts::Field;
use crate::nest::nested;
use crate::page::Table;
use crate::rows::{self, Side};
use std::collections::HashMap;

/// The maximum nesting depth of records that have their own tables, and the maximum number of
/// fields that these tables add to a method.
const DEEPEST: usize = 24;
const MOST_FIELDS: usize = 20_000;

/// Gives records the members that a table of their own lists. A record inside itself gets no
/// members.
pub(crate) struct Filling<'t> {
    types: &'t HashMap<String, Vec<Table>>,
    side: Side,
    /// The records that are being filled.
    path: Vec<String>,
    /// How many fields may still be added.
    left: usize,
}

impl<'t> Filling<'t> {
    pub(crate) fn new(types: &'t HashMap<String, Vec<Table>>, side: Side) -> Self {
        Self { types, side, path: Vec::new(), left: MOST_FIELDS }
    }

    /// Marks the records that have a table of their own: the rows below them are not their members.
    pub(crate) fn close(&self, fields: &mut [Field]) {
        for field in fields {
            field.closed |= field.record.as_ref().is_some_and(|name| self.types.contains_key(name));
        }
    }

    pub(crate) fn fill(&mut self, fields: &mut [Field]) {
        for field in fields {
            let record = field.record.clone().unwrap_or_default();
            let is_open = self.path.len() < DEEPEST && !self.path.contains(&record);
            if let Some(tables) =
                self.types.get(&record).filter(|_| field.members.is_empty() && is_open)
            {
                let rows =
                    tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
                let rows =
                    rows.take(self.left).map(|(table, row)| rows::field(table, row, self.side));
                let mut rows: Vec<_> = rows.collect();
                self.left -= rows.len();
                self.close(&mut rows);
                field.members = nested(rows, None);
            }
            self.path.push(record);
            self.fill(&mut field.members);
            self.path.pop();
        }
    }
}
