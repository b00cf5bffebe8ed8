//! What a mistake is.

use super::parameter::Parameter;
use super::signing::Signing;

/// A mistake as people know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// A short name that stays the same: `space_as_plus`.
    pub id: &'static str,
    /// What the other side did, as a sentence without its full stop.
    pub what: String,
    /// What to change there, as a sentence without its full stop.
    pub mend: String,
}

/// A charset that texts may have been signed in, besides UTF-8.
#[derive(Debug, Clone, Copy)]
pub struct Charset {
    /// Its usual name.
    pub name: &'static str,
    /// Appends the bytes of a text.
    pub encode: fn(&str, &mut Vec<u8>),
    /// The text that someone sees who reads bytes in it, if they can be read.
    pub decode: fn(&[u8]) -> Option<String>,
}

/// Changes everything that goes into a signature.
pub(super) type Make<'a> = Box<dyn Fn(&mut Signing<'a>) + 'a>;

/// A mistake that can be made.
pub(super) struct Mistake<'a> {
    pub(super) cause: Cause,
    /// Two mistakes of one group are not combined.
    pub(super) group: String,
    /// It builds the request anew, so it is made before another one.
    pub(super) rebuilds: bool,
    /// It is tried without others only, since there may be very many of its kind.
    pub(super) alone: bool,
    pub(super) make: Make<'a>,
}

/// Collects mistakes, the likeliest first.
pub(super) struct Mistakes<'a> {
    pub(super) base: Signing<'a>,
    /// Charsets that texts may have been signed in.
    pub(super) charsets: Vec<Charset>,
    pub(super) all: Vec<Mistake<'a>>,
}

impl<'a> Mistakes<'a> {
    /// Adds a mistake.
    pub(super) fn add(
        &mut self,
        group: impl Into<String>,
        (id, what, mend): (&'static str, impl Into<String>, impl Into<String>),
        make: impl Fn(&mut Signing<'a>) + 'a,
    ) -> &mut Mistake<'a> {
        let cause = Cause { id, what: what.into(), mend: mend.into() };
        let (group, make) = (group.into(), Box::new(make));
        self.all.push(Mistake { cause, group, rebuilds: false, alone: false, make });
        let last = self.all.len() - 1;
        &mut self.all[last]
    }

    /// Adds the mistake to sign one parameter more.
    pub(super) fn add_extra(
        &mut self,
        cause: (&'static str, impl Into<String>, impl Into<String>),
        param: Parameter<'a>,
    ) {
        let group = format!("parameter {}", param.name);
        self.add(group, cause, move |signing| signing.params.push(param));
    }
}
