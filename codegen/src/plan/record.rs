//! Records: fields, constructor, order on the wire, checks.

use super::docs;
use super::limits::{Condition, Requirement, Rule};
use super::names::{Case, Ident, RECORD_NAMES, Scope, Wish};
use super::place::Names;
use super::prose::Docs;
use super::tree::{Build, Field, Holds, Place, Record, Value};
use super::usage::Roles;
use crate::diagnostic::Sink;
use crate::model::{self, Required, RuleKind};

/// More arguments than this need clippy's leave.
const MANY_ARGUMENTS: usize = 7;

/// What is known of a record before its fields are looked at.
pub struct Outline<'m> {
    /// The type's name.
    pub ident: Ident,
    /// Of the type; rules are added.
    pub docs: Docs,
    /// What it is for.
    pub roles: Roles,
    /// The method whose file holds it; `None`: shared.
    pub method: Option<&'m str>,
}

/// Plans one struct.
pub fn record<'m>(
    outline: Outline<'m>,
    spec: &'m model::Record,
    files: &Names<'m>,
    sink: &mut Sink,
) -> Record<'m> {
    let Outline { ident, docs, roles, method } = outline;
    let rows: Vec<&'m model::Field> = spec.sent().collect();
    let idents = identifiers(&rows, spec, roles, sink);
    let named = docs::Fields { rows: &rows, idents: &idents };
    let fields: Vec<Field<'m>> = rows
        .iter()
        .zip(&idents)
        .map(|(row, ident)| {
            let place = files.place(row, roles, method);
            Field {
                wire: &row.name,
                ident: ident.clone(),
                docs: docs::field(row, ident, roles, &named),
                brief: if roles.request { docs::setter(row) } else { Docs::default() },
                always: (row.always && roles.answer) || is_bare(&place),
                place,
                in_path: row.in_path,
                nullable: row.nullable,
                required: requirement(row, &rows).filter(|_| roles.request),
                limits: match roles.request {
                    true => row.constraints.iter().map(|(one, _)| one.limit()).collect(),
                    false => Vec::new(),
                },
            }
        })
        .collect();
    let build = roles.request.then(|| build(&rows, spec));
    Record {
        ident,
        docs,
        default: roles.answer || build.as_ref().is_some_and(|build| build.arguments.is_empty()),
        build,
        fields,
        order: spec.order(),
        others: spec.others,
    }
}

/// It holds a value in any case, a blank one until it is decoded.
fn is_bare(place: &Place<'_>) -> bool {
    place.holds == Holds::One && !matches!(place.value, Value::Map(_))
}

fn identifiers(
    rows: &[&model::Field],
    spec: &model::Record,
    roles: Roles,
    sink: &mut Sink,
) -> Vec<Ident> {
    let mut scope = Scope::new("in the fields of a record", &[]);
    if roles.request {
        scope = Scope::new("in the fields and setters of a record", RECORD_NAMES);
    }
    if spec.others.is_some() {
        scope.reserve("others");
    }
    let mut name = |row: &model::Field| {
        scope.name(Wish::new(&row.name, row.span, row.rust.as_ref()), Case::Snake, sink)
    };
    rows.iter().map(|row| name(row)).collect()
}

fn build<'m>(rows: &[&'m model::Field], spec: &'m model::Record) -> Build<'m> {
    let is_argument = |index: &usize| rows[*index].is_needed();
    let arguments: Vec<usize> = (0..rows.len()).filter(is_argument).collect();
    Build {
        long: arguments.len() > MANY_ARGUMENTS,
        setters: (0..rows.len()).filter(|index| !is_argument(index)).collect(),
        arguments,
        rules: spec.rules.iter().filter_map(|rule| rule_of(&rule.kind, rows)).collect(),
    }
}

fn requirement<'m>(row: &'m model::Field, rows: &[&'m model::Field]) -> Option<Requirement<'m>> {
    let condition = |condition: &'m model::Condition| {
        let field = index_of(rows, &condition.field)?;
        Some(Condition { field, any_of: &condition.any_of })
    };
    match &row.required {
        _ if row.is_needed() => Some(Requirement::Always),
        Required::No | Required::Yes => None,
        Required::When(when) => condition(when).map(Requirement::When),
        Required::Unless(unless) => condition(unless).map(Requirement::Unless),
    }
}

/// A rule that names a row that is not sent has nothing to look at.
fn rule_of<'m>(kind: &'m RuleKind, rows: &[&model::Field]) -> Option<Rule<'m>> {
    Some(match kind {
        RuleKind::NotAfter(a, b) => Rule::NotAfter(index_of(rows, a)?, index_of(rows, b)?),
        RuleKind::Span(a, b, limit) => {
            Rule::Span(index_of(rows, a)?, index_of(rows, b)?, &limit.at_most)
        }
        RuleKind::AtLeastOne(names) => {
            Rule::AtLeastOne(names.iter().filter_map(|name| index_of(rows, name)).collect())
        }
    })
}

fn index_of(rows: &[&model::Field], name: &str) -> Option<usize> {
    rows.iter().position(|row| row.name == name)
}
