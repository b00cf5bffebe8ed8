//! Finds out which field is a member of which, from names with dots, indentation, the sample, or
//! the order of the rows.

use crate::facts::{Conflict, Field, Kind};
use crate::page::Unread;
use crate::sample;
use gatespec_language::model::Grade;
use gatespec_language::tree::Tree;
use std::collections::{HashMap, HashSet};

/// The deepest nesting that is kept; deeper members become members of the deepest record.
const DEEPEST: usize = 16;

/// Moves the fields that are members of records into these records.
pub(crate) fn nested(fields: Vec<Field>, sample: Option<&Tree>) -> Vec<Field> {
    if fields.iter().any(is_dotted) {
        let (fields, parents) = by_names(fields);
        return assembled(fields, &parents);
    }
    let mut fields = fields;
    let parents = if is_indented(&fields) {
        by_indent(&fields)
    } else {
        Flat::new(&mut fields, sample).parents()
    };
    assembled(fields, &parents)
}

/// Keeps the first of several fields with the same name in a record; reports the others.
pub(crate) fn distinct(fields: &mut Vec<Field>, unread: &mut Vec<Unread>) {
    let mut names = HashSet::new();
    fields.retain(|field| {
        let is_new = names.insert(field.name.clone());
        if !is_new {
            let text = format!("{} {}", field.name, field.prose);
            unread.push(Unread { line: field.line, text, why: "the name also occurs above" });
        }
        is_new
    });
    for field in fields {
        distinct(&mut field.members, unread);
    }
}

/// The names of the outermost fields, if names or indents show the nesting; otherwise all names.
pub(crate) fn top(fields: &[Field]) -> Vec<String> {
    let is_shown = fields.iter().any(is_dotted) || is_indented(fields);
    let roots = if is_shown { nested(fields.to_vec(), None) } else { fields.to_vec() };
    roots.into_iter().map(|field| field.name).collect()
}

fn is_dotted(field: &Field) -> bool {
    field.name.contains(['.', '/', '>']) || field.name.contains("[]")
}

fn is_indented(fields: &[Field]) -> bool {
    let first = fields.first().map(|field| field.indent);
    fields.iter().any(|field| Some(field.indent) != first)
}

/// Moves each field into its parent, which is before it.
fn assembled(fields: Vec<Field>, parents: &[Option<usize>]) -> Vec<Field> {
    let mut depths = vec![0; fields.len()];
    let mut parents = parents.to_vec();
    for at in 0..fields.len() {
        let Some(parent) = parents[at] else { continue };
        if depths[parent] + 1 >= DEEPEST {
            parents[at] = parents[parent];
        }
        depths[at] = parents[at].map_or(0, |parent| depths[parent] + 1);
    }
    let mut slots: Vec<Option<Field>> = fields.into_iter().map(Some).collect();
    let mut children: Vec<Vec<Field>> = vec![Vec::new(); slots.len()];
    let mut roots = Vec::new();
    for at in (0..slots.len()).rev() {
        let Some(mut field) = slots[at].take() else { continue };
        let mut own = std::mem::take(&mut children[at]);
        own.reverse();
        if !own.is_empty() {
            field.kind = Kind::Record;
            field.members.append(&mut own);
        }
        match parents[at] {
            Some(parent) => children[parent].push(field),
            None => roots.push(field),
        }
    }
    roots.reverse();
    roots
}

