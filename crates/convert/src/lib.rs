//! Writes a platform in formats that other tools read: OpenAPI 3.1, JSON Schema 2020-12 and Postman
//! collections 2.1.
//!
//! None of these formats can state everything that a spec states. A fact that the format cannot
//! state is kept as a member whose name begins with `x-gatespec-`, and is returned as a [`Loss`].
//! One function does both, so that no loss goes unreported.

mod envelope;
mod facts;
mod loss;
mod openapi;
mod path;
mod postman;
mod sample;
mod types;

pub use loss::{Loss, Lost, report};

use gatespec_language::export;
use gatespec_language::model::Platform;
use loss::Kept;
use serde_json::{Value as Json, json};
use types::{At, Side, Types};

/// A format of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// OpenAPI 3.1.
    OpenApi,
    /// JSON Schema 2020-12.
    JsonSchema,
    /// A Postman collection 2.1.
    Postman,
}

/// A platform in another format.
#[derive(Debug)]
pub struct Document {
    /// The document.
    pub json: Json,
    /// The facts of the spec that the format cannot state, in the order of the document.
    pub losses: Vec<Loss>,
}

/// Converts a platform.
pub fn convert(platform: &Platform, format: Format) -> Document {
    let tree = export::platform(platform);
    let mut kept = Kept::default();
    let json = match format {
        Format::OpenApi => openapi::document(platform, &tree, &mut kept),
        Format::JsonSchema => definitions(platform, &tree, &mut kept),
        Format::Postman => postman::document(platform, &tree, &mut kept),
    };
    Document { json, losses: kept.into_losses() }
}

/// A JSON Schema without a constraint of its own. Its `$defs` describe, for each method, the
/// business parameters (`METHOD.request`), the data of a success (`METHOD.data`) and the whole
/// answer (`METHOD.answer`).
fn definitions(platform: &Platform, tree: &Json, kept: &mut Kept) -> Json {
    let mut types = Types::new(platform, "#/$defs/", kept);
    let mut defs = serde_json::Map::new();
    for method in &platform.methods {
        let at = |side| At::json(method.name, side);
        let request = types.record(&method.request, &at(Side::Request));
        defs.insert(format!("{}.request", method.name), request.into());
        if let Some(data) = types.returned(&method.returns, &at(Side::Answer)) {
            defs.insert(format!("{}.data", method.name), data.into());
        }
        let answer = envelope::answer(&mut types, method);
        defs.insert(format!("{}.answer", method.name), answer.into());
    }
    defs.extend(types.definitions());
    let mut out = loss::object(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": platform.title,
        "description": platform.about.doc,
        "$defs": defs,
    }));
    facts::platform_facts(&mut out, tree, kept);
    out.into()
}
