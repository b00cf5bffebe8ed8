//! Compact JSON in a platform's style.

use std::fmt::Write as _;

use super::style::ListStyle;
use super::value::{is_bare, push_scalar};
use super::writer::{Encode, Level, Member, Members, Wire, Writer};
use crate::json::scalar;
use crate::layout::Escape;
use crate::params::ParamType;
use crate::raw_json::parts;

impl Writer<'_> {
    /// Appends a value as JSON.
    pub(super) fn json_value(&mut self, value: Wire<'_>) {
        match value {
            Wire::Record(fields) | Wire::Map(fields) => self.object(fields),
            Wire::JsonText(fields) => self.quoted(|out| out.object(fields)),
            Wire::Json(json) => self.json(json),
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

    /// Appends the fields as an object.
    pub(super) fn object(&mut self, fields: &dyn Encode) {
        self.object_of(|out| fields.encode(out));
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

    /// Starts a member: comma, name, colon.
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

    /// Puts the members of the object that ends here into order.
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

    /// What `write` appends becomes the inside of a JSON text.
    fn quoted(&mut self, write: impl FnOnce(&mut Self)) {
        let start = self.params.text.len();
        write(self);
        let inside = self.params.text.split_off(start);
        push_quoted(&inside, self.escape(), &mut self.params.text);
        // Escapes have moved what was sensitive in it: now the whole text is.
        let secrets = self.params.secrets.len();
        self.params.secrets.retain(|secret| secret.start < start);
        if self.params.secrets.len() < secrets {
            self.params.secrets.push(start..self.params.text.len());
        }
    }

    /// Appends JSON of the caller's.
    pub(super) fn json(&mut self, raw: &str) {
        match parts(raw) {
            Some(members) if raw.starts_with('{') => self.object_of(|out| {
                for (name, raw) in members {
                    out.member(&name.unwrap_or_default());
                    out.json(raw.get());
                }
            }),
            Some(items) => self.array(&mut items.iter().map(|(_, raw)| Wire::Json(raw.get()))),
            None => match scalar(raw) {
                (text, ParamType::Text) => {
                    push_quoted(&text, self.escape(), &mut self.params.text);
                }
                _ => self.params.text.push_str(raw),
            },
        }
    }
}

/// Appends `text` as a JSON text.
pub(crate) fn push_quoted(text: &str, escape: Escape, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| needs_escape(byte, escape)) {
        let (clean, tail) = rest.split_at(at);
        out.push_str(clean);
        // What needs an escape is ASCII, or the first byte of a character that is not.
        let mut characters = tail.chars();
        characters.next().into_iter().for_each(|c| push_escaped(c, out));
        rest = characters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

fn needs_escape(byte: u8, escape: Escape) -> bool {
    match byte {
        b'"' | b'\\' | 0..=0x1f => true,
        b'/' => escape == Escape::Slash,
        byte => escape == Escape::Ascii && !byte.is_ascii(),
    }
}

fn push_escaped(c: char, out: &mut String) {
    let short = match c {
        '"' | '\\' | '/' => c,
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\u{8}' => 'b',
        '\u{c}' => 'f',
        _ => {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
            return;
        }
    };
    out.extend(['\\', short]);
}
