//! The facts of a spec. Each has a kind, a position, a statement and a grade.

use super::text::{accepts, required_text, type_text};
use gatespec_language::model::{
    About, Envelope, Environment, Field, Gateway, Grade, Method, Platform, Record, Returns, Type,
    TypeKind,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of facts that are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The wire name of a method.
    Method,
    /// The address of an environment with its path, or that the environment exists but its address
    /// is not public.
    Environment,
    /// The name of a public parameter.
    Public,
    /// The path of a row of a request.
    Request,
    /// The path of a row of an answer.
    Answer,
    /// The type of a parameter or a row.
    Type,
    /// Whether a parameter or a row of a request is required, and under which condition.
    Required,
    /// A value of an enumeration, once for each row with that type.
    Value,
    /// An error code.
    Code,
    /// Where the envelope has the mark of success, the data, the code or the message.
    Envelope,
    /// A member of a sample answer, and its JSON type.
    Sample,
}

impl Kind {
    /// The name of the kind in tables.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Method => "method",
            Kind::Environment => "environment",
            Kind::Public => "public parameter",
            Kind::Request => "row of a request",
            Kind::Answer => "row of an answer",
            Kind::Type => "type",
            Kind::Required => "required",
            Kind::Value => "value",
            Kind::Code => "error code",
            Kind::Envelope => "part of the envelope",
            Kind::Sample => "member of a sample",
        }
    }
}

/// One fact.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The kind of fact.
    pub kind: Kind,
    /// The subject of the fact: the method and the path.
    pub at: String,
    /// The statement; empty if the fact only says that its subject exists.
    pub says: String,
    /// The lowest grade of the fact and of everything that contains it.
    pub grade: Grade,
    /// The words that can name the fact on a page. One of them is enough.
    pub names: Vec<String>,
}

/// The identity of a fact.
pub(crate) type Key = (Kind, String);

impl Fact {
    /// The identity of the fact.
    pub fn key(&self) -> Key {
        (self.kind, self.at.clone())
    }
}

/// Whether a fact of a draft says less than `fact` without contradicting it.
pub(super) fn is_looser(draft: &Fact, fact: &Fact) -> bool {
    fact.kind == Kind::Type && accepts(&draft.says, &fact.says)
}

/// All facts of a platform, at any grade.
#[derive(Debug, Default)]
pub struct Facts {
    /// The facts by their identity.
    pub all: BTreeMap<Key, Fact>,
    /// The members of answers that the envelope refers to. A draft may state them as rows.
    pub envelope: BTreeSet<String>,
}

/// Collects the facts of a platform.
pub fn facts(platform: &Platform) -> Facts {
    let mut found = Found { platform, facts: Facts::default() };
    for gateway in &platform.gateways {
        found.gateway(gateway);
    }
    for method in &platform.methods {
        found.method(method);
    }
    found.facts
}

/// A position in a method, with the lowest grade of everything around it.
#[derive(Clone)]
struct At {
    path: String,
    grade: Grade,
    kind: Kind,
}

impl At {
    fn inner(&self, name: &str, about: &About) -> At {
        At { path: join(&self.path, name), grade: weaker(self.grade, about.grade), kind: self.kind }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.ends_with(' ') { format!("{path}{name}") } else { format!("{path}.{name}") }
}

/// The less certain of two grades. What was taken from elsewhere ranks below what was observed.
fn weaker(one: Grade, other: Grade) -> Grade {
    let rank = |grade| match grade {
        Grade::Documented => 0,
        Grade::Observed => 1,
        Grade::Sdk => 2,
        Grade::ThirdParty => 3,
        Grade::Inferred => 4,
    };
    if rank(other) > rank(one) { other } else { one }
}

struct Found<'m> {
    platform: &'m Platform,
    facts: Facts,
}

