//! Heading rows, and the cells of tables with bars, which end where another heading row begins.

use super::split::{bars, blanks, is_rule, tabs};
use crate::breaks;
use crate::cells::Placed;
use crate::page::{Cell, Line};
use crate::words::{Role, role};

/// How many lines without a bar a cell can have.
const LONGEST_CELL: usize = 12;

/// How many lines a heading row can have.
pub(super) const LONGEST_HEADING: usize = 40;

/// How the cells of a table are written.
pub(super) enum Layout {
    /// Each cell ends with a bar; a row is on one line or several. `inner` says whether bars also
    /// occur inside lines.
    Stream { inner: bool },
    /// One row per line.
    Lines(fn(&str) -> Vec<String>),
    /// One row per line, with cells that begin at the columns of their headings.
    Aligned(Vec<usize>),
    /// One cell per line, without separators.
    Bare,
}

/// What the columns under a heading row hold; `None` if `cells` are not a heading row.
pub(crate) fn head(cells: &[impl AsRef<str>]) -> Option<Vec<Option<Role>>> {
    let roles: Vec<_> = cells.iter().map(|cell| role(cell.as_ref())).collect();
    let known = roles.iter().flatten().count();
    let unknown = roles.len() - known;
    let mut roles = roles;
    one_name(cells, &mut roles);
    // Each table has at least one of these columns.
    let named = roles
        .iter()
        .flatten()
        .any(|role| matches!(role, Role::Name | Role::Code | Role::Environment | Role::Value));
    if known < 2 || unknown > known.div_ceil(3) || !named {
        return None;
    }
    let typed = |role: &Role| matches!(role, Role::Type | Role::Required);
    let has_name = roles.contains(&Some(Role::Name));
    if !has_name && roles.iter().flatten().any(typed) {
        // In this table of fields, the column `code` or `value` contains the names of the fields.
        let place = roles.iter().position(|role| matches!(role, Some(Role::Code | Role::Value)))?;
        roles[place] = Some(Role::Name);
    }
    if !has_name && roles.contains(&Some(Role::Code)) || roles.contains(&Some(Role::Value)) {
        for role in &mut roles {
            if *role == Some(Role::Doc) && !has_name {
                *role = Some(Role::Message);
                break;
            }
        }
    }
    Some(roles)
}

/// Of two columns of names, such as 字段名 and 变量名, one has names for people.
fn one_name(cells: &[impl AsRef<str>], roles: &mut [Option<Role>]) {
    const OF_PROGRAMS: &[&str] = &["变量", "英文", "代码", "标识", "键", "key", "variable"];
    let names: Vec<_> = (0..roles.len()).filter(|at| roles[*at] == Some(Role::Name)).collect();
    if names.len() < 2 {
        return;
    }
    let is_of_programs = |at: &usize| {
        let cell = cells[*at].as_ref().to_lowercase();
        OF_PROGRAMS.iter().any(|word| cell.contains(word))
    };
    let chosen = names.iter().copied().find(is_of_programs).unwrap_or(names[0]);
    for at in names.into_iter().filter(|at| *at != chosen) {
        roles[at] = Some(Role::Doc);
    }
}

