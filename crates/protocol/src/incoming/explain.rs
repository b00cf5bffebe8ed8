//! What the signature of a received request is made from, without what is sensitive.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::Incoming;
use super::roles::hides;
use crate::credentials::CredentialSet;
use crate::decode::trim;
use crate::parameter::Source;
use crate::params::{Param, Params};
use crate::recipe::Recipe;
use crate::request::SignedAtoms;
use crate::sign::{self, Explanation, MARK, SignError};

impl Incoming<'_> {
    /// What [`check_signature`](Self::check_signature) signs, with `<secret>` in place of everything
    /// sensitive: credentials, and the fields that the spec calls so. For logs, and for a gateway to
    /// test against; it holds the other values of the request.
    ///
    /// # Errors
    /// When the signature method is unknown, or a credential is missing.
    pub fn explain(&self, credentials: &CredentialSet) -> Result<Explanation, SignError> {
        let recipe = match self.signature_method() {
            Ok(chosen) => chosen.recipe,
            Err(_) => self.default_recipe()?,
        };
        let (params, path, body) = (self.masked_params(), self.shown_path(), self.shown_body());
        sign::explain(&recipe, &self.facts(&params, path, &body, credentials))
    }

    /// The parameters in the order received, and their values as an explanation shows them.
    pub fn sent(&self) -> Vec<(Param<'_>, String)> {
        let masked = self.masked_params();
        let pairs = self.params.entries.iter().zip(&masked.entries);
        let mut sent: Vec<_> = pairs
            .map(|(entry, shown)| (entry.rank, self.params.view(entry), masked.shown(shown).into()))
            .collect();
        sent.sort_by_key(|(rank, ..)| *rank);
        sent.into_iter().map(|(_, param, shown)| (param, shown)).collect()
    }

    /// What else a formula can speak of, as texts.
    pub fn atoms(&self) -> SignedAtoms<'_> {
        SignedAtoms {
            clock: self.atom(|source| matches!(source, Source::Clock(_))),
            nonce: self.atom(|source| matches!(source, Source::Nonce(_))),
            path: &self.path,
            shown_path: self.shown_path(),
            body: self.body.clone(),
            shown_body: self.shown_body().into_owned(),
        }
    }

    fn shown_path(&self) -> &str {
        match self.path_fields.iter().any(|(name, _)| self.is_sensitive(name)) {
            true => MARK,
            false => &self.path,
        }
    }

    fn shown_body(&self) -> Cow<'_, str> {
        match (self.body.is_empty(), self.method.gateway.raw_body) {
            (true, _) => Cow::Borrowed(""),
            // A document of the caller's may hold anything.
            (false, true) => Cow::Borrowed(MARK),
            (false, false) => mask(&self.body, &|name| self.is_sensitive(name)),
        }
    }

    fn default_recipe(&self) -> Result<Recipe<'_>, SignError> {
        sign::choose(self.method.gateway, None).map(|signature| signature.recipe)
    }

    /// The parameters, marks within JSON in place of what is sensitive.
    fn masked_params(&self) -> Params<'_> {
        let mut params = self.params.clone();
        for index in 0..params.entries.len() {
            let value = self.params.value(&self.params.entries[index]);
            let masked = mask(value, &|name| self.is_sensitive(name));
            if let Cow::Owned(masked) = masked {
                params.fill(index, &masked);
            }
        }
        params
    }

    /// A field, or a public parameter with a sensitive credential.
    fn is_sensitive(&self, name: &str) -> bool {
        let is_credential = || {
            let named = self.taken().find(|param| param.name == name);
            let entry =
                named.and_then(|param| self.public_entry(param).map(|entry| (param, entry)));
            entry.is_some_and(|(param, entry)| {
                matches!(param.source, Source::Credential(_)) && entry.sensitive
            })
        };
        hides(self.method.sensitive, name) || is_credential()
    }
}

/// A text that is JSON, with marks in place of the members that are sensitive. A text in it that
/// names one is a mark as a whole: it may be JSON itself.
fn mask<'t>(text: &'t str, is_sensitive: &dyn Fn(&str) -> bool) -> Cow<'t, str> {
    // As it is decoded: behind a byte order mark and white space.
    if !trim(text).starts_with(['{', '[']) {
        return Cow::Borrowed(text);
    }
    let mut masked = Masked { text, clean: 0, out: String::new() };
    match masked.run(is_sensitive) {
        Some(()) if masked.clean == 0 => Cow::Borrowed(text),
        Some(()) => Cow::Owned(masked.out + &text[masked.clean..]),
        // It begins like JSON and is none.
        None => Cow::Borrowed(MARK),
    }
}

struct Masked<'t> {
    text: &'t str,
    /// Up to here it has been written.
    clean: usize,
    out: String,
}

impl Masked<'_> {
    fn run(&mut self, is_sensitive: &dyn Fn(&str) -> bool) -> Option<()> {
        let text = self.text;
        let mut at = 0;
        while let Some(found) = text[at..].find('"') {
            let start = at + found;
            let end = self.value_end(start)?;
            let name: String = serde_json::from_str(&text[start..end]).ok()?;
            let behind = end + (text[end..].len() - text[end..].trim_ascii_start().len());
            at = end;
            if text[behind..].starts_with(':') {
                let value = &text[behind + 1..];
                let value = behind + 1 + (value.len() - value.trim_ascii_start().len());
                at = value;
                if is_sensitive(&name) {
                    at = self.value_end(value)?;
                    self.hide(value, at);
                }
            } else if name.contains(['{', '[']) {
                self.hide(start, end);
            }
        }
        Some(())
    }

    /// Where the value that begins here ends.
    fn value_end(&self, start: usize) -> Option<usize> {
        let mut values =
            serde_json::Deserializer::from_str(&self.text[start..]).into_iter::<&RawValue>();
        values.next()?.ok()?;
        Some(start + values.byte_offset())
    }

    fn hide(&mut self, start: usize, end: usize) {
        self.out.push_str(&self.text[self.clean..start]);
        self.out.extend(["\"", MARK, "\""]);
        self.clean = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_masked_at_any_depth() {
        let text = r#"{"a":{"name" : {"x":[1,"}"]},"b":"name"},"c":[{"name":"\"y"}],"d":"{\"name\":1}","n\u0061me":7}"#;
        let masked = mask(text, &|name| name == "name").replace(MARK, "#");
        assert_eq!(
            masked,
            r##"{"a":{"name" : "#","b":"name"},"c":[{"name":"#"}],"d":"#","n\u0061me":"#"}"##
        );
        assert_eq!(mask("{\"a\":1}", &|name| name == "name"), "{\"a\":1}");
        assert_eq!(mask("plain \"name\":1", &|name| name == "name"), "plain \"name\":1");
    }

    #[test]
    fn white_space_and_a_byte_order_mark_hide_nothing() {
        for before in [" ", "\r\n\t", "\u{feff}", "\u{feff} "] {
            let masked =
                mask(&format!("{before}{{\"name\":1}}"), &|name| name == "name").into_owned();
            assert_eq!(masked, format!("{before}{{\"name\":\"{MARK}\"}}"));
        }
    }

    #[test]
    fn what_only_looks_like_json_is_masked_whole() {
        for text in ["{\"a", "[\"\\x\"]", "{\"name\":}"] {
            assert_eq!(mask(text, &|name| name == "name"), MARK);
        }
    }
}
