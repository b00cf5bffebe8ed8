//! Values that have been parsed already.

use super::{Context, Decode, Decoded, Items, Members, Next, Number, Sink, Stop, Value};
use crate::json::push_quoted;
use crate::layout::Escape;
use crate::raw_json::RawJson;

/// A value that has been parsed already.
pub(crate) enum Opened<'a> {
    /// Null in place of the data. If an object or a list is expected, this counts as an empty
    /// placeholder.
    Nothing,
    Flag(bool),
    Number(Number<'a>),
    Text(&'a str),
    List(&'a mut dyn Items),
    Object(&'a mut dyn Members),
}

impl Next for Opened<'_> {
    fn read(&mut self, sink: &mut dyn Sink, cx: &mut Context) -> Decoded {
        match self {
            Opened::Nothing if sink.nests().is_some() => sink.text("", cx),
            Opened::Nothing => sink.null(cx),
            Opened::Flag(flag) => sink.flag(*flag, cx),
            Opened::Number(number) => sink.number(*number, cx),
            Opened::Text(text) => sink.text(text, cx),
            Opened::List(items) => sink.items(*items, cx),
            Opened::Object(members) => sink.members(*members, cx),
        }
    }

    fn skip(&mut self, cx: &mut Context) -> Decoded {
        match self {
            Opened::Nothing | Opened::Flag(_) | Opened::Number(_) | Opened::Text(_) => Ok(()),
            Opened::List(items) => items.each(&mut |value| value.skip(), cx),
            Opened::Object(members) => {
                members.each(&mut |_: &str, value: Value<'_>| value.skip(), cx)
            }
        }
    }

    fn json(&mut self, cx: &mut Context) -> Result<RawJson, Stop> {
        let mut out = String::new();
        match self {
            Opened::Nothing => return Ok(RawJson::default()),
            Opened::Flag(flag) => return Ok((*flag).into()),
            Opened::Text(text) => return Ok((*text).into()),
            Opened::Number(number) => out = number.to_string(),
            Opened::List(items) => {
                let mut push = |value: Value<'_>| {
                    out.push(if out.is_empty() { '[' } else { ',' });
                    out.push_str(value.source.json(value.cx)?.as_str());
                    Ok(())
                };
                items.each(&mut push, cx)?;
                out.push_str(if out.is_empty() { "[]" } else { "]" });
            }
            Opened::Object(members) => {
                let mut object = Object(String::new());
                members.each(&mut object, cx)?;
                out = object.0;
                out.push_str(if out.is_empty() { "{}" } else { "}" });
            }
        }
        out.parse().map_err(|error| cx.syntax(&error))
    }
}

/// Collects the members of an object as JSON text.
struct Object(String);

impl Decode for Object {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        let json = value.source.json(value.cx)?;
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        push_quoted(name, Escape::Minimal, &mut self.0);
        self.0.extend([":", json.as_str()]);
        Ok(())
    }
}
