//! Objects whose members something takes.

use super::source::{Nests, json_within, shown};
use super::{BendKind, Context, Decode, Decoded, Items, Members, Sink, Value, from_inner};

impl Value<'_> {
    /// An object whose members `record` takes. Null leaves the record as it is.
    ///
    /// # Errors
    /// [`Stop`](super::Stop) if it is no object, or if the record refuses a member or lacks one.
    pub fn members(self, record: &mut dyn Decode) -> Decoded {
        self.take(&mut RecordSink { record })
    }
}

struct RecordSink<'a> {
    record: &'a mut dyn Decode,
}

impl RecordSink<'_> {
    /// Some platforms write an object without members as an empty text or list.
    fn stand_in(&mut self, cx: &mut Context) -> Decoded {
        cx.bend(BendKind::StandIn);
        cx.lack(self.record.lacks());
        cx.filled = false;
        Ok(())
    }
}

impl Sink for RecordSink<'_> {
    fn expected(&self) -> &str {
        "an object"
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
        members.each(self.record, cx)?;
        if let Some(name) = self.record.lacks() {
            return Err(cx.missing(name));
        }
        cx.filled = true;
        Ok(())
    }
}
