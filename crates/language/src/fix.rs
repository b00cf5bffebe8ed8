//! Applies the suggestions that are certain.

use crate::diagnostic::{Applicability, Diagnostic, Edition, Suggestion};
use crate::source::{SourceId, SourceMap};

/// A spec with suggestions applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The spec.
    pub source: SourceId,
    /// The new text.
    pub text: String,
    /// The number of suggestions applied.
    pub count: usize,
}

/// Applies every suggestion that is certain. If suggestions overlap, only the first is applied; the
/// next run may apply the others. All other text is unchanged, including comments.
pub fn fix(sources: &SourceMap, diagnostics: &[Diagnostic]) -> Vec<Fixed> {
    let suggestions = diagnostics.iter().flat_map(|one| &one.suggestions);
    let mut certain: Vec<&Suggestion> =
        suggestions.filter(|one| one.applicability == Applicability::MachineApplicable).collect();
    certain.sort_by_key(|one| (one.span, one.replacement.as_str()));
    let of_source = certain.chunk_by(|a, b| a.span.source == b.span.source);
    of_source.filter_map(|own| fix_one(sources, own)).collect()
}

/// The text of a platform.yaml with `edition` under the key `language`; `None` if no line begins
/// with `platform:` or `language:`.
pub fn with_edition(text: &str, edition: Edition) -> Option<String> {
    let key =
        |line: &str, key: &str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'));
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let written = format!("language: {}", edition.name());
    let mut found = false;
    let has_one = lines.iter().any(|line| key(line, "language"));
    let mut changed = String::with_capacity(text.len() + written.len());
    for line in lines {
        let end = &line[line.trim_end_matches(['\r', '\n']).len()..];
        if key(line, "language") {
            found = true;
            // The value ends where a comment begins.
            let comment = line.find(" #").map_or(end, |at| &line[at..]);
            changed.push_str(&written);
            changed.push_str(comment);
            continue;
        }
        changed.push_str(line);
        if key(line, "platform") && !has_one {
            found = true;
            let end = if end.is_empty() { "\n" } else { end };
            if !line.ends_with('\n') {
                changed.push_str(end);
            }
            changed.push_str(&written);
            changed.push_str(end);
        }
    }
    found.then_some(changed)
}

/// Applies suggestions to one file. The suggestions are in the order of their positions.
fn fix_one(sources: &SourceMap, suggestions: &[&Suggestion]) -> Option<Fixed> {
    let source = suggestions.first()?.span.source;
    let old = sources.get(source).text.as_str();
    let mut text = String::with_capacity(old.len());
    let (mut done, mut count) = (0, 0);
    for one in suggestions {
        let (start, end) = (one.span.start as usize, one.span.end as usize);
        let untouched = old.get(done..start).filter(|_| count == 0 || start > done);
        let (Some(before), true) = (untouched, old.is_char_boundary(end) && start <= end) else {
            continue;
        };
        text.push_str(before);
        text.push_str(&one.replacement);
        (done, count) = (end, count + 1);
    }
    text.push_str(old.get(done..)?);
    (text != old).then_some(Fixed { source, text, count })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::rules;
    use crate::source::Source;
    use crate::span::SourceSpan;

    /// Applies suggestions to a text. Each suggestion is a start, an end and a replacement.
    fn fixed(text: &str, suggestions: &[(u32, u32, &str)]) -> Option<(String, usize)> {
        let mut sources = SourceMap::default();
        let file = |path: &str, text: &str| Source {
            path: path.to_owned(),
            shown: path.to_owned(),
            text: text.to_owned(),
        };
        sources.add(file("shop/other.yaml", "title: Other\n"));
        let source = sources.add(file("shop/demo.yaml", text));
        let diagnostics: Vec<_> = suggestions
            .iter()
            .map(|(start, end, new)| {
                let span = SourceSpan { source, start: *start, end: *end };
                let sure = Applicability::MachineApplicable;
                Diagnostic::at(rules::UNKNOWN_KEY, span, "").suggest("", span, *new, sure)
            })
            .collect();
        let mut found = fix(&sources, &diagnostics).into_iter();
        let one = found.next().map(|one| (one.text, one.count));
        assert!(found.next().is_none());
        one
    }

    #[test]
    fn everything_around_a_suggestion_stays() {
        let text = "tilte: 短 # why\nrepaet: safe\r\n";
        let found = fixed(text, &[(17, 23, "repeat"), (0, 5, "title")]);
        assert_eq!(found, Some(("title: 短 # why\nrepeat: safe\r\n".to_owned(), 2)));
    }

    #[test]
    fn the_edition_is_the_line_after_the_platform_or_in_place_of_another_edition() {
        let two = |text| with_edition(text, Edition::Two);
        let written = two("# A\nplatform: shop # id\r\ntitle: S\r\n");
        assert_eq!(
            written.as_deref(),
            Some("# A\nplatform: shop # id\r\nlanguage: 2\r\ntitle: S\r\n")
        );
        let replaced = two("language: 1 # old\nplatform: shop");
        assert_eq!(replaced.as_deref(), Some("language: 2 # old\nplatform: shop"));
        assert_eq!(two("platform: shop").as_deref(), Some("platform: shop\nlanguage: 2\n"));
        assert_eq!(two("{ platform: shop }\n"), None);
    }

    #[test]
    fn of_overlapping_suggestions_one_is_applied() {
        let twice = fixed("ab", &[(0, 1, "x"), (0, 1, "y"), (0, 2, "z")]);
        assert_eq!(twice, Some(("xb".to_owned(), 1)));
    }

    #[test]
    fn a_suggestion_outside_the_text_or_without_effect_is_passed_over() {
        assert_eq!(fixed("短", &[(1, 2, "x"), (0, 9, "y"), (5, 4, "z")]), None);
        assert_eq!(fixed("ab", &[(0, 1, "a")]), None);
    }
}
