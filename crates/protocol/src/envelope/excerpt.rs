//! The beginning of an answer, made safe to show.

use super::question::Question;
use super::secrets;
use super::skeleton::skeleton;
use crate::decode::trim;
use crate::json::is_json;
use crate::text::visible_but;

/// The maximum length of quoted text, in characters.
const PAGE: usize = 200;

/// Returns the beginning of an answer, for an error or a trace.
///
/// For a page or a plain text, this is the first 200 characters. JSON, even if it is truncated or
/// malformed, is reduced to its names and structure, because values can be personal data: strings
/// become `"…"`, numbers `N`, booleans `bool`, and lists are cut after the first item, as in
/// `{"code":"…","data":{"orders":[{"id":N},…]}}`. Sensitive credentials are replaced by `<secret>`.
pub fn excerpt(body: &[u8], question: &Question<'_>) -> String {
    let secrets = secrets::of(question);
    let text = String::from_utf8_lossy(body);
    let text = trim(&text);
    let (page, json) = text.split_at(begin_of_json(text));
    let (head, rest) = secrets.head(page, PAGE);
    let mut out = visible_but(&head, char::is_whitespace).into_owned();
    if rest.is_empty() {
        out.push_str(&skeleton(json, &secrets));
    }
    out
}

/// Returns the first 200 characters of a line that came with an answer, such as a header, for an
/// error or a trace. Sensitive credentials are replaced by `<secret>`.
pub fn line(text: &[u8], question: &Question<'_>) -> String {
    let head = secrets::of(question).head(trim(&String::from_utf8_lossy(text)), PAGE).0;
    visible_but(&head, char::is_whitespace).into_owned()
}

/// Where JSON begins: at the start, or after text that a server put before it, such as a warning.
fn begin_of_json(text: &str) -> usize {
    if text.starts_with(['{', '[', '"']) || is_json(text) {
        return 0;
    }
    let begins = |(at, _): &(usize, &str)| {
        let mut rest = text[*at..].chars().filter(|c| !c.is_whitespace());
        matches!((rest.next(), rest.next()), (_, Some('"')) | (Some('['), Some('{')))
    };
    text.match_indices(['{', '[']).find(begins).map_or(text.len(), |(at, _)| at)
}
