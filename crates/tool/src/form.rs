//! The fields of a posted form.

use crate::reply::Reply;
use axum::http::StatusCode;
use std::collections::HashSet;

/// The prefix of the fields that are parameters of the request, so that their names cannot collide
/// with those of other fields.
const PARAMETER: &str = "p.";

/// The names of the other fields.
const OTHERS: [&str; 10] =
    ["do", "clock", "nonce", "case", "more", "to", "real", "pasted", "their_sign", "their_text"];

/// The fields of a form. An absent field and an empty one are the same.
#[derive(Default)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads the body of a request.
    pub(crate) fn read(body: &[u8]) -> Result<Self, Reply> {
        let wrong = |reason: String| Reply::refusal(StatusCode::BAD_REQUEST, reason);
        if percent_encoding::percent_decode(body).decode_utf8().is_err() {
            return Err(wrong("the form is not UTF-8".to_owned()));
        }
        let (mut pairs, mut seen) = (Vec::new(), HashSet::new());
        for (name, text) in form_urlencoded::parse(body) {
            if !name.starts_with(PARAMETER) && !OTHERS.contains(&&*name) {
                return Err(wrong("the form has a field that its page does not have".to_owned()));
            }
            if !seen.insert(name.clone()) {
                return Err(wrong("the form has a field twice".to_owned()));
            }
            // Browsers send the line breaks of a textarea as CR LF.
            pairs.push((name.into_owned(), text.replace("\r\n", "\n")));
        }
        Ok(Self(pairs))
    }

    /// The form that contains these parameters.
    pub(crate) fn of<'p>(parameters: impl Iterator<Item = (&'p str, String)>) -> Self {
        Self(parameters.map(|(name, text)| (Self::name(name), text)).collect())
    }

    /// The text of a field, unless it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// The text of a field; empty if it is absent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.as_str())
    }

    /// The parameters that are not empty.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.0.iter().filter(|(_, text)| !text.is_empty());
        all.filter_map(|(name, text)| Some((name.strip_prefix(PARAMETER)?, text.as_str())))
    }

    /// The name of a parameter's field.
    pub(crate) fn name(parameter: &str) -> String {
        format!("{PARAMETER}{parameter}")
    }
}
