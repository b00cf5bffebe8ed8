//! The examples of a spec as requests.

use super::ask::Ask;
use super::given::{Argument, Written};
use crate::dynamic;
use crate::model::{Field, MapOf, Method, Platform, Record, Type, Value};
use crate::tree::Tree;
use gatespec_protocol as rt;
use rt::{DateTime, Overrides, SendPolicy, Source, Stamp};

/// The random bytes of an example's nonce. They are fixed, so that a document does not change
/// whenever it is written.
const ENTROPY: [u8; 16] = *b"gatespec-example";

impl<'m> Ask<'m> {
    /// Describes a request example of a method, counted from 0. If the method has no such example,
    /// the request consists of the examples of the fields that are required. The credentials are
    /// those of [`Platform::invented_credentials`], and the clock is at the beginning of 2023 in
    /// the platform's time zone.
    pub fn example(platform: &'m Platform, method: &'m Method, at: usize) -> Self {
        let gateway = platform.gateway_of(method);
        let values = match method.request_examples.get(at) {
            Some(example) => stated(platform, &method.request, &example.values),
            None => of_fields(&method.request),
        };
        let mut overrides = Overrides::default();
        for param in gateway.public.iter().filter(|param| param.source == Source::Argument) {
            match (&param.example, param.send) {
                (Some(example), _) => overrides.set_argument(param.name, example),
                (None, SendPolicy::Always) => overrides.set_argument(param.name, "example"),
                (None, _) => {}
            }
        }
        let clock = DateTime::civil(platform.time_zone, 2023, 1, 1, 0, 0, 0).unwrap_or_default();
        Ask {
            platform,
            gateway,
            method: Some(method),
            name: method.name,
            raw: false,
            values,
            overrides,
            credentials: platform.invented_credentials(),
            stamp: Stamp { clock, entropy: ENTROPY },
        }
    }
}

fn stated(platform: &Platform, record: &Record, values: &Value) -> Vec<Argument> {
    let Value::Map(entries, _) = values else { return Vec::new() };
    let argument = |(name, _, value): &(String, _, Value)| {
        let ty = record.field(name).map(|field| &field.ty);
        let text = tree(platform, ty, value).to_string();
        Argument { name: name.clone(), text, written: Written::Json }
    };
    entries.iter().map(argument).collect()
}

fn of_fields(record: &Record) -> Vec<Argument> {
    let argument = |field: &Field| {
        let (name, text) = (field.name.clone(), field.example.clone()?);
        Some(Argument { name, text, written: Written::Plain })
    };
    record.sent().filter(|field| field.is_needed()).filter_map(argument).collect()
}

/// Converts a value of a spec to JSON. A scalar becomes a text, which every type can read, except
/// inside JSON of any shape.
fn tree(platform: &Platform, ty: Option<&Type>, value: &Value) -> Tree {
    match (ty, value) {
        (_, Value::Null(_)) => Tree::Null,
        (None | Some(Type::Json | Type::Map(MapOf::Json)), value) => {
            Tree::parse(&dynamic::json(value).to_string()).unwrap_or(Tree::Null)
        }
        (Some(_), Value::Text(text, _)) => Tree::Text(text.clone()),
        (ty, Value::List(items, _)) => {
            Tree::List(items.iter().map(|item| tree(platform, ty, item)).collect())
        }
        (Some(ty), Value::Map(members, _)) => {
            let record = platform.record(ty);
            let member = |(name, _, value): &(String, _, Value)| match record {
                Some(record) => {
                    let ty = record.field(name).map(|field| &field.ty);
                    (name.clone(), tree(platform, ty, value))
                }
                None => (name.clone(), tree(platform, Some(&Type::Text), value)),
            };
            Tree::Object(members.iter().map(member).collect())
        }
    }
}
