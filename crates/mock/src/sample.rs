//! The example answer of a method.

use bytes::Bytes;
use gatespec_language::model::{Grade, Method};
use gatespec_protocol::envelope::{Question, read};
use gatespec_protocol::template::{Holes, segments};
use gatespec_protocol::{BySpec, CredentialSet, Json};

/// An example of a successful answer.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    /// The exact text.
    pub(crate) body: Bytes,
    /// The decoded data; `None` if the method returns nothing.
    pub(crate) data: Option<Json>,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    /// Whether no document confirms the example.
    pub(crate) inferred: bool,
    /// The text as JSON. `way` is the path to the data in it.
    tree: Json,
    way: Vec<String>,
}

impl Sample {
    /// The first successful example of a method that can be decoded without credentials.
    pub(crate) fn of(method: &Method, ours: &CredentialSet) -> Option<Sample> {
        let info = &method.facts;
        let question = Question {
            method: info,
            name: info.name,
            credentials: ours,
            decryptor: &BySpec,
            sent: None,
        };
        let examples = method.response_examples.iter();
        let mut plain = examples.filter(|one| one.success && one.credentials.is_empty());
        plain.find_map(|example| {
            let mut data = None;
            let outcome = read(&question, 200, example.body.as_bytes(), &mut |value| {
                data = value.json()?.map(|json| json.value());
                Ok(())
            });
            let reply = outcome.ok()?;
            let holes = Holes { method: info.name, labels: info.labels };
            let way = segments(info.data(), &holes).ok()?;
            Some(Sample {
                body: Bytes::copy_from_slice(example.body.as_bytes()),
                data: if info.returns { data } else { None },
                code: reply.code,
                message: reply.message,
                inferred: example.about.grade == Grade::Inferred,
                tree: serde_json::from_str(&example.body).ok()?,
                way: way.into_iter().map(std::borrow::Cow::into_owned).collect(),
            })
        })
    }

    /// Returns the text of the example with other data; `None` if the example's data is inside a
    /// text.
    pub(crate) fn with(&self, data: &Json) -> Option<String> {
        let mut tree = self.tree.clone();
        let mut place = &mut tree;
        for step in &self.way {
            place = place.as_object_mut()?.get_mut(step)?;
        }
        // If the body has a text in this place, but the decoded data is not a text, the text may be
        // encrypted data.
        if place.is_string() != self.data.as_ref().is_some_and(Json::is_string) {
            return None;
        }
        *place = data.clone();
        Some(tree.to_string())
    }
}
