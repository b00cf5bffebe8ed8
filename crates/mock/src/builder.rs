//! Starting a mock.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use gatespec_protocol::{DateTime, Spec};
use tokio::sync::watch;

use crate::error::StartError;
use crate::fault::Fault;
use crate::mock::Mock;
use crate::server::serve;
use crate::site::Specs;
use crate::state::{Settings, State};

/// Builds a mock gateway.
pub struct Builder {
    port: u16,
    settings: Settings,
}

impl Mock {
    /// Builds a mock of all platforms in a folder of specs.
    pub fn builder(specs: impl Into<PathBuf>) -> Builder {
        Builder::new(Specs::Folder(specs.into()))
    }

    /// Builds a mock of the platform whose client carries this spec: `Mock::of(shopex::SPEC)`.
    pub fn of(spec: Spec<'static>) -> Builder {
        Mock::of_all([spec])
    }

    /// Builds a mock of several platforms whose clients carry these specs.
    pub fn of_all(specs: impl IntoIterator<Item = Spec<'static>>) -> Builder {
        Builder::new(Specs::Carried(specs.into_iter().collect()))
    }
}

impl Builder {
    fn new(specs: Specs) -> Builder {
        let settings = Settings {
            specs,
            whole: true,
            credentials: Vec::new(),
            root: None,
            strict: false,
            clock: None,
            seed: 0,
            rate: 0.0,
            faults: Vec::new(),
            patience: Duration::from_secs(10),
            interruptible: false,
            journal: 200,
            log: None,
        };
        Builder { port: 0, settings }
    }

    /// Sets the port; by default a free one. The mock listens only on the loopback address, because
    /// its answers contain the correct signatures.
    #[must_use]
    pub fn port(mut self, port: u16) -> Builder {
        self.port = port;
        self
    }

    /// Serves the platforms that compile even if others do not; [`Mock::problem`] returns the
    /// errors.
    #[must_use]
    pub fn partly(mut self) -> Builder {
        self.settings.whole = false;
        self
    }

    /// Sets the seed of generated values and random faults; 0 by default. The same seed and the
    /// same calls give the same answers.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Builder {
        self.settings.seed = seed;
        self
    }

    /// Replaces one of the credentials that the mock has invented for a platform.
    #[must_use]
    pub fn credential(mut self, platform: &str, name: &str, text: impl Into<String>) -> Builder {
        let credential = (platform.to_owned(), name.to_owned(), text.into());
        self.settings.credentials.push(credential);
        self
    }

    /// Serves one platform without a prefix, at the paths of its gateways. The status page is then
    /// at `/gatespec`.
    #[must_use]
    pub fn root(mut self, platform: impl Into<String>) -> Builder {
        self.settings.root = Some(platform.into());
        self
    }

    /// Refuses calls whose HTTP verb or locations of parameters differ from the documented ones.
    /// The real gateways accept such calls, and so does the mock by default; the header
    /// `x-gatespec-misplaced` of its answer then names the differences.
    #[must_use]
    pub fn strict(mut self) -> Builder {
        self.settings.strict = true;
        self
    }

    /// Sets a fixed time for the mock's clock. By default the mock uses the machine's clock.
    #[must_use]
    pub fn clock(mut self, now: DateTime) -> Builder {
        self.settings.clock = Some(now);
        self
    }

    /// Injects a random fault from `faults` into each call with the probability `rate`, between 0
    /// and 1. If a script or the control header has a step for a call, the mock follows that step
    /// instead.
    #[must_use]
    pub fn misbehave(mut self, rate: f64, faults: impl Into<Vec<Fault>>) -> Builder {
        self.settings.rate = rate;
        self.settings.faults = faults.into();
        self
    }

    /// Sets how long to wait for a client: for the headers of a request, for the body, and until
    /// the client reads the next part of an answer; ten seconds each by default.
    #[must_use]
    pub fn patience(mut self, limit: Duration) -> Builder {
        self.settings.patience = limit;
        self
    }

    /// Shuts the mock down when the process is interrupted (Ctrl-C) or asked to terminate;
    /// [`Mock::wait`] then returns.
    #[must_use]
    pub fn until_interrupted(mut self) -> Builder {
        self.settings.interruptible = true;
        self
    }

    /// Sets how many calls the journal keeps; 200 by default.
    #[must_use]
    pub fn journal(mut self, calls: usize) -> Builder {
        self.settings.journal = calls;
        self
    }

    /// Sets a function that receives a text for each call and each reload. Secrets are masked.
    #[must_use]
    pub fn log(mut self, log: impl Fn(&str) + Send + Sync + 'static) -> Builder {
        self.settings.log = Some(Box::new(log));
        self
    }

    /// Compiles the specs and starts the mock, which runs on threads of its own, so that tests with
    /// and without an async runtime can use it.
    ///
    /// # Errors
    /// The specs do not compile, a setting does not fit them, or the port cannot be used.
    pub fn start(self) -> Result<Mock, StartError> {
        let port = self.port;
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
            .map_err(|error| StartError::Port { port, error })?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let state = Arc::new(State::new(self.settings, port)?);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .thread_name("gatespec-mock")
            .build()?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let stop = watch::Sender::new(false);
        let (shared, ending) = (Arc::clone(&state), stop.clone());
        let thread =
            std::thread::Builder::new().name("gatespec-mock".to_owned()).spawn(move || {
                runtime.block_on(serve(listener, shared, ending));
                // Stops the calls that have not ended.
                runtime.shutdown_background();
            })?;
        Ok(Mock::new(state, stop, thread))
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("specs", &self.settings.specs)
            .field("port", &self.port)
            .field("seed", &self.settings.seed)
            .finish_non_exhaustive()
    }
}
