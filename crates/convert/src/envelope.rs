//! Whole answers: the data of a method inside the gateway's envelope.

use crate::loss::object;
use crate::types::{At, Side, Types, json_text, spellings};
use gatespec_language::model::{Envelope, FailureShape, Method};
use gatespec_protocol::template::{Holes, segments};
use gatespec_protocol::{Expected, Opening, Predicate};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// The schema of all answers to a method: a success, or one of the failures.
pub(crate) fn answer(types: &mut Types<'_, '_>, method: &Method) -> Map<String, Json> {
    let gateway = types.platform.gateway_of(method);
    let envelope = &gateway.envelope;
    let holes = method.holes();
    let at = At::json(method.name, Side::Answer);
    let schema = |tree: Tree| tree.schema(envelope, &mut Vec::new(), &holes);
    let mut conditions = Tree::default();
    conditions.conditions(envelope.success, &holes);
    // An answer that fits the conditions of a success is not a failure, even if it has a code.
    let is_success = (!envelope.success.is_empty()).then(|| schema(conditions));
    let mut shapes = vec![titled("success", schema(success(types, method, envelope, &holes, &at)))];
    for shape in &envelope.failures {
        let mut schema = schema(failure(shape, &holes));
        if let Some(is_success) = &is_success {
            schema.insert("not".into(), is_success.clone().into());
        }
        shapes.push(titled("failure", schema));
    }
    object(json!({ "anyOf": shapes }))
}

fn titled(title: &str, mut schema: Map<String, Json>) -> Json {
    schema.insert("title".into(), title.into());
    schema.into()
}

/// A part of an answer, by member names.
#[derive(Default)]
struct Tree {
    members: BTreeMap<String, Tree>,
    schema: Map<String, Json>,
    required: bool,
}

fn success(
    types: &mut Types<'_, '_>,
    method: &Method,
    envelope: &Envelope,
    holes: &Holes<'_>,
    at: &At,
) -> Tree {
    let mut tree = Tree::default();
    for field in &envelope.fields {
        tree.put(&field.name, holes, types.field(field, at), false);
    }
    for path in [envelope.code, envelope.message].into_iter().filter(|path| !path.is_empty()) {
        tree.put(path, holes, text(), false);
    }
    if let Some(data) = types.returned(&method.returns, at) {
        let required = method.facts.returns;
        tree.put(method.data(), holes, data, required);
    }
    tree.conditions(envelope.success, holes);
    tree
}

fn failure(shape: &FailureShape, holes: &Holes<'_>) -> Tree {
    let mut tree = Tree::default();
    let paths = [shape.code, shape.message, shape.sub_code, shape.sub_message, shape.request_id];
    for path in paths.into_iter().flatten() {
        tree.put(path, holes, text(), false);
    }
    // If a shape has no conditions, every answer with a code is a failure.
    if let (true, [code]) = (shape.when.is_empty(), shape.code) {
        tree.put(code, holes, text(), true);
    }
    tree.conditions(shape.when, holes);
    tree
}

/// A code or a message, which may be a number too.
fn text() -> Map<String, Json> {
    object(json!({ "type": ["string", "integer", "boolean", "null"] }))
}

impl Tree {
    /// Adds a part at a path. The empty path leads to the whole answer.
    fn put(&mut self, path: &str, holes: &Holes<'_>, schema: Map<String, Json>, required: bool) {
        // Filling in a path cannot fail here, because the compiler has already filled in every path
        // once.
        let Ok(path) = segments(path, holes) else { return };
        let mut here = self;
        for name in path {
            here = here.members.entry(name.into_owned()).or_default();
            here.required |= required;
        }
        if !schema.is_empty() {
            here.schema = schema;
        }
    }

    fn conditions(&mut self, predicates: &[Predicate<'_>], holes: &Holes<'_>) {
        for predicate in predicates {
            match predicate.is {
                Expected::Missing => {
                    let nothing = object(json!({ "enum": [null, "", [], {}] }));
                    self.put(predicate.path, holes, nothing, false);
                }
                Expected::Exists => self.put(predicate.path, holes, Map::new(), true),
                Expected::OneOf(values) => {
                    let schema = object(json!({ "enum": spellings(values) }));
                    self.put(predicate.path, holes, schema, true);
                }
            }
        }
    }

    /// The schema of this part. `path` is the path to it.
    fn schema(
        self,
        envelope: &Envelope,
        path: &mut Vec<String>,
        holes: &Holes<'_>,
    ) -> Map<String, Json> {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for (name, member) in self.members {
            if member.required {
                required.push(name.clone());
            }
            path.push(name.clone());
            properties.insert(name, member.schema(envelope, path, holes).into());
            path.pop();
        }
        let own = self.schema;
        let schema = match properties.is_empty() {
            true => own,
            false => {
                let mut members = object(json!({
                    "type": "object",
                    "properties": properties,
                    "required": (!required.is_empty()).then_some(required),
                }));
                let is_prose = |(name, _): (&String, &Json)| {
                    name.starts_with("x-") || name == "title" || name == "description"
                };
                match own.iter().all(is_prose) {
                    true => {
                        members.extend(own);
                        members
                    }
                    // The data is the part that contains the members.
                    false => object(json!({ "allOf": [own, members] })),
                }
            }
        };
        opened(schema, envelope, path, holes)
    }
}

/// A part that may be a text with JSON in it, which the client opens.
fn opened(
    schema: Map<String, Json>,
    envelope: &Envelope,
    path: &[String],
    holes: &Holes<'_>,
) -> Map<String, Json> {
    let is_here = |at: &str| segments(at, holes).is_ok_and(|at| at == path);
    let Some(step) = envelope.open.iter().find(|step| is_here(step.at)) else { return schema };
    let closed = match &step.how {
        Opening::JsonText => json_text(&schema),
        Opening::Decrypt(cipher) => {
            object(json!({ "type": "string", "contentEncoding": cipher.encoding.as_str() }))
        }
    };
    object(json!({ "anyOf": [closed, schema] }))
}
