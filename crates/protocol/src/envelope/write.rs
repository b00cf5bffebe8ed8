//! Writes answers in a platform's envelope: the inverse of [`read`], for receivers and mock
//! gateways.
//!
//! There is no I/O. Each answer is read back before it is returned: a success must be read as the
//! same success, and a failure as the same failure.

mod error;
mod tree;

use std::fmt;

use serde_json::Value as Json;

use super::{Failure, Question, read};
use crate::open::Sealed;
use crate::seal::seal;
use crate::shape::{Cipher, FailureShape, OpenStep, Opening, Origin, Predicate};
use tree::Tree;

pub use error::WriteError;

/// The contents of an answer that reports a success. `Debug` does not show the data.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct Success<'s> {
    /// The data. If the method returns something, the data is required and must not be null.
    pub data: Option<&'s Json>,
    /// The code. The default is one that the envelope accepts as a success.
    pub code: Option<&'s str>,
    /// The message.
    pub message: Option<&'s str>,
    /// Random bytes. If they are set, all texts that the envelope allows to be encrypted are
    /// encrypted. If the initialisation vector precedes the encrypted data, these bytes are the
    /// vector.
    pub seal: Option<[u8; 16]>,
}

impl fmt::Debug for Success<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Success")
            .field("code", &self.code)
            .field("message", &self.message)
            .finish_non_exhaustive()
    }
}

/// The contents of an answer that reports a failure. Parts for which the platform's shape has no
/// place are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused<'s> {
    /// Who refused the call. A platform with only one shape of failures uses it for both origins.
    pub origin: Origin,
    /// The code. Must not be empty.
    pub code: &'s str,
    /// The message. May be empty.
    pub message: &'s str,
    /// A second, more specific code.
    pub sub_code: Option<&'s str>,
    /// A second, more specific message.
    pub sub_message: Option<&'s str>,
    /// The platform's request id.
    pub request_id: Option<&'s str>,
}

/// Writes a success as compact JSON.
///
/// # Errors
/// The envelope has no place for a part of the success, or the written answer would be read as
/// something else.
pub fn success(question: &Question<'_>, success: &Success<'_>) -> Result<String, WriteError> {
    let envelope = &question.gateway().envelope;
    let mut tree = Tree::new(question.holes());
    let mut data = success.data.cloned();
    if let Some(given) = success.data {
        tree.set(question.method.data(), given.clone())?;
        // Some members of the data may be conditions of success. They are set in the data itself,
        // which the written answer is compared with later.
        let within = |flag: &&Predicate<'_>| is_within(flag.path, question.method.data());
        let flags: Vec<_> = envelope.success.iter().filter(within).copied().collect();
        tree.make_hold(&flags)?;
        data = tree.get(question.method.data())?.cloned();
    }
    tree.set_text(envelope.code, success.code)?;
    tree.set_text(envelope.message, success.message)?;
    tree.make_hold(envelope.success)?;
    for step in envelope.open.iter().rev() {
        close(question, step, success.seal, &mut tree)?;
    }
    let text = tree.into_text();
    check_success(question, &Success { data: data.as_ref(), ..*success }, &text)?;
    Ok(text)
}

fn is_within(path: &str, data: &str) -> bool {
    !data.is_empty() && path.strip_prefix(data).is_some_and(|rest| rest.starts_with('.'))
}

/// Writes a failure as compact JSON. Uses the first shape of its origin that fits or, if none fits,
/// the first shape of the other origin that fits.
///
/// # Errors
/// The spec has no shape in which this failure can be written.
pub fn failure(question: &Question<'_>, refused: &Refused<'_>) -> Result<String, WriteError> {
    let shapes = question.gateway().envelope.failures;
    let of_origin =
        |own: bool| shapes.iter().filter(move |shape| (shape.origin == refused.origin) == own);
    let mut problem = WriteError::NoShape;
    for shape in of_origin(true).chain(of_origin(false)) {
        let written = in_shape(question, refused, shape);
        match written.and_then(|text| check_failure(question, refused, shape, &text).map(|()| text))
        {
            Ok(text) => return Ok(text),
            Err(WriteError::Misread { .. }) if !matches!(problem, WriteError::NoShape) => {}
            Err(error) => problem = error,
        }
    }
    Err(problem)
}

fn in_shape(
    question: &Question<'_>,
    refused: &Refused<'_>,
    shape: &FailureShape<'_>,
) -> Result<String, WriteError> {
    let envelope = &question.gateway().envelope;
    let mut tree = Tree::new(question.holes());
    for (paths, text) in [
        (shape.code, Some(refused.code)),
        (shape.message, Some(refused.message)),
        (shape.sub_code, refused.sub_code),
        (shape.sub_message, refused.sub_message),
        (shape.request_id, refused.request_id),
    ] {
        tree.set_text(paths.first().unwrap_or(&""), text.filter(|text| !text.is_empty()))?;
    }
    tree.make_hold(shape.when)?;
    // If the answer would also meet the conditions of success, changes it so that it does not.
    if shape.when.is_empty() || tree.holds(envelope.success)? {
        tree.make_fail(envelope.success)?;
    }
    for step in envelope.open.iter().rev() {
        close(question, step, None, &mut tree)?;
    }
    Ok(tree.into_text())
}

