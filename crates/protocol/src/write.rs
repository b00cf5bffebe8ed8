//! How a request becomes parameters: what generated `encode` functions write into.

mod json;
mod style;
mod text;
mod value;
mod writer;

use crate::json::ParamType;
use crate::layout::{Escape, JsonStyle, Location, Nested};
use crate::params::{Entry, Params, Role};

pub use style::ListStyle;
pub(crate) use writer::PathField;
pub use writer::{Encode, Wire, Writer};
use writer::{Level, Members};

impl<'n> Writer<'n> {
    /// A writer of parameters for one place.
    pub(crate) fn new(params: Params<'n>, style: JsonStyle, nested: Nested) -> Writer<'n> {
        Writer {
            params,
            style,
            nested,
            omit_empty: false,
            place: Location::Form,
            role: Role::Business,
            level: Level::Parameter,
            members: Members::default(),
            private: false,
            path_fields: Vec::new(),
        }
    }

    pub(crate) fn omit_empty(mut self, omit: bool) -> Writer<'n> {
        self.omit_empty = omit;
        self
    }

    /// What follows travels there.
    pub(crate) fn at(&mut self, place: Location<'n>, role: Role) {
        (self.place, self.role) = (place, role);
    }

    /// What is put next is sensitive: it never shows in an explanation, an error or a log.
    pub fn private(&mut self) -> &mut Self {
        self.private = true;
        self
    }

    /// Puts a value.
    pub fn put(&mut self, name: &str, value: Wire<'_>) {
        let private = std::mem::take(&mut self.private);
        match (&self.level, value) {
            (Level::Member, value) => {
                self.member(name);
                self.guarded(private, |out| out.json_value(value));
            }
            (_, Wire::Record(fields) | Wire::Map(fields)) if self.in_brackets() => {
                self.brackets(name, private, |out| fields.encode(out));
            }
            (_, value) => self.parameter(name, private, |out| out.text_value(value)),
        }
    }

    /// Puts null in JSON, and nothing elsewhere.
    pub fn null(&mut self, name: &str) {
        self.private = false;
        match &self.level {
            Level::Member => {
                self.member(name);
                self.params.text.push_str("null");
            }
            _ if self.in_body() => self.parameter(name, false, |_| ParamType::Null),
            _ => {}
        }
    }

    /// The order in which fields are put does not matter, or members are sorted by their names.
    pub(crate) fn takes_sorted(&self) -> bool {
        self.style.sort_keys || !self.is_json()
    }

    /// What is put becomes a member of a JSON object.
    pub(crate) fn is_json(&self) -> bool {
        self.in_body() || matches!(self.level, Level::Member)
    }

    /// Puts a list. An empty one is sent in JSON only.
    pub fn list(
        &mut self,
        name: &str,
        items: &mut dyn Iterator<Item = Wire<'_>>,
        style: ListStyle<'_>,
    ) {
        let private = std::mem::take(&mut self.private);
        let first = items.next();
        if first.is_none() && !self.is_json() {
            return;
        }
        let items = &mut first.into_iter().chain(items);
        let repeated = self.nested == Nested::Repeat && !self.in_body();
        match (&self.level, style) {
            (Level::Member, style) => {
                self.member(name);
                self.guarded(private, |out| out.json_list(items, style));
            }
            (_, ListStyle::Repeat) => self.repeat(name, private, items),
            (_, ListStyle::Json) if repeated => self.repeat(name, private, items),
            (_, ListStyle::Json) if self.in_brackets() => self.bracket_list(name, private, items),
            (_, style) => self.parameter(name, private, |out| out.text_list(items, style)),
        }
    }

    /// Fills `{name}` of the path. It is never a parameter.
    pub fn in_path(&mut self, name: &str, value: Wire<'_>) {
        let start = self.params.text.len();
        self.text_value(value);
        let value = self.params.text.split_off(start);
        let sensitive = std::mem::take(&mut self.private);
        self.path_fields.push(PathField { name: name.to_owned(), value, sensitive });
    }

    /// The one parameter that holds all fields as JSON.
    pub(crate) fn carrier(&mut self, name: &str, fields: &dyn Encode) {
        self.parameter(name, false, |out| {
            out.object(fields);
            ParamType::Json
        });
    }

    fn in_body(&self) -> bool {
        self.place.in_body()
    }

    fn in_brackets(&self) -> bool {
        self.nested == Nested::Brackets && !self.in_body()
    }

    /// What `write` appends is part of a parameter, and perhaps sensitive.
    fn guarded(&mut self, private: bool, write: impl FnOnce(&mut Self)) {
        let start = self.params.text.len();
        write(self);
        if private {
            self.params.secrets.push(start..self.params.text.len());
        }
    }

    /// One parameter, whose value `write` appends.
    fn parameter(
        &mut self,
        name: &str,
        sensitive: bool,
        write: impl FnOnce(&mut Self) -> ParamType,
    ) {
        let start = self.params.text.len();
        let name = match &self.level {
            Level::Brackets(outer) => {
                for piece in [outer.as_str(), "[", name, "]"] {
                    self.params.text.push_str(piece);
                }
                start..self.params.text.len()
            }
            _ => self.params.append(name),
        };
        let kind = write(self);
        let value = name.end..self.params.text.len();
        let null = kind == ParamType::Null && !self.in_body();
        if null || (self.omit_empty && kind != ParamType::Null && value.is_empty()) {
            return self.params.text.truncate(start);
        }
        let (place, role, rank) = (self.place, self.role, self.params.entries.len());
        self.params.entries.push(Entry { name, value, place, role, kind, sensitive, rank });
    }

    /// One parameter an item, all of one name.
    fn repeat(&mut self, name: &str, private: bool, items: &mut dyn Iterator<Item = Wire<'_>>) {
        if self.in_body() {
            return self.parameter(name, private, |out| out.text_list(items, ListStyle::Json));
        }
        for item in items {
            self.parameter(name, private, |out| out.text_value(item));
        }
    }

    /// One parameter a scalar, its way there in brackets.
    fn brackets(&mut self, name: &str, private: bool, write: impl FnOnce(&mut Self)) {
        let inner = match &self.level {
            Level::Brackets(outer) => format!("{outer}[{name}]"),
            _ => name.to_owned(),
        };
        let outer = std::mem::replace(&mut self.level, Level::Brackets(inner));
        let before = self.params.entries.len();
        write(self);
        self.level = outer;
        for entry in &mut self.params.entries[before..] {
            entry.sensitive |= private;
        }
    }

    fn bracket_list(
        &mut self,
        name: &str,
        private: bool,
        items: &mut dyn Iterator<Item = Wire<'_>>,
    ) {
        self.brackets(name, private, |out| {
            for (index, item) in items.enumerate() {
                out.put(&index.to_string(), item);
            }
        });
    }

    fn escape(&self) -> Escape {
        self.style.escape
    }
}
