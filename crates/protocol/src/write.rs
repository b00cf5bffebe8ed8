//! Writes the fields of a request as parameters. Implementations of [`Encode`] use this writer.

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
    /// Creates a writer that appends to `params`.
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

    /// Sets the location and role of the parameters that are written next.
    pub(crate) fn at(&mut self, place: Location<'n>, role: Role) {
        (self.place, self.role) = (place, role);
    }

    /// Marks the next value as sensitive: it is masked in explanations, errors and logs.
    pub fn private(&mut self) -> &mut Self {
        self.private = true;
        self
    }

    /// Writes a value.
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

    /// Writes null in JSON, and nothing elsewhere.
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

    /// Whether fields may be written in any order, because they are sorted later or because their
    /// order has no meaning.
    pub(crate) fn takes_sorted(&self) -> bool {
        self.style.sort_keys || !self.is_json()
    }

    /// Whether the next value becomes a member of a JSON object.
    pub(crate) fn is_json(&self) -> bool {
        self.in_body() || matches!(self.level, Level::Member)
    }

    /// Writes a list. An empty list is written only in JSON.
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

    /// Sets the value of the placeholder `{name}` in the path. The value is not sent as a
    /// parameter.
    pub fn in_path(&mut self, name: &str, value: Wire<'_>) {
        let start = self.params.text.len();
        self.text_value(value);
        let value = self.params.text.split_off(start);
        let sensitive = std::mem::take(&mut self.private);
        self.path_fields.push(PathField { name: name.to_owned(), value, sensitive });
    }

    /// Writes the parameter that carries all fields as JSON.
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

    /// Calls `write`, which appends a part of a parameter. If `private` is set, records this part
    /// as sensitive.
    fn guarded(&mut self, private: bool, write: impl FnOnce(&mut Self)) {
        let start = self.params.text.len();
        write(self);
        if private {
            self.params.secrets.push(start..self.params.text.len());
        }
    }

    /// Writes one parameter, whose value `write` appends.
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

    /// Writes one parameter for each item, all with the same name.
    fn repeat(&mut self, name: &str, private: bool, items: &mut dyn Iterator<Item = Wire<'_>>) {
        if self.in_body() {
            return self.parameter(name, private, |out| out.text_list(items, ListStyle::Json));
        }
        for item in items {
            self.parameter(name, private, |out| out.text_value(item));
        }
    }

    /// Writes one parameter for each scalar inside the value. The parameter's name is the path to
    /// the scalar, in brackets.
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
