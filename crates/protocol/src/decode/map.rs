//! Decodes maps, single members that match no field, and JSON in texts.

use std::collections::BTreeMap;

use crate::blank::Blank;

use super::lead::trim;
use super::object::ObjectSink;
use super::value::Items;
use super::{BendKind, Context, Decoded, Members, Opened, Sink, Value, from_inner};

impl Value<'_> {
    /// Decodes an object with arbitrary member names. Null, `""` and `[]` count as an empty map.
    /// Members that are null are left out.
    ///
    /// # Errors
    /// [`Stop`](crate::Stop) if the value is not an object, or if `item` fails.
    pub fn map<T: Blank>(
        self,
        into: &mut BTreeMap<String, T>,
        mut item: impl FnMut(Value<'_>, &mut T) -> Decoded,
    ) -> Decoded {
        into.clear();
        let mut insert = |name: &str, value: Value<'_>| keep(name, value, into, &mut item);
        self.take(&mut ObjectSink { members: &mut insert, is_map: true })
    }

    /// Decodes one member and inserts it into a map, unless it is null.
    ///
    /// # Errors
    /// [`Stop`](crate::Stop) if `item` fails.
    pub fn entry<T: Blank>(
        self,
        name: &str,
        into: &mut BTreeMap<String, T>,
        mut item: impl FnMut(Value<'_>, &mut T) -> Decoded,
    ) -> Decoded {
        keep(name, self, into, &mut item)
    }

    /// Decodes JSON in a text with `item`. An object or a list is also accepted instead of the
    /// text. An empty text counts as absent.
    ///
    /// # Errors
    /// [`Stop`](crate::Stop) if the value is not JSON in a text, or if `item` fails.
    pub fn json_text(self, item: impl FnOnce(Value<'_>) -> Decoded) -> Decoded {
        let mut item = Some(item);
        let mut take = |value: Value<'_>| item.take().map_or(Ok(()), |item| item(value));
        self.take(&mut TextSink { item: &mut take })
    }
}

fn keep<T: Blank>(
    name: &str,
    value: Value<'_>,
    into: &mut BTreeMap<String, T>,
    item: &mut impl FnMut(Value<'_>, &mut T) -> Decoded,
) -> Decoded {
    let Value { source, cx, .. } = value;
    let mut next = T::blank();
    let known = cx.bends.len();
    cx.filled = false;
    if let Err(stop) = item(Value::new(source, &mut *cx), &mut next) {
        cx.at_key = true;
        return Err(stop);
    }
    if cx.bends.len() > known {
        cx.bends.free_name();
    }
    if cx.filled {
        into.insert(name.to_owned(), next);
    }
    Ok(())
}

/// Records an empty placeholder for a list or map. The value counts as present, but empty.
pub(super) fn stand_in(cx: &mut Context) -> Decoded {
    cx.bend(BendKind::StandIn);
    cx.filled = true;
    Ok(())
}

struct TextSink<'a> {
    item: &'a mut dyn FnMut(Value<'_>) -> Decoded,
}

impl Sink for TextSink<'_> {
    fn expected(&self) -> &str {
        "JSON in a text"
    }

    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        let text = trim(text);
        if text.is_empty() {
            cx.bend(BendKind::StandIn);
            return Ok(());
        }
        from_inner(text, cx, self.item)
    }

    fn items(&mut self, items: &mut dyn Items, cx: &mut Context) -> Decoded {
        cx.bend(BendKind::JsonForText);
        (self.item)(Value::new(&mut Opened::List(items), cx))
    }

    fn members(&mut self, members: &mut dyn Members, cx: &mut Context) -> Decoded {
        cx.bend(BendKind::JsonForText);
        (self.item)(Value::new(&mut Opened::Object(members), cx))
    }
}
