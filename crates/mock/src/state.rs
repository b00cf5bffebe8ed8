//! The state that all connections share.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use gatespec_language::diagnostic::Sink;
use gatespec_language::source::SourceMap;
use gatespec_protocol::incoming::SeenInMemory;
use gatespec_protocol::{DateTime, Json};

use crate::error::StartError;
use crate::fault::{Fault, Step};
use crate::journal::{Entry, Journal};
use crate::site::{Site, Specs, read};

/// How many calls are remembered to detect duplicates.
const REMEMBERED: usize = 20_000;

/// The settings of a mock.
pub(crate) struct Settings {
    pub(crate) specs: Specs,
    /// Whether all platforms must compile for the mock to start.
    pub(crate) whole: bool,
    /// Credentials that replace invented ones, each as platform, name and value.
    pub(crate) credentials: Vec<(String, String, String)>,
    /// The platform whose addresses have no prefix.
    pub(crate) root: Option<String>,
    /// Whether to refuse calls whose verb or locations of parameters differ from the documented
    /// ones.
    pub(crate) strict: bool,
    pub(crate) clock: Option<DateTime>,
    pub(crate) seed: u64,
    /// The probability of a random fault, from 0 to 1. `faults` are the ones to choose from.
    pub(crate) rate: f64,
    pub(crate) faults: Vec<Fault>,
    /// How long to wait for a client.
    pub(crate) patience: Duration,
    /// Whether to shut down on a signal of the operating system.
    pub(crate) interruptible: bool,
    pub(crate) journal: usize,
    pub(crate) log: Option<Log>,
}

/// Receives a text for each call and each reload.
pub(crate) type Log = Box<dyn Fn(&str) + Send + Sync>;

pub(crate) struct State {
    pub(crate) settings: Settings,
    /// The listening port.
    pub(crate) port: u16,
    site: RwLock<Arc<Site>>,
    loaded: Mutex<Loaded>,
    journal: Mutex<Journal>,
    pub(crate) seen: SeenInMemory,
    scripts: Mutex<HashMap<(String, String), VecDeque<Step>>>,
    /// The data that a test has set for answers, by platform and method.
    answers: Mutex<HashMap<(String, String), Json>>,
    calls: AtomicU64,
}

/// The spec files as they were last read.
struct Loaded {
    files: Vec<(String, String)>,
    /// Why these files are not served completely.
    problem: Option<String>,
}

impl State {
    pub(crate) fn new(settings: Settings, port: u16) -> Result<State, StartError> {
        if !(0.0..=1.0).contains(&settings.rate) {
            let text = format!("the rate of faults must be from 0 to 1, not {}", settings.rate);
            return Err(StartError::Setting(text));
        }
        let (sources, sink) = read(&settings.specs);
        let (site, problem) = compile(&sources, sink, &settings)
            .map_err(|text| StartError::Specs(with_folder(text, &settings.specs)))?;
        site.expect_credentials(&settings.credentials).map_err(StartError::Setting)?;
        if let Some(root) = &settings.root {
            site.methods(root).map_err(StartError::Setting)?;
        }
        Ok(State {
            journal: Mutex::new(Journal::new(settings.journal)),
            settings,
            port,
            site: RwLock::new(Arc::new(site)),
            loaded: Mutex::new(Loaded { files: texts(&sources), problem }),
            seen: SeenInMemory::new(REMEMBERED),
            scripts: Mutex::default(),
            answers: Mutex::default(),
            calls: AtomicU64::new(0),
        })
    }

    pub(crate) fn site(&self) -> Arc<Site> {
        Arc::clone(&self.site.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The path of the status page, which must not be a path of a platform that is served without a
    /// prefix.
    pub(crate) fn page(&self) -> &'static str {
        if self.settings.root.is_some() { "/gatespec" } else { "/" }
    }

    pub(crate) fn now(&self) -> DateTime {
        self.settings.clock.unwrap_or_else(DateTime::now)
    }

    /// Counts a call and returns its number.
    pub(crate) fn count(&self) -> u64 {
        self.calls.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    pub(crate) fn scripts(&self) -> MutexGuard<'_, HashMap<(String, String), VecDeque<Step>>> {
        lock(&self.scripts)
    }

    pub(crate) fn answers(&self) -> MutexGuard<'_, HashMap<(String, String), Json>> {
        lock(&self.answers)
    }

    pub(crate) fn note(&self, entry: Entry) {
        if let Some(log) = &self.settings.log {
            log(&entry.to_string());
        }
        self.journal().add(entry);
    }

    /// Clears the journal and the memory that detects duplicates.
    pub(crate) fn forget(&self) {
        self.journal().clear();
        self.seen.clear();
    }

    /// Why the specs on disk are not served completely.
    pub(crate) fn problem(&self) -> Option<String> {
        lock(&self.loaded).problem.clone()
    }

    /// Reads the specs again, and serves them if they have changed and compile. Returns whether
    /// they have changed.
    pub(crate) fn reload(&self) -> Result<bool, String> {
        let (sources, sink) = read(&self.settings.specs);
        let files = texts(&sources);
        let mut loaded = lock(&self.loaded);
        if loaded.files == files {
            return loaded.problem.clone().map_or(Ok(false), Err);
        }
        loaded.files = files;
        let compiled = compile(&sources, sink, &self.settings).and_then(|(site, problem)| {
            // A platform that is served stays as it was until it compiles again.
            let served = self.site();
            let mut served = served.model.platforms.iter();
            match problem {
                Some(problem) if served.any(|one| site.platform(&one.id).is_none()) => Err(problem),
                problem => Ok((site, problem)),
            }
        });
        match compiled {
            Ok((site, problem)) => {
                loaded.problem = problem;
                *self.site.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(site);
                self.say("the specs have changed, and the new version is served");
                Ok(true)
            }
            Err(problem) => {
                loaded.problem = Some(problem.clone());
                self.say(&format!(
                    "the specs have changed, but do not compile; the previous version is served\n\
                     {problem}"
                ));
                Err(problem)
            }
        }
    }

    fn say(&self, line: &str) {
        if let Some(log) = &self.settings.log {
            log(line);
        }
    }
}

/// Compiles the specs. Returns what can be served, and the errors of the rest.
fn compile(
    sources: &SourceMap,
    sink: Sink,
    settings: &Settings,
) -> Result<(Site, Option<String>), String> {
    let (own, root) = (&settings.credentials, settings.root.as_deref());
    match settings.whole {
        true => Site::compile(sources, sink, own, root).map(|site| (site, None)),
        false => Site::compile_each(sources, sink, own, root),
    }
}

/// Appends the absolute path of a missing folder to the compiler's report, because tests and shells
/// often start in different folders.
fn with_folder(text: String, specs: &Specs) -> String {
    let Specs::Folder(folder) = specs else { return text };
    match std::path::absolute(folder) {
        Ok(absolute) if absolute != *folder && !absolute.exists() => {
            format!("{}\n\nlooked for: {}", text.trim_end(), absolute.display())
        }
        _ => text,
    }
}

/// Locks even after a panic, because no update can be left half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn texts(sources: &SourceMap) -> Vec<(String, String)> {
    sources.iter().map(|(_, source)| (source.path.clone(), source.text.clone())).collect()
}
