//! Opens texts in an answer that contain JSON, which may be encrypted. The JSON replaces the text,
//! so that the later steps read one plain document.

use super::failure::Failure;
use super::locate::locate;
use super::probe::Probes;
use super::question::Question;
use super::reading;
use crate::decode::{is_readable, trim};
use crate::open::{DecryptError, Sealed};
use crate::shape::{Cipher, OpenStep, Opening};
use crate::template::segments;

/// Returns the document after all steps, or `None` if there was nothing to open.
pub(super) fn open(question: &Question<'_>, text: &str) -> Result<Option<String>, Failure> {
    let mut whole = None;
    for step in question.gateway().envelope.open {
        let opened = apply(question, step, whole.as_deref().unwrap_or(text))?;
        whole = opened.or(whole);
    }
    Ok(whole)
}

/// Returns the document after one step, or `None` if there is nothing to open.
fn apply(
    question: &Question<'_>,
    step: &OpenStep<'_>,
    text: &str,
) -> Result<Option<String>, Failure> {
    let steps = segments(step.at, &question.holes())?;
    let Some(range) = locate(text, &steps) else { return Ok(None) };
    let Ok(closed) = serde_json::from_str::<String>(&text[range.clone()]) else { return Ok(None) };
    if closed.is_empty() || !holds(question, step, text)? {
        return Ok(None);
    }
    let opened = match &step.how {
        Opening::JsonText if is_readable(trim(&closed)) => trim(&closed).to_owned(),
        Opening::JsonText => {
            return Err(Failure::Envelope(format!("the text at `{}` is not JSON", step.at)));
        }
        Opening::Decrypt(cipher) => decrypt(question, step, cipher, &closed)?,
    };
    Ok(Some([&text[..range.start], &opened, &text[range.end..]].concat()))
}

/// Whether the step's conditions hold. Called only if there is a text to open.
fn holds(question: &Question<'_>, step: &OpenStep<'_>, text: &str) -> Result<bool, Failure> {
    if step.when.is_empty() {
        return Ok(true);
    }
    let paths = step.when.iter().map(|predicate| predicate.path);
    let mut probes = Probes::new(paths, "", &question.holes())?;
    Ok(reading::run(&mut probes, text, None).is_ok() && probes.hold(step.when))
}

fn decrypt(
    question: &Question<'_>,
    step: &OpenStep<'_>,
    cipher: &Cipher<'_>,
    text: &str,
) -> Result<String, Failure> {
    let sealed = Sealed {
        path: step.at,
        text,
        cipher: *cipher,
        gateway: question.gateway(),
        holes: question.holes(),
        credentials: question.credentials,
    };
    let failed = |error| Failure::Decrypt { path: step.at.to_owned(), error };
    let bytes = question.decryptor.decrypt(&sealed).map_err(failed)?;
    let opened = String::from_utf8(bytes).map_err(|_| failed(DecryptError::NotJson))?;
    let opened = trim(&opened);
    if is_readable(opened) { Ok(opened.to_owned()) } else { Err(failed(DecryptError::NotJson)) }
}
