//! Values of records whose types come from the model at run time.

use super::schema::{Schemas, Side};
use crate::model::{self, MapOf, Platform, Type, TypeKind};
use bumpalo::Bump;
use gatespec_protocol as rt;
use rt::record::{self, Field, FieldType, Map, Record, Schema, Slot, View, choose};
use rt::{Blank, DateTime, Decimal, Decoded, Encode, Enumeration, RawJson, Stop, Value, Writer};
use std::collections::BTreeMap;

/// A record with its values: a request, the data of an answer, or a record inside one of these.
pub struct Object<'m> {
    /// The platform whose types the fields refer to.
    pub platform: &'m Platform,
    /// The record in the model.
    pub record: &'m model::Record,
    schema: &'m Schema<'m>,
    /// The fields that are sent as members of the record, in the record's order.
    pub values: Vec<Cell<'m>>,
    /// The unlisted members, if the record keeps them.
    pub others: Option<Members>,
}

/// A field with its value.
pub struct Cell<'m> {
    platform: &'m Platform,
    /// The field in the model.
    pub model: &'m model::Field,
    /// The field's description for the protocol's loops over records, made from `model`.
    pub field: Field<'m>,
    /// The value.
    pub data: Data<'m>,
}

/// One value.
#[derive(Default)]
pub enum Data<'m> {
    /// The field has no value.
    #[default]
    Absent,
    /// A text.
    Text(String),
    /// An integer, or an amount in fen.
    Integer(i64),
    /// An exact decimal, or an amount in yuan.
    Decimal(Decimal),
    /// A boolean.
    Flag(bool),
    /// A point in time.
    Time(DateTime),
    /// A value of an enumeration, known or not.
    Choice(Choice<'m>),
    /// JSON of any shape.
    Json(RawJson),
    /// A map with arbitrary keys.
    Map(Members),
    /// A nested record.
    Record(Object<'m>),
    /// A list.
    List(Items<'m>),
}

/// The items of a list.
pub struct Items<'m>(pub Vec<Data<'m>>);

/// A map with arbitrary keys, or the unlisted members of a record.
pub struct Members {
    /// The type of the values.
    pub of: MapOf,
    /// The values by key, as JSON.
    pub by_name: BTreeMap<String, RawJson>,
}

/// A value of an enumeration, known or not.
pub struct Choice<'m> {
    pub value: String,
    pub known: &'m [&'m str],
}

impl<'m> Object<'m> {
    /// Creates an empty record, and builds its schema.
    pub fn of(
        platform: &'m Platform,
        record: &'m model::Record,
        side: Side,
        arena: &'m Bump,
    ) -> Self {
        Self::new(platform, record, Schemas::new(platform, side, arena).record(record))
    }

    /// Creates an empty record with a given schema.
    pub(super) fn new(
        platform: &'m Platform,
        record: &'m model::Record,
        schema: &'m Schema<'m>,
    ) -> Self {
        let values = record.sent().zip(schema.fields);
        let cell = |(model, field): (&'m model::Field, &Field<'m>)| Cell {
            platform,
            model,
            field: *field,
            data: Data::Absent,
        };
        let others = record.others.map(|of| Members { of, by_name: BTreeMap::new() });
        Self { platform, record, schema, values: values.map(cell).collect(), others }
    }

    /// The field with this wire name.
    pub fn cell(&mut self, name: &str) -> Option<&mut Cell<'m>> {
        let at = self.index(name)?;
        self.values.get_mut(at)
    }

    /// The value of the field with this wire name.
    pub fn value(&self, name: &str) -> &Data<'m> {
        let cell = self.index(name).and_then(|at| self.values.get(at));
        cell.map_or(&Data::Absent, |cell| &cell.data)
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.schema.find(name, self.schema.fields.len())
    }
}

impl Record for Object<'_> {
    fn schema(&self) -> &Schema<'_> {
        self.schema
    }

    fn view(&self, field: usize) -> View<'_> {
        self.values[field].data.view()
    }

    fn slot(&mut self, field: usize) -> (&Field<'_>, &mut dyn Slot) {
        (&self.schema.fields[field], &mut self.values[field])
    }

    fn others(&self) -> Option<&dyn Map> {
        self.others.as_ref().map(|others| others as _)
    }

    fn others_mut(&mut self) -> Option<&mut dyn Map> {
        self.others.as_mut().map(|others| others as _)
    }
}

impl<'m> Cell<'m> {
    /// A field without a value.
    pub fn new(platform: &'m Platform, model: &'m model::Field, field: Field<'m>) -> Self {
        Self { platform, model, field, data: Data::Absent }
    }

