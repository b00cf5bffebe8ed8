//! The walk from the root of an answer to the probed paths and to the data.

use std::ops::Range;

use super::probe::{Found, Probes};
use crate::decode::{
    Context, Decode, Decoded, Items, Members, Next, Number, Opened, Sink, Stop, Value,
};

/// A function that decodes the data.
pub(super) type Take<'t> = &'t mut dyn FnMut(Value<'_>) -> Decoded;

/// A value on a probed path or on the path to the data.
pub(super) struct Level<'l, 'p> {
    probes: &'l mut Probes<'p>,
    /// The probes whose paths lead to this value.
    range: Range<usize>,
    depth: usize,
    /// Whether the data is this value or inside it.
    on_data: bool,
    decode: Option<Take<'l>>,
}

impl<'l, 'p> Level<'l, 'p> {
    pub(super) fn root(probes: &'l mut Probes<'p>, decode: Option<Take<'l>>) -> Level<'l, 'p> {
        let range = 0..probes.len();
        Level { probes, range, depth: 0, on_data: true, decode }
    }

    /// Records the value for the probes whose paths end at this value.
    fn found(&mut self, make: impl Fn() -> Found) {
        for probe in self.range.clone() {
            if self.probes.step(probe, self.depth).is_some() {
                break;
            }
            self.probes.set(probe, make());
        }
        if self.is_data() {
            self.probes.set_data();
        }
    }

    fn is_data(&self) -> bool {
        self.on_data && self.probes.data_step(self.depth).is_none()
    }

    /// Decodes the value if it is the data. Returns whether there was data.
    fn decoded(&mut self, value: &mut dyn Next, cx: &mut Context) -> Result<bool, Stop> {
        if !self.is_data() {
            return Ok(false);
        }
        let Some(decode) = &mut self.decode else { return Ok(false) };
        Value::new(value, cx).observe(decode)
    }

    /// The probes whose paths lead through this member.
    fn through(&self, name: &str) -> Range<usize> {
        let leads = |probe: &usize| self.probes.step(*probe, self.depth) == Some(name);
        let start = self.range.clone().find(leads).unwrap_or(self.range.end);
        start..start + (start..self.range.end).take_while(leads).count()
    }
}

impl Sink for Level<'_, '_> {
    fn expected(&self) -> &str {
        "a value of the envelope"
    }
    fn wants_digits(&self) -> bool {
        self.depth > 0
    }
    fn null(&mut self, cx: &mut Context) -> Decoded {
        if self.decoded(&mut Opened::Nothing, cx)? {
            self.probes.set_placeholder();
        }
        Ok(())
    }
    fn flag(&mut self, flag: bool, cx: &mut Context) -> Decoded {
        self.found(|| Found::Text(flag.to_string()));
        self.decoded(&mut Opened::Flag(flag), cx).map(drop)
    }
    fn number(&mut self, number: Number<'_>, cx: &mut Context) -> Decoded {
        self.found(|| Found::Text(number.to_string()));
        self.decoded(&mut Opened::Number(number), cx).map(drop)
    }
    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        self.found(|| Found::Text(text.to_owned()));
        self.decoded(&mut Opened::Text(text), cx).map(drop)
    }
    fn items(&mut self, items: &mut dyn Items, cx: &mut Context) -> Decoded {
        let mut items = Counted { items, empty: true };
        if !self.decoded(&mut Opened::List(&mut items), cx)? {
            items.each(&mut |value| value.skip(), cx)?;
        }
        let empty = items.empty;
        self.found(|| Found::Nested { empty });
        Ok(())
    }
    fn members(&mut self, members: &mut dyn Members, cx: &mut Context) -> Decoded {
        let empty = members.is_empty();
        if !self.decoded(&mut Opened::Object(members), cx)? {
            members.each(&mut Inside(self), cx)?;
        }
        self.found(|| Found::Nested { empty });
        Ok(())
    }
}

/// Visits the members of a [`Level`].
struct Inside<'i, 'l, 'p>(&'i mut Level<'l, 'p>);

impl Decode for Inside<'_, '_, '_> {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        let level = &mut *self.0;
        let range = level.through(name);
        let on_data = level.on_data && level.probes.data_step(level.depth) == Some(name);
        if range.is_empty() && !on_data {
            return value.skip();
        }
        let decode = level.decode.as_mut().map(|decode| &mut **decode as Take<'_>);
        let (probes, depth) = (&mut *level.probes, level.depth + 1);
        value.take(&mut Level { probes, range, depth, on_data, decode })
    }
}

/// Records whether a list has items.
struct Counted<'c> {
    items: &'c mut dyn Items,
    empty: bool,
}

impl Items for Counted<'_> {
    fn each(&mut self, take: &mut dyn FnMut(Value<'_>) -> Decoded, cx: &mut Context) -> Decoded {
        let empty = &mut self.empty;
        let mut counting = |value: Value<'_>| {
            *empty = false;
            take(value)
        };
        self.items.each(&mut counting, cx)
    }
}

/// Returns the names of the members at the root of an answer.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut note = |name: &str, value: Value<'_>| {
        names.push(name.to_owned());
        value.skip()
    };
    // This fails if the answer is not an object. `names` stays empty in this case.
    let _ = crate::decode::from_text(text, &mut |value| value.members(&mut note));
    names
}
