//! Requests and answers whose types come from the model at run time.
//!
//! Vectors and examples go through the runtime's own writer, validator and decoder, as values of
//! generated code do. What is proved here therefore holds for the generated client.

use crate::model::{Model, Value};
use crate::source::SourceSpan;
use bumpalo::Bump;
use gatespec_protocol::decode::from_text;
use gatespec_protocol::{Bend, DecodeError, Json, Validate, Violation};

mod answer;
mod data;
mod exact;
mod read;
mod receive;
mod schema;
mod show;

pub use answer::{Answered, Expected};
pub use data::{Data, Object};
pub use exact::exact;
pub use read::{json, object};
pub use receive::Received;
pub use schema::{Schemas, Side, method};

/// Validates a request with the model instead of generated code, but exactly as the generated
/// client would.
///
/// `request` contains the business parameters by their wire names. Times are in the platform's
/// format, amounts in fen are whole numbers, decimals are strings, and booleans are JSON booleans.
///
/// # Errors
///
/// When the method does not exist, or a value does not have the type of its field.
pub fn violations(
    model: &Model,
    platform: &str,
    method: &str,
    request: &Json,
) -> Result<Vec<Violation>, String> {
    let platform = model.platforms.iter().find(|one| one.id == platform);
    let platform = platform.ok_or("there is no such platform")?;
    let method = platform.methods.iter().find(|one| one.name == method);
    let method = method.ok_or("the platform has no such method")?;
    let mut problems = Vec::new();
    let (arena, value) = (Bump::new(), value(request, method.span));
    let request = object(platform, &method.request, &value, &arena, &mut problems);
    match problems.into_iter().next() {
        Some(problem) => Err(problem.message),
        None => Ok(request.violations()),
    }
}

/// Decodes the data of an answer with the model instead of generated code, but exactly as the
/// generated client would, and returns the bends. Returns `None` if the method does not exist.
///
/// # Errors
///
/// When the data cannot be decoded.
pub fn bends(
    model: &Model,
    platform: &str,
    method: &str,
    data: &str,
) -> Option<Result<Vec<Bend>, DecodeError>> {
    let platform = model.platforms.iter().find(|one| one.id == platform)?;
    let method = platform.methods.iter().find(|one| one.name == method)?;
    let arena = Bump::new();
    let expected = Expected::of(platform, &method.returns, &arena);
    let mut answered = Answered::default();
    Some(from_text(data, &mut |value| answered.read(&expected, value)))
}

/// Converts JSON to a value of a spec. Every part of the value gets the span `span`.
pub fn value(json: &Json, span: SourceSpan) -> Value {
    match json {
        Json::Null => Value::Null(span),
        Json::Bool(flag) => Value::Text(flag.to_string(), span),
        Json::Number(number) => Value::Text(number.to_string(), span),
        Json::String(text) => Value::Text(text.clone(), span),
        Json::Array(items) => {
            Value::List(items.iter().map(|item| value(item, span)).collect(), span)
        }
        Json::Object(entries) => Value::Map(
            entries.iter().map(|(name, entry)| (name.clone(), span, value(entry, span))).collect(),
            span,
        ),
    }
}
