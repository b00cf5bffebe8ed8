//! How an answer that failed begins, fit to be shown.

use serde::de::IgnoredAny;

use super::Question;
use super::secrets::Secrets;
use super::skeleton::skeleton;
use crate::decode::trim;

/// Characters of a page that an error repeats.
const PAGE: usize = 200;

/// How an answer begins, for an error or a trace.
///
/// A page or a plain text is quoted, 200 characters of it. Of JSON, cut and broken JSON included,
/// only names and structure show, because values can be personal data: a text is `"…"`, a number
/// `0`, a boolean `bool`, and of a list there is the first item:
/// `{"code":"…","data":{"orders":[{"id":0},…]}}`. In both, credentials that are sensitive are
/// `<secret>`.
pub fn excerpt(body: &[u8], question: &Question<'_>) -> String {
    let secrets = Secrets::of(question);
    let text = String::from_utf8_lossy(body);
    let text = trim(&text);
    let (page, json) = text.split_at(begin_of_json(text));
    let (head, rest) = secrets.head(page, PAGE);
    let mut out = plain(&head);
    if rest.is_empty() {
        out.push_str(&skeleton(json, &secrets));
    }
    out
}

/// A line that came with an answer, such as an id in a header, for an error or a trace: 200
/// characters of it, without credentials that are sensitive.
pub fn line(text: &[u8], question: &Question<'_>) -> String {
    plain(&Secrets::of(question).head(trim(&String::from_utf8_lossy(text)), PAGE).0)
}

/// Without characters that steer a terminal.
fn plain(text: &str) -> String {
    let steers = |c: char| c.is_control() && !c.is_whitespace();
    text.chars().map(|c| if steers(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Where JSON begins: at once, or behind what a server put before it, such as a warning.
fn begin_of_json(text: &str) -> usize {
    if text.starts_with(['{', '[', '"']) || serde_json::from_str::<IgnoredAny>(text).is_ok() {
        return 0;
    }
    let begins = |(at, _): &(usize, &str)| {
        let mut rest = text[*at..].chars().filter(|c| !c.is_whitespace());
        matches!((rest.next(), rest.next()), (_, Some('"')) | (Some('['), Some('{')))
    };
    text.match_indices(['{', '[']).find(begins).map_or(text.len(), |(at, _)| at)
}
