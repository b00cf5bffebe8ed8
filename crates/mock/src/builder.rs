//! Starting a mock.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use gatespec_protocol::DateTime;
use tokio::sync::watch;

use crate::error::StartError;
use crate::fault::Fault;
use crate::mock::Mock;
use crate::server::serve;
use crate::state::{Settings, State};

/// What a mock is started with.
pub struct Builder {
    port: u16,
    settings: Settings,
}

impl Mock {
    /// A mock of all platforms in a folder of specs.
    pub fn builder(specs: impl Into<PathBuf>) -> Builder {
        Builder::new(specs.into())
    }
}

impl Builder {
    fn new(specs: PathBuf) -> Builder {
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

    /// The port on this machine; a free one if not set. The mock listens on the loopback address
    /// only: it shows signatures to whoever asks.
    #[must_use]
    pub fn port(mut self, port: u16) -> Builder {
        self.port = port;
        self
    }

    /// Serves the platforms that compile even if others do not; [`Mock::problem`] says what is wrong.
    #[must_use]
    pub fn partly(mut self) -> Builder {
        self.settings.whole = false;
        self
    }

    /// What made values and chance depend on; 0 if not set. The same seed and the same calls give
    /// the same answers.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Builder {
        self.settings.seed = seed;
        self
    }

    /// A credential of a platform in place of the invented one.
    #[must_use]
    pub fn credential(mut self, platform: &str, name: &str, text: impl Into<String>) -> Builder {
        let credential = (platform.to_owned(), name.to_owned(), text.into());
        self.settings.credentials.push(credential);
        self
    }

    /// Serves one platform without its prefix, at the paths that its gateways have; the page is then
    /// at `/gatespec`.
    #[must_use]
    pub fn root(mut self, platform: impl Into<String>) -> Builder {
        self.settings.root = Some(platform.into());
        self
    }

    /// Refuses a call whose parameters are in another place than the documents name, or that has
    /// another verb. Gateways of the family take such calls, and so does the mock if this is not
    /// set: the header `x-gatespec-misplaced` then says what is elsewhere.
    #[must_use]
    pub fn strict(mut self) -> Builder {
        self.settings.strict = true;
        self
    }

    /// A clock that stands still; the machine's own if not set.
    #[must_use]
    pub fn clock(mut self, now: DateTime) -> Builder {
        self.settings.clock = Some(now);
        self
    }

    /// Misbehaves at random: so often, from 0 (never) to 1 (always), in one of these ways. A call
    /// that a script or the control header speaks of is left to them.
    #[must_use]
    pub fn misbehave(mut self, rate: f64, faults: impl Into<Vec<Fault>>) -> Builder {
        self.settings.rate = rate;
        self.settings.faults = faults.into();
        self
    }

    /// How long a client may keep the mock waiting: for the headers of a request, for its body, and
    /// until it takes the next part of an answer; ten seconds each if not set.
    #[must_use]
    pub fn patience(mut self, limit: Duration) -> Builder {
        self.settings.patience = limit;
        self
    }

    /// Ends the mock in order when the process is interrupted (ctrl-c) or asked to terminate; then
    /// [`Mock::wait`] returns.
    #[must_use]
    pub fn until_interrupted(mut self) -> Builder {
        self.settings.interruptible = true;
        self
    }

    /// How many calls the journal keeps; 200 if not set.
    #[must_use]
    pub fn journal(mut self, calls: usize) -> Builder {
        self.settings.journal = calls;
        self
    }

    /// Gets a text for each call and each reload, to be shown. Secrets are masked in it.
    #[must_use]
    pub fn log(mut self, log: impl Fn(&str) + Send + Sync + 'static) -> Builder {
        self.settings.log = Some(Box::new(log));
        self
    }

    /// Compiles the specs and begins to serve them. The mock runs on threads of its own, so that
    /// tests with and without an async runtime can use it.
    ///
    /// # Errors
    /// When the specs do not compile, a setting does not fit them, or the port is taken.
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
                // What is still open then is a call that does not end.
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
