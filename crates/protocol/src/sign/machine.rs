//! The interpreter of formulas: one arena of bytes, and a stack of open segments.

use std::ops::Range;

use super::digest::{Output, base64, digest, hex};
use super::error::SignError;
use super::explanation::{Selection, Step};
use super::facts::Facts;
use super::manner::{Manner, Order};
use crate::mask::Masked;
use crate::percent::Percent;
use crate::private::Private;
use crate::recipe::{Function, Op, Piece, Recipe};

/// The maximum nesting depth of functions, which is more than a person would write.
const DEEPEST: usize = 32;

/// The recording of a run, for an explanation.
#[derive(Default)]
pub(super) struct Trace {
    pub(super) steps: Vec<Step>,
    pub(super) selections: Vec<Selection>,
    /// Pairs of the current selection.
    pairs: Vec<(String, String)>,
    pub(super) canonical: Option<String>,
    outermost: usize,
    /// The byte ranges of masks in the arena, in ascending order.
    marks: Vec<Range<usize>>,
}

pub(super) struct Machine<'m> {
    pub(super) facts: &'m Facts<'m>,
    /// The text so far. It may contain the secret.
    pub(super) arena: Private<Vec<u8>>,
    open: [usize; DEEPEST],
    depth: usize,
    /// The current nesting depth of folded parameters.
    pub(super) folded: usize,
    trace: Option<&'m mut Trace>,
    manner: Option<Manner>,
    /// The encoding that is applied to appended texts.
    encodes: Option<Percent>,
}