impl Found<'_> {
    fn add(&mut self, kind: Kind, at: String, says: String, grade: Grade, names: &[&str]) {
        let names = names.iter().map(|&name| name.to_owned()).collect();
        self.facts.all.entry((kind, at.clone())).or_insert(Fact { kind, at, says, grade, names });
    }

    fn exists(&mut self, kind: Kind, at: &str, grade: Grade, name: &str) {
        self.add(kind, at.to_owned(), String::new(), grade, &[name]);
    }

    fn gateway(&mut self, gateway: &Gateway) {
        for one in &gateway.environments {
            self.environment(gateway, one);
        }
        for one in &gateway.public {
            let (name, grade) = (one.name, one.about.grade);
            self.exists(Kind::Public, name, grade, name);
            let says = if one.number { "integer" } else { "text" };
            self.add(Kind::Type, format!("public {name}"), says.into(), grade, &[name]);
            if let Some(required) = one.required {
                let says = if required { "required" } else { "optional" };
                self.add(Kind::Required, format!("public {name}"), says.into(), grade, &[name]);
            }
        }
        for code in &gateway.errors {
            self.exists(
                Kind::Code,
                code.code,
                code.about.grade,
                code.code.trim_end_matches(['*', '.']),
            );
        }
        self.places(gateway);
        for example in &gateway.envelope.examples {
            self.sample("", example.about.grade, &example.body);
        }
    }

    /// Adds how an answer shows success, and where its data, code and message are.
    fn places(&mut self, gateway: &Gateway) {
        let envelope = &gateway.envelope;
        let success = envelope.success.iter();
        let success =
            success.map(|one| ("success", format!("{} {:?}", one.path, one.is), one.path));
        let places =
            [("data", envelope.data), ("code", envelope.code), ("message", envelope.message)];
        let places = places.into_iter().filter(|(_, path)| !path.is_empty());
        let all: Vec<_> =
            success.chain(places.map(|(key, path)| (key, path.to_owned(), path))).collect();
        for (key, says, path) in all {
            let name = path.rsplit('.').next().unwrap_or_default();
            let at = format!("{} {key}", gateway.name);
            self.add(Kind::Envelope, at, says, envelope.about.grade, &[name]);
        }
    }

    fn environment(&mut self, gateway: &Gateway, one: &Environment) {
        let grade = one.about.grade;
        let Some(url) = one.url else {
            let term = one.about.term.as_deref().unwrap_or_default();
            return self.exists(Kind::Environment, "undisclosed", grade, term);
        };
        let whole = format!("{}{}", url.trim_end_matches('/'), gateway.path);
        let at = whole.trim_end_matches('/').to_owned();
        self.add(Kind::Environment, at, String::new(), grade, &[&whole, url]);
    }

    fn method(&mut self, method: &Method) {
        let (name, grade) = (method.name, method.about.grade);
        self.exists(Kind::Method, name, weaker(grade, method.name_about.grade), name);
        let request = At { path: format!("{name} "), grade, kind: Kind::Request };
        self.record(&request, &method.request, &mut Vec::new());
        let mut answer = At { path: format!("{name} answer "), grade, kind: Kind::Answer };
        let root = answer.clone();
        if !method.data().is_empty() {
            answer.path = join(&answer.path, method.data());
        }
        let says = match &method.returns {
            Returns::Nothing => "nothing".into(),
            Returns::Record(record) => {
                self.record(&answer, record, &mut Vec::new());
                "record".into()
            }
            Returns::Value(field) => {
                answer.grade = weaker(grade, field.about.grade);
                self.inside(&answer, field, &mut Vec::new());
                type_text(self.platform, field)
            }
        };
        self.add(Kind::Type, format!("{name} data"), says, answer.grade, &[name]);
        self.envelope(&root, method, &self.platform.gateway_of(method).envelope);
        for code in &method.errors {
            let found = weaker(grade, code.about.grade);
            self.exists(Kind::Code, code.code, found, code.code.trim_end_matches(['*', '.']));
        }
        for example in &method.response_examples {
            self.sample(name, weaker(grade, example.about.grade), &example.body);
        }
    }

    /// Adds the members of the envelope. A member that only a sample shows gets no name here, since
    /// it is counted as a member of the sample.
    fn envelope(&mut self, root: &At, method: &Method, envelope: &Envelope) {
        for field in &envelope.fields {
            let at = root.inner(&field.name, &field.about);
            let names = match field.about.grade {
                Grade::Documented => &[field.name.as_str()][..],
                _ => &[],
            };
            self.add(Kind::Answer, at.path.clone(), String::new(), at.grade, names);
            self.add(Kind::Type, at.path, type_text(self.platform, field), at.grade, names);
        }
        let places = envelope.places.iter().map(|(path, _)| *path);
        let success = envelope.success.iter().map(|predicate| predicate.path);
        for path in places.chain(success).chain([method.data()]) {
            let mut at = root.path.clone();
            for name in path.split('.').filter(|name| !name.is_empty()) {
                at = join(&at, name);
                self.facts.envelope.insert(at.clone());
            }
        }
    }

    fn record(&mut self, around: &At, record: &Record, open: &mut Vec<usize>) {
        for field in &record.fields {
            let at = around.inner(&field.name, &field.about);
            let names = [field.name.as_str()];
            self.exists(at.kind, &at.path, at.grade, &field.name);
            let says = type_text(self.platform, field);
            self.add(Kind::Type, at.path.clone(), says, at.grade, &names);
            if at.kind == Kind::Request {
                let says = required_text(&field.required);
                self.add(Kind::Required, at.path.clone(), says, at.grade, &names);
            }
            self.inside(&at, field, open);
        }
    }

    /// Adds the members of a field's record, or the values of its enumeration.
    fn inside(&mut self, at: &At, field: &Field, open: &mut Vec<usize>) {
        let (Type::Record(id) | Type::Enumeration(id)) = &field.ty else { return };
        let def = self.platform.type_def(*id);
        let at = At { grade: weaker(at.grade, def.about.grade), ..at.clone() };
        match &def.kind {
            TypeKind::Record(_) if open.contains(&id.0) => {}
            TypeKind::Record(record) => {
                open.push(id.0);
                self.record(&at, record, open);
                open.pop();
            }
            TypeKind::Enumeration(values) => {
                for one in &values.variants {
                    let grade = weaker(at.grade, one.about.grade);
                    let path = format!("{} = {}", at.path, one.value);
                    self.exists(Kind::Value, &path, grade, &one.value);
                }
            }
        }
    }

    fn sample(&mut self, method: &str, grade: Grade, body: &str) {
        if let Ok(body) = serde_json::from_str::<Value>(body) {
            self.members(&format!("{method} answer "), grade, &body);
        }
    }

    fn members(&mut self, path: &str, grade: Grade, value: &Value) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    let path = join(path, name);
                    let at = format!("{path}: {}", json_type(value));
                    self.exists(Kind::Sample, &at, grade, name);
                    self.members(&path, grade, value);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.members(&format!("{path}[]"), grade, item);
                }
            }
            _ => {}
        }
    }
}

fn json_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}
