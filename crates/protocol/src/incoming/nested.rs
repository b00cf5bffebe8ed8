//! Decodes fields that are sent as texts: repeated names, names in brackets, JSON in a text.

use std::collections::BTreeMap;

use crate::decode::{
    Context, Decode, Decoded, Items, Members, Nests, Next, Sink, Stop, Value, from_inner,
};
use crate::json::push_quoted;
use crate::layout::{Escape, Nested};
use crate::raw_json::RawJson;
use crate::write::ListStyle;

/// The maximum nesting depth of brackets. A name with deeper nesting is not split.
const DEEPEST: usize = 32;

/// Everything that was sent under one name: texts, and further names in brackets.
#[derive(Debug, Default)]
pub(super) struct Node<'p> {
    texts: Vec<&'p str>,
    inner: BTreeMap<&'p str, Node<'p>>,
}

impl<'p> Node<'p> {
    /// Adds a text under a name.
    pub(super) fn put(&mut self, name: &'p str, text: &'p str, nested: Nested) {
        let mut node = self;
        match steps(name).filter(|_| nested == Nested::Brackets) {
            Some(steps) => {
                for step in steps {
                    node = node.inner.entry(step).or_default();
                }
            }
            None => node = node.inner.entry(name).or_default(),
        }
        node.texts.push(text);
    }

    /// The nodes inside this one, with their names.
    pub(super) fn inner(&self) -> impl Iterator<Item = (&'p str, &Node<'p>)> {
        self.inner.iter().map(|(name, node)| (*name, node))
    }

    /// The node as JSON of any shape.
    fn json(&self) -> RawJson {
        let mut out = String::new();
        match self.texts.as_slice() {
            [] => {
                for (name, node) in self.inner() {
                    out.push(if out.is_empty() { '{' } else { ',' });
                    push_quoted(name, Escape::Minimal, &mut out);
                    out.extend([":", node.json().as_str()]);
                }
                out.push_str(if out.is_empty() { "{}" } else { "}" });
            }
            [text] => return free(text),
            texts => {
                let items: Vec<String> = texts.iter().map(|text| free(text).to_string()).collect();
                out = format!("[{}]", items.join(","));
            }
        }
        // JSON that nests too deeply becomes a text.
        out.parse().unwrap_or_else(|_| out.into())
    }

    /// The node as a value to decode.
    pub(super) fn value(&self, nested: Nested) -> TextValue<'_, 'p> {
        TextValue { node: self, nested }
    }
}

/// Splits `lines[0][sku]` into `lines`, `0`, `sku`. Returns `None` if the name has no brackets, or
/// if they are not closed or are nested too deeply.
fn steps(name: &str) -> Option<impl Iterator<Item = &str>> {
    let (outer, inner) = name.split_once('[')?;
    let inner = inner.strip_suffix(']')?;
    let fits = !outer.is_empty() && inner.split("][").take(DEEPEST + 1).count() <= DEEPEST;
    fits.then(|| std::iter::once(outer).chain(inner.split("][")))
}

/// A node as a value to decode.
pub(super) struct TextValue<'n, 'p> {
    node: &'n Node<'p>,
    nested: Nested,
}

impl Next for TextValue<'_, '_> {
    fn read(&mut self, sink: &mut dyn Sink, cx: &mut Context) -> Decoded {
        let TextValue { node, nested } = *self;
        match node.texts.as_slice() {
            [] if matches!(sink.nests(), Some(Nests::List(_))) => {
                sink.items(&mut Numbered { node, nested }, cx)
            }
            [] => sink.members(&mut Named { node, nested }, cx),
            _ if !node.inner.is_empty() => {
                Err(cx.mismatch(sink.expected(), "both a text and parts in brackets"))
            }
            [text] => Text { text, nested }.read(sink, cx),
            texts => sink.items(&mut Repeated { texts, nested }, cx),
        }
    }

    fn skip(&mut self, _: &mut Context) -> Decoded {
        Ok(())
    }

    fn json(&mut self, _: &mut Context) -> Result<RawJson, Stop> {
        Ok(self.node.json())
    }
}

