//! The decoding passes over a text.

use super::bend::Bend;
use super::context::{Context, DecodeError, Decoded};
use super::lead::{before, trim};
use super::mend::mend;
use super::value::Value;
use super::walk::One;

/// Decodes a text with `take`, and returns its differences from the spec. `take` may run a second
/// time, to read numbers exactly, so it must start with a new target each time.
///
/// # Errors
/// The text is not JSON, or `take` has failed.
pub fn from_text(
    text: &str,
    take: &mut dyn FnMut(Value<'_>) -> Decoded,
) -> Result<Vec<Bend>, DecodeError> {
    let mut bends = before(text);
    bends.extend(passes(trim(text), &mut |value| value.observe(take).map(drop))?);
    Ok(bends)
}

/// Runs a pass. If it fails because the digits of a number are needed, runs an exact pass.
pub(crate) fn passes(
    text: &str,
    pass: &mut dyn FnMut(Value<'_>) -> Decoded,
) -> Result<Vec<Bend>, DecodeError> {
    let mut cx = Context::default();
    let mut outcome = once(text, &mut cx, pass);
    if outcome.is_err() && cx.wants_exact() {
        cx = Context::exact();
        outcome = once(text, &mut cx, pass);
    }
    match outcome {
        Ok(()) => Ok(cx.bends.into_vec()),
        Err(_) => Err(cx.into_error()),
    }
}

/// Runs one pass over a text.
pub(crate) fn once(
    text: &str,
    cx: &mut Context,
    take: &mut dyn FnMut(Value<'_>) -> Decoded,
) -> Decoded {
    let mut reader = serde_json::Deserializer::from_str(text);
    let mut one = One::new(&mut reader);
    take(Value::new(&mut one, cx))?;
    one.finish(cx)?;
    reader.end().map_err(|error| cx.syntax(&error))
}

/// Runs one pass over JSON in a text. Limits the nesting depth, because each level uses stack
/// space.
pub(crate) fn from_inner(
    text: &str,
    cx: &mut Context,
    take: &mut dyn FnMut(Value<'_>) -> Decoded,
) -> Decoded {
    const DEEPEST: u8 = 8;
    if cx.depth == DEEPEST {
        return Err(cx.mismatch("texts within texts, 8 deep at most", "one more"));
    }
    cx.depth += 1;
    let levels = std::mem::take(&mut cx.levels);
    let mended = mend(text);
    mended.iter().flat_map(|(_, kinds)| kinds).for_each(|kind| cx.bend(*kind));
    let outcome = once(mended.as_ref().map_or(text, |(mended, _)| mended), cx, take);
    (cx.depth, cx.levels) = (cx.depth - 1, levels);
    outcome
}
