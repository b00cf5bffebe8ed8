//! What `build` and `check` share: the levels of lints.

use clap::Args;
use gatespec_language::diagnostic::{Level, Levels, Sink};

#[derive(Debug, Clone, Default, Args)]
pub(super) struct Reporting {
    /// Do not report this lint, or `warnings`; can be repeated
    #[arg(long, value_name = "ID", value_parser = |name: &str| lint(name, Level::Allow))]
    allow: Vec<String>,
    /// Report this lint as a warning; can be repeated
    #[arg(long, value_name = "ID", value_parser = |name: &str| lint(name, Level::Warn))]
    warn: Vec<String>,
    /// Fail on this lint, or on all `warnings`; can be repeated
    #[arg(long, value_name = "ID", value_parser = |name: &str| lint(name, Level::Deny))]
    deny: Vec<String>,
}

fn lint(name: &str, level: Level) -> Result<String, String> {
    let known = Levels::default().set(name, level);
    known.map(|()| name.to_owned()).map_err(|error| error.to_string())
}

impl Reporting {
    /// A sink with the levels of the command line; where a lint has several, the strictest counts.
    pub(super) fn sink(&self) -> Sink {
        let mut levels = Levels::default();
        let given =
            [(&self.allow, Level::Allow), (&self.warn, Level::Warn), (&self.deny, Level::Deny)];
        for (names, level) in given {
            for name in names {
                // Clap has refused names that are not known.
                let _ = levels.set(name, level);
            }
        }
        Sink::with_levels(levels)
    }
}
