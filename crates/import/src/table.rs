//! Tables in text. Their cells end with bars, as in Markdown, are separated by tabs or blanks, or
//! are on lines of their own.

mod heading;
mod split;

pub(crate) use heading::head;

use crate::breaks;
use crate::cells::{self, Placed, is_code, is_name};
use crate::page::{Cell, Line, Row, Table, Unread};
use crate::words::Role;
use heading::{LONGEST_HEADING, Layout, begins, heading, stream};
use split::{blanks, is_rule};

/// A table that begins at the first of the lines, and how many lines it has.
pub(crate) struct Found {
    pub(crate) table: Table,
    pub(crate) used: usize,
    pub(crate) unread: Vec<Unread>,
}

/// Reads the table whose heading row is the first line.
pub(crate) fn read(lines: &[Line]) -> Option<Found> {
    let (head, layout, from) = heading(&lines[..lines.len().min(LONGEST_HEADING)])?;
    let mut unread = Vec::new();
    let (rows, used) = match layout {
        Layout::Stream { inner } => {
            let (placed, used) = stream(&lines[from..], &head, inner);
            (cells::rows(&head, &placed, &mut unread), used)
        }
        Layout::Lines(split) => by_line(&lines[from..], &head, split),
        Layout::Aligned(starts) => aligned(&lines[from..], &head, &starts),
        Layout::Bare => bare(&lines[from..], &head),
    };
    Some(Found { table: Table { head, guessed: false, rows }, used: from + used, unread })
}

/// Reads rows of one line each. A line without a separator continues the cell before it.
fn by_line(
    lines: &[Line],
    head: &[Option<Role>],
    split: fn(&str) -> Vec<String>,
) -> (Vec<Row>, usize) {
    let mut rows: Vec<Row> = Vec::new();
    let mut used = 0;
    for (index, line) in lines.iter().enumerate() {
        if is_rule(&line.text) && !line.text.trim().is_empty() {
            used = index + 1;
            continue;
        }
        let cells = split(&line.text);
        if cells.len() < 2 {
            let more = lines
                .get(index + 1)
                .is_some_and(|next| split(&next.text).len() > 1 && !begins(&lines[index + 1..]));
            let is_text = !line.text.trim().is_empty() && !breaks::is_break(line);
            let Some(last) = rows.last_mut().filter(|_| more && is_text) else { break };
            if let Some(cell) = last.cells.iter_mut().rev().find(|cell| !cell.text.is_empty()) {
                cell.text = format!("{} {}", cell.text, line.text.trim());
            }
            continue;
        }
        if begins(&lines[index..]) {
            break;
        }
        let placed: Vec<_> =
            cells.iter().map(|cell| Placed { line: line.number, cell: Cell::new(cell) }).collect();
        rows.push(cells::row(head.len(), &placed));
        used = index + 1;
    }
    (rows, used)
}

/// Reads rows of one line each, with cells that begin below their headings, at the columns
/// `starts`.
fn aligned(lines: &[Line], head: &[Option<Role>], starts: &[usize]) -> (Vec<Row>, usize) {
    let mut rows = Vec::new();
    for line in lines {
        let cells = blanks(&line.text);
        if cells.len() < 2 || breaks::is_break(line) {
            if is_rule(&line.text) && !line.text.trim().is_empty() && rows.is_empty() {
                continue;
            }
            break;
        }
        let column = |start: usize| starts.iter().rposition(|one| *one <= start).unwrap_or(0);
        let places: Vec<_> = cells.iter().map(|(start, _)| column(*start)).collect();
        let fits = places.windows(2).all(|pair| pair[0] < pair[1]);
        let mut own = vec![Cell::default(); head.len()];
        for (index, (start, text)) in cells.iter().enumerate() {
            let place = if fits { places[index] } else { index.min(head.len() - 1) };
            let indent = if index == 0 { *start } else { 0 };
            let cell = Cell::new(text);
            own[place] = Cell { indent: indent + cell.indent, text: cell.text };
        }
        rows.push(Row { line: line.number, cells: own });
    }
    let used = rows.last().map_or(0, |row| {
        lines.iter().position(|line| line.number == row.line).map_or(0, |at| at + 1)
    });
    (rows, used)
}

/// Reads rows with one cell per line.
fn bare(lines: &[Line], head: &[Option<Role>]) -> (Vec<Row>, usize) {
    let (mut rows, mut used) = (Vec::new(), 0);
    while let Some(own) = lines.get(used..used + head.len()) {
        let placed: Vec<_> = own
            .iter()
            .map(|line| Placed { line: line.number, cell: Cell::new(&line.text) })
            .collect();
        let names = head.iter().zip(&placed).all(|(role, placed)| match role {
            Some(Role::Name) => is_name(&placed.cell.text),
            Some(Role::Code) => is_code(&placed.cell.text),
            _ => true,
        });
        if !names
            || breaks::is_break(&own[0])
            || cells::rows(head, &placed, &mut Vec::new()).len() != 1
        {
            break;
        }
        rows.push(cells::row(head.len(), &placed));
        used += head.len();
    }
    (rows, used)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let lines: Vec<_> = text
            .lines()
            .enumerate()
            .map(|(index, text)| Line { number: index + 1, text: text.to_owned(), heading: false })
            .collect();
        let Some(found) = read(&lines) else { return Vec::new() };
        let rows = found.table.rows.iter().map(|row| format!("{}: {}", row.line, row.text()));
        let rest = lines[found.used..].iter().map(|line| format!("rest: {}", line.text));
        rows.chain(rest).collect()
    }

    #[test]
    fn one_table_in_all_layouts() {
        for (layout, text) in [
            (
                "a cell a line",
                "名称 |\n类型 |\n说明 |\nid |\nlong |\n编号|\nto\n|\nstring |\n去向 \"|\" |\n返回示例\n{}",
            ),
            (
                "Markdown",
                "| 名称 | 类型 | 说明 |\n|---|---|---|\n| id | long | 编号 |\n| to | string | 去向 \"\\|\" |\n返回示例\n{}",
            ),
            (
                "Markdown that was copied",
                "名称 | 类型 | 说明 |\n---|---|---|\nid\n|\nlong | 编号 |\nto | string | 去向 \"\n\" |\n返回示例\n{}",
            ),
            ("tabs", "名称\t类型\t说明\nid\tlong\t编号\nto\tstring\t去向 \"|\"\n返回示例\n{}"),
            (
                "blanks",
                "名称    类型    说明\nid      long    编号\nto      string  去向 \"|\"\n返回示例\n{}",
            ),
            ("bare", "名称\n类型\n说明\nid\nlong\n编号\nto\nstring\n去向 \"|\"\n返回示例\n{}"),
        ] {
            let rows: Vec<_> = shown(text)
                .iter()
                .map(|row| {
                    row.split_once(": ").map_or("", |(_, text)| text).replace("\" \"", "\"|\"")
                })
                .collect();
            assert_eq!(
                rows,
                ["id | long | 编号", "to | string | 去向 \"|\"", "返回示例", "{}"],
                "{layout}"
            );
        }
    }

    #[test]
    fn a_table_ends_where_another_begins() {
        let rows = shown(
            "名称 | 类型 | 必填 | 说明 |\nid | long | 是 | 编号 |\nby | string | 否 |\n名称 | 类型 |\nx | int |",
        );
        assert_eq!(
            rows,
            [
                "2: id | long | 是 | 编号",
                "3: by | string | 否 | ",
                "rest: 名称 | 类型 |",
                "rest: x | int |"
            ]
        );
    }
}
