//! How an answer that failed begins, fit to be shown.

use super::question::Question;
use super::secrets;
use super::skeleton::skeleton;
use crate::decode::trim;
use crate::json::is_json;
use crate::text::visible_but;

/// Characters of a page that an error repeats.
const PAGE: usize = 200;

/// How an answer begins, for an error or a trace.
///
/// A page or a plain text is quoted, 200 characters of it. Of JSON, cut and broken JSON included,
/// only names and structure show, because values can be personal data: a text is `"…"`, a number
/// `N`, a boolean `bool`, and of a list there is the first item:
/// `{"code":"…","data":{"orders":[{"id":N},…]}}`. In both, credentials that are sensitive are
/// `<secret>`.
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

/// A line that came with an answer, such as an id in a header, for an error or a trace: 200
/// characters of it, without credentials that are sensitive.
pub fn line(text: &[u8], question: &Question<'_>) -> String {
    let head = secrets::of(question).head(trim(&String::from_utf8_lossy(text)), PAGE).0;
    visible_but(&head, char::is_whitespace).into_owned()
}

/// Where JSON begins: at once, or behind what a server put before it, such as a warning.
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
