//! A request taken apart: address, parameters, body.

use super::sent::Sent;
use encoding_rs::GBK;
use gatespec_inspect::request::{Received, unescaped};
use gatespec_language::model::Platform;
use gatespec_runtime::Verb;

/// Parameters alone travel as the platform has it.
pub(super) fn addressed(sent: Sent, platform: Option<&Platform>) -> Result<Sent, String> {
    if !sent.url.is_empty() {
        return Ok(sent);
    }
    let Some(gateway) = platform.map(|platform| &platform.gateways[0]) else {
        return Err(
            "parameters alone do not say whose they are: name the platform in front".to_owned()
        );
    };
    if gateway.path.contains('{') {
        return Err(
            "the path tells the methods of this platform apart: give the whole request".to_owned()
        );
    }
    let url = format!("{}{}", gateway.base_url().unwrap_or_default(), gateway.path);
    Ok(match gateway.verb {
        Verb::Get => {
            Sent { verb: "GET".to_owned(), url: format!("{url}?{}", sent.data), ..Sent::default() }
        }
        verb => Sent { verb: verb.as_str().to_owned(), url, ..sent },
    })
}

/// A request with its data taken apart.
pub(super) fn received(sent: Sent, notes: &mut Vec<String>) -> Received {
    let kind = sent.header("content-type");
    let looks_like_json = sent.data.trim_start().starts_with(['{', '[']);
    let is_form = kind.map_or(!looks_like_json, |kind| kind.contains("form-urlencoded"));
    let (url, query) = sent.url.split_once('?').unwrap_or((&sent.url, ""));
    let query = query.split('#').next().unwrap_or_default();
    let (url, query) = (url.to_owned(), pairs(query, notes));
    let (form, body) = match is_form {
        true => (pairs(&sent.data, notes), String::new()),
        false => (Vec::new(), sent.data),
    };
    Received { verb: sent.verb, url, headers: sent.headers, query, form, body }
}

/// Names and values of a query or a form.
fn pairs(text: &str, notes: &mut Vec<String>) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let mut decode = |text: &str| {
        let bytes = unescaped(&text.replace('+', " "));
        String::from_utf8(bytes).unwrap_or_else(|error| {
            let (text, _, wrong) = GBK.decode(error.as_bytes());
            let how =
                if wrong { "no UTF-8" } else { "GBK and not UTF-8, which the platform takes" };
            notes.push(format!("`{text}` was percent-encoded from {how}"));
            text.into_owned()
        })
    };
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}
