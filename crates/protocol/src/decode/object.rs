//! Decodes objects.

use super::lead::json_within;
use super::value::{Nests, shown};
use super::{BendKind, Context, Decode, Decoded, Items, Members, Number, Sink, Value, from_inner};

impl Value<'_> {
    /// Decodes an object by passing its members to `record`. Null leaves the record unchanged.
    ///
    /// # Errors
    /// [`Stop`](super::Stop) if the value is not an object, if `record` refuses a member, or if a
    /// required member is missing.
    pub fn members(self, record: &mut dyn Decode) -> Decoded {
        self.take(&mut ObjectSink { members: record, is_map: false })
    }
}

/// The sink for an object.
pub(super) struct ObjectSink<'a> {
    /// Receives the members.
    pub(super) members: &'a mut dyn Decode,
    /// Whether the object is a map. An empty placeholder counts as an empty map, but not as a
    /// record.
    pub(super) is_map: bool,
}

impl ObjectSink<'_> {
    /// Handles an empty placeholder: some platforms write an object without members as an empty
    /// text or list.
    fn stand_in(&mut self, cx: &mut Context) -> Decoded {
        cx.bend(BendKind::StandIn);
        cx.lack(self.members.lacks());
        (cx.filled, cx.placeholder) = (self.is_map, true);
        Ok(())
    }
}

impl Sink for ObjectSink<'_> {
    fn expected(&self) -> &str {
        "an object"
    }

    fn null(&mut self, cx: &mut Context) -> Decoded {
        if self.is_map {
            cx.bend(BendKind::StandIn);
        }
        Ok(())
    }

    /// Handles `false`, which PHP functions return if they have no result; older versions return 0.
    fn flag(&mut self, flag: bool, cx: &mut Context) -> Decoded {
        if flag { Err(cx.mismatch(self.expected(), "true")) } else { self.stand_in(cx) }
    }

    fn number(&mut self, number: Number<'_>, cx: &mut Context) -> Decoded {
        match number {
            Number::Unsigned(0) => self.stand_in(cx),
            _ => Err(cx.mismatch(self.expected(), format!("the number {number}"))),
        }
    }

    fn nests(&self) -> Option<Nests<'_>> {
        Some(Nests::Object)
    }

    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        if text.is_empty() {
            return self.stand_in(cx);
        }
        let Some(json) = json_within(text) else {
            return Err(cx.mismatch(self.expected(), shown(text)));
        };
        cx.bend(BendKind::JsonInText);
        from_inner(json, cx, &mut |value| value.take(self))
    }

    fn items(&mut self, items: &mut dyn Items, cx: &mut Context) -> Decoded {
        items.each(&mut |value| value.refuse("an object", "a list"), cx)?;
        self.stand_in(cx)
    }

    fn members(&mut self, members: &mut dyn Members, cx: &mut Context) -> Decoded {
        members.each(self.members, cx)?;
        if let Some(name) = self.members.lacks() {
            return Err(cx.missing(name));
        }
        cx.filled = true;
        Ok(())
    }
}