/// Reverses one step of opening: writes the value at its path as a text, possibly encrypted.
fn close(
    question: &Question<'_>,
    step: &OpenStep<'_>,
    entropy: Option<[u8; 16]>,
    tree: &mut Tree<'_>,
) -> Result<(), WriteError> {
    let Some(open) = tree.get(step.at)?.filter(|value| value.is_object() || value.is_array())
    else {
        return Ok(());
    };
    let text = open.to_string();
    match (&step.how, entropy) {
        (Opening::JsonText, _) if tree.holds(step.when)? => tree.set(step.at, text.into()),
        (Opening::Decrypt(cipher), Some(entropy)) => {
            tree.make_hold(step.when)?;
            let sealed = sealed(question, step, cipher);
            let text = seal(&sealed, text.as_bytes(), entropy).map_err(WriteError::Seal)?;
            tree.set(step.at, text.into())
        }
        _ => Ok(()),
    }
}

fn sealed<'s>(question: &Question<'s>, step: &OpenStep<'s>, cipher: &Cipher<'s>) -> Sealed<'s> {
    Sealed {
        path: step.at,
        text: "",
        cipher: *cipher,
        gateway: question.gateway(),
        holes: question.holes(),
        credentials: question.credentials,
    }
}

fn check_success(
    question: &Question<'_>,
    success: &Success<'_>,
    text: &str,
) -> Result<(), WriteError> {
    let mut found = None;
    let outcome = read(question, 200, text.as_bytes(), &mut |value| {
        found = value.json()?.map(|json| json.value());
        Ok(())
    });
    let reply = outcome.map_err(|failure| misread(&failure))?;
    let envelope = &question.gateway().envelope;
    let kept = |path: &str, given: Option<&str>, read: &Option<String>| {
        path.is_empty() || given.is_none_or(|given| read.as_deref().unwrap_or_default() == given)
    };
    let other = |what: &str| Err(WriteError::Misread { as_what: format!("another {what}") });
    // The data is compared after a round trip through text, because floats may change in the last
    // digit.
    let wanted = success.data.and_then(|data| serde_json::from_str(&data.to_string()).ok());
    // If the whole answer is the data, the code and the message are members of the data.
    if let (true, Some(Json::Object(found)), Some(Json::Object(wanted))) =
        (question.method.data().is_empty(), &mut found, &wanted)
    {
        found.retain(|name, _| wanted.contains_key(name));
    }
    if wanted.is_some_and(|data: Json| found.as_ref() != Some(&data) && !data.is_null()) {
        return other("data");
    }
    if !kept(envelope.code, success.code, &reply.code) {
        return other("code");
    }
    if !kept(envelope.message, success.message, &reply.message) {
        return other("message");
    }
    Ok(())
}

fn check_failure(
    question: &Question<'_>,
    refused: &Refused<'_>,
    shape: &FailureShape<'_>,
    text: &str,
) -> Result<(), WriteError> {
    let read = read(question, 200, text.as_bytes(), &mut |value| value.skip());
    let found = match read {
        Err(Failure::Refused(found)) => found,
        Err(failure) => return Err(misread(&failure)),
        Ok(_) => return Err(WriteError::Misread { as_what: "a success".to_owned() }),
    };
    let kept = |paths: &[&str], given: Option<&str>, read: Option<&str>| {
        let given = given.filter(|text| !paths.is_empty() && !text.is_empty());
        given.unwrap_or_default() == read.unwrap_or_default()
    };
    let same = !refused.code.is_empty()
        && found.origin == shape.origin
        && kept(shape.code, Some(refused.code), Some(&found.code))
        && kept(shape.message, Some(refused.message), Some(&found.message))
        && kept(shape.sub_code, refused.sub_code, found.sub_code.as_deref())
        && kept(shape.sub_message, refused.sub_message, found.sub_message.as_deref())
        && kept(shape.request_id, refused.request_id, found.request_id.as_deref());
    match same {
        true => Ok(()),
        false => Err(WriteError::Misread { as_what: "another failure".to_owned() }),
    }
}

/// Names the failure, but does not quote the answer, which may contain personal data.
fn misread(failure: &Failure) -> WriteError {
    let as_what = match failure {
        Failure::Refused(_) => "a failure".to_owned(),
        other => other.to_string(),
    };
    WriteError::Misread { as_what }
}
