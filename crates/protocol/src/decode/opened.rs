//! Values of which it is already known what they are.

use super::{Context, Decode, Decoded, Items, Members, Next, Number, Sink, Stop, Value};

/// A value of which it is already known what it is.
pub(crate) enum Opened<'a> {
    Flag(bool),
    Number(Number<'a>),
    Text(&'a str),
    List(&'a mut dyn Items),
    Object(&'a mut dyn Members),
}

impl Next for Opened<'_> {
    fn read(&mut self, sink: &mut dyn Sink, cx: &mut Context) -> Decoded {
        match self {
            Opened::Flag(flag) => sink.flag(*flag, cx),
            Opened::Number(number) => sink.number(*number, cx),
            Opened::Text(text) => sink.text(text, cx),
            Opened::List(items) => sink.items(*items, cx),
            Opened::Object(members) => sink.members(*members, cx),
        }
    }

    fn skip(&mut self, cx: &mut Context) -> Decoded {
        match self {
            Opened::Flag(_) | Opened::Number(_) | Opened::Text(_) => Ok(()),
            Opened::List(items) => items.each(&mut |value| value.skip(), cx),
            Opened::Object(members) => members.each(&mut Skipped, cx),
        }
    }

    fn json(&mut self, cx: &mut Context) -> Result<serde_json::Value, Stop> {
        match self {
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
                let mut object = Tree::default();
                members.each(&mut object, cx)?;
                Ok(object.0.into())
            }
        }
    }
}

struct Skipped;

impl Decode for Skipped {
    fn field(&mut self, _: &str, value: Value<'_>) -> Decoded {
        value.skip()
    }
}

#[derive(Default)]
struct Tree(serde_json::Map<String, serde_json::Value>);

impl Decode for Tree {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        let json = value.source.json(value.cx)?;
        self.0.insert(name.to_owned(), json);
        Ok(())
    }
}
