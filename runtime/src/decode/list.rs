//! Lists in all their spellings. Null, `""` and `{}` are an empty one.

use super::source::{Items, shown};
use super::{Context, Decode, Decoded, Members, Number, Piece, Sink, Value, from_inner};
use crate::write::ListStyle;

impl Value<'_> {
    /// A list; `item` fills one item. Items that are null are left out.
    pub fn list<T: Default>(
        self,
        into: &mut Vec<T>,
        style: ListStyle<'_>,
        mut item: impl FnMut(Value<'_>, &mut T) -> Decoded,
    ) -> Decoded {
        into.clear();
        let mut push = |value: Value<'_>| {
            let Value { source, cx } = value;
            let mut next = T::default();
            item(Value::new(source, &mut *cx), &mut next)?;
            if cx.filled {
                into.push(next);
            }
            Ok(())
        };
        self.take(&mut ListSink { style, item: &mut push }, false)
    }
}

struct ListSink<'a> {
    style: ListStyle<'a>,
    item: &'a mut dyn FnMut(Value<'_>) -> Decoded,
}

impl ListSink<'_> {
    fn pieces(&mut self, text: &str, delimiter: &str, cx: &mut Context) -> Decoded {
        for (index, piece) in text.split(delimiter).enumerate() {
            let outcome = (self.item)(Value::new(&mut Piece(piece), &mut *cx));
            if outcome.is_err() {
                cx.at_index(index);
                return outcome;
            }
        }
        cx.filled = true;
        Ok(())
    }
}

impl Sink for ListSink<'_> {
    fn expected(&self) -> &str {
        match self.style {
            ListStyle::Delimited(_) => "a delimited list",
            ListStyle::Inside(_) => "an object with a list",
            _ => "a list",
        }
    }

    fn wants_digits(&self) -> bool {
        // A delimited list of one number may have arrived as that number.
        matches!(self.style, ListStyle::Delimited(_))
    }

    fn number(&mut self, number: Number<'_>, cx: &mut Context) -> Decoded {
        match self.style {
            ListStyle::Delimited(delimiter) => self.pieces(&number.to_string(), delimiter, cx),
            _ => Err(cx.mismatch(self.expected(), format!("the number {number}"))),
        }
    }

    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        match self.style {
            _ if text.is_empty() => {
                cx.filled = true;
                Ok(())
            }
            ListStyle::Delimited(delimiter) => self.pieces(text, delimiter, cx),
            ListStyle::JsonText => from_inner(text, cx, &mut |value| value.take(self, false)),
            _ => Err(cx.mismatch(self.expected(), shown(text))),
        }
    }

    fn items(&mut self, items: &mut dyn Items, cx: &mut Context) -> Decoded {
        items.each(self.item, cx)?;
        cx.filled = true;
        Ok(())
    }

    fn members(&mut self, members: &mut dyn Members, cx: &mut Context) -> Decoded {
        let style = self.style;
        members.each(&mut Inside { style, sink: self }, cx)?;
        cx.filled = true;
        Ok(())
    }
}

/// An object where a list is wanted: it holds the list in one member, or is empty.
struct Inside<'a, 'l> {
    style: ListStyle<'a>,
    sink: &'a mut ListSink<'l>,
}

impl Decode for Inside<'_, '_> {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        match self.style {
            ListStyle::Inside(item) if item == name => {
                let item = &mut *self.sink.item;
                value.take(&mut ListSink { style: ListStyle::Json, item }, false)
            }
            ListStyle::Inside(_) => value.skip(),
            _ => Err(value.cx.mismatch(self.sink.expected(), "an object")),
        }
    }
}