/// Converts a text to JSON. Only objects and lists are parsed. Everything else becomes a JSON
/// string, because texts are sent without quotes.
fn free(text: &str) -> RawJson {
    let nests = text.starts_with(['{', '[']);
    let json = if nests { text.parse().ok() } else { None };
    json.unwrap_or_else(|| text.into())
}

/// A single text as a value to decode.
struct Text<'p> {
    text: &'p str,
    nested: Nested,
}

impl Next for Text<'_> {
    fn read(&mut self, sink: &mut dyn Sink, cx: &mut Context) -> Decoded {
        let repeats = |style| match style {
            ListStyle::Repeat => true,
            ListStyle::Json => self.nested == Nested::Repeat,
            _ => false,
        };
        match sink.nests() {
            Some(Nests::List(style)) if repeats(style) => {
                sink.items(&mut Repeated { texts: &[self.text], nested: self.nested }, cx)
            }
            Some(Nests::Object | Nests::List(ListStyle::Json | ListStyle::Inside(_)))
                if !self.text.is_empty() =>
            {
                from_inner(self.text, cx, &mut |value| value.take(sink))
            }
            _ => sink.text(self.text, cx),
        }
    }

    fn skip(&mut self, _: &mut Context) -> Decoded {
        Ok(())
    }

    fn json(&mut self, _: &mut Context) -> Result<RawJson, Stop> {
        Ok(free(self.text))
    }
}

/// The texts under one name, as the items of a list.
struct Repeated<'n, 'p> {
    texts: &'n [&'p str],
    nested: Nested,
}

impl Items for Repeated<'_, '_> {
    fn each(&mut self, take: &mut dyn FnMut(Value<'_>) -> Decoded, cx: &mut Context) -> Decoded {
        for (index, text) in self.texts.iter().enumerate() {
            let mut text = Text { text, nested: self.nested };
            take(Value::new(&mut text, cx)).inspect_err(|_| cx.at_index(index))?;
        }
        Ok(())
    }
}

/// The names in brackets, as the members of an object.
struct Named<'n, 'p> {
    node: &'n Node<'p>,
    nested: Nested,
}

impl Members for Named<'_, '_> {
    fn is_empty(&self) -> bool {
        self.node.inner.is_empty()
    }

    fn each(&mut self, record: &mut dyn Decode, cx: &mut Context) -> Decoded {
        for (name, node) in self.node.inner() {
            let outcome = record.field(name, Value::new(&mut node.value(self.nested), cx));
            outcome.inspect_err(|_| cx.at_member(name))?;
        }
        Ok(())
    }
}

/// The numbers in brackets, as the items of a list in ascending order.
struct Numbered<'n, 'p> {
    node: &'n Node<'p>,
    nested: Nested,
}

impl Items for Numbered<'_, '_> {
    fn each(&mut self, take: &mut dyn FnMut(Value<'_>) -> Decoded, cx: &mut Context) -> Decoded {
        let mut items = Vec::with_capacity(self.node.inner.len());
        for (name, node) in self.node.inner() {
            let Ok(index) = name.parse::<usize>() else {
                return Err(cx.mismatch("a list, its items numbered in brackets", "another name"));
            };
            items.push((index, node));
        }
        items.sort_by_key(|(index, _)| *index);
        for (index, node) in items {
            let outcome = take(Value::new(&mut node.value(self.nested), cx));
            outcome.inspect_err(|_| cx.at_index(index))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn names_are_split_at_brackets_that_close() {
        let split = |name| steps(name).map(Iterator::collect::<Vec<&str>>);
        assert_eq!(split("lines[0][sku]"), Some(vec!["lines", "0", "sku"]));
        assert_eq!(split("a[]"), Some(vec!["a", ""]));
        assert_eq!(split("a[b]c]"), Some(vec!["a", "b]c"]));
        for name in ["a", "a[b", "[b]", "", "a]b["] {
            assert_eq!(split(name), None, "{name}");
        }
        assert_eq!(split(&format!("a{}", "[b]".repeat(33))), None);
    }
}
