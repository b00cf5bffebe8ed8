//! Entries of maps in the text of a spec: where they begin and end, and their keys.

use std::ops::Range;

/// An entry of a map: a key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The entry's bytes: whole lines, or what is between two commas of a map in braces.
    pub(super) range: Range<usize>,
    /// How far the key is indented; `None` in braces.
    pub(super) indent: Option<usize>,
}

/// The entry whose key is at this byte.
pub(super) fn entry(text: &str, key: usize) -> Entry {
    let start = text[..key].rfind('\n').map_or(0, |newline| newline + 1);
    let indent = key - start;
    if !text[start..key].bytes().all(|byte| byte == b' ') {
        return Entry { range: key..flow_end(text, key), indent: None };
    }
    let mut end = start;
    let mut at = start;
    for (index, line) in text[start..].split_inclusive('\n').enumerate() {
        let depth = line.len() - line.trim_start_matches(' ').len();
        let is_blank = line.trim().is_empty();
        if index > 0 && !is_blank && depth <= indent {
            break;
        }
        at += line.len();
        if !is_blank {
            end = at;
        }
    }
    Entry { range: start..end, indent: Some(indent) }
}

/// The end of the value at `from` in a map or list in braces: its comma, or the closing brace.
fn flow_end(text: &str, from: usize) -> usize {
    let (mut depth, mut fresh) = (0usize, true);
    let mut chars = text[from..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' | '\'' if fresh => skip_quoted(c, &mut chars),
            '{' | '[' => depth += 1,
            '}' | ']' | ',' if depth == 0 => return from + text[from..from + at].trim_end().len(),
            '}' | ']' => depth -= 1,
            _ => {}
        }
        let opens = matches!(c, '{' | '[' | ',')
            || c == ':' && chars.peek().is_some_and(|(_, next)| next.is_whitespace());
        fresh = opens || fresh && c.is_whitespace();
    }
    text.len()
}

fn skip_quoted(quote: char, chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>) {
    while let Some((_, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            let is_doubled = quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == quote);
            if !is_doubled {
                return;
            }
            chars.next();
        }
    }
}

/// The bytes to remove for an entry. In braces, these include the comma between it and a neighbour.
pub(super) fn removal(text: &str, entry: &Entry) -> Range<usize> {
    let Range { start, end } = entry.range;
    if entry.indent.is_some() {
        return start..end;
    }
    let after = text[end..].trim_start();
    if let Some(rest) = after.strip_prefix(',') {
        return start..text.len() - rest.trim_start().len();
    }
    let before = text[..start].trim_end();
    before.strip_suffix(',').map_or(start, str::len)..end
}

/// The text of an entry, moved to another indentation.
pub(super) fn moved(text: &str, entry: &Entry, indent: usize) -> String {
    let own = entry.indent.unwrap_or_default();
    let lines = text[entry.range.clone()].lines();
    let line = |line: &str| match line.get(own..) {
        Some(rest) if !line.trim().is_empty() => format!("{}{rest}\n", " ".repeat(indent)),
        _ => "\n".to_owned(),
    };
    lines.map(line).collect()
}

/// The keys of an entry whose value is a map, each with the text of its value.
pub(super) fn keys(text: &str, entry: &Entry) -> Option<Vec<(String, String)>> {
    parts(text, entry).map(|parts| {
        parts
            .iter()
            .filter_map(|range| {
                let (key, value) = text[range.clone()].split_once(':')?;
                Some((key.trim().to_owned(), value.trim().to_owned()))
            })
            .collect()
    })
}

/// Replaces the keys `gone` of an entry by `new`; `None` if its value is not a map.
pub(super) fn with_keys(
    text: &str,
    entry: &Entry,
    gone: &[&str],
    new: &[(String, String)],
) -> Option<String> {
    let parts = parts(text, entry)?;
    let is_gone = |part: &Range<usize>| {
        let key = text[part.clone()].split(':').next().unwrap_or_default().trim();
        gone.contains(&key)
    };
    let first = parts.iter().position(is_gone).unwrap_or_default();
    let is_flow = text[entry.range.clone()].split_once(':')?.1.trim_start().starts_with('{');
    let pad = parts.first().map_or(0, |part| {
        let start = text[..part.start].rfind('\n').map_or(0, |newline| newline + 1);
        text[start..].len() - text[start..].trim_start_matches(' ').len()
    });
    let written = |(key, value): &(String, String)| match is_flow {
        true => format!("{key}: {value}"),
        false => format!("{}{key}: {value}\n", " ".repeat(pad)),
    };
    let mut out = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        if index == first {
            out.extend(new.iter().map(written));
        }
        if !is_gone(part) {
            out.push(text[part.clone()].to_owned());
        }
    }
    let (head, tail) = (parts.first()?.start, parts.last()?.end);
    let (before, after) = (&text[entry.range.start..head], &text[tail..entry.range.end]);
    let joined = if is_flow { out.join(", ") } else { out.concat() };
    Some(format!("{before}{joined}{after}"))
}

