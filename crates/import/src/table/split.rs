//! Splits lines of a table into cells.

use unicode_width::UnicodeWidthStr as _;

/// The cells of a row with bars.
pub(super) fn bars(text: &str) -> Vec<String> {
    let text = text.trim_end();
    let text = text.trim_start().strip_prefix('|').unwrap_or(text);
    let text = text.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(text);
    let text = text.replace("\\|", "\u{1}");
    text.split('|').map(|cell| cell.replace('\u{1}', "|").replace("<br>", " ")).collect()
}

pub(super) fn tabs(text: &str) -> Vec<String> {
    // Tabs before the first cell indent it.
    let body = text.trim_start_matches('\t');
    let indent = " ".repeat(text.len() - body.len());
    let mut cells: Vec<_> = body.split('\t').map(str::to_owned).collect();
    if let Some(first) = cells.first_mut() {
        *first = format!("{indent}{first}");
    }
    cells
}

/// The cells of a line, separated by two blanks or more, each with its column on a terminal.
pub(super) fn blanks(text: &str) -> Vec<(usize, String)> {
    let (mut cells, mut column, mut gap): (Vec<(usize, String)>, usize, usize) = (Vec::new(), 0, 2);
    for c in text.chars() {
        let width = c.encode_utf8(&mut [0; 4]).width();
        match c {
            ' ' | '\u{a0}' => gap += 1,
            '\u{3000}' => gap += 2,
            _ => {
                match cells.last_mut() {
                    Some((_, cell)) if gap < 2 => {
                        if gap == 1 {
                            cell.push(' ');
                        }
                        cell.push(c);
                    }
                    _ => cells.push((column, c.to_string())),
                }
                gap = 0;
            }
        }
        column += width;
    }
    cells
}

/// Whether a line is the rule of dashes under a heading row.
pub(super) fn is_rule(text: &str) -> bool {
    text.contains('-')
        && text.chars().all(|c| matches!(c, '-' | '|' | ':' | ' ' | '+' | '=' | '\t'))
}
