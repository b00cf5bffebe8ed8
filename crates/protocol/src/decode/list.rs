//! Decodes lists in all their formats. Null, `""`, `{}`, `false` and 0 count as an empty list.

use super::bend::Step;
use super::lead::json_within;
use super::map::stand_in;
use super::value::{Items, Nests, Next, shown};
use super::{BendKind, Context, Decoded, Members, Number, Opened, Sink, Value, from_inner};
use crate::blank::Blank;
use crate::write::ListStyle;

impl Value<'_> {
    /// Decodes a list of this style. `take` decodes one item. If `single` is set, a single item is
    /// accepted instead of the list.
    ///
    /// # Errors
    /// [`Stop`](super::Stop) if the value is not a list, or if an item is refused or absent. An
    /// absent item is an error, because another list may correspond to this one item by item, and
    /// without the absent item the two would no longer match.
    pub fn list<T: Blank>(
        self,
        into: &mut Vec<T>,
        style: ListStyle<'_>,
        single: bool,
        mut take: impl FnMut(Value<'_>, &mut T) -> Decoded,
    ) -> Decoded {
        into.clear();
        let mut push = |value: Value<'_>| {
            let Value { source, cx, form, private } = value;
            let mut next = T::blank();
            (cx.filled, cx.holds) = (false, false);
            take(Value { source, cx: &mut *cx, form, private }, &mut next)?;
            if !cx.filled && !cx.holds {
                return Err(cx.mismatch("at least one item", "nothing"));
            }
            into.push(next);
            Ok(())
        };
        self.take(&mut ListSink { style, single, item: &mut push })
    }
}

struct ListSink<'a> {
    style: ListStyle<'a>,
    /// Whether a single item is accepted instead of the list.
    single: bool,
    item: &'a mut dyn FnMut(Value<'_>) -> Decoded,
}

impl ListSink<'_> {
    /// Returns the same sink, but for a JSON array.
    fn plain(&mut self) -> ListSink<'_> {
        ListSink { style: ListStyle::Json, single: self.single, item: &mut *self.item }
    }

    fn pieces(&mut self, text: &str, delimiter: &str, cx: &mut Context) -> Decoded {
        let first = cx.bends.len();
        for (index, piece) in text.split(delimiter).enumerate() {
            let known = cx.bends.len();
            let outcome = (self.item)(Value::new(&mut Opened::Text(piece), &mut *cx).piece());
            if outcome.is_err() {
                cx.at_index(index);
                return outcome;
            }
            if cx.bends.len() > known {
                cx.bends.within(Step::Item, first, known);
            }
        }
        cx.filled = true;
        Ok(())
    }

    /// Decodes a single item instead of the list.
    fn one(&mut self, value: &mut dyn Next, cx: &mut Context) -> Decoded {
        cx.bend(BendKind::OneForList);
        let known = cx.bends.len();
        (self.item)(Value::new(value, &mut *cx))?;
        cx.bends.within(Step::Item, known, known);
        cx.filled = true;
        Ok(())
    }

    /// Decodes JSON in a text.
    fn within(&mut self, text: &str, cx: &mut Context) -> Decoded {
        from_inner(text, cx, &mut |value| value.take(self))
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

    fn nests(&self) -> Option<Nests<'_>> {
        Some(Nests::List(self.style))
    }

    fn wants_digits(&self) -> bool {
        // A delimited list of one number may be sent as that number.
        self.single || matches!(self.style, ListStyle::Delimited(_))
    }

    fn null(&mut self, cx: &mut Context) -> Decoded {
        cx.bend(BendKind::StandIn);
        Ok(())
    }

    fn flag(&mut self, flag: bool, cx: &mut Context) -> Decoded {
        match self.style {
            ListStyle::Delimited(delimiter) => {
                cx.bend(BendKind::BooleanForText);
                self.pieces(&flag.to_string(), delimiter, cx)
            }
            _ if self.single => self.one(&mut Opened::Flag(flag), cx),
            _ if !flag => stand_in(cx),
            _ => Err(cx.mismatch(self.expected(), flag.to_string())),
        }
    }

    fn number(&mut self, number: Number<'_>, cx: &mut Context) -> Decoded {
        match self.style {
            ListStyle::Delimited(delimiter) => {
                cx.bend(BendKind::NumberForText);
                self.pieces(&number.to_string(), delimiter, cx)
            }
            _ if self.single => self.one(&mut Opened::Number(number), cx),
            _ if matches!(number, Number::Unsigned(0)) => stand_in(cx),
            _ => Err(cx.mismatch(self.expected(), format!("the number {number}"))),
        }
    }

    fn text(&mut self, text: &str, cx: &mut Context) -> Decoded {
        match self.style {
            ListStyle::Delimited(_) if text.is_empty() => {
                cx.filled = true;
                return Ok(());
            }
            _ if text.is_empty() => return stand_in(cx),
            ListStyle::JsonText => return self.plain().within(text, cx),
            _ => {}
        }
        // An object in a text may be a single item. In this case, the item decodes the text.
        let delimited = matches!(self.style, ListStyle::Delimited(_));
        let is_item = delimited || (self.single && !matches!(self.style, ListStyle::Inside(_)));
        if let Some(json) = json_within(text).filter(|json| !is_item || json.starts_with('[')) {
            cx.bend(BendKind::JsonInText);
            return if delimited { self.plain().within(json, cx) } else { self.within(json, cx) };
        }
        match self.style {
            ListStyle::Delimited(delimiter) => self.pieces(text, delimiter, cx),
            _ if self.single => self.one(&mut Opened::Text(text), cx),
            _ => Err(cx.mismatch(self.expected(), shown(text))),
        }
    }

    fn items(&mut self, items: &mut dyn Items, cx: &mut Context) -> Decoded {
        match self.style {
            ListStyle::Json | ListStyle::Repeat => {}
            ListStyle::Inside(_) => cx.bend(BendKind::BareList),
            ListStyle::Delimited(_) | ListStyle::JsonText => cx.bend(BendKind::JsonForText),
        }
        items.each(self.item, cx)?;
        cx.filled = true;
        Ok(())
    }

    fn members(&mut self, members: &mut dyn Members, cx: &mut Context) -> Decoded {
        if members.is_empty() {
            return stand_in(cx);
        }
        match self.style {
            ListStyle::Inside(name) => {
                let mut found = false;
                let mut inside = |member: &str, value: Value<'_>| {
                    if member != name {
                        return value.unknown();
                    }
                    found = true;
                    value.take(&mut self.plain())
                };
                members.each(&mut inside, cx)?;
                if !found {
                    let found = format!("an object without {name:?}");
                    return Err(cx.mismatch(self.expected(), found));
                }
                cx.filled = true;
                Ok(())
            }
            ListStyle::Delimited(_) => Err(cx.mismatch(self.expected(), "an object")),
            _ if self.single => {
                if self.style == ListStyle::JsonText {
                    cx.bend(BendKind::JsonForText);
                }
                self.one(&mut Opened::Object(members), cx)
            }
            _ => {
                let mut numbered = true;
                let mut look = |name: &str, value: Value<'_>| {
                    numbered &= name.bytes().all(|byte| byte.is_ascii_digit());
                    value.skip()
                };
                members.each(&mut look, cx)?;
                Err(cx.mismatch(self.expected(), if numbered { NUMBERED } else { "an object" }))
            }
        }
    }
}

const NUMBERED: &str = "an object with numbered members, which PHP writes for a list with gaps in its indices (`array_values` closes them)";
