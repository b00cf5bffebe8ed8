//! Divides the cells of a table into rows, although pages leave out cells and copying breaks lines.

use crate::page::{Cell, Row, Unread, is_blank};
use crate::spelling;
use crate::words::{NO, Role, SOMETIMES, YES, is_one_of};

/// A cell with its line.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) line: usize,
    pub(crate) cell: Cell,
}

/// Whether a text can be the name of a parameter or member.
pub(crate) fn is_name(text: &str) -> bool {
    let text = text.trim_matches(['`', '*', '"']);
    let text = text.strip_prefix('$').unwrap_or(text);
    !text.is_empty()
        && text.len() <= 100
        && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-.[]$@:/>".contains(c))
}

/// Whether a text can be an error code.
pub(crate) fn is_code(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 80
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-.*".contains(c))
        && text.chars().any(char::is_alphanumeric)
}

/// Whether a cell fits its column.
fn fits(role: Option<Role>, cell: &Cell) -> bool {
    let text = &cell.text;
    match role {
        Some(Role::Name) => is_name(text),
        Some(Role::Code) => is_code(text),
        Some(Role::Environment) => !is_blank(text),
        Some(Role::Type) => is_blank(text) || spelling::is_type(text),
        Some(Role::Required | Role::Optional) => {
            is_blank(text)
                || is_one_of(text, YES)
                || is_one_of(text, NO)
                || is_one_of(text, SOMETIMES)
        }
        Some(Role::Length) => text.len() <= 20,
        _ => true,
    }
}

/// Whether `cells` can be a row of the table; its last cells may be missing.
fn is_row(head: &[Option<Role>], cells: &[Placed]) -> bool {
    head.iter().zip(cells).all(|(role, placed)| fits(*role, &placed.cell))
}

/// The maximum number of cells outside rows that are reported one by one. Further cells are only
/// counted.
const MOST_UNREAD: usize = 200;

/// Divides cells into rows. A row may lack its last cells or have up to two too many. Cells that
/// fit no row are reported in `unread`.
pub(crate) fn rows(head: &[Option<Role>], cells: &[Placed], unread: &mut Vec<Unread>) -> Vec<Row> {
    let (width, mut rows, mut rest) = (head.len(), Vec::new(), cells);
    while let Some(first) = rest.first() {
        let takes = |count: usize| {
            let (own, next) = (rest.get(..count)?, rest.get(count..)?);
            let begins = next.is_empty() || is_row(head, &next[..next.len().min(width)]);
            (is_row(head, &own[..count.min(width)]) && begins).then_some(count)
        };
        // Tries a whole row, then a row that lacks its last cells, then a longer one. Takes the
        // first one that another row follows. If there is none, takes a whole row without looking
        // at what follows.
        let whole = takes(width);
        let shorter = || (2..width).rev().find_map(takes);
        let longer = || (width + 1..=width + 2).find_map(takes);
        let alone = || (rest.len() >= width && is_row(head, &rest[..width])).then_some(width);
        let Some(count) = whole.or_else(shorter).or_else(longer).or_else(alone) else {
            if unread.len() >= MOST_UNREAD {
                let text = format!("{} cells more", rest.len());
                unread.push(Unread {
                    line: first.line,
                    text,
                    why: "these cells do not fit any row of their table",
                });
                break;
            }
            unread.push(Unread {
                line: first.line,
                text: first.cell.text.clone(),
                why: "this cell does not fit any row of its table",
            });
            rest = &rest[1..];
            continue;
        };
        rows.push(row(width, &rest[..count]));
        rest = &rest[count..];
    }
    rows
}

/// A row with exactly as many cells as the table has columns: surplus cells join the last one.
pub(crate) fn row(width: usize, cells: &[Placed]) -> Row {
    let line = cells.first().map_or(0, |placed| placed.line);
    let mut own: Vec<Cell> = cells.iter().map(|placed| placed.cell.clone()).collect();
    let surplus = own.split_off(own.len().min(width));
    if let Some(last) = own.last_mut() {
        for cell in surplus.iter().filter(|cell| !is_blank(&cell.text)) {
            last.text = format!("{} {}", last.text, cell.text).trim().to_owned();
        }
    }
    own.resize(width, Cell::default());
    Row { line, cells: own }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_again_after_a_missing_cell() {
        let head = [
            Some(Role::Name),
            Some(Role::Type),
            Some(Role::Required),
            Some(Role::Doc),
            Some(Role::Example),
        ];
        let cells = [
            "id", "long", "是", "编号", "7", "to", "string", "否", "去向", "by", "string", "是",
            "", "x",
        ];
        let cells: Vec<_> = cells
            .iter()
            .enumerate()
            .map(|(line, text)| Placed { line, cell: Cell::new(text) })
            .collect();
        let mut unread = Vec::new();
        let rows = rows(&head, &cells, &mut unread);
        let rows: Vec<_> = rows.iter().map(|row| (row.line, row.text())).collect();
        assert_eq!(
            rows,
            [
                (0, "id | long | 是 | 编号 | 7".to_owned()),
                (5, "to | string | 否 | 去向 | ".to_owned()),
                (9, "by | string | 是 |  | x".to_owned()),
            ]
        );
        assert_eq!(unread, []);
    }
}
