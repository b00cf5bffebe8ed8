//! Builds from the model the schemas that generated code contains as constants.

use crate::model::{self, Condition, Method, Platform, Record, RuleKind, Type, TypeId, TypeKind};
use bumpalo::Bump;
use gatespec_protocol::record::{
    self, Describe, Field, FieldType, Form, Required, Rule, Schema, place, places,
};
use gatespec_protocol::{MethodInfo, Spelling};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

/// The direction in which a record travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// In requests, rules check that fields are present and how many decimals amounts have.
    Request,
    /// In answers, fields that are always present are required, and amounts keep all decimals.
    Answer,
}

/// The schemas of a platform's records. Each is built on first use.
pub struct Schemas<'a> {
    platform: &'a Platform,
    side: Side,
    arena: &'a Bump,
    known: RefCell<BTreeMap<TypeId, &'a Later<'a>>>,
}

/// The description of a method and of its request, as generated code contains it.
pub fn method<'a>(platform: &'a Platform, method: &'a Method, arena: &'a Bump) -> MethodInfo<'a> {
    Schemas::new(platform, Side::Request, arena).method(method)
}

impl<'a> Schemas<'a> {
    /// Schemas for records that are sent in this direction.
    pub fn new(platform: &'a Platform, side: Side, arena: &'a Bump) -> Self {
        Self { platform, side, arena, known: RefCell::default() }
    }

    /// The description of a method and of its request.
    pub fn method(&self, method: &'a Method) -> MethodInfo<'a> {
        MethodInfo { request: self.record(&method.request), ..method.facts }
    }

    /// The schema of a record, which refers to the schemas of nested records.
    pub fn record(&self, record: &'a Record) -> &'a Schema<'a> {
        self.arena.alloc(self.make(record))
    }

    fn make(&self, record: &'a Record) -> Schema<'a> {
        let rows = Rows(record.sent().enumerate().map(|(at, row)| (&*row.name, at)).collect());
        let fields: Vec<_> = record.sent().map(|row| self.row(row, &rows)).collect();
        let rules = record.rules.iter().filter_map(|rule| rule_of(&rule.kind, &rows, self.arena));
        let rules: Vec<_> = rules.collect();
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        let places = self.arena.alloc_slice_fill_copy(places(names.len()), 0);
        place(&names, places);
        Schema {
            places,
            fields: self.arena.alloc_slice_copy(&fields),
            order: self.arena.alloc_slice_copy(&record.order()),
            rules: self.arena.alloc_slice_copy(&rules),
        }
    }

    /// The description of a single field.
    pub fn field(&self, row: &'a model::Field) -> Field<'a> {
        self.row(row, &Rows::default())
    }

    fn row(&self, row: &'a model::Field, rows: &Rows<'_>) -> Field<'a> {
        let (kind, form) = self.kind(&row.ty);
        let condition = |condition: &'a Condition| {
            let field = rows.index(&condition.field)?;
            let any_of = condition.any_of.iter().map(String::as_str);
            Some(record::Condition { field, any_of: self.arena.alloc_slice_fill_iter(any_of) })
        };
        let required = match &row.required {
            _ if row.is_needed() => Some(Required::Yes),
            model::Required::No | model::Required::Yes => None,
            model::Required::When(when) => condition(when).map(Required::When),
            model::Required::Unless(unless) => condition(unless).map(Required::Unless),
        };
        let limits = row.constraints.iter().map(|(constraint, _)| constraint.limit());
        Field {
            name: &row.name,
            kind,
            form,
            list: row.list_style(),
            single: row.single,
            json_text: row.json_text && row.list.is_none(),
            required: required.unwrap_or(Required::No),
            limits: self.arena.alloc_slice_fill_iter(limits),
            in_path: row.in_path,
            nullable: row.nullable,
            always: row.always && self.side == Side::Answer,
            sensitive: row.sensitive,
        }
    }

    fn kind(&self, ty: &'a Type) -> (FieldType<'a>, Form) {
        let usual = Form::Usual;
        let written = |quoted: bool| if quoted { Form::Quoted } else { usual };
        match ty {
            Type::Text | Type::Invalid => (FieldType::Text, usual),
            Type::Integer { quoted } | Type::Fen { quoted } => {
                (FieldType::Integer, written(*quoted))
            }
            Type::Decimal { scale, bare, yuan } => {
                let exact = *yuan && self.side == Side::Answer;
                let kind =
                    if exact { FieldType::Amount(*scale) } else { FieldType::Decimal(*scale) };
                (kind, if *bare { Form::Bare } else { usual })
            }
            Type::Boolean { yes, no } => (FieldType::Flag(Spelling { yes, no }), usual),
            Type::DateTime(codec) => {
                let kind = FieldType::Time(codec.time_format(), codec.never.as_deref());
                (kind, written(codec.quoted))
            }
            Type::Json => (FieldType::Json, usual),
            Type::Map(of) => (FieldType::Map(*of), usual),
            Type::Record(id) | Type::Enumeration(id) => match &self.platform.type_def(*id).kind {
                TypeKind::Record(record) => (FieldType::Record(self.later(*id, record)), usual),
                TypeKind::Enumeration(values) => {
                    let known = values.variants.iter().map(|variant| variant.value.as_str());
                    let known = self.arena.alloc_slice_fill_iter(known);
                    (FieldType::Choice(known), if values.numeric { Form::Bare } else { usual })
                }
            },
        }
    }

    /// The schema of a nested record. Since records may contain each other, schemas can refer to it
    /// before it is built.
    fn later(&self, id: TypeId, record: &'a Record) -> &'a Later<'a> {
        if let Some(known) = self.known.borrow().get(&id) {
            return known;
        }
        let later: &Later<'_> = self.arena.alloc(Later(OnceLock::new()));
        self.known.borrow_mut().insert(id, later);
        later.0.get_or_init(|| self.make(record));
        later
    }
}

/// The rule, with fields given by index; `None` if it names a row that is not sent.
fn rule_of<'a>(kind: &RuleKind, rows: &Rows<'_>, arena: &'a Bump) -> Option<Rule<'a>> {
    Some(match kind {
        RuleKind::NotAfter(a, b) => Rule::NotAfter(rows.index(a)?, rows.index(b)?),
        RuleKind::Span(a, b, limit) => Rule::Span(rows.index(a)?, rows.index(b)?, limit.at_most),
        RuleKind::AtLeastOne(names) => {
            let fields: Vec<_> = names.iter().filter_map(|name| rows.index(name)).collect();
            Rule::AtLeastOne(arena.alloc_slice_copy(&fields))
        }
    })
}

/// The index of each row that a record sends, by its name.
#[derive(Default)]
struct Rows<'r>(HashMap<&'r str, usize>);

impl Rows<'_> {
    fn index(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }
}

/// A schema to which others can refer before it is built.
struct Later<'a>(OnceLock<Schema<'a>>);

impl Describe for Later<'_> {
    fn schema(&self) -> &Schema<'_> {
        self.0.get().unwrap_or(Schema::EMPTY)
    }
}