    /// Returns an empty record of the field's type; `None` if the type is not a record.
    pub fn nested(&self) -> Option<Object<'m>> {
        let (FieldType::Record(inner), Type::Record(id)) = (self.field.kind, &self.model.ty) else {
            return None;
        };
        match &self.platform.type_def(*id).kind {
            TypeKind::Record(record) => Some(Object::new(self.platform, record, inner.schema())),
            TypeKind::Enumeration(_) => None,
        }
    }

    /// Decodes one value of the field, or one item of its list.
    fn one(&self, value: Value<'_>) -> Result<Data<'m>, Stop> {
        let data = match self.field.kind {
            FieldType::Text => self.scalar(value)?.map(Data::Text),
            FieldType::Integer => self.scalar(value)?.map(Data::Integer),
            FieldType::Decimal(_) | FieldType::Amount(_) => self.scalar(value)?.map(Data::Decimal),
            FieldType::Flag(_) => self.scalar(value)?.map(Data::Flag),
            FieldType::Time(..) => self.scalar(value)?.map(Data::Time),
            FieldType::Json => self.scalar(value)?.map(Data::Json),
            FieldType::Choice(known) => {
                let mut chosen = Choice { value: String::new(), known };
                let mut take = |text: &str| {
                    chosen.value = text.to_owned();
                    chosen.is_known()
                };
                let is_there = value.optional(|value| choose(value, &self.field, &mut take))?;
                is_there.then_some(Data::Choice(chosen))
            }
            FieldType::Map(of) => {
                let mut by_name = BTreeMap::<String, RawJson>::new();
                let is_there = value.optional(|value| {
                    value.map(&mut by_name, |value, entry| member(of, value, entry))
                })?;
                is_there.then_some(Data::Map(Members { of, by_name }))
            }
            FieldType::Record(_) => match self.nested() {
                Some(mut object) => {
                    let is_there = value.optional(|value| value.record(&mut object))?;
                    is_there.then_some(Data::Record(object))
                }
                None => {
                    value.skip()?;
                    None
                }
            },
        };
        Ok(data.unwrap_or_default())
    }

    /// The value that stands for a null item of a list, if the type has one.
    fn nothing(&self) -> Data<'m> {
        match self.field.kind {
            FieldType::Json => Data::Json(RawJson::default()),
            FieldType::Choice(known) => Data::Choice(Choice { value: String::new(), known }),
            _ => Data::Absent,
        }
    }

    fn scalar<T: Slot + Blank>(&self, value: Value<'_>) -> Result<Option<T>, Stop> {
        let mut found: Option<T> = None;
        found.fill(value, &self.field)?;
        Ok(found)
    }
}

impl Slot for Cell<'_> {
    fn view(&self) -> View<'_> {
        self.data.view()
    }

    fn fill(&mut self, value: Value<'_>, _: &Field<'_>) -> Decoded {
        let Some(style) = self.field.list else {
            self.data = self.one(value)?;
            return Ok(());
        };
        let mut items = Vec::new();
        let is_there = value.optional(|value| {
            value.list(&mut items, style, self.field.single, |value, item| {
                *item = match self.one(value)? {
                    Data::Absent => self.nothing(),
                    data => data,
                };
                Ok(())
            })
        })?;
        self.data = if is_there { Data::List(Items(items)) } else { Data::Absent };
        Ok(())
    }
}

impl Blank for Data<'_> {
    fn blank() -> Self {
        Data::Absent
    }
}

impl Data<'_> {
    fn view(&self) -> View<'_> {
        match self {
            Data::Absent => View::Absent,
            Data::Text(text) => View::Text(text),
            Data::Integer(number) => View::Integer(*number),
            Data::Decimal(number) => View::Decimal(*number),
            Data::Flag(flag) => View::Flag(*flag),
            Data::Time(time) => View::Time(*time),
            Data::Choice(choice) => View::Choice(choice),
            Data::Json(json) => View::Json(json),
            Data::Map(members) => View::Map(members),
            Data::Record(object) => View::Record(object),
            Data::List(items) => View::List(items),
        }
    }
}

impl record::List for Items<'_> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn item(&self, index: usize) -> View<'_> {
        self.0[index].view()
    }
}

impl Enumeration for Choice<'_> {
    fn as_str(&self) -> &str {
        &self.value
    }

    fn is_known(&self) -> bool {
        self.known.contains(&self.value.as_str())
    }

    fn all(&self) -> &[&str] {
        self.known
    }
}

impl Encode for Members {
    fn encode(&self, out: &mut Writer<'_>) {
        self.by_name.encode(out);
    }
}

impl Map for Members {
    fn count(&self) -> usize {
        self.by_name.len()
    }

    fn each(&self, take: &mut dyn FnMut(&str, View<'_>)) {
        self.by_name.each(take);
    }

    fn keep(&mut self, name: &str, value: Value<'_>) -> Decoded {
        value.entry(name, &mut self.by_name, |value, entry| member(self.of, value, entry))
    }
}

fn member(of: MapOf, value: Value<'_>, into: &mut RawJson) -> Decoded {
    match of {
        MapOf::Text => put(into, value.text()?),
        MapOf::Integer => put(into, value.integer()?),
        MapOf::Json => put(into, value.json()?),
    }
    Ok(())
}

fn put(into: &mut RawJson, found: Option<impl Into<RawJson>>) {
    if let Some(found) = found {
        *into = found.into();
    }
}
