//! Reads an HTTP message as proxies and logs write it: request line, headers, empty line, body.

use crate::request::Received;

/// Reads the message, if the text begins with a request line.
pub(super) fn read(text: &str) -> Option<Result<Received, String>> {
    let text = text.trim_start();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let mut words = first.split_whitespace();
    let (verb, target, version) = (words.next()?, words.next()?, words.next()?);
    let is_request = version.starts_with("HTTP/") && words.next().is_none();
    if !is_request || !verb.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let mut sent = Received { verb: verb.to_owned(), ..Received::default() };
    let mut rest = rest;
    while let Some((line, after)) =
        rest.split_once('\n').or((!rest.is_empty()).then_some((rest, "")))
    {
        rest = after;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else {
            let at = text.len() - rest.len();
            let number = text[..at].trim_end_matches('\n').lines().count();
            return Some(Err(format!("line {number} of the message is not a header")));
        };
        sent.headers.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    sent.url = match (target.contains("://"), sent.header("host")) {
        (true, _) => target.to_owned(),
        (false, Some(host)) => format!("https://{host}{target}"),
        (false, None) => return Some(Err("the message has no header `Host`".to_owned())),
    };
    sent.body = body(rest, sent.header("content-length"));
    Some(Ok(sent))
}

/// Removes the line breaks that a file has after the body, unless `Content-Length` counts them.
fn body(text: &str, length: Option<&str>) -> String {
    let length = length.and_then(|length| length.parse::<usize>().ok());
    let known = length.and_then(|length| text.split_at_checked(length));
    match known {
        Some((body, rest)) if rest.trim().is_empty() => body.to_owned(),
        _ => text.trim_end_matches(['\n', '\r']).to_owned(),
    }
}
