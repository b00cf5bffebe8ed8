//! Fills in the missing parts of a pasted request, so that it can be read like a received one.

use crate::model::Platform;
use crate::request::Received;
use encoding_rs::GBK;
use gatespec_protocol::Verb;

/// Completes parameters that were pasted without a URL: adds the platform's address, and puts the
/// parameters where the platform expects them.
pub(super) fn addressed(sent: Received, platform: Option<&Platform>) -> Result<Received, String> {
    if !sent.url.is_empty() {
        return Ok(sent);
    }
    let Some(gateway) = platform.map(|platform| &platform.gateways[0]) else {
        return Err("parameters alone do not identify the platform: give its name first".to_owned());
    };
    if gateway.path.contains('{') {
        return Err(
            "the methods of this platform differ in their paths: give the whole request".to_owned()
        );
    }
    let url = format!("{}{}", gateway.base_url().unwrap_or_default(), gateway.path);
    Ok(match gateway.verb {
        Verb::Get => Received {
            verb: "GET".to_owned(),
            url: format!("{url}?{}", sent.body),
            ..Received::default()
        },
        verb => Received { verb: verb.as_str().to_owned(), url, ..sent },
    })
}

/// Decodes text that is not UTF-8 as GBK, and adds a note.
pub(super) fn decode(bytes: &[u8], notes: &mut Vec<String>) -> String {
    let (text, _, wrong) = GBK.decode(bytes);
    let how = if wrong { "no UTF-8" } else { "GBK, but the platform takes UTF-8" };
    notes.push(format!("`{text}` was percent-encoded from {how}"));
    text.into_owned()
}