/// The bytes of each key with its value: lines, or what is between commas. `None` if the entry's
/// value is not a map, or has comments.
fn parts(text: &str, entry: &Entry) -> Option<Vec<Range<usize>>> {
    let whole = &text[entry.range.clone()];
    let colon = entry.range.start + whole.find(':')?;
    let value = text[colon + 1..entry.range.end].trim_start();
    let start = entry.range.end - value.len();
    let mut found = Vec::new();
    if value.starts_with('{') {
        let mut at = start + 1;
        loop {
            at += text[at..].len() - text[at..].trim_start().len();
            let end = flow_end(text, at);
            if end > at {
                found.push(at..end);
            }
            let rest = text[end..].trim_start();
            at = text.len() - rest.len() + 1;
            if !rest.starts_with(',') {
                return Some(found);
            }
        }
    }
    // Without braces, the keys are on lines of their own.
    let line = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    if line <= colon || value.is_empty() {
        return None;
    }
    let mut at = start;
    while at < entry.range.end {
        let next = self::entry(text, at).range;
        found.push(next.clone());
        let gap = text[next.end..entry.range.end].trim_start();
        at = entry.range.end - gap.len();
        if gap.starts_with('#') {
            return None;
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = "\
request:
  one: { type: text, doc: The shop's own, term: \"a, b\" }
  two:
    type: integer
    doc: >-
      Of several
      lines.

  # A comment of the next row.
  three: { doc: It's { } }
types: { A: { doc: One, enum: { x: X., y: { doc: Y } } } }
";

    fn at(key: &str) -> Entry {
        entry(SPEC, SPEC.find(&format!("{key}:")).unwrap_or_default())
    }

    #[test]
    fn an_entry_is_its_lines_without_what_belongs_to_the_next_one() {
        let text = |key| &SPEC[at(key).range];
        assert_eq!(text("one"), "  one: { type: text, doc: The shop's own, term: \"a, b\" }\n");
        assert!(text("two").ends_with("      lines.\n"));
        assert_eq!(text("x"), "x: X.");
        assert_eq!(text("A"), "A: { doc: One, enum: { x: X., y: { doc: Y } } }");
    }

    #[test]
    fn keys_are_replaced_where_they_were() {
        let new = [("type".to_owned(), "boolean".to_owned())];
        let with = |key, gone: &[&str]| with_keys(SPEC, &at(key), gone, &new).unwrap_or_default();
        assert_eq!(
            with("one", &["type"]),
            "  one: { type: boolean, doc: The shop's own, term: \"a, b\" }\n"
        );
        assert!(with("two", &["type"]).starts_with("  two:\n    type: boolean\n    doc: >-\n"));
        assert!(
            with("two", &["unit"]).starts_with("  two:\n    type: boolean\n    type: integer\n")
        );
        assert_eq!(with_keys(SPEC, &at("x"), &[], &new), None);
    }

    #[test]
    fn an_entry_is_removed_with_its_comma() {
        let without = |key: &str| {
            let mut text = SPEC.to_owned();
            text.replace_range(removal(SPEC, &at(key)), "");
            text.lines().last().unwrap_or_default().to_owned()
        };
        assert_eq!(without("x"), "types: { A: { doc: One, enum: { y: { doc: Y } } } }");
        assert_eq!(without("y"), "types: { A: { doc: One, enum: { x: X. } } }");
        assert!(!without("one").contains("shop"));
    }

    #[test]
    fn an_entry_moves_to_another_depth() {
        assert_eq!(
            moved(SPEC, &at("two"), 4),
            "    two:\n      type: integer\n      doc: >-\n        Of several\n        lines.\n"
        );
    }
}
