//! The specs, for commands that use them without checking them.

use super::stop::Stop;
use super::terminal;
use gatespec_language::diagnostic::Sink;
use gatespec_language::model::{Model, Platform};
use gatespec_language::source::{self, SourceMap};
use gatespec_language::{Usable, Wrong, analyse_each};
use std::path::Path;

/// The folder of specs that is used unless an option names another one.
pub(super) const FOLDER: &str = "specs";

/// The usable specs. Errors in one platform do not affect the others.
pub(super) struct Specs {
    sources: SourceMap,
    pub(super) model: Model,
    wrong: Vec<Wrong>,
    /// Whether the folder exists and has no specs, which has been reported.
    pub(super) is_empty: bool,
}

impl Specs {
    /// Reads the specs in `folder` or, without `folder`, in the folder `specs`. If there are no
    /// specs, reads the specs of the platforms that ship with the command. Otherwise, adds the
    /// shipped platform `wanted` if the folder does not contain it.
    pub(super) fn load(folder: Option<&Path>, wanted: Option<&str>) -> Result<Specs, Stop> {
        Specs::with(folder, |shipped| wanted == Some(shipped))
    }

    /// The same as [`Specs::load`], but adds all platforms that ship with the command.
    pub(super) fn all(folder: Option<&Path>) -> Result<Specs, Stop> {
        Specs::with(folder, |_| true)
    }

    fn with(folder: Option<&Path>, wanted: impl Fn(&str) -> bool) -> Result<Specs, Stop> {
        let mut sink = Sink::default();
        let sources = match folder {
            Some(folder) if !folder.exists() => {
                let folder = folder.display();
                return Err(Stop::Failed(vec![format!("there is no folder {folder} here")]));
            }
            Some(folder) => source::load(folder, &mut sink),
            None if Path::new(FOLDER).is_dir() => source::load(Path::new(FOLDER), &mut sink),
            None => SourceMap::default(),
        };
        let (unread, has_none) = (sink.has_errors(), sources.iter().next().is_none());
        let (alone, is_empty) = (has_none && !unread, has_none && unread);
        let shipped = gatespec_specs::ALL.iter().filter(|spec| alone || wanted(spec.platform));
        let sources = sources.with_carried(&shipped.copied().collect::<Vec<_>>());
        if unread {
            terminal::diagnostics(&sources, &sink.into_sorted());
        }
        let Usable { model, wrong } = analyse_each(&sources);
        let specs = Specs { sources, model, wrong, is_empty };
        if specs.model.platforms.is_empty() && (unread || !specs.wrong.is_empty()) {
            specs.wrong.iter().for_each(|wrong| specs.say(wrong));
            return Err(Stop::Specs);
        }
        Ok(specs)
    }

    /// Returns the platform with this name. Reports the errors in its specs, and fails if the
    /// platform cannot be used.
    pub(super) fn platform(&self, name: &str) -> Result<&Platform, Stop> {
        self.judge(name)?;
        let found = self.model.platforms.iter().find(|platform| platform.id == name);
        found.ok_or_else(|| {
            let known = self.model.platforms.iter().map(|platform| platform.id.as_str());
            let broken = self.wrong.iter().map(|wrong| wrong.platform.as_str());
            Stop::unknown("platform", name, known.chain(broken))
        })
    }

    /// Reports the errors of a platform that is about to be used. Fails if the platform cannot be
    /// used.
    pub(super) fn judge(&self, name: &str) -> Result<(), Stop> {
        let Some(wrong) = self.wrong.iter().find(|wrong| wrong.platform == name) else {
            return Ok(());
        };
        self.say(wrong);
        if self.model.platforms.iter().all(|platform| platform.id != name) {
            return Err(Stop::Specs);
        }
        terminal::note(&format!(
            "the specs of `{name}` have mistakes; only the valid parts are used"
        ));
        Ok(())
    }

    /// Reports all errors in the specs, and fails if there are any or if there are no specs.
    pub(super) fn whole(self) -> Result<Specs, Stop> {
        self.wrong.iter().for_each(|wrong| self.say(wrong));
        if self.is_empty || !self.wrong.is_empty() { Err(Stop::Specs) } else { Ok(self) }
    }

    /// Returns a note that lists the platforms whose specs cannot be used, if there are any.
    pub(super) fn left_out(&self) -> Option<String> {
        let is_known = |name: &str| self.model.platforms.iter().any(|one| one.id == name);
        let names = self.wrong.iter().map(|wrong| wrong.platform.as_str());
        let names: Vec<_> = names.filter(|name| !is_known(name)).collect();
        (!names.is_empty())
            .then(|| format!("the specs of {} have mistakes and are left out", names.join(", ")))
    }

    fn say(&self, wrong: &Wrong) {
        terminal::diagnostics(&self.sources, &wrong.diagnostics);
    }
}
