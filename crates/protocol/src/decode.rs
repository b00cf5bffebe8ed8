//! How an answer becomes typed data: tolerant where bending is lossless, exact about numbers.
//!
//! serde_json walks the text once. A record says for each member which place it fills; everything
//! else (tolerance, paths, the second exact pass) is done here, once, and not for each record.

mod bend;
mod context;
mod flag;
mod form;
mod list;
mod map;
mod number;
mod opened;
mod record;
mod scalar;
mod source;
mod walk;

pub use bend::{Bend, BendKind};
pub use context::{DecodeError, Decoded, Stop};

pub(crate) use bend::before;
pub(crate) use context::Context;
use form::Form;
pub(crate) use opened::Opened;
pub(crate) use source::{Items, Members, Nests, Next, Number, Sink};
use walk::One;

/// What takes the members of an object. Object safe.
pub trait Decode {
    /// Takes one member; one that is not known is [`Value::unknown`].
    ///
    /// # Errors
    /// [`Stop`] if the value is not of the type that is wanted.
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded;

    /// The first member that must be there, and has not arrived.
    fn lacks(&self) -> Option<&str> {
        None
    }
}

/// One value of an answer, to be taken once: by what it should be, or not at all.
pub struct Value<'v> {
    source: &'v mut dyn Next,
    cx: &'v mut Context,
    form: Form,
    private: bool,
}

impl<'v> Value<'v> {
    pub(crate) fn new(source: &'v mut dyn Next, cx: &'v mut Context) -> Value<'v> {
        Value { source, cx, form: Form::Usual, private: false }
    }

    /// Marks the value private, so that errors never quote it.
    #[must_use]
    pub fn private(self) -> Value<'v> {
        Value { private: true, ..self }
    }

    /// Lets `take` have the value, and says whether it was there.
    ///
    /// # Errors
    /// What `take` returns.
    pub fn optional(self, take: impl FnOnce(Value<'_>) -> Decoded) -> Result<bool, Stop> {
        let Value { source, cx, form, private } = self;
        cx.filled = false;
        take(Value { source, cx: &mut *cx, form, private })?;
        if !cx.filled {
            cx.lack(None);
        }
        Ok(cx.filled)
    }

    /// Lets `sink` take the value. Whatever went wrong shows no text if the value is private.
    pub(crate) fn take(self, sink: &mut dyn Sink) -> Decoded {
        self.cx.filled = false;
        let outcome = self.source.read(sink, self.cx);
        if outcome.is_err() && self.private {
            self.cx.mask();
        }
        outcome
    }

    /// Lets `take` have the value, from which on paths count, and says whether it was there.
    pub(crate) fn observe(self, take: &mut dyn FnMut(Value<'_>) -> Decoded) -> Result<bool, Stop> {
        let Value { source, cx, .. } = self;
        cx.filled = false;
        let outcome = take(Value::new(source, &mut *cx)).and_then(|()| cx.nothing_lacks());
        outcome.inspect_err(|_| cx.complete())?;
        cx.bends.settle();
        Ok(cx.filled)
    }

    /// Refuses the value, for a decoder that is driven at run time.
    pub fn refuse(self, expected: &str, found: &str) -> Decoded {
        Err(self.cx.mismatch(expected, found))
    }

    /// Takes no notice of the value.
    pub fn skip(self) -> Decoded {
        self.source.skip(self.cx)
    }

    /// Takes no notice of a member that the record does not list, but says that it was there.
    pub fn unknown(self) -> Decoded {
        self.cx.bends.push(BendKind::UnknownField);
        self.skip()
    }
}

/// Decodes a text, and says where it had to bend. `take` runs a second time, from the start, if a
/// number must be read exactly; so it must begin with a fresh target.
pub fn from_text(
    text: &str,
    take: &mut dyn FnMut(Value<'_>) -> Decoded,
) -> Result<Vec<Bend>, DecodeError> {
    let mut bends = before(text);
    bends.extend(passes(trim(text), &mut |value| value.observe(take).map(drop))?);
    Ok(bends)
}

/// Runs a pass, and a second exact one if a float asks for it.
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

/// One pass over a text.
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

/// One pass over a text within a text. So deep, and no deeper: each level costs stack.
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
    let outcome = once(text, cx, take);
    (cx.depth, cx.levels) = (cx.depth - 1, levels);
    outcome
}

/// Without a byte order mark and white space.
pub(crate) fn trim(text: &str) -> &str {
    begin(text).trim_end()
}

/// From where an answer begins.
fn begin(text: &str) -> &str {
    text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace())
}
