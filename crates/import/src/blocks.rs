//! Divides lines and grids into tables, samples and text.

use crate::page::{Block, Cell, Item, Line, Table, Unread};
use crate::query::query;
use crate::table;

/// The longest sample, in lines.
const LONGEST_SAMPLE: usize = 20_000;

/// The largest sample, in bytes.
const LARGEST_SAMPLE: usize = 128 << 10;
/// After this many samples without an end, no more samples are searched for, because each such
/// search goes to the end of the page.
const MOST_CUT_SAMPLES: usize = 20;

/// Divides a page into blocks.
pub(crate) fn blocks(items: &[Item], unread: &mut Vec<Unread>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    for item in items {
        match item {
            Item::Line(line) => lines.push(line.clone()),
            Item::Grid(rows) => {
                of_lines(&std::mem::take(&mut lines), &mut blocks, unread);
                let head = rows.iter().take(2).enumerate().find_map(|(index, row)| {
                    let texts: Vec<_> = row.cells.iter().map(|cell| &cell.text).collect();
                    Some((index, table::head(&texts)?))
                });
                if let Some((index, head)) = head {
                    let mut rows = rows[index + 1..].to_vec();
                    rows.retain(|row| !row.cells.is_empty());
                    rows.iter_mut().for_each(|row| row.cells.resize(head.len(), Cell::default()));
                    blocks.push(Block::Table(Table { head, guessed: false, rows }));
                } else {
                    for row in rows.iter().filter(|row| !row.cells.is_empty()) {
                        blocks.push(Block::Text(Line {
                            number: row.line,
                            text: row.text(),
                            heading: false,
                        }));
                    }
                }
            }
        }
    }
    of_lines(&lines, &mut blocks, unread);
    blocks
}

fn of_lines(lines: &[Line], blocks: &mut Vec<Block>, unread: &mut Vec<Unread>) {
    let (mut at, mut cut) = (0, 0);
    while let Some(line) = lines.get(at) {
        let text = line.text.trim();
        if text.is_empty() || text.starts_with("```") {
            at += 1;
        } else if let Some(mut found) = table::read(&lines[at..]) {
            unread.append(&mut found.unread);
            blocks.push(Block::Table(found.table));
            at += found.used;
        } else if let Some((text, used)) = query(&lines[at..]) {
            blocks.push(Block::Sample { line: line.number, text });
            at += used;
        } else if let Some(start) = sample_start(&line.text).filter(|_| cut < MOST_CUT_SAMPLES) {
            let lead = line.text[..start].trim();
            // A lead without letters, such as `1).`, only numbers the samples.
            if lead.chars().any(char::is_alphabetic) {
                blocks.push(Block::Text(Line { text: lead.to_owned(), ..line.clone() }));
            }
            if let Some((text, used)) = sample(&lines[at..], start) {
                if text.len() > LARGEST_SAMPLE {
                    let text = shortened(&text);
                    unread.push(Unread {
                        line: line.number,
                        text,
                        why: "this sample is too large",
                    });
                } else {
                    blocks.push(Block::Sample { line: line.number, text });
                }
                at += used;
            } else {
                cut += 1;
                unread.push(Unread {
                    line: line.number,
                    text: text.to_owned(),
                    why: "this sample is incomplete",
                });
                at += 1;
            }
        } else {
            blocks.push(Block::Text(line.clone()));
            at += 1;
        }
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

/// The byte at which JSON begins in a line, perhaps after a short lead such as `1).` or `Answer:`.
fn sample_start(text: &str) -> Option<usize> {
    let start = text.find(['{', '['])?;
    let lead = text[..start].trim();
    let is_lead = lead.is_empty()
        || (lead.chars().count() <= 16
            && lead.ends_with([')', '.', ':', '：', '、', '）'])
            && !lead.contains('('));
    let rest = text[start + 1..].trim_start();
    let begins = match text.as_bytes()[start] {
        b'{' => rest.is_empty() || rest.starts_with(['"', '\'', '}', '“', '/']),
        _ => rest.is_empty() || rest.starts_with(['"', '{', '[', ']']),
    };
    (is_lead && begins).then_some(start)
}

/// The text of a sample until its brackets close, and the number of its lines. `None` if the
/// brackets do not close.
fn sample(lines: &[Line], start: usize) -> Option<(String, usize)> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let mut text = String::new();
    for (index, line) in lines.iter().take(LONGEST_SAMPLE).enumerate() {
        let own = if index == 0 { &line.text[start..] } else { line.text.as_str() };
        for (at, c) in own.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' => quoted = !quoted,
                '{' | '[' if !quoted => depth += 1,
                '}' | ']' if !quoted => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        text.push_str(&own[..=at]);
                        return Some((text, index + 1));
                    }
                }
                _ => {}
            }
        }
        // No string continues on the next line.
        (quoted, escaped) = (false, false);
        text.push_str(own);
        text.push('\n');
    }
    None
}