/// The heading row at the first line, its layout, and how many lines it has.
pub(super) fn heading(lines: &[Line]) -> Option<(Vec<Option<Role>>, Layout, usize)> {
    let text = lines.first()?.text.as_str();
    // Returns early for most lines, which have no heading cell at all.
    let mut cells = text.split(['|', '\t']).flat_map(|cell| cell.split("  "));
    if !cells.any(|cell| role(cell).is_some()) {
        return None;
    }
    if text.contains('|') {
        let cells = bars(text);
        if cells.len() > 1
            && let Some(roles) = head(&cells)
        {
            let text = text.trim();
            let rule = lines.get(1).is_some_and(|line| is_rule(&line.text));
            let is_stream = !text.starts_with('|') && text.ends_with('|');
            let layout =
                if is_stream { Layout::Stream { inner: true } } else { Layout::Lines(bars) };
            return Some((roles, layout, 1 + usize::from(rule)));
        }
        let mut taken = Vec::new();
        let (placed, _) = stream(lines, &[], false);
        for Placed { cell, line } in placed {
            if role(&cell.text).is_none() {
                break;
            }
            taken.push((cell.text, line));
        }
        let texts: Vec<_> = taken.iter().map(|(text, _)| text.as_str()).collect();
        let roles = head(&texts)?;
        // The heading row ends with the line that has its last bar.
        let mut bars = 0;
        let end = lines.iter().position(|line| {
            bars += usize::from(line.text.trim_end().ends_with('|'));
            bars == roles.len()
        })?;
        return Some((roles, Layout::Stream { inner: false }, end + 1));
    }
    if text.contains('\t') {
        let roles = head(&tabs(text))?;
        return Some((roles, Layout::Lines(tabs), 1));
    }
    let starts = blanks(text);
    if starts.len() > 1 {
        let cells: Vec<_> = starts.iter().map(|(_, cell)| cell.as_str()).collect();
        if let Some(roles) = head(&cells) {
            let starts = starts.iter().map(|(start, _)| *start).collect();
            return Some((roles, Layout::Aligned(starts), 1));
        }
    }
    // The heading of a section, such as `Endpoints:`, is not a cell.
    let is_cell = |text: &&str| role(text).is_some() && !text.contains(['|', ':', '：']);
    let words: Vec<_> =
        lines.iter().take(9).map(|line| line.text.trim()).take_while(is_cell).collect();
    let roles = head(&words)?;
    let is_code = roles.contains(&Some(Role::Code));
    (roles.len() > 2 || is_code).then_some((roles, Layout::Bare, words.len()))
}

/// Whether a line begins a table.
pub(super) fn begins(lines: &[Line]) -> bool {
    heading(&lines[..lines.len().min(LONGEST_HEADING)]).is_some()
}

/// Reads cells that end with a bar until the table ends. Returns them and the number of lines.
pub(super) fn stream(lines: &[Line], head: &[Option<Role>], inner: bool) -> (Vec<Placed>, usize) {
    let (mut cells, mut used, mut pending) = (Vec::new(), 0, None::<Placed>);
    for (index, line) in lines.iter().enumerate() {
        let text = line.text.trim_end();
        if is_rule(text) && text.contains('|') && text.contains("--") {
            used = index + 1;
            continue;
        }
        let boundary = pending.is_none() && (head.is_empty() || cells.len() % head.len() == 0);
        if !head.is_empty() && pending.is_none() && begins(&lines[index..]) {
            break;
        }
        if !text.contains('|') && !text.trim().is_empty() {
            let ahead = lines[index..].iter().take(if boundary { 2 } else { LONGEST_CELL });
            let mut ahead = ahead.take_while(|line| !breaks::is_break(line));
            let is_row = |text: &str| {
                if boundary { text.trim_start().starts_with('|') } else { text.contains('|') }
            };
            if !ahead.any(|line| is_row(&line.text)) {
                break;
            }
        }
        let parts: Vec<&str> = if inner {
            text.split('|').collect()
        } else {
            text.strip_suffix('|').map_or(vec![text], |cell| vec![cell, ""])
        };
        for (place, part) in parts.iter().enumerate() {
            let placed =
                pending.get_or_insert_with(|| Placed { line: line.number, cell: Cell::default() });
            if !part.trim().is_empty() {
                let space = if placed.cell.text.is_empty() { "" } else { " " };
                placed.cell.text.push_str(space);
                placed.cell.text.push_str(part);
            }
            if place + 1 < parts.len()
                && let Some(placed) = pending.take()
            {
                cells.push(Placed { cell: Cell::new(&placed.cell.text), ..placed });
                used = index + 1;
            } else if pending.as_ref().is_some_and(|placed| placed.cell.text.is_empty()) {
                pending = None;
            }
        }
    }
    (cells, used)
}
