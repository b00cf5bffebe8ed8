//! What all connections share.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use gatespec_language::diagnostic::Sink;
use gatespec_language::source::SourceMap;
use gatespec_protocol::DateTime;
use gatespec_protocol::incoming::SeenInMemory;

use crate::error::StartError;
use crate::fault::{Fault, Step};
use crate::journal::{Entry, Journal};
use crate::site::{Site, read};

/// How many calls are remembered in order to refuse them when they come again.
const REMEMBERED: usize = 20_000;

/// What the mock was started with.
pub(crate) struct Settings {
    pub(crate) specs: PathBuf,
    /// A platform that does not compile keeps the others from being served.
    pub(crate) whole: bool,
    /// Platform, name, text.
    pub(crate) credentials: Vec<(String, String, String)>,
    /// The platform whose addresses have no prefix.
    pub(crate) root: Option<String>,
    /// Refuses parameters in another place than the documents name, and another verb.
    pub(crate) strict: bool,
    pub(crate) clock: Option<DateTime>,
    pub(crate) seed: u64,
    /// How often a call is misbehaved to at random, from 0 to 1, and how.
    pub(crate) rate: f64,
    pub(crate) faults: Vec<Fault>,
    /// How long a client may keep the mock waiting.
    pub(crate) patience: Duration,
    /// Signals of the operating system end the mock.
    pub(crate) interruptible: bool,
    pub(crate) journal: usize,
    pub(crate) log: Option<Log>,
}

/// Takes each call, and each thing that is worth a line.
pub(crate) type Log = Box<dyn Fn(&str) + Send + Sync>;

pub(crate) struct State {
    pub(crate) settings: Settings,
    /// Behind the address.
    pub(crate) port: u16,
    site: RwLock<Arc<Site>>,
    loaded: Mutex<Loaded>,
    journal: Mutex<Journal>,
    pub(crate) seen: SeenInMemory,
    scripts: Mutex<HashMap<(String, String), VecDeque<Step>>>,
    calls: AtomicU64,
}

/// What the disk held when it was last looked at.
struct Loaded {
    files: Vec<(String, String)>,
    /// What keeps it from being served.
    problem: Option<String>,
}

impl State {
    pub(crate) fn new(settings: Settings, port: u16) -> Result<State, StartError> {
        if !(0.0..=1.0).contains(&settings.rate) {
            let text = format!("the rate of misbehaviour is from 0 to 1, not {}", settings.rate);
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
            calls: AtomicU64::new(0),
        })
    }

    pub(crate) fn site(&self) -> Arc<Site> {
        Arc::clone(&self.site.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Where the page is: beside the platform whose addresses have no prefix.
    pub(crate) fn page(&self) -> &'static str {
        if self.settings.root.is_some() { "/gatespec" } else { "/" }
    }

    pub(crate) fn now(&self) -> DateTime {
        self.settings.clock.unwrap_or_else(DateTime::now)
    }

    /// The number of the next call.
    pub(crate) fn count(&self) -> u64 {
        self.calls.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    pub(crate) fn scripts(&self) -> MutexGuard<'_, HashMap<(String, String), VecDeque<Step>>> {
        lock(&self.scripts)
    }

    pub(crate) fn note(&self, entry: Entry) {
        if let Some(log) = &self.settings.log {
            log(&entry.to_string());
        }
        self.journal().add(entry);
    }

    /// Forgets all calls.
    pub(crate) fn forget(&self) {
        self.journal().clear();
        self.seen.clear();
    }

    /// What keeps the specs on the disk from being served.
    pub(crate) fn problem(&self) -> Option<String> {
        lock(&self.loaded).problem.clone()
    }

    /// Looks whether the specs have changed, and serves them if they are sound. Says whether they
    /// have changed.
    pub(crate) fn reload(&self) -> Result<bool, String> {
        let (sources, sink) = read(&self.settings.specs);
        let files = texts(&sources);
        let mut loaded = lock(&self.loaded);
        if loaded.files == files {
            return loaded.problem.clone().map_or(Ok(false), Err);
        }
        loaded.files = files;
        let compiled = compile(&sources, sink, &self.settings).and_then(|(site, problem)| {
            // A platform that was served is served as it was, until it is mended.
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
                self.say("the specs have changed, and are served as they are now");
                Ok(true)
            }
            Err(problem) => {
                loaded.problem = Some(problem.clone());
                self.say(&format!(
                    "the specs have changed and do not compile; served is what they were before\n\
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

/// What is served of specs, and what is wrong with the rest.
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

/// The compiler's text; of a folder that is not there and has no absolute name, also which one was
/// looked for: a test and a shell seldom start in the same folder.
fn with_folder(text: String, specs: &Path) -> String {
    match std::path::absolute(specs) {
        Ok(absolute) if absolute != specs && !absolute.exists() => {
            format!("{}\n\nlooked for: {}", text.trim_end(), absolute.display())
        }
        _ => text,
    }
}

/// A lock is never held while something can fail half-way.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn texts(sources: &SourceMap) -> Vec<(String, String)> {
    sources.iter().map(|(_, source)| (source.path.clone(), source.text.clone())).collect()
}
