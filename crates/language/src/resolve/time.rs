//! Time formats: the runtime that will write them says what is wrong with one.

use super::read::text;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::keep;
use crate::syntax::Node;
use gatespec_protocol::TimeFormat;

/// A format that can be written.
pub(super) fn time_format(node: &Node, sink: &mut Sink) -> Option<&'static str> {
    let format = text(node, sink)?;
    if let Some(problem) = TimeFormat::named(format, 0).problem() {
        let mut diagnostic = Diagnostic::at(rules::TIME_FORMAT, node.span, problem);
        let usual = format.replace("YYYY", "yyyy").replace("DD", "dd").replace("hh", "HH");
        if usual != format && TimeFormat::named(&usual, 0).problem().is_none() {
            diagnostic = diagnostic.help(format!("did you mean `{usual}`?"));
        }
        sink.report(diagnostic);
    }
    Some(keep::text(format))
}
