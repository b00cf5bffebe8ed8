//! Explains the signature of a received request, with sensitive values masked.

use std::ops::Range;

use serde_json::value::RawValue;

use super::Incoming;
use super::roles::hides;
use crate::credentials::CredentialSet;
use crate::decode::trim;
use crate::json;
use crate::mask::{is_whole, whole};
use crate::parameter::Source;
use crate::params::{Param, Params};
use crate::recipe::Recipe;
use crate::request::SignedAtoms;
use crate::sign::{self, Explanation, Facts, Hidden, SignError};

impl Incoming<'_> {
    /// Explains how [`check_signature`](Self::check_signature) computes the signature, with
    /// `<secret>` in place of credentials and of fields that the spec marks as sensitive. The
    /// explanation is for logs and mock gateways. It contains all other values of the request.
    ///
    /// # Errors
    /// The signature method is unknown, or a credential is missing.
    pub fn explain(&self, credentials: &CredentialSet) -> Result<Explanation, SignError> {
        let recipe = match self.signature_method() {
            Ok(chosen) => chosen.recipe,
            Err(_) => self.default_recipe()?,
        };
        let (params, path, body) = (self.hidden_params(), self.hidden_path(), self.hidden_body());
        let hidden = Hidden { path: &path, body: &body, ..Hidden::default() };
        sign::explain(&recipe, &Facts { hidden, ..self.facts(&params, credentials) })
    }

    /// The parameters in the order in which they were received, each with the byte ranges of its
    /// value that explanations mask.
    pub fn sent(&self) -> Vec<(Param<'_>, Vec<Range<usize>>)> {
        let hidden = self.hidden_params();
        let mut sent: Vec<_> = self.params.entries.iter().zip(&hidden.entries).collect();
        sent.sort_by_key(|(entry, _)| entry.rank);
        sent.into_iter().map(|(entry, own)| (self.params.view(entry), hidden.hidden(own))).collect()
    }

    /// The inputs of formulas that are not parameters.
    pub fn atoms(&self) -> SignedAtoms<'_> {
        SignedAtoms {
            clock: self.clock_text(),
            nonce: self.nonce_text(),
            path: &self.path,
            hidden_path: self.hidden_path(),
            body: self.body.clone(),
            hidden_body: self.hidden_body(),
        }
    }

    fn hidden_path(&self) -> Vec<Range<usize>> {
        let sensitive = self.path_fields.iter().filter(|(name, _)| self.is_sensitive(name));
        sensitive.map(|(_, at)| at.clone()).collect()
    }

    fn hidden_body(&self) -> Vec<Range<usize>> {
        match (self.body.is_empty(), self.method.gateway.raw_body) {
            (true, _) => Vec::new(),
            // A document that the caller supplied may contain anything, so all of it is masked.
            (false, true) => whole(&self.body),
            (false, false) => find(&self.body, &|name| self.is_sensitive(name)),
        }
    }

    fn default_recipe(&self) -> Result<Recipe<'_>, SignError> {
        sign::choose(self.method.gateway, None).map(|signature| signature.recipe)
    }

    /// The parameters, with the byte ranges of sensitive values.
    fn hidden_params(&self) -> Params<'_> {
        let mut params = self.params.clone();
        for entry in &mut params.entries {
            let value = &self.params.text[entry.value.clone()];
            let found = find(value, &|name| self.is_sensitive(name));
            entry.sensitive |= is_whole(value, &found);
            let start = entry.value.start;
            params.secrets.extend(found.iter().map(|one| one.start + start..one.end + start));
        }
        params.sort_secrets();
        params
    }

    /// Whether this is the name of a sensitive field, or of a public parameter that contains a
    /// sensitive credential.
    fn is_sensitive(&self, name: &str) -> bool {
        let is_credential = || {
            let named = self.taken().find(|param| param.name == name);
            let entry =
                named.and_then(|param| self.public_entry(param).map(|entry| (param, entry)));
            entry.is_some_and(|(param, entry)| {
                matches!(param.source, Source::Credential(_)) && entry.sensitive
            })
        };
        hides(&self.sensitive, name) || is_credential()
    }
}

/// The nesting limit of serde_json. A text with deeper nesting is masked completely.
const DEEPEST: usize = 128;

/// Finds the sensitive members of a JSON text, and returns their byte ranges. A string that
/// contains `{` or `[` is masked completely, because it may itself be JSON. A text that begins like
/// JSON but is not JSON is also masked completely.
fn find(text: &str, is_sensitive: &dyn Fn(&str) -> bool) -> Vec<Range<usize>> {
    // Trims the text, because decoding skips a byte order mark and white space too.
    if !trim(text).starts_with(['{', '[']) {
        return Vec::new();
    }
    let mut found = Vec::new();
    match search(trim(text), text, is_sensitive, &mut found, DEEPEST) {
        Some(()) => found,
        None => whole(text),
    }
}

fn search(
    value: &str,
    text: &str,
    is_sensitive: &dyn Fn(&str) -> bool,
    found: &mut Vec<Range<usize>>,
    depth: usize,
) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    match value.as_bytes().first()? {
        b'{' => json::members(value, usize::MAX).ok()?.iter().try_for_each(|(name, member)| {
            if is_sensitive(name) {
                found.push(json::range_of(member.get(), text));
                return Some(());
            }
            search(member.get(), text, is_sensitive, found, depth)
        }),
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(value).ok()?;
            items.iter().try_for_each(|item| search(item.get(), text, is_sensitive, found, depth))
        }
        b'"' if json::scalar(value).0.contains(['{', '[']) => {
            found.push(json::range_of(value, text));
            Some(())
        }
        _ => Some(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mask::{Masked, SECRET};

    fn mask(text: &str) -> String {
        Masked::json(text, &find(text, &|name| name == "name")).to_string()
    }

    #[test]
    fn members_are_masked_at_any_depth() {
        let text = r#"{"a":{"name" : {"x":[1,"}"]},"b":"name"},"c":[{"name":"\"y"}],"d":"{\"name\":1}","n\u0061me":7}"#;
        let masked = mask(text).replace(SECRET, "#");
        assert_eq!(
            masked,
            r##"{"a":{"name" : "#","b":"name"},"c":[{"name":"#"}],"d":"#","n\u0061me":"#"}"##
        );
        assert_eq!(mask("{\"a\":1}"), "{\"a\":1}");
        assert_eq!(mask("plain \"name\":1"), "plain \"name\":1");
    }

    #[test]
    fn white_space_and_a_byte_order_mark_hide_nothing() {
        for before in [" ", "\r\n\t", "\u{feff}", "\u{feff} "] {
            let masked = mask(&format!("{before}{{\"name\":1}}"));
            assert_eq!(masked, format!("{before}{{\"name\":\"{SECRET}\"}}"));
        }
    }

    #[test]
    fn what_only_looks_like_json_is_masked_whole() {
        for text in ["{\"a", "[\"\\x\"]", "{\"name\":}"] {
            assert_eq!(mask(text), SECRET);
        }
    }
}
