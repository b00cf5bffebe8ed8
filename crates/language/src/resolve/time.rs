//! Reads time formats, and checks them with the code by which the runtime writes times.

use super::read::text;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::keep;
use crate::source::SourceSpan;
use crate::syntax::Node;
use gatespec_protocol::TimeFormat;
use std::cell::Cell;

/// The time zone of times that do not state one.
#[derive(Default)]
pub(super) struct TimeZone {
    /// The offset in seconds east of UTC; `None` if the platform states no time zone.
    pub(super) given: Option<i32>,
    /// The span of the first time that needs the time zone.
    needed: Cell<Option<SourceSpan>>,
}

impl TimeZone {
    pub(super) fn new(given: Option<i32>) -> Self {
        Self { given, needed: Cell::new(None) }
    }

    /// The time zone of the time at `span`, which has this format.
    pub(super) fn of(&self, format: &str, span: SourceSpan) -> i32 {
        let says_all = format.starts_with("unix_") || is_whole_day(format) || has_offset(format);
        if !says_all && self.needed.get().is_none() {
            self.needed.set(Some(span));
        }
        self.given.unwrap_or(0)
    }

    /// If the time zone is missing, the span of a time that needs it.
    pub(super) fn missing(&self) -> Option<SourceSpan> {
        self.needed.get().filter(|_| self.given.is_none())
    }
}

/// The parts of a format outside quotes.
fn letters(format: &str) -> impl Iterator<Item = &str> {
    format.split('\'').step_by(2)
}

fn has_offset(format: &str) -> bool {
    letters(format).any(|part| part.contains(['X', 'Z']))
}

fn is_whole_day(format: &str) -> bool {
    !letters(format).any(|part| part.contains(['H', 's', 'S']))
}

/// Reads a time format. An invalid format is reported and returned all the same.
pub(super) fn time_format(node: &Node, sink: &mut Sink) -> Option<&'static str> {
    let format = text(node, sink)?;
    if let Some(problem) = TimeFormat::named(format, 0).problem() {
        let mut diagnostic = Diagnostic::at(rules::TIME_FORMAT, node.span, problem);
        let usual = format.replace("YYYY", "yyyy").replace("DD", "dd").replace("hh", "HH");
        if usual != format && TimeFormat::named(&usual, 0).problem().is_none() {
            diagnostic = diagnostic.help(format!("did you mean `{usual}`?"));
        }
        sink.report(diagnostic);
    } else if let Some(usual) = minutes_for_months(format) {
        let message = "`mm` means minutes, but here it is in the place of the month";
        sink.report(
            Diagnostic::at(rules::TIME_FORMAT, node.span, message)
                .help(format!("the month is `MM`: did you mean `{usual}`?")),
        );
    }
    Some(keep::text(format))
}

/// If a format has minutes where months belong, the corrected format.
fn minutes_for_months(format: &str) -> Option<String> {
    let after_years = format.find("yyyy")? + "yyyy".len();
    let date = &format[after_years..];
    let end = date.find('d')?;
    let (months, rest) = date.split_at(end);
    let is_swapped = months.contains("mm") && !months.contains("MM");
    let rest = rest.replace("MM", "mm");
    is_swapped.then(|| format!("{}{}{rest}", &format[..after_years], months.replace("mm", "MM")))
}

#[cfg(test)]
mod tests {
    use super::minutes_for_months;

    #[test]
    fn minutes_between_years_and_days_are_months() {
        let usual = |format| minutes_for_months(format);
        assert_eq!(usual("yyyymmddHHMMss").as_deref(), Some("yyyyMMddHHmmss"));
        assert_eq!(usual("yyyy-mm-dd").as_deref(), Some("yyyy-MM-dd"));
        assert_eq!(usual("yyyy-MM-dd HH:mm:ss"), None);
        assert_eq!(usual("HH:mm dd.MM.yyyy"), None);
    }
}
