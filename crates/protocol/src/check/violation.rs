//! A violation of a rule.

use std::fmt;

/// A violation of a rule. The message contains the limits of the rule. It quotes a value of the
/// request only if the value is an unlisted value of an enumeration, and is not sensitive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    kind: &'static str,
    path: String,
    name: String,
    message: String,
}

impl Violation {
    pub(super) fn new(kind: &'static str, path: String, name: &str, message: String) -> Violation {
        Violation { kind, path, name: name.to_owned(), message }
    }

    /// The rule's id, which consists of its kind and the wire names, such as
    /// `span:start_time,end_time`.
    pub fn rule(&self) -> String {
        format!("{}:{}", self.kind, self.name)
    }

    /// The kind of rule: `required`, `enumeration`, `length`, `range`, `pattern`, `items`,
    /// `scale`, `delimiter`, `not_after`, `span` or `at_least_one`.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The path of the field, such as `deliveryList[2].goodsLists[0].goodsType`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The wire name of the field. If the rule is about several fields, the wire names of all of
    /// them, joined by commas.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is wrong, without the path and the rule.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Whether the violated rule matches `rule`, which is either a rule's id or a kind of rule.
    pub fn is_of(&self, rule: &str) -> bool {
        match rule.split_once(':') {
            Some((kind, name)) => self.kind == kind && self.name == name,
            None => self.kind == rule,
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // If the rule is about several fields, the message contains their names, so the path ends
        // at their record.
        let shown = match self.path.strip_suffix(&self.name) {
            Some(outer) if self.name.contains(',') => outer.trim_end_matches('.'),
            _ => &self.path,
        };
        if !shown.is_empty() {
            write!(f, "`{shown}` ")?;
        }
        write!(f, "{} (rule {}:{})", self.message, self.kind, self.name)
    }
}

/// The path to a record, as a linked list on the stack. It is rendered only if there is a
/// violation.
#[derive(Debug, Clone, Copy)]
pub(super) enum Path<'p> {
    Root,
    Member { outer: &'p Path<'p>, name: &'p str },
    Item { outer: &'p Path<'p>, name: &'p str, index: usize },
}

impl Path<'_> {
    /// Renders the path of a field in this record, or of an item of the field.
    pub(super) fn render(&self, name: &str, index: Option<usize>) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out.push_str(name);
        if let Some(index) = index {
            out.push_str(&format!("[{index}]"));
        }
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Path::Root => {}
            Path::Member { outer, name } => {
                outer.write(out);
                out.push_str(&format!("{name}."));
            }
            Path::Item { outer, name, index } => {
                outer.write(out);
                out.push_str(&format!("{name}[{index}]."));
            }
        }
    }
}
