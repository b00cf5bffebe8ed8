//! Reads the probed paths and the data of an answer, in one pass if possible.

use super::probe::Probes;
use super::walk::{Level, Take};
use crate::decode::{Bend, BendKind, DecodeError, Value, passes};

/// Why an answer could not be read.
pub(super) enum Unread {
    /// The answer is not JSON.
    NotJson(DecodeError),
    /// The data in the answer cannot be decoded.
    Data(DecodeError),
}

impl Unread {
    /// Whether reading failed on invalid JSON syntax. If so, mending the answer may help.
    pub(super) fn is_syntax(&self) -> bool {
        let (Unread::NotJson(error) | Unread::Data(error)) = self;
        error.expected().is_none()
    }
}

/// Reads an answer, and decodes the data with `decode`. If this fails, reads the answer again
/// without decoding the data.
pub(super) fn read(
    probes: &mut Probes<'_>,
    text: &str,
    decode: Take<'_>,
) -> Result<Vec<Bend>, Unread> {
    run(probes, text, Some(decode)).map_err(|error| match run(probes, text, None) {
        Ok(_) => Unread::Data(error),
        Err(error) => Unread::NotJson(error),
    })
}

/// Reads an answer, and decodes the data with `decode` if it is given. Returns the bends of the
/// data.
pub(super) fn run(
    probes: &mut Probes<'_>,
    text: &str,
    decode: Option<Take<'_>>,
) -> Result<Vec<Bend>, DecodeError> {
    // If a probed path leads into the data, the data is read in a separate pass.
    let apart = probes.is_all_data() || probes.within_data().next().is_some();
    let Some(take) = decode else { return pass(probes, text, None) };
    if !apart {
        return pass(probes, text, Some(take));
    }
    pass(probes, text, None)?;
    let mut bends = match probes.is_all_data() {
        true => passes(text, &mut |value| value.observe(take).map(drop))?,
        false => {
            let mut alone = probes.data_alone();
            let bends = pass(&mut alone, text, Some(take))?;
            if alone.has_placeholder() {
                probes.set_placeholder();
            }
            bends
        }
    };
    let is_of_envelope = |bend: &Bend| {
        let mut steps = probes.within_data().filter_map(<[_]>::first);
        bend.kind == BendKind::UnknownField && steps.any(|step| *step == bend.field)
    };
    bends.retain(|bend| !is_of_envelope(bend));
    Ok(bends)
}

fn pass(
    probes: &mut Probes<'_>,
    text: &str,
    mut decode: Option<Take<'_>>,
) -> Result<Vec<Bend>, DecodeError> {
    passes(text, &mut |value: Value<'_>| {
        probes.forget();
        let decode = decode.as_mut().map(|take| &mut **take as Take<'_>);
        value.take(&mut Level::root(probes, decode))
    })
}
