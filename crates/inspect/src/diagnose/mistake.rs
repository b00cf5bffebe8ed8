//! What a mistake consists of, and the list of mistakes to try.

use super::parameter::Parameter;
use super::signing::Signing;

/// A mistake, described for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// A short, stable name: `space_as_plus`.
    pub id: &'static str,
    /// What the other side did, as a sentence without full stop.
    pub what: String,
    /// How to correct the mistake, as a sentence without full stop.
    pub fix: String,
}

/// A charset other than UTF-8 that the other side may have used.
#[derive(Debug, Clone, Copy)]
pub struct Charset {
    /// The usual name of the charset.
    pub name: &'static str,
    /// Encodes a text in this charset, and appends the bytes.
    pub encode: fn(&str, &mut Vec<u8>),
    /// Decodes bytes in this charset. Returns `None` if the bytes are not valid.
    pub decode: fn(&[u8]) -> Option<String>,
}

/// A function that applies a mistake to the input of a signature.
pub(super) type Make<'a> = Box<dyn Fn(&mut Signing<'a>) + 'a>;

/// A mistake that can be tried.
pub(super) struct Mistake<'a> {
    pub(super) cause: Cause,
    /// Mistakes of the same group are never combined.
    pub(super) group: String,
    /// Whether the mistake replaces the whole request. Such a mistake is applied before others.
    pub(super) rebuilds: bool,
    /// Whether the mistake is never combined with others, because there may be very many mistakes
    /// of its kind.
    pub(super) alone: bool,
    pub(super) make: Make<'a>,
}

/// Collects mistakes, the most likely first.
pub(super) struct Mistakes<'a> {
    pub(super) base: Signing<'a>,
    /// The charsets to try.
    pub(super) charsets: Vec<Charset>,
    pub(super) all: Vec<Mistake<'a>>,
}

impl<'a> Mistakes<'a> {
    /// Adds a mistake. Returns it, so that its flags can be set.
    pub(super) fn add(
        &mut self,
        group: impl Into<String>,
        (id, what, fix): (&'static str, impl Into<String>, impl Into<String>),
        make: impl Fn(&mut Signing<'a>) + 'a,
    ) -> &mut Mistake<'a> {
        let cause = Cause { id, what: what.into(), fix: fix.into() };
        let (group, make) = (group.into(), Box::new(make));
        self.all.push(Mistake { cause, group, rebuilds: false, alone: false, make });
        let last = self.all.len() - 1;
        &mut self.all[last]
    }

    /// Adds the mistake of signing one more parameter.
    pub(super) fn add_extra(
        &mut self,
        cause: (&'static str, impl Into<String>, impl Into<String>),
        param: Parameter<'a>,
    ) {
        let group = format!("parameter {}", param.name);
        self.add(group, cause, move |signing| signing.params.push(param));
    }
}
