//! Reads parts of a received request: headers, content type, members of a body.

use serde_json::value::RawValue;

use super::{IncomingError, Raw, flat};
use crate::gateway::Gateway;
use crate::json;
use crate::layout::{Location, Placement};
use crate::text::{shortened, visible_bytes};

/// The content type of a form.
const FORM: &str = "application/x-www-form-urlencoded";

/// The kind of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    Form,
    Json,
    Raw,
}

impl Body {
    /// The kind of body that a client would send. If the spec mentions no body, this is a form.
    pub(super) fn of(gateway: &Gateway<'_>, business: Placement<'_>) -> Body {
        let in_json = |place| matches!(place, Location::Body | Location::BodyMember(_));
        let mut public = gateway.public.iter();
        match business {
            _ if gateway.raw_body => Body::Raw,
            Placement::Body | Placement::BodyMember(_) => Body::Json,
            Placement::Form | Placement::FormCarrier(_) => Body::Form,
            _ if public.any(|param| in_json(param.place)) => Body::Json,
            _ => Body::Form,
        }
    }
}

/// Returns the members of a JSON object. Fails if there are more than `limit`.
pub(super) fn members<'t>(
    text: &'t str,
    place: &str,
    limit: usize,
) -> Result<Vec<(String, &'t RawValue)>, IncomingError> {
    let members = json::members(text, limit).map_err(|error| IncomingError::NotJson {
        place: place.to_owned(),
        reason: error.to_string(),
    })?;
    if members.len() > limit {
        return Err(IncomingError::TooMany { limit });
    }
    Ok(members)
}

/// The text of a header that is a parameter.
pub(super) fn header_text<'r>(name: &str, value: &'r [u8]) -> Result<&'r str, IncomingError> {
    let text = std::str::from_utf8(value.trim_ascii());
    text.map_err(|_| flat::Broken::Utf8.at(&format_args!("header `{name}`")))
}

impl<'r> Raw<'r> {
    /// The values of a header.
    pub(super) fn headers_named<'s>(
        &'s self,
        name: &'s str,
    ) -> impl Iterator<Item = &'r [u8]> + use<'r, 's> {
        let same = move |(known, _): &&(&str, &[u8])| known.eq_ignore_ascii_case(name);
        self.headers.iter().filter(same).map(|(_, value)| *value)
    }

    pub(super) fn expect_form(&self) -> Result<(), IncomingError> {
        self.expect_content_type(Body::Form)
    }

    pub(super) fn expect_json(&self) -> Result<(), IncomingError> {
        self.expect_content_type(Body::Json)
    }

    /// Refuses a body that is compressed, not in UTF-8, or of a content type that does not fit.
    /// Accepts a missing content type and, for JSON, every type except the types of forms, because
    /// many senders do not set the content type correctly.
    pub(super) fn expect_content_type(&self, body: Body) -> Result<(), IncomingError> {
        let encoding = self.headers_named("content-encoding").next().unwrap_or_default();
        if !encoding.is_empty() && !encoding.eq_ignore_ascii_case(b"identity") {
            let encoding = visible_bytes(encoding.get(..40).unwrap_or(encoding));
            return Err(IncomingError::Compressed { encoding });
        }
        let Some(value) = self.headers_named("content-type").next() else { return Ok(()) };
        let mut parts = value.split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
        let essence = parts.next().unwrap_or_default();
        let is_form = essence.eq_ignore_ascii_case(FORM.as_bytes());
        let is_multipart = behind("multipart/", essence).is_some();
        let (fits, expected) = match body {
            Body::Json => (!is_form && !is_multipart, "JSON"),
            _ => (is_form, FORM),
        };
        let charset = parts.find_map(|part| behind("charset=", part));
        let expected = match (fits, charset.is_none_or(is_utf8)) {
            (true, true) => return Ok(()),
            (true, false) => "UTF-8",
            (false, _) => expected,
        };
        let found = String::from_utf8_lossy(value).to_ascii_lowercase();
        let found = shortened(&found, 64).into_owned();
        Err(IncomingError::ContentType { expected, found })
    }
}

/// The text after `start`, if it begins with `start` in any ASCII case.
fn behind<'t>(start: &str, text: &'t [u8]) -> Option<&'t [u8]> {
    let (found, rest) = text.split_at_checked(start.len())?;
    found.eq_ignore_ascii_case(start.as_bytes()).then_some(rest)
}

/// Whether a charset, quoted or not, is UTF-8 or a subset of it.
fn is_utf8(charset: &[u8]) -> bool {
    let charset = charset.strip_prefix(b"\"").unwrap_or(charset);
    let charset = charset.strip_suffix(b"\"").unwrap_or(charset);
    let known = ["utf-8", "utf8", "us-ascii", "ascii"];
    known.iter().any(|known| charset.eq_ignore_ascii_case(known.as_bytes()))
}
