//! Finds where the characters of a scalar are in the file.

use super::tree::Run;
use crate::source::SourceSpan;

/// The span of each line of a scalar's text. Lines are trimmed at both ends, because folding
/// changes only the white space between lines.
pub(super) fn runs(text: &str, written: &str, span: SourceSpan) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut rest = text;
    let mut lines = written.split_inclusive('\n').scan(0, |start, line| {
        let at = *start;
        *start += line.len();
        Some((at, line))
    });
    while !rest.trim_start().is_empty() {
        let Some((start, line)) = lines.next() else { return Vec::new() };
        let content = unquoted(line.trim(), runs.is_empty(), rest);
        let Some(offset) = line.find(content).filter(|_| !content.is_empty()) else { continue };
        rest = rest.trim_start();
        let at = text.len() - rest.len();
        let Some(after) = rest.strip_prefix(content) else {
            // The first line of a block scalar is an indicator such as `>-`, not text.
            if runs.is_empty() && content.starts_with(['>', '|']) {
                continue;
            }
            return Vec::new();
        };
        runs.push(Run { at, span: span.part(start + offset, start + offset + content.len()) });
        rest = after;
    }
    runs
}

/// A line without the scalar's quotes, which may be at its beginning or end.
fn unquoted<'l>(line: &'l str, first: bool, rest: &str) -> &'l str {
    const QUOTES: [char; 2] = ['"', '\''];
    let rest = rest.trim_start();
    let mut content = line;
    if first && !rest.starts_with(content) {
        content = content.strip_prefix(QUOTES).unwrap_or(content);
    }
    if !rest.starts_with(content) {
        content = content.strip_suffix(QUOTES).unwrap_or(content);
    }
    content
}