impl<'m> Machine<'m> {
    pub(super) fn new(
        facts: &'m Facts<'m>,
        arena: Private<Vec<u8>>,
        trace: Option<&'m mut Trace>,
    ) -> Machine<'m> {
        let (open, manner, encodes) = ([0; DEEPEST], None, None);
        Machine { facts, arena, open, depth: 0, folded: 0, trace, manner, encodes }
    }

    /// Makes the machine imitate another signer.
    pub(super) fn in_manner(self, manner: Manner) -> Machine<'m> {
        Machine { manner: Some(manner), ..self }
    }

    pub(super) fn run(mut self, recipe: &Recipe<'_>) -> Result<Private<Vec<u8>>, SignError> {
        let mut ops = recipe.0;
        while let [op, rest @ ..] = ops {
            ops = match self.encoded_at_once(ops) {
                Some((percent, inner, rest)) => {
                    self.encodes = Some(percent);
                    self.step(inner)?;
                    self.encodes = None;
                    rest
                }
                None => {
                    self.step(op)?;
                    rest
                }
            };
        }
        match self.depth {
            0 => Ok(self.arena),
            _ => Err(SignError::malformed("a segment is not closed")),
        }
    }

    /// If the first operation only appends texts and is then percent-encoded, returns the encoding,
    /// this operation, and the operations after it. The texts can then be encoded while they are
    /// appended.
    fn encoded_at_once<'o, 'a>(
        &self,
        ops: &'o [Op<'a>],
    ) -> Option<(Percent, &'o Op<'a>, &'o [Op<'a>])> {
        let [Op::Open, inner, Op::Close(function), rest @ ..] = ops else { return None };
        let percent = match function {
            Function::Rfc3986 => Percent::Rfc3986,
            Function::Form => Percent::Form,
            _ => return None,
        };
        let appends = match inner {
            Op::Path | Op::Body | Op::Value(_) => true,
            Op::Pairs(pairs) => pairs
                .template
                .iter()
                .all(|piece| matches!(piece, Piece::Text(_) | Piece::Name([]) | Piece::Value([]))),
            _ => false,
        };
        let plainly = self.manner.is_none() && !self.explains();
        (appends && plainly).then_some((percent, inner, rest))
    }

    fn step(&mut self, op: &Op<'_>) -> Result<(), SignError> {
        let facts = self.facts;
        match *op {
            Op::Text(text) => self.push(text),
            Op::Credential(name) => self.credential(name)?,
            Op::Label(name) => {
                let missing = || SignError::MissingLabel { name: name.to_owned() };
                self.push(&facts.holes.label(name).ok_or_else(missing)??);
            }
            Op::Verb => self.push(facts.verb),
            Op::Method => self.push(facts.holes.method),
            Op::Nonce => self.push(facts.nonce),
            Op::Path => self.push_masked(&Masked::new(facts.path, facts.hidden.path)),
            Op::Body => self.push_masked(&Masked::json(facts.body, facts.hidden.body)),
            Op::Clock => self.push(facts.clock),
            Op::Value(name) => self.value(name)?,
            Op::Pairs(pairs) => self.pairs(&pairs)?,
            Op::Open => self.open()?,
            Op::Close(function) => self.close(function)?,
        }
        Ok(())
    }

    pub(super) fn push(&mut self, text: &str) {
        match self.encodes {
            None => self.arena.extend_from_slice(text.as_bytes()),
            Some(percent) => percent.push(text.as_bytes(), &mut self.arena),
        }
    }

    /// Appends a text, and records its masks.
    pub(super) fn push_masked(&mut self, masked: &Masked<'_>) {
        self.push_marked(&masked.text, &masked.marks);
    }

    pub(super) fn push_marked(&mut self, text: &str, marks: &[Range<usize>]) {
        let start = self.arena.len();
        self.push(text);
        if let Some(trace) = self.trace.as_deref_mut() {
            trace.marks.extend(marks.iter().map(|mark| mark.start + start..mark.end + start));
        }
    }

    /// Whether this run is an explanation, which masks secrets.
    pub(super) fn explains(&self) -> bool {
        self.trace.is_some()
    }

    /// Calls `write` without recording what it does.
    pub(super) fn aside<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        let trace = self.trace.take();
        let written = write(self);
        self.trace = trace;
        written
    }

    /// The order in which selected pairs are signed.
    pub(super) fn order(&self) -> Order {
        self.manner.map_or(Order::Names, |manner| manner.order)
    }

    fn credential(&mut self, name: &str) -> Result<(), SignError> {
        let declared = self.facts.gateway.credentials.iter().find(|known| known.name == name);
        let missing = || SignError::MissingCredential { name: name.to_owned() };
        let text = self.facts.credentials.get(name).ok_or_else(missing)?;
        let sensitive = declared.is_none_or(|credential| credential.sensitive);
        match sensitive && self.explains() {
            true => self.push_masked(&Masked::secret()),
            false => self.push(text),
        }
        Ok(())
    }

    fn open(&mut self) -> Result<(), SignError> {
        let too_deep = || SignError::malformed("it nests too deep");
        *self.open.get_mut(self.depth).ok_or_else(too_deep)? = self.arena.len();
        self.depth += 1;
        Ok(())
    }

    fn pop(&mut self) -> Result<usize, SignError> {
        let none = || SignError::malformed("a function has no argument");
        self.depth = self.depth.checked_sub(1).ok_or_else(none)?;
        Ok(self.open[self.depth])
    }

    fn close(&mut self, function: Function) -> Result<(), SignError> {
        let start = self.pop()?;
        self.record(function, start);
        let from = self.apply(function, start)?;
        self.record_output(from);
        Ok(())
    }

    /// Applies a function to the bytes from `start` on. Returns the position at which the result
    /// begins.
    fn apply(&mut self, function: Function, start: usize) -> Result<usize, SignError> {
        if function.is_digest() {
            let key = if function.is_hmac() { self.pop()? } else { start };
            if !self.veil(key) {
                let made = self.digest(function, key, start);
                let made = made.ok_or_else(|| SignError::malformed("a digest is unknown"))?;
                self.arena.truncate(key);
                self.arena.extend_from_slice(made.bytes());
            }
            return Ok(key);
        }
        match function {
            Function::First(length) => self.first(start, length)?,
            Function::Hex | Function::UpperHex | Function::Base64 => {
                if !self.veil(start) {
                    self.spell(function, start);
                }
            }
            encoder => self.encode(encoder, start),
        }
        Ok(start)
    }

    /// Computes the digest of the bytes from `start` on. The key of an HMAC is the bytes from `key`
    /// to `start`.
    fn digest(&self, function: Function, key: usize, start: usize) -> Option<Output> {
        let (key, message) = (&self.arena[key..start], &self.arena[start..]);
        match self.manner {
            None => digest(function, key, message),
            Some(manner) => digest(function, &manner.bytes(key), &manner.bytes(message)),
        }
    }

    fn spell(&mut self, function: Function, start: usize) {
        match function {
            Function::Base64 => base64(&mut self.arena, start),
            function => hex(&mut self.arena, start, function == Function::UpperHex),
        }
    }

    fn first(&mut self, start: usize, needed: usize) -> Result<(), SignError> {
        if self.veil(start) {
            return Ok(());
        }
        let found = self.arena.len() - start;
        if found < needed {
            return Err(SignError::TooShort { needed, found });
        }
        self.arena.truncate(start + needed);
        Ok(())
    }

    /// Applies a text encoder to the bytes from `start` on, except to masks.
    pub(super) fn encode(&mut self, encoder: Function, start: usize) {
        let marks = self.marks_from(start);
        if marks.is_empty() {
            return self.encode_tail(encoder, start);
        }
        let tail = Private::new(self.arena.split_off(start));
        let mut at = 0;
        for mark in marks {
            self.encode_piece(encoder, &tail[at..mark.start - start]);
            self.push_masked(&Masked::secret());
            at = mark.end - start;
        }
        self.encode_piece(encoder, &tail[at..]);
    }

    fn encode_piece(&mut self, encoder: Function, piece: &[u8]) {
        let from = self.arena.len();
        self.arena.extend_from_slice(piece);
        self.encode_tail(encoder, from);
    }

    /// Removes and returns the marks from `start` on.
    fn marks_from(&mut self, start: usize) -> Vec<Range<usize>> {
        let Some(trace) = self.trace.as_deref_mut() else { return Vec::new() };
        let at = trace.marks.partition_point(|mark| mark.start < start);
        trace.marks.split_off(at)
    }

    fn encode_tail(&mut self, encoder: Function, start: usize) {
        let arena = &mut self.arena;
        match (encoder, self.manner) {
            (Function::Rfc3986, None) => Percent::Rfc3986.encode_tail(arena, start),
            (Function::Form, None) => Percent::Form.encode_tail(arena, start),
            (Function::Rfc3986, Some(manner)) => manner.encode(manner.rfc3986, arena, start),
            (Function::Form, Some(manner)) => manner.encode(manner.form, arena, start),
            (Function::Lower, _) => arena[start..].make_ascii_lowercase(),
            (Function::Upper, _) => arena[start..].make_ascii_uppercase(),
            _ => {}
        }
    }

    /// Records how one parameter was written.
    pub(super) fn record_pair(&mut self, name: &str, start: usize) {
        let Some(trace) = self.trace.as_deref_mut() else { return };
        trace.pairs.push((name.to_owned(), shown(&self.arena[start..])));
    }

    /// Records what one `pairs` selected.
    pub(super) fn record_selection(&mut self, start: usize) {
        let Some(trace) = self.trace.as_deref_mut() else { return };
        let (pairs, before) = (std::mem::take(&mut trace.pairs), trace.steps.len());
        trace.selections.push(Selection { pairs, text: shown(&self.arena[start..]), before });
    }

    /// Replaces the bytes from `start` on by a mask if they contain a mask, because the output of a
    /// function over a secret is secret too. Returns whether the bytes were replaced.
    fn veil(&mut self, start: usize) -> bool {
        let veiled = !self.marks_from(start).is_empty();
        if veiled {
            self.arena.truncate(start);
            self.push_masked(&Masked::secret());
        }
        veiled
    }

    fn record(&mut self, function: Function, start: usize) {
        let Some(trace) = self.trace.as_deref_mut() else { return };
        let input = shown(&self.arena[start..]);
        if function.is_digest() && (trace.canonical.is_none() || self.depth <= trace.outermost) {
            trace.canonical = Some(input.clone());
            trace.outermost = self.depth;
        }
        trace.steps.push(Step { function: function.name(), input, output: String::new() });
    }

    fn record_output(&mut self, start: usize) {
        let Some(trace) = self.trace.as_deref_mut() else { return };
        if let Some(step) = trace.steps.last_mut() {
            step.output = shown(&self.arena[start..]);
        }
    }
}

/// Returns bytes as text, or as hexadecimal digits if they are not UTF-8.
pub(super) fn shown(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let mut digits = bytes.to_vec();
            hex(&mut digits, 0, false);
            String::from_utf8(digits).unwrap_or_default()
        }
    }
}
