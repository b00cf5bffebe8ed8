//! The levels of lints, as set on the command line, in `gatespec.toml` and in a spec.

use super::rules::{self, Rule, Severity};
use std::collections::BTreeMap;
use std::fmt;

/// The level of a lint. Errors have no level: they are always reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported as a warning.
    Warn,
    /// Reported as an error.
    Deny,
}

impl Level {
    /// Every level with its name.
    pub const ALL: [(&'static str, Level); 3] =
        [("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny)];

    /// The severity of a diagnostic at this level; `None` if it is not reported.
    pub(super) fn severity(self) -> Option<Severity> {
        match self {
            Level::Allow => None,
            Level::Warn => Some(Severity::Warning),
            Level::Deny => Some(Severity::Error),
        }
    }
}

/// The name that stands for all warnings when a level is set.
pub const WARNINGS: &str = "warnings";

/// The levels that differ from the defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    lints: BTreeMap<&'static str, Level>,
    warnings: Option<Level>,
}

impl Levels {
    /// Sets the level of a lint, or of all [`WARNINGS`]. A later call replaces an earlier one.
    ///
    /// # Errors
    ///
    /// When there is no such rule, or when the rule is an error, which can have no lower level.
    pub fn set(&mut self, name: &str, level: Level) -> Result<(), LevelError> {
        if name == WARNINGS {
            self.warnings = Some(level);
            return Ok(());
        }
        let rule = adjustable(name, level)?;
        self.lints.insert(rule.id, level);
        Ok(())
    }

    /// The severity of a diagnostic; `None` if it is not reported. `in_spec` is the level set in
    /// the spec, `usual` the severity without levels.
    pub(super) fn severity(
        &self,
        rule: &Rule,
        usual: Severity,
        in_spec: Option<Level>,
    ) -> Option<Severity> {
        if usual == Severity::Error {
            return Some(Severity::Error);
        }
        let own = in_spec.or_else(|| self.lints.get(rule.id).copied());
        let severity = own.map_or(Some(usual), Level::severity);
        match (severity, self.warnings) {
            (Some(Severity::Warning), Some(level)) => level.severity(),
            _ => severity,
        }
    }
}

/// The rule with this name, if this level can be set for it.
pub(crate) fn adjustable(name: &str, level: Level) -> Result<&'static Rule, LevelError> {
    let Some(rule) = rules::find(name) else { return Err(LevelError::Unknown(name.to_owned())) };
    if !rule.has_level() && level != Level::Deny {
        return Err(LevelError::Fixed(rule.id));
    }
    Ok(rule)
}

/// The reason why a level cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LevelError {
    /// There is no rule of this name.
    Unknown(String),
    /// The rule of this name is always an error.
    Fixed(&'static str),
}

impl fmt::Display for LevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LevelError::Unknown(name) => {
                write!(f, "there is no rule `{name}`")?;
                let known = rules::ALL.iter().map(|rule| rule.id).chain([WARNINGS]);
                match crate::suggest::closest(name, known) {
                    Some(near) => write!(f, "; did you mean `{near}`?"),
                    None => Ok(()),
                }
            }
            LevelError::Fixed(id) => {
                write!(f, "`{id}` is always an error: only warnings and notes have levels")
            }
        }
    }
}

impl std::error::Error for LevelError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_statement_decides() {
        let mut levels = Levels::default();
        let lint = rules::MISSING_DOC;
        assert_eq!(levels.severity(lint, lint.severity, None), Some(Severity::Warning));
        levels.set(WARNINGS, Level::Deny).unwrap();
        assert_eq!(levels.severity(lint, lint.severity, None), Some(Severity::Error));
        assert_eq!(
            levels.severity(rules::UNSIGNED, rules::UNSIGNED.severity, None),
            Some(Severity::Note)
        );
        levels.set("missing_doc", Level::Allow).unwrap();
        assert_eq!(levels.severity(lint, lint.severity, None), None);
        assert_eq!(levels.severity(lint, lint.severity, Some(Level::Deny)), Some(Severity::Error));
        assert_eq!(
            levels.severity(rules::YAML, rules::YAML.severity, Some(Level::Allow)),
            Some(Severity::Error)
        );
    }

    #[test]
    fn an_error_stays_one_and_a_name_must_be_known() {
        let mut levels = Levels::default();
        assert_eq!(levels.set("yaml", Level::Warn), Err(LevelError::Fixed("yaml")));
        assert_eq!(levels.set("yaml", Level::Deny), Ok(()));
        let said = levels.set("missing_docs", Level::Deny).unwrap_err().to_string();
        assert_eq!(said, "there is no rule `missing_docs`; did you mean `missing_doc`?");
    }
}
