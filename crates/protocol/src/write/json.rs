//! Writes compact JSON in a platform's style.

use super::style::ListStyle;
use super::value::{is_bare, push_scalar};
use super::writer::{Encode, Level, Member, Members, Wire, Writer};
use crate::json::{push_quoted, push_styled};

impl Writer<'_> {
    /// Appends a value as JSON.
    pub(super) fn json_value(&mut self, value: Wire<'_>) {
        match value {
            Wire::Record(fields) | Wire::Map(fields) => self.object(fields),
            Wire::JsonText(fields) => self.quoted(|out| out.object(fields)),
            // Invalid JSON is written as it is.
            Wire::Json(json) => {
                push_styled(json, self.style, &mut self.params.text);
            }
            Wire::Raw(text) => self.params.text.push_str(text),
            Wire::Text(text) => push_quoted(text, self.escape(), &mut self.params.text),
            scalar if is_bare(scalar) => push_scalar(scalar, &mut self.params.text),
            scalar => self.quoted(|out| push_scalar(scalar, &mut out.params.text)),
        }
    }

    /// Appends a list as a JSON value.
    pub(super) fn json_list(
        &mut self,
        items: &mut dyn Iterator<Item = Wire<'_>>,
        style: ListStyle<'_>,
    ) {
        match style {
            ListStyle::Json | ListStyle::Repeat => self.array(items),
            ListStyle::Inside(item) => self.array_inside(item, items),
            ListStyle::JsonText => self.quoted(|out| out.array(items)),
            ListStyle::Delimited(_) => self.quoted(|out| {
                out.text_list(items, style);
            }),
        }
    }

    /// Appends a request or record as a JSON object.
    pub(super) fn object(&mut self, fields: &dyn Encode) {
        self.object_of(|out| fields.encode(out));
    }

    /// Writes a record as one JSON object. Fields that fill the path become members of it, as
    /// texts.
    #[cfg(feature = "serde1")]
    pub(crate) fn document(&mut self, fields: &dyn Encode) -> String {
        self.object_of(|out| {
            fields.encode(out);
            for field in std::mem::take(&mut out.path_fields) {
                out.member(&field.name);
                push_quoted(&field.value, out.escape(), &mut out.params.text);
            }
        });
        std::mem::take(&mut self.params.text).into_inner()
    }

    fn object_of(&mut self, write: impl FnOnce(&mut Self)) {
        let level = std::mem::replace(&mut self.level, Level::Member);
        let first = std::mem::replace(&mut self.members.first, true);
        let (names, all) = (self.members.names.len(), self.members.all.len());
        self.params.text.push('{');
        write(self);
        self.sort_members(all);
        self.params.text.push('}');
        self.members.names.truncate(names);
        self.members.all.truncate(all);
        self.members.first = first;
        self.level = level;
    }

    /// Starts a member: a comma if needed, the name and a colon.
    pub(super) fn member(&mut self, name: &str) {
        if !std::mem::replace(&mut self.members.first, false) {
            self.params.text.push(',');
        }
        if self.style.sort_keys {
            let start = self.members.names.len();
            self.members.names.push_str(name);
            let name = start..self.members.names.len();
            self.members.all.push(Member { name, start: self.params.text.len() });
        }
        push_quoted(name, self.escape(), &mut self.params.text);
        self.params.text.push(':');
    }

    /// Sorts the members of the current object, which are those from index `from` on.
    fn sort_members(&mut self, from: usize) {
        let Members { names, all, .. } = &self.members;
        let all = &all[from..];
        let name = |at: usize| &names.as_bytes()[all[at].name.clone()];
        if (1..all.len()).all(|at| name(at - 1) <= name(at)) {
            return;
        }
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by(|a, b| name(*a).cmp(name(*b)));
        let (start, end) = (all[0].start, self.params.text.len());
        let mut sorted = String::with_capacity(end - start);
        let mut moved = Vec::with_capacity(order.len());
        for at in order {
            if !sorted.is_empty() {
                sorted.push(',');
            }
            let old = all[at].start..all.get(at + 1).map_or(end, |next| next.start - 1);
            moved.push((old.clone(), start + sorted.len()));
            sorted.push_str(&self.params.text[old]);
        }
        self.params.text.replace_range(start.., &sorted);
        self.params.move_secrets(&moved);
    }

    pub(super) fn array(&mut self, items: &mut dyn Iterator<Item = Wire<'_>>) {
        self.params.text.push('[');
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.params.text.push(',');
            }
            self.json_value(item);
        }
        self.params.text.push(']');
    }

    pub(super) fn array_inside(&mut self, member: &str, items: &mut dyn Iterator<Item = Wire<'_>>) {
        self.object_of(|out| {
            out.member(member);
            out.array(items);
        });
    }

    /// Appends a JSON string with the contents that `write` appends.
    fn quoted(&mut self, write: impl FnOnce(&mut Self)) {
        let start = self.params.text.len();
        write(self);
        let inside = self.params.text.split_off(start);
        push_quoted(&inside, self.escape(), &mut self.params.text);
        // Escaping has moved the sensitive ranges in the string, so if there are any, the whole
        // string is masked.
        let secrets = self.params.secrets.len();
        self.params.secrets.retain(|secret| secret.start < start);
        if self.params.secrets.len() < secrets {
            self.params.secrets.push(start..self.params.text.len());
        }
    }
}