/// Finds parents by names such as `lines[].sku`: the parent has the path before the last dot.
fn by_names(fields: Vec<Field>) -> (Vec<Field>, Vec<Option<usize>>) {
    let (mut out, mut parents): (Vec<Field>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    let mut known: HashMap<String, usize> = HashMap::new();
    for mut field in fields {
        let name = field.name.clone();
        let parts: Vec<&str> =
            name.split(['.', '/', '>']).filter(|part| !part.is_empty()).collect();
        let Some((last, above)) = parts.split_last() else { continue };
        let (mut path, mut parent) = (String::new(), None);
        for part in above {
            let (plain, list) = without_index(part);
            path = format!("{path}.{plain}");
            let place = *known.entry(path.clone()).or_insert_with(|| {
                let mut made = Field::new(plain, field.line);
                made.kind = Kind::Record;
                made.doubt(Grade::Inferred, format!("only the name {name} refers to it"));
                out.push(made);
                parents.push(parent);
                out.len() - 1
            });
            if list {
                out[place].list = Some("json".to_owned());
            }
            parent = Some(place);
        }
        let (plain, list) = without_index(last);
        if list {
            field.list = Some("json".to_owned());
        }
        field.name = plain.to_owned();
        known.insert(format!("{path}.{plain}"), out.len());
        out.push(field);
        parents.push(parent);
    }
    (out, parents)
}

/// Removes the index from `lines[]`, `lines[0]` or `lines[n]`. Returns whether there was an index.
fn without_index(part: &str) -> (&str, bool) {
    match part.split_once('[') {
        Some((plain, index)) if index.ends_with(']') && !plain.is_empty() => (plain, true),
        _ => (part, false),
    }
}

/// The parent is the nearest field above that is indented less.
fn by_indent(fields: &[Field]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::new();
    for (at, field) in fields.iter().enumerate() {
        while open.last().is_some_and(|last| fields[*last].indent >= field.indent) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(at);
    }
    parents
}

/// Rows whose nesting was lost when they were copied.
struct Flat<'f, 't> {
    fields: &'f mut Vec<Field>,
    /// The members of the sample of each record; `None` is the root.
    objects: HashMap<Option<usize>, HashMap<&'t str, &'t Tree>>,
    parents: Vec<Option<usize>>,
    /// For each row, whether the sample shows where it belongs.
    known: Vec<bool>,
}

impl<'f, 't> Flat<'f, 't> {
    fn new(fields: &'f mut Vec<Field>, sample: Option<&'t Tree>) -> Self {
        let mut objects = HashMap::new();
        if let Some(sample) = sample.and_then(sample::object) {
            let shown = sample::by_name(sample);
            let has = |field: &Field| shown.contains_key(field.name.as_str());
            // A sample may contain only the members of the first field, without the field itself.
            let inside = fields.first().is_some_and(|first| first.opens() && !has(first))
                && fields.iter().any(has);
            objects.insert(inside.then_some(0), shown);
        }
        Self { fields, objects, parents: Vec::new(), known: Vec::new() }
    }

    fn parents(mut self) -> Vec<Option<usize>> {
        if self.fields.iter().all(|field| !field.opens()) {
            return vec![None; self.fields.len()];
        }
        self.place();
        if self.objects.is_empty() {
            self.doubt_order();
        } else {
            self.settle();
        }
        self.parents
    }

    /// Places each row into the innermost open record whose sample contains it. If there is none,
    /// places it into the innermost open record.
    fn place(&mut self) {
        let mut open: Vec<Option<usize>> = vec![None];
        let mut taken: HashSet<(Option<usize>, String)> = HashSet::new();
        for at in 0..self.fields.len() {
            let name = self.fields[at].name.clone();
            let shows = |record: &Option<usize>| {
                let object = self.objects.get(record);
                object.is_some_and(|object| object.contains_key(name.as_str()))
                    && !taken.contains(&(*record, name.clone()))
            };
            let found = open.iter().rposition(shows);
            if let Some(place) = found {
                open.truncate(place + 1);
            }
            let parent = open.last().copied().flatten();
            taken.insert((parent, name.clone()));
            self.parents.push(parent);
            self.known.push(found.is_some());
            if !self.fields[at].opens() {
                continue;
            }
            let shown =
                self.objects.get(&parent).and_then(|object| object.get(name.as_str()).copied());
            let object =
                shown.and_then(sample::object).filter(|object| !sample::members(object).is_empty());
            if let Some(object) = object {
                self.objects.insert(Some(at), sample::by_name(object));
            }
            if (object.is_some() || shown.is_none()) && open.len() <= DEEPEST {
                open.push(Some(at));
            }
        }
    }

    /// Lowers the grades of members whose place is known only from the order of the rows.
    fn doubt_order(&mut self) {
        for at in 0..self.fields.len() {
            let Some(parent) = self.parents[at] else { continue };
            if parent > 0 || self.parents[parent].is_some() {
                let name = self.fields[parent].name.clone();
                self.fields[at].doubt(
                    Grade::Inferred,
                    format!("only the order of the rows places it in {name}"),
                );
            }
        }
    }

    /// Places the rows that the sample lacks into the record of the rows around them. If the rows
    /// before and after them belong to different records, places them into the outer one: the
    /// record of the row after them.
    fn settle(&mut self) {
        let mut at = 0;
        while at < self.fields.len() {
            if self.known[at] {
                at += 1;
                continue;
            }
            let end =
                (at..self.fields.len()).find(|row| self.known[*row]).unwrap_or(self.fields.len());
            let before = self.parents[at];
            let after = self.parents.get(end).copied().flatten();
            for row in at..end {
                // The first row stays outside: if it is the only parameter, the sample may show
                // only its members.
                if row == 0 {
                    continue;
                }
                if self.parents[row] != before {
                    let name = self.parents[row]
                        .map_or(String::new(), |parent| self.fields[parent].name.clone());
                    self.fields[row].doubt(
                        Grade::Inferred,
                        format!("only the order of the rows places it in {name}"),
                    );
                } else if before != after {
                    let name = |record: Option<usize>| {
                        record
                            .map_or("the top".to_owned(), |record| self.fields[record].name.clone())
                    };
                    let (inner, outer) = (name(before), name(after));
                    let readings = (format!("a member of {inner}"), format!("a member of {outer}"));
                    let field = &mut self.fields[row];
                    field.doubt(
                        Grade::Inferred,
                        "the sample lacks it, and its neighbours belong to different records",
                    );
                    field.contradict(Conflict::new(
                        ("row_before", &readings.0),
                        ("row_after", &readings.1),
                        "row_after",
                    ));
                    self.parents[row] = after;
                }
            }
            at = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(fields: &[Field]) -> String {
        let one = |field: &Field| {
            let inner = if field.members.is_empty() {
                String::new()
            } else {
                format!("({})", shown(&field.members))
            };
            let list = if field.list.is_some() { "[]" } else { "" };
            let grade = if field.grade == Grade::Inferred { "?" } else { "" };
            format!("{}{list}{grade}{inner}", field.name)
        };
        fields.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    fn fields(names: &str) -> Vec<Field> {
        let rows = names.split(' ').enumerate();
        rows.map(|(line, name)| {
            let indent = name.len() - name.trim_start_matches('_').len();
            let name = name.trim_start_matches('_');
            let mut field = Field::new(name.trim_end_matches('*'), line);
            field.indent = indent;
            if name.ends_with('*') {
                field.kind = Kind::Json;
            }
            field
        })
        .collect()
    }

    #[test]
    fn members_are_found_by_names_indents_and_samples() {
        let sample = Tree::parse(
            r#"{"id":1,"lines":[{"sku":"a","tag":{"k":1},"qty":1}],"total":3,"map":{}}"#,
        )
        .ok();
        for (rows, sample, expected) in [
            ("id lines[].sku lines[].tag.k total", None, "id lines[]?(sku tag?(k)) total"),
            ("id lines* _sku _tag* __k _qty total", None, "id lines(sku tag(k) qty) total"),
            ("id lines* sku tag* k qty total", sample.as_ref(), "id lines(sku tag(k) qty) total"),
            (
                "id lines* sku price tag* k qty bonus total rest",
                sample.as_ref(),
                "id lines(sku price tag(k) qty) bonus? total rest",
            ),
            ("id map* extra total", sample.as_ref(), "id map extra total"),
            (
                "wrapped* id total extra",
                Tree::parse(r#"{"id":1,"total":2}"#).ok().as_ref(),
                "wrapped(id total) extra?",
            ),
            ("order* id lines* sku", None, "order(id lines(sku?))"),
        ] {
            assert_eq!(shown(&nested(fields(rows), sample)), expected, "{rows}");
        }
    }
}
