//! Values of which it is already known what they are.

use super::{Context, Decoded, Items, Members, Next, Number, Sink, Stop, Value};

/// A value of which it is already known what it is.
pub(crate) enum Opened<'a> {
    /// Null in the place of the data: where an object or a list is expected, a placeholder for it.
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

    fn json(&mut self, cx: &mut Context) -> Result<serde_json::Value, Stop> {
        match self {
            Opened::Nothing => Ok(serde_json::Value::Null),
            Opened::Flag(flag) => Ok((*flag).into()),
            Opened::Text(text) => Ok((*text).into()),
            Opened::Number(number) => {
                let number = serde_json::from_str(&number.to_string());
                number.map_err(|error| cx.syntax(&error))
            }
            Opened::List(items) => {
                let mut list = Vec::new();
                let mut push = |value: Value<'_>| {
                    list.push(value.source.json(value.cx)?);
                    Ok(())
                };
                items.each(&mut push, cx)?;
                Ok(list.into())
            }
            Opened::Object(members) => {
                let mut object = serde_json::Map::new();
                let mut insert = |name: &str, value: Value<'_>| {
                    object.insert(name.to_owned(), value.source.json(value.cx)?);
                    Ok(())
                };
                members.each(&mut insert, cx)?;
                Ok(object.into())
            }
        }
    }
}
